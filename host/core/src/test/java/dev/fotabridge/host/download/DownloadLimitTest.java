package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that know the limits of tries and pace, and stay below them. In virtual time. */
final class DownloadLimitTest {
    private static final DownloadUrl URL = DownloadUrl.parse("https://s3/bucket/fw.bin");
    private static final int TOTAL = 16 << 20;

    @TempDir
    Path directory;

    private ImageCache cache;
    private long now;

    @BeforeEach
    void make() throws FotaException {
        cache = new ImageCache(directory, InstantSource.system());
    }

    @Test
    void aServerThatBreaksOffAfterEachByteHasALimitOfTime() {
        isOverInTime(new Server(1, 29, RangeResult.End.BROKEN), 60);
    }

    @Test
    void aServerThatKeepsJustAbovePaceHasTheSame() {
        isOverInTime(new Server(72_100, 66, RangeResult.End.COMPLETE), 66);
    }

    @Test
    void whatCameBeforeTheLimitIsKept() throws Exception {
        assertThrows(FotaException.class, () -> fetch(new Server(70_000, 60, RangeResult.End.COMPLETE)));
        assertEquals(
                TOTAL, fetch(new Server(1 << 20, 1, RangeResult.End.COMPLETE)).size());
    }

    /** A waiting process outlives every download, so that it never calls a slow one hanging. */
    @Test
    void whoWaitsForTheLockWaitsLongerThanADownloadTakes() {
        assertTrue(EntryLock.LIMIT_NANOS > ImageDownload.LIMIT_NANOS + TimeUnit.SECONDS.toNanos(60));
    }

    private void isOverInTime(RangeSource server, int lastRequestSeconds) {
        FotaException end = assertThrows(FotaException.class, () -> fetch(server));
        assertEquals(Reason.DOWNLOAD_TIMEOUT, end.reason());
        assertTrue(end.getMessage().contains("15 minutes"), end.getMessage());
        assertTrue(now <= ImageDownload.LIMIT_NANOS + TimeUnit.SECONDS.toNanos(lastRequestSeconds), "took " + now);
    }

    private CachedImage fetch(RangeSource server) throws FotaException {
        Cancellation waits = new Cancellation((gate, nanos) -> {
            now += nanos;
            return false;
        });
        return new ImageDownload(cache, server, () -> now)
                .fetch(new DownloadRequest(URL, OptionalLong.empty(), Optional.empty()), (bytes, total) -> {}, waits);
    }

    /** Sends so much of each reply, piece by piece of so many seconds, or ends it behind the first. */
    private final class Server implements RangeSource {
        private final int pieceBytes;
        private final int pieceSeconds;
        private final RangeResult.End end;

        Server(int pieceBytes, int pieceSeconds, RangeResult.End end) {
            this.pieceBytes = pieceBytes;
            this.pieceSeconds = pieceSeconds;
            this.end = end;
        }

        @Override
        public RangeResult get(RangeRequest request, ReplyHandler handler, Cancellation cancellation) {
            String[] range = request.range().substring("bytes=".length()).split("-");
            int first = Integer.parseInt(range[0]);
            int last = Math.min(Integer.parseInt(range[1]), TOTAL - 1);
            ReplyHead head = new ReplyHead(
                    206,
                    Optional.of("bytes " + first + "-" + last + "/" + TOTAL),
                    last - first + 1,
                    Optional.of("\"e\""),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            boolean wanted = handler.head(head);
            for (int at = first; wanted && at <= last; at += pieceBytes) {
                now += TimeUnit.SECONDS.toNanos(pieceSeconds);
                wanted = handler.body(ByteBuffer.allocate(Math.min(pieceBytes, last - at + 1)));
                if (wanted && end == RangeResult.End.BROKEN) {
                    return new RangeResult(end, "reset.");
                }
            }
            return new RangeResult(wanted ? RangeResult.End.COMPLETE : RangeResult.End.UNWANTED, "");
        }

        @Override
        public void close() {}
    }
}
