package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.store.StorageFailure;
import dev.fotabridge.host.value.PlainText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Appends a board's console to a file. Each line has the seconds since the command's start, by a clock that nobody sets, and the wall
 * clock; it is handed to the system at once. A head says what is listened to, so that one file can keep several sessions.
 * Tested by ConsoleLogTest.
 */
final class ConsoleLog implements BayObserver, AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Runnable whenBroken;
    private final AtomicReference<FotaException> failure = new AtomicReference<>();

    private ConsoleLog(Path file, FileChannel channel, Runnable whenBroken) {
        this.file = file;
        this.channel = channel;
        this.whenBroken = whenBroken;
    }

    /**
     * Opens the file, or makes it, and writes the head.
     *
     * @param what is listened to
     * @param now wall clock
     * @param whenBroken called once, when a line cannot be written
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    static ConsoleLog open(Path file, String what, Instant now, Runnable whenBroken) throws FotaException {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            ConsoleLog log = new ConsoleLog(file, channel, whenBroken);
            log.write("# " + time(now) + " " + BaseCommand.software() + " listens to " + what);
            return log;
        } catch (IOException e) {
            throw StorageFailure.writing(file, e);
        }
    }

    @Override
    public void onEvent(EventOrigin origin, BayEvent event) {
        if (failure.get() != null || !(event instanceof BayEvent.Log log)) {
            return;
        }
        try {
            write(String.format(Locale.ROOT, "%12.3f %s %s", origin.nanos() / 1e9, time(origin.time()), log.line()));
        } catch (IOException e) {
            failure.set(StorageFailure.writing(file, e));
            whenBroken.run();
        }
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((PlainText.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE if a line could not be written */
    void requireWhole() throws FotaException {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** @throws FotaException if the file's system tells only now that the lines are lost, as a network's may */
    @Override
    public void close() throws FotaException {
        try {
            channel.close();
        } catch (IOException e) {
            throw StorageFailure.writing(file, e);
        }
    }
}
