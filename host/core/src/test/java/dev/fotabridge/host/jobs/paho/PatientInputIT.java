package dev.fotabridge.host.jobs.paho;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("real")
class PatientInputIT {
    private final CountDownLatch writing = new CountDownLatch(1);
    private final List<IOException> early = new CopyOnWriteArrayList<>();

    @Test
    void holdsAFailureBackUntilConnectIsWritten() throws Exception {
        PatientInput input = new PatientInput(new Failing(), writing, early::add);
        Thread receiver = new Thread(() -> assertThrows(IOException.class, input::read));
        receiver.start();
        await().until(() -> !early.isEmpty());
        await().until(() -> receiver.getState() == Thread.State.TIMED_WAITING);
        new AnnouncingOutput(new ByteArrayOutputStream(), writing).write(new byte[] {16});
        receiver.join(10_000);
        assertFalse(receiver.isAlive());
    }

    @Test
    void holdsAnEarlyEndBackToo() throws Exception {
        PatientInput input = new PatientInput(InputStream.nullInputStream(), writing, early::add);
        Thread receiver = new Thread(() -> assertEquals(-1, reading(input)));
        receiver.start();
        await().until(() -> receiver.getState() == Thread.State.TIMED_WAITING);
        writing.countDown();
        receiver.join(10_000);
        assertFalse(receiver.isAlive());
    }

    private static int reading(InputStream input) {
        try {
            return input.read(new byte[8], 0, 8);
        } catch (IOException e) {
            return -2;
        }
    }

    /** Once CONNACK has come, Paho runs, and a lost connection is told at once. */
    @Test
    void passesALaterFailureOn() throws Exception {
        InputStream connack = new ByteArrayInputStream(new byte[] {32});
        PatientInput input = new PatientInput(new SequenceInputStream(connack, new Failing()), writing, early::add);
        assertEquals(32, input.read());
        assertThrows(IOException.class, input::read);
        assertEquals(List.of(), early);
    }

    private static final class Failing extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("turned down");
        }
    }
}
