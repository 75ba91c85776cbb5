package dev.fotabridge.host.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What everybody above may expect of an open line, whatever it is made of. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SerialPortContractTest {
    private static final int SOON_MILLIS = 200;
    private static final int LONG_MILLIS = 30_000;

    /** Far more than any system keeps for a reader that does not come. */
    private static final byte[] MUCH = new byte[1 << 20];

    /** The other end of the line. */
    protected interface FarEnd {
        /** Opens this end; called once. */
        SerialPort open() throws Exception;

        /** Sends to this end. */
        void send(byte[] bytes) throws Exception;

        /** Blocks until so many bytes have come from this end, and returns them. */
        byte[] receive(int count) throws Exception;

        /** From now on nothing is taken off the line. */
        void stall() throws Exception;

        /** Takes the line away, as a cable that is pulled. */
        void vanish() throws Exception;

        /** Frees what it holds. */
        void end() throws Exception;
    }

    private FarEnd far;
    private SerialPort port;

    /** A fresh line. */
    protected abstract FarEnd farEnd() throws Exception;

    @BeforeEach
    void openLine() throws Exception {
        far = farEnd();
        port = far.open();
    }

    @AfterEach
    void closeLine() throws Exception {
        port.close();
        far.end();
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static long millisOf(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    private void readUntilItFails() throws IOException {
        while (port.read(new byte[64], SOON_MILLIS) >= 0) {
            Thread.onSpinWait();
        }
    }

    /** Just so many. */
    private byte[] read(int wanted) throws IOException {
        byte[] got = new byte[wanted];
        for (int at = 0; at < got.length; ) {
            byte[] some = new byte[got.length - at];
            int count = port.read(some, LONG_MILLIS);
            System.arraycopy(some, 0, got, at, count);
            at += count;
        }
        return got;
    }

    private static Thread failing(Action action) {
        Thread thread = new Thread(() -> assertThrows(IOException.class, action::run));
        thread.start();
        return thread;
    }

    @Test
    void aReadWithoutInputReturnsNothingWhenItsTimeIsOver() throws Exception {
        long millis = millisOf(() -> assertEquals(0, port.read(new byte[16], SOON_MILLIS)));

        assertTrue(millis >= SOON_MILLIS - 1, () -> millis + " ms");
    }

    @Test
    void aReadEndsWithTheFirstBytesAndKeepsTheRestForTheNext() throws Exception {
        byte[] sent = random(100);
        far.send(sent);

        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] few = new byte[7];
        while (got.size() < sent.length) {
            int count = port.read(few, LONG_MILLIS);
            assertTrue(count > 0 && count <= few.length, () -> "count " + count);
            got.write(few, 0, count);
        }
        assertArrayEquals(sent, got.toByteArray());
    }

    @Test
    void everyValueOfAByteGoesBothWays() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        port.write(all, 0, all.length, LONG_MILLIS);
        assertArrayEquals(all, far.receive(all.length));

        far.send(all);
        assertArrayEquals(all, read(all.length));
    }

    @Test
    void aWriteHandsOverThePartThatWasNamedAndAllOfIt() throws Exception {
        byte[] bytes = random(3000);

        port.write(bytes, 1000, 1500, LONG_MILLIS);

        assertArrayEquals(Arrays.copyOfRange(bytes, 1000, 2500), far.receive(1500));
    }

    @Test
    void aWriteThatNobodyTakesFailsInTimeAndTheLineIsGone() throws Exception {
        far.stall();

        long millis =
                millisOf(() -> assertThrows(IOException.class, () -> port.write(MUCH, 0, MUCH.length, SOON_MILLIS)));

        assertTrue(millis < 10_000, () -> millis + " ms");
        assertThrows(IOException.class, () -> port.read(new byte[1], SOON_MILLIS));
        assertThrows(IOException.class, () -> port.write(MUCH, 0, 1, SOON_MILLIS));
    }

    @Test
    void aLineThatVanishedFailsReadsAndWrites() throws Exception {
        far.vanish();

        assertThrows(IOException.class, this::readUntilItFails);
        assertThrows(IOException.class, () -> port.write(MUCH, 0, 1, LONG_MILLIS));
    }

    @Test
    void afterACloseReadsAndWritesFailAndASecondCloseDoesNothing() throws Exception {
        port.close();
        port.close();

        assertThrows(IOException.class, () -> port.read(new byte[1], SOON_MILLIS));
        assertThrows(IOException.class, () -> port.write(MUCH, 0, 1, SOON_MILLIS));
    }

    @Test
    void aCloseEndsAReadAndAWriteThatAreUnderWay() throws Exception {
        far.stall();
        Thread reader = failing(this::readUntilItFails);
        Thread writer = failing(() -> port.write(MUCH, 0, MUCH.length, LONG_MILLIS));

        long millis = millisOf(port::close);

        reader.join(LONG_MILLIS);
        writer.join(LONG_MILLIS);
        assertTrue(millis < 10_000, () -> millis + " ms");
        assertFalse(reader.isAlive() || writer.isAlive(), "no thread is left");
    }

    @Test
    void bytesGoBothWaysAtAnotherRate() throws Exception {
        port.setRate(460_800);

        port.write(random(300), 0, 300, LONG_MILLIS);
        assertArrayEquals(random(300), far.receive(300));
        far.send(new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, read(3));
    }

    @Test
    void aLineThatWasClosedHasNoRate() {
        port.close();

        assertThrows(IOException.class, () -> port.setRate(460_800));
    }

    @Test
    void itHasAName() {
        assertFalse(port.name().isBlank());
    }
}
