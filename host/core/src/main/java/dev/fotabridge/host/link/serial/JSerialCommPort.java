package dev.fotabridge.host.link.serial;

import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.link.SerialPort;
import dev.fotabridge.host.thread.WatchedThreads;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial port or pty by jSerialComm 2.11.4, whose quirks are dealt with here and known nowhere else:
 *
 * <ul>
 *   <li>Its write spins without end while the system takes nothing (a stalled line, a pty that nobody reads). So bytes go
 *       in small chunks, and a watchdog closes the port under a write that is not through in time.
 *   <li>Short writes are returned as such, and a write to a port that vanished returns 0: we loop, and 0 means gone.
 *   <li>{@code isOpen} stays true after an unplug: it is never asked. A read of -1 means gone; and while nothing comes, the
 *       path is looked at once a second, since on some systems a read of a vanished port only times out. The library's
 *       disconnect event says no more than these, is not reliable on every system, and takes a thread for each port.
 *   <li>The close may block after an unplug: it runs on a thread of its own, is waited for a second, and is then left alone.
 *   <li>Its object keeps state over a close: each open makes a fresh one.
 *   <li>Its native part is loaded when it is first used, which fails where it cannot be unpacked: that is an error of the
 *       set-up, told as such.
 *   <li>Its list shows no ptys, so ports are opened by path. Symlinks are resolved at the open; the path given is what we
 *       keep, since a re-plugged board comes back under it.
 *   <li>Read time-outs are rounded to 100 ms. Reads are semi-blocking, so the first byte ends them.
 * </ul>
 *
 * DTR and RTS are asserted: the DK's debugger drives its UART pins only then. A pty has neither, which is no error.
 */
public final class JSerialCommPort implements SerialPort {
    private static final Logger LOG = LoggerFactory.getLogger(JSerialCommPort.class);
    private static final int WRITE_CHUNK_BYTES = 256;
    private static final int READ_TIMEOUT_MILLIS = 100;
    private static final long CLOSE_MILLIS = 1_000;
    private static final long PRESENCE_CHECK_NANOS = 1_000_000_000L;

    private final String path;
    private final Path target;
    private final com.fazecast.jSerialComm.SerialPort port;
    private final ScheduledExecutorService watchdog;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object closing = new Object();
    private volatile boolean isClosing;
    private volatile boolean stalled;
    private long lastPresenceCheckNanos;

    private JSerialCommPort(
            String path, Path target, com.fazecast.jSerialComm.SerialPort port, ScheduledExecutorService watchdog) {
        this.path = path;
        this.target = target;
        this.port = port;
        this.watchdog = watchdog;
    }

    /**
     * Opens the port at this path, 8N1 without flow control.
     *
     * @param path of a device, or of a symlink to one
     * @param baud any rate that the driver takes
     * @param watchdog ends writes that hang; may be shared by all ports of a process, and is not ended by this one
     * @throws FotaException PORT_MISSING, PORT_FORBIDDEN or PORT_BUSY; CONFIGURATION if the library cannot be loaded
     */
    public static JSerialCommPort open(String path, int baud, ScheduledExecutorService watchdog) throws FotaException {
        Path target = resolve(path);
        try {
            NativeLibrary.require();
            return open(path, target, baud, watchdog);
        } catch (LinkageError e) {
            throw OpenError.noLibrary(e);
        }
    }

