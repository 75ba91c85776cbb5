package dev.fotabridge.host.update;

import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.BoardWork;
import dev.fotabridge.protocol.board.FlashRange;
import dev.fotabridge.protocol.board.ImageVersion;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.board.SlotInfo;
import dev.fotabridge.protocol.board.SlotState;
import dev.fotabridge.protocol.board.SwapMode;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.upload.SlotContents;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What boards say in tests: an old image, the new one, and a third. */
public final class Boards {
    static final Sha256 OLD = hash("old");
    static final Sha256 NEW = hash("new");
    static final Sha256 THIRD = hash("third");
    static final String BOOT_1 = "1111111111111111";
    static final String BOOT_2 = "2222222222222222";

    private Boards() {}

    static Sha256 hash(String of) {
        return Sha256.over(ByteBuffer.wrap(of.getBytes()));
    }

    public static BoardInfo board(Sha256 runs, RunningState state, String bootId) {
        return board(runs, state, bootId, false);
    }

    /** One that runs the old image, with this unit id. */
    public static BoardInfo unit(String unit) {
        return board(OLD, RunningState.CONFIRMED, BOOT_1, false, unit, Optional.empty());
    }

    /** The same board with a slot that is pending. */
    static BoardInfo pending(BoardInfo board) {
        SlotInfo slot = board.slot();
        SlotInfo pending = new SlotInfo(
                slot.base(),
                slot.size(),
                slot.pageSize(),
                slot.imageOffset(),
                slot.sizeLimit(),
                slot.writeUnit(),
                slot.swapMode(),
                SlotState.PENDING_TEST);
        return with(board, board.identity().unit(), pending);
    }

    /** What a board with this unit id says. */
    static BoardInfo ofUnit(String unit, BoardInfo board) {
        return with(board, unit, board.slot());
    }

    private static BoardInfo with(BoardInfo board, String unit, SlotInfo slot) {
        BoardInfo.Identity was = board.identity();
        BoardInfo.Identity identity = new BoardInfo.Identity(was.bootId(), was.board(), unit, was.stubVersion());
        return new BoardInfo(identity, board.link(), board.running(), slot, board.flash(), board.modem());
    }

    static BoardInfo board(Sha256 runs, RunningState state, String bootId, boolean applicationConfirms) {
        return board(runs, state, bootId, applicationConfirms, "", Optional.empty());
    }

    /** A board that runs the old image and has this modem. */
    static BoardInfo board(ModemInfo modem, String bootId) {
        return board(OLD, RunningState.CONFIRMED, bootId, false, "", Optional.of(modem));
    }

    private static BoardInfo board(
            Sha256 runs,
            RunningState state,
            String bootId,
            boolean applicationConfirms,
            String unit,
            Optional<ModemInfo> modem) {
        ImageVersion version = runs.equals(NEW) ? new ImageVersion(2, 0, 0, 0) : new ImageVersion(1, 0, 0, 0);
        SlotInfo slot = new SlotInfo(0x80000, 8 * 4096, 4096, 0, 6 * 4096, 4, SwapMode.MOVE, SlotState.BLANK);
        return new BoardInfo(
                new BoardInfo.Identity(bootId, "nrf9160dk_nrf9160_ns", unit, "1"),
                new BoardInfo.Link(1, 1024, 4096, 8192, 90, List.of(), new BoardInfo.Features(false, false)),
                new BoardInfo.Running(
                        runs.hex(),
                        Optional.of(version),
                        state,
                        applicationConfirms,
                        BoardInfo.Running.UNKNOWN_ADDRESS),
                slot,
                new BoardInfo.Flash(List.of(), true, BoardWork.UNKNOWN),
                modem);
    }

    /** One with a slot of 512 KiB whose stub can read these ranges. */
    static BoardInfo reads(List<FlashRange> ranges, long runningAt) {
        BoardInfo board = unit("");
        BoardInfo.Running was = board.running();
        return new BoardInfo(
                board.identity(),
                board.link(),
                new BoardInfo.Running(
                        was.imageHash(), was.version(), was.state(), was.applicationConfirms(), runningAt),
                new SlotInfo(0x80000, 0x80000, 4096, 0, 0x7E000, 4, SwapMode.MOVE, SlotState.BLANK),
                new BoardInfo.Flash(ranges, true, BoardWork.UNKNOWN),
                board.modem());
    }

    /** The slot was held against the image. */
    static SessionEvent.Compared compared(boolean whole) {
        byte[] image = {1};
        return new SessionEvent.Compared(SlotContents.of(whole ? image : new byte[1], image, 4));
    }
}
