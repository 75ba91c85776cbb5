package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.SampleBoards;
import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameDecoder;
import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.frame.FrameFault;
import dev.fotabridge.protocol.frame.FrameSink;
import dev.fotabridge.protocol.message.Begin;
import dev.fotabridge.protocol.message.Booted;
import dev.fotabridge.protocol.message.Data;
import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.GetDigests;
import dev.fotabridge.protocol.message.Hello;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Mark;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Range;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import dev.fotabridge.protocol.message.Request;
import dev.fotabridge.protocol.message.Status;
import dev.fotabridge.protocol.message.Welcome;
import dev.fotabridge.protocol.upload.PageDigests;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/**
 * The board's half, just good enough to test the host's half without C: it answers at once, its flash is an array, and it
 * never runs out of credit. What the real stub does is tested against the real stub.
 */
final class ModelStub implements FrameSink {
    static final int PAGE = 512;
    static final int PAGES = 32;
    static final int STREAM_CAPACITY = 4_096;
    private static final int RECORD_HEADER_BYTES = 14;

    final byte[] slot = new byte[PAGE * PAGES];
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bootId = {1, 2, 3, 4, 5, 6, 7, 8};
    /** Pages that were written by a record with FORCE_ERASE. */
    final BitSet forced = new BitSet();

    boolean pending;
    int erased;
    int refuse;

    private final FrameDecoder decoder = new FrameDecoder(false, this);
    private final TreeMap<Long, byte[]> gaps = new TreeMap<>();
    private ByteArrayOutputStream stream;
    private byte[] nonce;
    private int session;
    private int number;
    private int lastNumber;
    private int state;
    private Reply lastReply;
    private Begin begin;
    private int parsed;
    private int durable;
    private int refused;

    ModelStub() {
        Arrays.fill(slot, (byte) 0xFF);
    }

    void receive(byte[] bytes) {
        decoder.receive(ByteBuffer.wrap(bytes));
    }

    /** Starts anew, under another boot id. */
    void restart() {
        bootId = new byte[] {9, 9, 9, 9, 9, 9, 9, 9};
        Booted booted = new Booted(bootId);
        out.writeBytes(FrameEncoder.encode(new Frame(booted.type().code(), 0, 0, MessageCodec.encode(booted))));
    }

    /** What it has to say since the last time. */
    byte[] take() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    @Override
    public void text(byte[] bytes) {
        throw new AssertionError("hosts send no text");
    }

    @Override
    public void damaged(FrameFault fault) {
        // counted by the real one
    }

    @Override
    public void frame(Frame frame) {
        try {
            accept(frame, MessageCodec.decode(MessageType.of(frame.type()).orElseThrow(), frame.payload()));
        } catch (MalformedMessageException e) {
            throw new AssertionError("the host sent nonsense", e);
        }
    }

    private void accept(Frame frame, Message message) {
        if (message instanceof Hello hello) {
            welcome(frame, hello);
            return;
        }
        boolean gap = frame.number() != (lastNumber + 1 & 0xFFFF);
        lastNumber = frame.number();
        if (message instanceof Data data) {
            take(data);
            status();
        } else if (message instanceof Request request) {
            reply(request);
        } else {
            gap = true;
        }
        if (gap) {
            status();
        }
    }

    private void welcome(Frame frame, Hello hello) {
        if (!Arrays.equals(hello.nonce(), nonce)) {
            nonce = hello.nonce();
            session = frame.session();
            number = 0;
            state = Status.READY;
            lastReply = null;
            stream = null;
            durable = refused = erased = parsed = 0;
        }
        lastNumber = frame.number();
        int slotState = pending ? 1 : 0;
        say(new Welcome(1, nonce, bootId, SampleBoards.items(slot.length, PAGE, STREAM_CAPACITY, slotState)));
    }

    private void reply(Request request) {
        int type = request.type().code();
        if (lastReply == null || lastReply.tag() != request.tag() || lastReply.request() != type) {
            ReplyCode code = perform(request);
            lastReply = new Reply(request.tag(), type, code.code(), request instanceof Begin && pending ? 1 : 0);
        }
        say(lastReply);
        status();
    }