    private static JSerialCommPort open(String path, Path target, int baud, ScheduledExecutorService watchdog)
            throws FotaException {
        com.fazecast.jSerialComm.SerialPort port = create(path);
        port.setComPortParameters(
                baud,
                8,
                com.fazecast.jSerialComm.SerialPort.ONE_STOP_BIT,
                com.fazecast.jSerialComm.SerialPort.NO_PARITY);
        port.setFlowControl(com.fazecast.jSerialComm.SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(com.fazecast.jSerialComm.SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_TIMEOUT_MILLIS, 0);
        if (!port.openPort(0)) {
            throw OpenError.of(path, target, port.getLastErrorCode());
        }
        port.setDTRandRTS(true, true);
        return new JSerialCommPort(path, target, port, watchdog);
    }

    private static Path resolve(String path) throws FotaException {
        try {
            return Path.of(path).toRealPath();
        } catch (AccessDeniedException e) {
            throw OpenError.forbidden(path);
        } catch (IOException e) {
            if (isWindowsName(path)) {
                return Path.of(path);
            }
            throw OpenError.missing(path);
        }
    }

    private static boolean isWindowsName(String path) {
        return path.matches("(\\\\\\\\\\.\\\\)?COM[0-9]+");
    }

    private static com.fazecast.jSerialComm.SerialPort create(String path) throws FotaException {
        try {
            return com.fazecast.jSerialComm.SerialPort.getCommPort(path);
        } catch (SerialPortInvalidPortException e) {
            throw OpenError.missing(path);
        }
    }

    @Override
    public String name() {
        return path;
    }

    @Override
    public int read(byte[] into, int timeoutMillis) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        int count;
        do {
            requireOpen();
            count = port.readBytes(into, into.length);
            if (count < 0) {
                throw gone("a read failed");
            }
            if (count == 0) {
                requirePresence();
            }
        } while (count == 0 && System.nanoTime() - deadline < 0);
        return count;
    }

    /** Asked only when nothing is left to read: the last words before an unplug count. */
    private void requirePresence() throws IOException {
        long now = System.nanoTime();
        if (now - lastPresenceCheckNanos < PRESENCE_CHECK_NANOS) {
            return;
        }
        lastPresenceCheckNanos = now;
        if (target.isAbsolute() && Files.notExists(target)) {
            throw gone("its device node is gone");
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length, int timeoutMillis) throws IOException {
        ScheduledFuture<?> guard = guard(timeoutMillis);
        try {
            int written = 0;
            while (written < length) {
                requireOpen();
                int count = port.writeBytes(bytes, Math.min(WRITE_CHUNK_BYTES, length - written), offset + written);
                if (count <= 0) {
                    requireOpen();
                    throw gone("a write failed");
                }
                written += count;
            }
            requireOpen();
        } finally {
            guard.cancel(false);
        }
    }

    @Override
    public void setRate(int baud) throws IOException {
        requireOpen();
        if (!port.setBaudRate(baud)) {
            LOG.debug("{} does not take a rate of {}", path, baud);
        }
        requireOpen();
    }

    private ScheduledFuture<?> guard(int timeoutMillis) throws IOException {
        requireOpen();
        try {
            return watchdog.schedule(this::stall, timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw gone("it was closed");
        }
    }

    private void stall() {
        stalled = true;
        beginToClose();
    }

    private void requireOpen() throws IOException {
        if (stalled) {
            throw new IOException("it takes no more bytes");
        }
        if (isClosing) {
            throw new IOException("it was closed");
        }
    }

    private IOException gone(String seen) {
        if (isProcessEnding()) {
            awaitClosed();
        }
        return new IOException(stalled ? "it takes no more bytes" : isClosing ? "it was closed" : seen);
    }

    /**
     * jSerialComm ends all reads and writes in a shutdown hook of its own, which runs beside ours. What fails then says nothing of
     * the board, so the owner, who is told of the end as well, gets the time to close the port first.
     */
    private static boolean isProcessEnding() {
        Thread hook = WatchedThreads.daemon("end-probe", () -> {}, e -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        beginToClose();
        awaitClosed();
    }

    private void beginToClose() {
        synchronized (closing) {
            if (!isClosing) {
                isClosing = true;
                WatchedThreads.start("link-closer " + path, this::closePort, this::failed);
            }
        }
    }

    private void awaitClosed() {
        try {
            closed.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closePort() {
        port.closePort();
        closed.countDown();
    }

    /** Nobody waits for these threads longer than a second, and reads and writes find out by themselves. */
    private void failed(Throwable cause) {
        LOG.error("the port {} met a bug", path, cause);
    }
}
