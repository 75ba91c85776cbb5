package dev.fotabridge.host.store;

import dev.fotabridge.host.thread.WatchedThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a pipe within a limit of time: the system opens it only when somebody opens its other end, which may be never, and Java cannot
 * open it without waiting. So another thread reads, which ends when the pipe does. Stateless and thread-safe.
 * Tested by NamedFileIT.
 */
final class PipeReader {
    private static final Logger LOG = LoggerFactory.getLogger(PipeReader.class);

    private static final long END_MILLIS = 2_000;

    private PipeReader() {}

    /**
     * Reads a pipe to its end.
     *
     * @param limit bytes at most
     * @throws IOException with a sentence's end: nobody has written, or the thread was interrupted
     */
    static byte[] read(Path pipe, int limit, Duration patience) throws IOException {
        FutureTask<byte[]> reading = new FutureTask<>(() -> {
            // Unlike a stream of Files, one of a channel of our own can be interrupted.
            try (InputStream in = Channels.newInputStream(FileChannel.open(pipe, StandardOpenOption.READ))) {
                return in.readNBytes(limit);
            }
        });
        Thread reader = WatchedThreads.start("pipe-reader", reading, e -> LOG.error("{} met a bug", pipe, e));
        try {
            return reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            end(reader, pipe);
            throw new IOException(
                    "it is a pipe, and nobody has written it to its end in " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            end(reader, pipe);
            Thread.currentThread().interrupt();
            throw new IOException("it is a pipe, and the program was interrupted while it waited for a writer");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** As long as the pipe is open for writing here, the reader does not wait to open it. */
    private static void end(Thread reader, Path pipe) {
        try {
            FileChannel writer = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
            reader.interrupt();
            reader.join(END_MILLIS);
            writer.close();
        } catch (IOException e) {
            LOG.debug("the thread that opens {}, which this user may only read, waits on ({})", pipe, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
