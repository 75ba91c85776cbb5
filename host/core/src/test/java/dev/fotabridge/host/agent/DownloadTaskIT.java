package dev.fotabridge.host.agent;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.SharedImages;
import dev.fotabridge.host.bay.SharedParts;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadRequest;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends the download's thread reaches the bay. */
@Tag("real")
final class DownloadTaskIT {
    private static final Error ERROR = new OutOfMemoryError("planted");

    @TempDir
    Path directory;

    @Test
    void anErrorOnItsThreadIsItsResult() throws Exception {
        DownloadTask task = new DownloadTask(new SharedParts().loop(), new SharedImages());
        DownloadRequest request =
                new DownloadRequest(DownloadUrl.parse("https://localhost/a"), OptionalLong.empty(), Optional.empty());
        UpdateOptions options =
                new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
        task.start(request, new ImageCache(directory, Clock.systemUTC()), new Failing(), options);
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(task::isDone);
        assertSame(
                ERROR, assertThrows(IllegalStateException.class, task::result).getCause());
    }

    /** A source for which the virtual machine has no memory. */
    private static final class Failing implements RangeSource {
        @Override
        public RangeResult get(RangeRequest request, ReplyHandler handler, Cancellation cancellation) {
            throw ERROR;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