    private ReplyCode perform(Request request) {
        switch (request.type()) {
            case GET_DIGESTS -> digests((GetDigests) request);
            case BEGIN -> begin((Begin) request);
            case VERIFY -> {
                byte[] image = Arrays.copyOf(slot, (int) begin.imageSize());
                if (!Arrays.equals(SampleBoards.sha256(image), begin.fileSha256())) {
                    return ReplyCode.MISMATCH;
                }
                state = Status.VERIFIED;
            }
            case MARK -> {
                pending = Arrays.equals(((Mark) request).fileSha256(), begin.fileSha256());
                state = Status.MARKED;
            }
            case ABORT -> {
                pending = false;
                state = Status.ENDED;
            }
            default -> {}
        }
        return ReplyCode.OK;
    }

    private void digests(GetDigests ask) {
        for (int at = 0; at < ask.count(); at += Digests.MAX_COUNT) {
            int count = Math.min(Digests.MAX_COUNT, ask.count() - at);
            byte[] all = new byte[count * Digests.DIGEST_BYTES];
            for (int i = 0; i < count; i++) {
                byte[] digest = PageDigests.of(nonce, slot, ask.first() + at + i, PAGE);
                System.arraycopy(digest, 0, all, i * digest.length, digest.length);
            }
            say(new Digests(ask.tag(), ask.first() + at, all));
        }
    }

    private void begin(Begin request) {
        begin = request;
        pending &= (request.flags() & Begin.NOT_PENDING) == 0;
        stream = new ByteArrayOutputStream();
        gaps.clear();
        state = Status.RECEIVING;
    }

    private void take(Data data) {
        gaps.put(data.offset(), data.bytes());
        while (!gaps.isEmpty() && gaps.firstKey() <= stream.size()) {
            var piece = gaps.pollFirstEntry();
            int skip = (int) (stream.size() - piece.getKey());
            if (skip < piece.getValue().length) {
                stream.write(piece.getValue(), skip, piece.getValue().length - skip);
            }
        }
        while (parse(ByteBuffer.wrap(stream.toByteArray()).order(ByteOrder.LITTLE_ENDIAN))) {
            status();
        }
    }

    private boolean parse(ByteBuffer in) {
        in.position(parsed);
        if (in.remaining() < RECORD_HEADER_BYTES || in.remaining() < RECORD_HEADER_BYTES + in.getShort(parsed + 4)) {
            return false;
        }
        int page = in.getShort(parsed + 2);
        byte[] bytes = new byte[PAGE];
        Arrays.fill(bytes, (byte) 0xFF);
        int length = in.getShort(parsed + 4);
        in.position(parsed + 14).get(bytes, 0, length);
        boolean force = in.get(parsed + 1) == 1;
        parsed += 14 + length;
        byte[] digest = Arrays.copyOfRange(in.array(), parsed - length - 8, parsed - length);
        if (refuse > 0 || !Arrays.equals(digest, PageDigests.of(nonce, bytes, 0, PAGE))) {
            refuse--;
            refused++;
        } else {
            System.arraycopy(bytes, 0, slot, page * PAGE, PAGE);
            durable++;
            erased++;
            forced.set(page, force);
        }
        return true;
    }

    private void status() {
        long received = stream == null ? 0 : stream.size();
        List<Range> ranges = gaps.entrySet().stream()
                .limit(1)
                .map(gap -> new Range(gap.getKey(), gap.getKey() + gap.getValue().length))
                .toList();
        long credit = stream == null ? 0 : parsed + STREAM_CAPACITY;
        say(new Status(lastNumber, state, 0, 0, 0, received, credit, durable, refused, erased, ranges));
    }

    private void say(Message message) {
        out.writeBytes(FrameEncoder.encode(
                new Frame(message.type().code(), session, number++ & 0xFFFF, MessageCodec.encode(message))));
    }
}
