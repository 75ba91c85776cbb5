package dev.fotabridge.host.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.session.Peer;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
final class LinkDriverIT {
    private final MemoryPort port = new MemoryPort();
    private final Semaphore woken = new Semaphore(0);
    private final LinkDriver driver = new LinkDriver(port, 1_000_000, woken::release);
    private final SendingPeer peer = new SendingPeer(100_000);

    @AfterEach
    void close() {
        driver.close();
    }

    /** Has so many bytes to say, and keeps what it hears. */
    private static final class SendingPeer implements Peer {
        final ByteBuffer toSend;
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        int wantedRate;
        int lineRate;

        SendingPeer(int count) {
            byte[] bytes = new byte[count];
            new Random(1).nextBytes(bytes);
            toSend = ByteBuffer.wrap(bytes);
        }

        @Override
        public void receive(ByteBuffer bytes, long now) {
            while (bytes.hasRemaining()) {
                heard.write(bytes.get());
            }
        }

        @Override
        public void tick(long now) {}

        @Override
        public void transmit(ByteBuffer into, long now) {
            while (into.hasRemaining() && toSend.hasRemaining()) {
                into.put(toSend.get());
            }
        }

        @Override
        public int lineRate() {
            return wantedRate;
        }

        @Override
        public void lineIs(int baud, long now) {
            lineRate = baud;
        }

        @Override
        public long deadline() {
            return Deadline.NEVER;
        }

        @Override
        public SessionEvent poll() {
            return null;
        }
    }

    private void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(condition);
    }

    /** A reader that died in silence would be a board that never answers. */
    @Test
    void anErrorOnAThreadOfItsIsAFailureOfTheLine() {
        Error planted = new OutOfMemoryError("planted");
        LinkDriver broken = new LinkDriver(new BrokenPort(planted), 1_000_000, () -> {});
        until(() -> broken.failure() != null);
        assertSame(planted, broken.failure().getCause());
        broken.close();
    }

    /** Reads fail as nothing that a port should throw. */
    private record BrokenPort(Error error) implements SerialPort {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public int read(byte[] into, int timeoutMillis) {
            throw error;
        }

        @Override
        public void write(byte[] bytes, int offset, int length, int timeoutMillis) {
            throw error;
        }

        @Override
        public void setRate(int baud) {
            throw error;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void whatALineDoesNotTakeStaysWithThePeer() {
        driver.step(peer, 0);
        driver.step(peer, 0);

        int handedOut = peer.toSend.position();
        assertEquals(2_000, handedOut, "20 ms at a million baud, and no more while the line stands still");
    }

    @Test
    void everythingArrivesInOrderOnceTheLineTakesIt() {
        port.letWrite(Integer.MAX_VALUE);
        until(() -> {
            driver.step(peer, 0);
            return port.written().length == 100_000;
        });

        assertArrayEquals(peer.toSend.array(), port.written());
    }

    @Test
    void incomingBytesWakeTheOwnerAndReachThePeerInItsStep() throws Exception {
        port.bring((byte) 1, (byte) 2);

        assertTrue(woken.tryAcquire(10, TimeUnit.SECONDS));
        assertTrue(driver.hasInput());
        assertEquals(0, peer.heard.size());
        driver.step(peer, 0);
        assertArrayEquals(new byte[] {1, 2}, peer.heard.toByteArray());
    }

    @Test
    void piecesOfAFrameWakeTheOwnerOnce() throws Exception {
        byte[] frame = new byte[20];
        Arrays.fill(frame, 0, 19, (byte) 7);
        port.bringInPiecesOf(1);
        port.bring(frame);

        assertTrue(woken.tryAcquire(10, TimeUnit.SECONDS));
        driver.step(peer, 0);
        assertArrayEquals(frame, peer.heard.toByteArray());
        assertEquals(0, woken.availablePermits());
    }

    /** A hundred silences would take 10 s. */
    @Test
    void theEndOfAFrameOrOfALineDoesNotWaitForSilence() throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            port.bring((byte) 7, (byte) (i < 50 ? 0 : '\n'));
            assertTrue(woken.tryAcquire(10, TimeUnit.SECONDS));
            driver.step(peer, 0);
        }
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void moreThanTheQueueHoldsIsTakenWithoutAnyEnd() {
        byte[] noise = new byte[200];
        Arrays.fill(noise, (byte) 7);
        port.bringInPiecesOf(1);
        port.bring(noise);

        until(() -> {
            if (woken.tryAcquire(1, TimeUnit.SECONDS)) {
                driver.step(peer, 0);
            }
            return peer.heard.size() == noise.length;
        });
    }

    @Test
    void theRateChangesBehindWhatWasHandedOutAndThePeerIsInformedThen() {
        driver.step(peer, 0);
        peer.wantedRate = 460_800;
        driver.step(peer, 0);
        driver.step(peer, 0);
        assertEquals(0, port.rate(), "bytes of the old rate wait still");
        assertEquals(0, peer.lineRate);

        port.letWrite(Integer.MAX_VALUE);
        until(() -> {
            driver.step(peer, 0);
            return peer.lineRate == 460_800;
        });
        assertEquals(460_800, port.rate());
    }

    @Test
    void aPeerWithoutAnOpinionOnTheRateLeavesItAlone() {
        port.letWrite(Integer.MAX_VALUE);
        until(() -> {
            driver.step(peer, 0);
            return port.written().length == 100_000;
        });
        assertEquals(0, port.rate());
    }

    @Test
    void aCutLineWakesTheOwnerAndSaysWhy() throws Exception {
        port.cut();

        assertTrue(woken.tryAcquire(10, TimeUnit.SECONDS));
        assertEquals("cut", driver.failure().getMessage());
    }

    @Test
    void closeEndsBothThreadsAlsoUnderAWriteThatHangs() {
        driver.step(peer, 0);
        driver.close();

        assertTrue(port.isClosed());
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.isAlive() && t.getName().endsWith(" memory")));
    }
}
