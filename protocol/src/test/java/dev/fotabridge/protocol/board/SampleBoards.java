package dev.fotabridge.protocol.board;

import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.PayloadWriter;
import dev.fotabridge.protocol.upload.Upload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What boards say of themselves, and images for them. */
public final class SampleBoards {
    /** Numbers of items, SPEC.md section 3.2. */
    public static final int VERSIONS = 0x01;

    public static final int FEATURES = 0x02;
    public static final int BOARD = 0x03;
    public static final int RUNNING = 0x07;
    public static final int SLOT = 0x08;
    public static final int LINK = 0x09;
    public static final int CONFIRMS = 0x0B;
    public static final int RATES = 0x0D;

    private SampleBoards() {}

    public static List<Item> items(int slotSize, int page, int streamCapacity, int slotState) {
        List<Item> items = new ArrayList<>();
        items.add(item(VERSIONS, new PayloadWriter().u8(1).u8(1)));
        items.add(item(BOARD, new PayloadWriter().string("model")));
        items.add(item(Item.SOFTWARE, new PayloadWriter().string("1.0")));
        items.add(item(RUNNING, new PayloadWriter().bytes(new byte[32]).u8(1)));
        PayloadWriter slot =
                new PayloadWriter().u32(0x80000).u32(slotSize).u32(page).u32(0).u32(slotSize - 2L * page);
        items.add(item(SLOT, slot.u8(4).u8(1).u8(slotState)));
        items.add(item(
                LINK,
                new PayloadWriter().u16(256).u32(2_048).u32(streamCapacity).u16(90)));
        items.add(item(CONFIRMS, new PayloadWriter().u8(0)));
        return items;
    }

    /** A board with a confirmed image at this address. */
    public static BoardInfo info(SlotInfo slot, long runningAt, BoardInfo.Flash flash, BoardInfo.Features features) {
        return new BoardInfo(
                new BoardInfo.Identity("00".repeat(8), "dk", "", "1"),
                new BoardInfo.Link(1, 1_024, 8_191, 8_192, 90, List.of(), features),
                new BoardInfo.Running(
                        "00".repeat(32),
                        Optional.of(new ImageVersion(1, 0, 0, 0)),
                        RunningState.CONFIRMED,
                        false,
                        runningAt),
                slot,
                flash,
                Optional.empty());
    }

    public static Item item(int type, PayloadWriter value) {
        return new Item(type, value.toBytes());
    }

    public static byte[] image(int size, long seed) {
        byte[] image = new byte[size];
        new Random(seed).nextBytes(image);
        return image;
    }

    public static Upload upload(byte[] image, Upload.Trust trust) {
        return new Upload(image, sha256(image), new byte[32], trust, 0);
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
