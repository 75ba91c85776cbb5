package dev.fotabridge.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.protocol.session.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A HELLO at a wrong rate is noise to a board: one that does not answer hears none as long as it may come back by itself. */
final class SilentBoardTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;

    private final DeadLine line = new DeadLine();
    private long now;

    /** Takes every byte and every rate, and brings nothing. */
    private static final class DeadLine implements Line {
        private final Set<Integer> rates = new TreeSet<>();
        private final ByteBuffer sent = ByteBuffer.allocate(4096);
        private int rate = 115_200;

        @Override
        public String portName() {
            return "dead";
        }

        @Override
        public void step(Peer peer, long now) {
            peer.tick(now);
            peer.transmit(sent.clear(), now);
            if (sent.position() > 0) {
                rates.add(rate);
            }
            if (peer.lineRate() != 0 && peer.lineRate() != rate) {
                rate = peer.lineRate();
                peer.lineIs(rate, now);
            }
        }

        @Override
        public boolean hasInput() {
            return false;
        }

        @Override
        public IOException failure() {
            return null;
        }

        @Override
        public void close() {}
    }

    /** The rates at which something was sent until this time. */
    private Set<Integer> ratesUntil(BoardLink link, long end) {
        for (; now < end; now += 5 * MILLIS) {
            link.step(now);
        }
        return Set.copyOf(line.rates);
    }

    private BoardLink greeting(LinkConfig config) {
        BoardLink link = new BoardLink(opened -> opened.complete(line), config, () -> new byte[8], RateBook.NONE);
        link.connect(60 * SECOND, now);
        return link;
    }

    @Test
    void isGreetedAtItsStartingRateAloneAtFirst() {
        try (BoardLink link = greeting(new LinkConfig(115_200, 1_000_000, SECOND, "test"))) {
            assertEquals(Set.of(115_200), ratesUntil(link, 4 * SECOND));
            assertEquals(Set.of(115_200, 1_000_000), ratesUntil(link, 8 * SECOND));
        }
    }

    /** An update takes up a session that fails anew, each time within less than those 4 s. */
    @Test
    void isGreetedAtTheCeilingBySessionsThatAreShorterThanItsSilence() {
        try (BoardLink link = greeting(new LinkConfig(115_200, 1_000_000, SECOND, "test"))) {
            ratesUntil(link, 2 * SECOND);
            link.connect(60 * SECOND, now);
            assertEquals(Set.of(115_200), ratesUntil(link, 4 * SECOND));
            link.connect(60 * SECOND, now);
            assertEquals(Set.of(115_200, 1_000_000), ratesUntil(link, 6 * SECOND));
        }
    }

    @Test
    void isNotGreetedAboveTheCeiling() {
        try (BoardLink link = greeting(new LinkConfig(115_200, 115_200, SECOND, "test"))) {
            assertEquals(Set.of(115_200), ratesUntil(link, 20 * SECOND));
        }
    }
}
