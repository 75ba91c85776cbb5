package dev.fotabridge.host.link.serial;

import dev.fotabridge.host.link.SerialPort;
import dev.fotabridge.host.link.SerialPortContractTest;
import dev.fotabridge.host.thread.WatchedThreads;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Tag;

/** {@link JSerialCommPort} keeps the contract, on a pty of the system's. */
@Tag("real")
final class JSerialCommPortContractIT extends SerialPortContractTest {
    private static final ScheduledThreadPoolExecutor WATCHDOG = WatchedThreads.executor("watchdog", e -> {});
    private static final int BAUD = 115_200;

    @Override
    protected FarEnd farEnd() throws IOException {
        return new Pty();
    }

    /** A pty by script(1), whose standard input and output are the far end; the sleep keeps the near end open. */
    private static final class Pty implements FarEnd {
        private static final String NEAR_END = "stty raw -echo; tty; exec sleep 600";

        private final Process process;
        private final String path;

        Pty() throws IOException {
            process = new ProcessBuilder("script", "-q", "-f", "-c", NEAR_END, "/dev/null")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            path = line(process.getInputStream());
        }

        /** Not by a reader, which would keep bytes behind the line for itself. */
        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c > 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            return line.toString().strip();
        }

        @Override
        public SerialPort open() throws Exception {
            return JSerialCommPort.open(path, BAUD, WATCHDOG);
        }

        @Override
        public void send(byte[] bytes) throws IOException {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        }

        @Override
        public byte[] receive(int count) throws IOException {
            return process.getInputStream().readNBytes(count);
        }

        @Override
        public void stall() {
            // Nobody reads its output, and that is enough: what the system keeps for it is bounded.
        }

        @Override
        public void vanish() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void end() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
