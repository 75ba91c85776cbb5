package dev.fotabridge.host.sequence;

import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.line.Direction;
import dev.fotabridge.fixtures.line.FaultScript;
import dev.fotabridge.fixtures.line.LineShaper;
import dev.fotabridge.fixtures.lockstep.LockstepDk;
import dev.fotabridge.host.link.Line;
import dev.fotabridge.protocol.session.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The shipped C core on a virtual board in lockstep, and the serial line to it. */
final class VirtualBoard {
    static final int CEILING = 1_000_000;
    private static final int CLIMBING_START = 115_200;
    private static final int PAGES = 5;
    private static final long AWAY = 700 * SequenceWorld.MILLI;
    private static final long QUEUE = 4 * SequenceWorld.MILLI;

    private final SequenceWorld world;
    private final LockstepDk dk;
    private final LineShaper toBoard = shaper(Direction.TO_BOARD);
    private final LineShaper fromBoard = shaper(Direction.FROM_BOARD);
    private final Deque<LockstepDk.Event> events = new ArrayDeque<>();
    private long next;
    private long silentUntil;
    private boolean off;
    private int lineRate;

    VirtualBoard(SequenceWorld world, LockstepDk dk) {
        this.world = world;
        this.dk = dk;
    }

    private static LineShaper shaper(Direction direction) {
        return new LineShaper(direction, CEILING, SequenceWorld.MILLI, FaultScript.none(), 0);
    }

    /** Every other seed begins at the bottom of the ladder. */
    int startBaud() {
        return world.testCase.seed() % 2 == 0 ? CEILING : CLIMBING_START;
    }

    /** The host's end of the line. */
    private void line(int baud) {
        lineRate = baud;
        dk.line(baud);
        toBoard.rate(baud);
        fromBoard.rate(baud);
    }

    /** A new board that runs this image. */
    void begin(BuiltImage old) {
        make(world.testCase.unit(), old);
        dk.start(0);
    }

    /** This board is taken away, and another one plugged in, which runs an image of its own. */
    void swap(String unit) {
        world.cloud.judge().anotherBoard();
        dk.off();
        make(unit, SequenceRun.OTHER_BOARD_IMAGE);
        line(lineRate);
        powerOn();
    }

    private void make(String unit, BuiltImage old) {
        SequenceCase.Setup setup = world.testCase.setup();
        SequenceCase.Modem modem = world.testCase.modem();
        dk.newBoard((unit.isEmpty() ? "" : "unit=" + unit + " ") + "pages=" + PAGES + " seed="
                + (1 + (world.testCase.seed() & 0xFFFF)) + " image=" + setup.image()
                + (setup.selfConfirms() ? " confirm=application" : "") + " baud=" + startBaud()
                + (startBaud() == CEILING ? "" : " rates=1000000,460800") + " " + modem.options());
        dk.place(0, 0, old.bytes());
        if (modem.cut() > 0) {
            dk.cutPowerAtModem(modem.cut(), modem.behind());
        }
    }

    LockstepDk.ModemStatus modem() {
        return dk.modem();
    }

    LockstepDk.BoardStatus status() {
        return dk.status();
    }

    /** Whether slot 1 holds these very bytes. */
    boolean holds(byte[] image) {
        return Arrays.equals(image, dk.dump(1, 0, image.length));
    }

    /** Whether it can be told nothing for now. */
    boolean isAway() {
        return off || isSilent();
    }

    void cutPower(long nanos) {
        dk.off();
        off = true;
        next = Long.MAX_VALUE;
        world.in(Math.max(nanos, SequenceWorld.MILLI), this::powerOn);
    }

    private void powerOn() {
        off = false;
        dk.start(world.now());
        next = world.now();
    }

    void silence(long nanos) {
        silentUntil = world.now() + nanos;
    }

    private boolean isSilent() {
        return world.now() < silentUntil;
    }

    /** The board lives until now. */
    void run() {
        for (LineShaper.Arrival arrival : toBoard.takeAll()) {
            if (!off && !isSilent()) {
                dk.receive(arrival.atNanos(), arrival.bytes());
                next = world.now();
            }
        }
        if (!off && next <= world.now()) {
            LockstepDk.Ran ran = dk.run(world.now());
            next = ran.nextNanos();
            if (!isSilent()) {
                ran.sent().forEach(sent -> fromBoard.sendAt(sent.bytes(), sent.atNanos()));
            }
            events.addAll(ran.events());
        }
        while (!events.isEmpty()) {
            LockstepDk.Event event = events.poll();
            if (event.name().equals("power-cut")) {
                cutPower(AWAY);
            }
            world.cloud.judge().board(event);
            world.point("board: " + event.text());
        }
        if (fromBoard.next() <= world.now()) {
            world.wake();
        }
    }

    long next() {
        return Math.min(next, fromBoard.next());
    }

    /** The line as one process of the host has it open. */
    Line open() {
        fromBoard.take(world.now());
        line(startBaud());
        return new OpenLine();
    }

    private final class OpenLine implements Line {
        private boolean mustFollow;

        @Override
        public String portName() {
            return "virtual";
        }

        @Override
        public void step(Peer peer, long now) {
            peer.receive(ByteBuffer.wrap(fromBoard.take(now)), now);
            if (mustFollow) {
                line(peer.lineRate());
                peer.lineIs(lineRate, now);
            }
            peer.tick(now);
            ByteBuffer out = ByteBuffer.allocate(toBoard.room(now, QUEUE));
            peer.transmit(out, now);
            if (out.position() > 0) {
                toBoard.send(Arrays.copyOf(out.array(), out.position()), now);
                world.in(SequenceWorld.MILLI, world::wake);
            }
            mustFollow = peer.lineRate() != lineRate;
            if (mustFollow) {
                world.in(SequenceWorld.MILLI, world::wake);
            }
        }

        @Override
        public boolean hasInput() {
            return fromBoard.next() <= world.now();
        }

        @Override
        public IOException failure() {
            return null;
        }

        @Override
        public void close() {
            // The line itself stays.
        }
    }
}
