package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadStep.AskFreshUrl;
import dev.fotabridge.host.download.DownloadStep.Done;
import dev.fotabridge.host.download.DownloadStep.Fail;
import dev.fotabridge.host.download.DownloadStep.Fetch;
import dev.fotabridge.host.download.DownloadStep.Pause;
import dev.fotabridge.host.download.Downloader.Verdict;
import dev.fotabridge.host.download.RangeResult.End;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloaderTest {
    private static final DownloadUrl URL = DownloadUrl.parse("https://s3/bucket/fw.bin?X-Amz-Signature=SECRET");
    private static final String ETAG = "\"abc\"";

    private Downloader downloader = new Downloader(URL, OptionalLong.empty(), Partial.none());

    @Test
    void fetchesInPiecesAndPinsTheObject() {
        long total = RangePlan.PIECE_BYTES + 100;
        assertEquals("bytes=0-1048575", fetch().range());
        assertEquals(Optional.empty(), fetch().ifRange());
        assertEquals(Verdict.APPEND, downloader.head(partial("bytes 0-1048575/" + total)));
        assertTrue(downloader.received((int) RangePlan.PIECE_BYTES));
        downloader.ended(complete());
        assertEquals("bytes=1048576-" + (total - 1), fetch().range());
        assertEquals(Optional.of(ETAG), fetch().ifRange());
        assertEquals(Verdict.APPEND, downloader.head(partial("bytes 1048576-1048675/" + total)));
        downloader.received(100);
        downloader.ended(complete());
        assertEquals(new Done(total, false), downloader.next());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "bytes 0-99/*",
                "bytes */100",
                "bytes 1-99/100",
                "bytes 0-100/100",
                "bytes 5-4/100",
                "bytes 0-1048576/2000000",
                "0-99/100",
                "bytes 0-99999999999999999999/100",
                "bytes 0-9/100",
                "items 0-99/100",
                ""
            })
    void refusesA206WithoutAValidContentRange(String contentRange) {
        ReplyHead head = new ReplyHead(
                206,
                Optional.ofNullable(contentRange),
                100,
                Optional.of(ETAG),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertEquals(Verdict.REFUSE, downloader.head(head));
        assertEquals(Reason.DOWNLOAD_NO_RANGE, failure().reason());
    }

    @Test
    void acceptsAFull200FromTheStart() {
        assertEquals(Verdict.RESTART, downloader.head(reply(200, 300)));
        downloader.received(300);
        downloader.ended(complete());
        assertEquals(new Done(300, false), downloader.next());
    }

    @Test
    void acceptsA200WithoutLength() {
        downloader.head(reply(200, -1));
        downloader.received(70);
        downloader.ended(complete());
        assertEquals(new Done(70, false), downloader.next());
    }

    @Test
    void startsOverWhenTheServerIgnoresTheRange() {
        resumeAt(50, 100);
        assertEquals(Verdict.RESTART, downloader.head(reply(200, 100)));
        assertEquals(0, downloader.offset());
    }

    @ParameterizedTest
    @CsvSource({
        "404, DOWNLOAD_NOT_FOUND",
        "410, DOWNLOAD_NOT_FOUND",
        "416, DOWNLOAD_SIZE",
        "418, DOWNLOAD_FAILED",
        "304, DOWNLOAD_FAILED",
        "100, DOWNLOAD_FAILED",
        "204, DOWNLOAD_FAILED"
    })
    void doesNotRepeatWhatIsPermanent(int status, Reason reason) {
        assertEquals(Verdict.REFUSE, downloader.head(reply(status, 0)));
        assertEquals(reason, failure().reason());
        assertFalse(failure().sentence().contains("SECRET"), failure().sentence());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void repeatsWhatIsTransientWithGrowingPauses(int status) {
        long last = 0;
        for (int i = 0; i < 6; i++) {
            downloader.head(reply(status, 0));
            downloader.ended(new RangeResult(End.UNWANTED, ""));
            long pause = ((Pause) downloader.next()).nanos();
            assertTrue(pause > last && pause <= 30_000_000_000L, "pause " + pause);
            last = pause;
            downloader.pauseOver();
            assertEquals("bytes=0-1048575", fetch().range());
        }
        downloader.head(reply(status, 0));
        assertEquals(Reason.DOWNLOAD_FAILED, failure().reason());
    }

    @Test
    void honoursRetryAfterUpToTheLongestPause() {
        for (String header : new String[] {"7", "100000"}) {
            Downloader asked = new Downloader(URL, OptionalLong.empty(), Partial.none());
            asked.head(new ReplyHead(
                    503,
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(header)));
            long seconds = ((Pause) asked.next()).nanos() / 1_000_000_000L;
            assertEquals(header.equals("7") ? 7 : 30, seconds);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BROKEN, 6, DOWNLOAD_FAILED",
        "TIMED_OUT, 6, DOWNLOAD_TIMEOUT",
        "TOO_SLOW, 3, DOWNLOAD_TIMEOUT",
        "HOST_UNKNOWN, 2, DOWNLOAD_HOST_UNKNOWN",
        "HOST_NOT_ALLOWED, 0, DOWNLOAD_HOST_NOT_ALLOWED",
        "NOT_TRUSTED, 0, DOWNLOAD_FAILED",
        "CANCELLED, 0, INTERRUPTED"
    })
    void knowsHowOftenAFaultIsWorthATry(End end, int tries, Reason reason) {
        for (int i = 0; i < tries; i++) {
            downloader.ended(new RangeResult(end, "what happened."));
            assertInstanceOf(Pause.class, downloader.next());
            downloader.pauseOver();
        }
        downloader.ended(new RangeResult(end, "what happened."));
        assertEquals(reason, failure().reason());
    }

    @Test
    void goesOnAfterAResetWhereItWasAndIsPatientAgain() {
        downloader.head(partial("bytes 0-999/1000"));
        for (int i = 0; i < 50; i++) {
            downloader.received(10);
            downloader.ended(new RangeResult(End.BROKEN, "reset."));
            assertEquals(500_000_000L, ((Pause) downloader.next()).nanos());
            downloader.pauseOver();
            long offset = 10L * (i + 1);
            assertEquals("bytes=" + offset + "-999", fetch().range());
            downloader.head(partial("bytes " + offset + "-999/1000"));
        }
    }

    /** A server that drips makes progress each time, and would be asked for hours. */
    @Test
    void isNotMadePatientByAServerThatDrips() {
        for (int i = 0; i < 3; i++) {
            downloader.head(partial("bytes " + i + "-999/1000"));
            downloader.received(1);
            downloader.ended(new RangeResult(End.TOO_SLOW, "slow."));
            downloader.pauseOver();
        }
        downloader.head(partial("bytes 3-999/1000"));
        downloader.received(1);
        downloader.ended(new RangeResult(End.TOO_SLOW, "slow."));
        assertEquals(Reason.DOWNLOAD_TIMEOUT, failure().reason());
    }

    @Test
    void aByteForEachTryHasALimit() {
        for (int i = 0; i < 200; i++) {
            downloader.head(partial("bytes " + i + "-999/1000"));
            downloader.received(1);
            downloader.ended(new RangeResult(End.BROKEN, "reset."));
            assertInstanceOf(Pause.class, downloader.next());
            downloader.pauseOver();
        }
        downloader.head(partial("bytes 200-999/1000"));
        downloader.received(1);
        downloader.ended(new RangeResult(End.BROKEN, "reset."));
        assertEquals(Reason.DOWNLOAD_FAILED, failure().reason());
    }

    @Test
    void doesNotTakeALossForProgress() {
        for (int i = 0; i < 6; i++) {
            downloader.head(reply(200, 100));
            downloader.received(i == 0 ? 60 : 50);
            downloader.ended(new RangeResult(End.BROKEN, "reset."));
            downloader.pauseOver();
        }
        downloader.head(reply(200, 100));
        downloader.received(50);
        downloader.ended(new RangeResult(End.BROKEN, "reset."));
        assertEquals(Reason.DOWNLOAD_FAILED, failure().reason());
    }

    @Test
    void takesAnEarlyEndForAFault() {
        downloader.head(partial("bytes 0-99/100"));
        downloader.received(40);
        downloader.ended(complete());
        assertInstanceOf(Pause.class, downloader.next());
    }

    @Test
    void refusesMoreThanWasAnnounced() {
        downloader.head(partial("bytes 0-99/100"));
        assertFalse(downloader.received(101));
        assertEquals(Reason.DOWNLOAD_SIZE, failure().reason());
    }

    @ParameterizedTest
    @CsvSource({"bytes 50-99/100, '\"other\"'", "bytes 50-119/120, '\"abc\"'"})
    void neverJoinsTwoObjects(String contentRange, String etag) {
        resumeAt(50, 100);
        assertEquals(Optional.of(ETAG), fetch().ifRange());
        long length = ContentRange.parse(contentRange).orElseThrow().last() - 49;
        ReplyHead head = head(206, contentRange, length, etag);
        assertEquals(Verdict.REFUSE, downloader.head(contentRange.endsWith("120") ? spread(head) : head));
    }

    private ReplyHead spread(ReplyHead head) {
        return head(206, "bytes 50-99/120", 50, head.etag().orElseThrow());
    }

    @Test
    void startsOverWhenTheObjectChangedButNotForEver() {
        resumeAt(50, 100);
        downloader.head(head(206, "bytes 50-99/100", 50, "\"2\""));
        assertEquals("bytes=0-1048575", fetch().range());
        for (int i = 0; i < 2; i++) {
            downloader.head(head(206, "bytes 0-99/100", 100, "\"a\""));
            downloader.received(10);
            downloader.ended(new RangeResult(End.BROKEN, "reset."));
            downloader.pauseOver();
            downloader.head(head(206, "bytes 10-99/100", 90, "\"b\""));
        }
        assertEquals(Reason.DOWNLOAD_SIZE, failure().reason());
    }

    @Test
    void doesNotTrustAWeakEtag() {
        downloader.head(head(206, "bytes 0-99/100", 100, "W/\"abc\""));
        downloader.received(10);
        downloader.ended(new RangeResult(End.BROKEN, "reset."));
        downloader.pauseOver();
        assertEquals(Optional.empty(), fetch().ifRange());
        assertEquals(Optional.empty(), downloader.etag());
    }

    @ParameterizedTest
    @CsvSource({"206, bytes 0-99/100", "200, ''"})
    void comparesWithTheDocument(int status, String contentRange) {
        downloader = new Downloader(URL, OptionalLong.of(101), Partial.none());
        assertEquals(Verdict.REFUSE, downloader.head(head(status, contentRange, 100, ETAG)));
        assertEquals(Reason.DOWNLOAD_SIZE, failure().reason());
        assertTrue(failure().sentence().contains("101"), failure().sentence());
    }

    @Test
    void comparesWithTheDocumentWhenOnlyTheEndTells() {
        downloader = new Downloader(URL, OptionalLong.of(101), Partial.none());
        downloader.head(reply(200, -1));
        downloader.received(100);
        downloader.ended(complete());
        assertEquals(Reason.DOWNLOAD_SIZE, failure().reason());
    }

    @Test
    void isBounded() {
        assertEquals(Verdict.REFUSE, downloader.head(partial("bytes 0-1048575/99999999")));
        assertEquals(Reason.IMAGE_SIZE, failure().reason());
        downloader = new Downloader(URL, OptionalLong.empty(), Partial.none());
        downloader.head(reply(200, -1));
        assertTrue(downloader.received(16 << 20));
        assertFalse(downloader.received(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "X-Gzip", "aws-chunked,zstd", "identity, deflate"})
    void refusesAnEncoding(String encoding) {
        for (int status : new int[] {200, 206}) {
            Downloader asked = new Downloader(URL, OptionalLong.empty(), Partial.none());
            ReplyHead head = new ReplyHead(
                    status,
                    Optional.of("bytes 0-99/100"),
                    100,
                    Optional.empty(),
                    Optional.of(encoding),
                    Optional.empty(),
                    Optional.empty());
            assertEquals(Verdict.REFUSE, asked.head(head));
            assertInstanceOf(Fail.class, asked.next());
        }
    }

    /** Of the transfer, or of no meaning: the bytes are the object's own. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "identity", "aws-chunked", "aws-chunked,", "UTF-8", "binary", "none"})
    void takesWhatIsNoEncodingOfTheObject(String encoding) {
        for (int status : new int[] {200, 206}) {
            Downloader asked = new Downloader(URL, OptionalLong.empty(), Partial.none());
            Verdict verdict = asked.head(new ReplyHead(
                    status,
                    Optional.of("bytes 0-99/100"),
                    100,
                    Optional.empty(),
                    Optional.of(encoding),
                    Optional.empty(),
                    Optional.empty()));
            assertEquals(status == 200 ? Verdict.RESTART : Verdict.APPEND, verdict);
        }
    }

    /** A byte for each fresh URL is no progress; and they have a limit however much each of them brings. */
    @ParameterizedTest
    @CsvSource({"1, 3", "70000, 20"})
    void freshUrlsHaveALimit(int piece, int limit) {
        int asked = 0;
        for (int at = 0; !(downloader.next() instanceof Fail); at++) {
            downloader.head(partial("bytes " + at * piece + "-" + ((at + 1) * piece - 1) + "/16000000"));
            downloader.received(piece);
            downloader.ended(complete());
            downloader.head(reply(403, 0));
            if (downloader.next() instanceof AskFreshUrl) {
                asked++;
                downloader.freshUrl(DownloadUrl.parse("https://s3/bucket/fw.bin?n=" + at));
            }
        }
        assertEquals(limit, asked);
    }

    /** Each reply may take as long as a pause of silence: a byte in each would make a download last for weeks. */
    @Test
    void repliesOfAFewBytesHaveALimit() {
        int count = 0;
        while (downloader.head(partial("bytes " + count + "-" + count + "/60000")) == Verdict.APPEND) {
            downloader.received(1);
            downloader.ended(complete());
            count++;
        }
        assertEquals(32, count);
        assertEquals(Reason.DOWNLOAD_NO_RANGE, failure().reason());
    }

    @Test
    void asksForAFreshUrlWhenTheOldOneExpiresAndGoesOn() {
        resumeAt(50, 100);
        downloader.head(reply(403, 200));
        assertEquals(new AskFreshUrl(URL), downloader.next());
        DownloadUrl fresh = DownloadUrl.parse("https://s3/bucket/fw.bin?X-Amz-Signature=FRESH");
        downloader.freshUrl(fresh);
        assertEquals(fresh, fetch().url());
        assertEquals("bytes=50-99", fetch().range());
        assertEquals(Optional.of(ETAG), fetch().ifRange());
    }

    @Test
    void startsOverWhenTheFreshUrlIsOfAnotherObject() {
        resumeAt(50, 100);
        downloader.head(reply(403, 0));
        downloader.freshUrl(DownloadUrl.parse("https://s3/bucket/other.bin?X-Amz-Signature=FRESH"));
        assertEquals("bytes=0-1048575", fetch().range());
    }

    @Test
    void isForbiddenWhenThereIsNoOtherUrl() {
        downloader.head(reply(403, 0));
        downloader.freshUrl(URL);
        assertEquals(Reason.DOWNLOAD_FORBIDDEN, failure().reason());
        downloader = new Downloader(DownloadUrl.parse("https://s3/x"), OptionalLong.empty(), Partial.none());
        downloader.head(reply(403, 0));
        assertEquals(Reason.DOWNLOAD_FORBIDDEN, failure().reason());
    }

    @Test
    void doesNotAskForFreshUrlsForEver() {
        for (int i = 0; i < 3; i++) {
            downloader.head(reply(403, 0));
            downloader.freshUrl(DownloadUrl.parse("https://s3/bucket/fw.bin?n=" + i));
        }
        downloader.head(reply(403, 0));
        assertEquals(Reason.DOWNLOAD_FORBIDDEN, failure().reason());
    }

    @ParameterizedTest
    @CsvSource({
        "https://other/x?q=1, https://other/x",
        "//other/y, https://other/y",
        "/moved?z, https://s3/moved",
        "beside.bin, https://s3/bucket/beside.bin"
    })
    void followsARedirect(String location, String identity) {
        downloader.head(redirect(location));
        assertEquals(identity, fetch().url().identity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://s3/x", "ftp://s3/x", "file:/etc/passwd", "https://", "https://a@b/x"})
    void followsNotJustAnywhere(String location) {
        downloader.head(redirect(location));
        assertEquals(Reason.DOWNLOAD_FAILED, failure().reason());
    }

    @Test
    void followsNotForEver() {
        for (int i = 0; i < 5; i++) {
            downloader.head(redirect("/" + i));
            assertInstanceOf(Fetch.class, downloader.next());
        }
        downloader.head(redirect("/again"));
        assertEquals(Reason.DOWNLOAD_FAILED, failure().reason());
        downloader = new Downloader(URL, OptionalLong.empty(), Partial.none());
        downloader.head(reply(302, 0));
        assertEquals(Reason.DOWNLOAD_FAILED, failure().reason());
    }

    @Test
    void asksWhetherAFileInTheCacheIsStillTheObject() {
        downloader = new Downloader(URL, OptionalLong.empty(), new Partial(100, 100, Optional.of(ETAG)));
        assertEquals("bytes=0-0", fetch().range());
        downloader.head(head(206, "bytes 0-0/100", 1, ETAG));
        assertEquals(new Done(100, true), downloader.next());
        downloader = new Downloader(URL, OptionalLong.empty(), new Partial(100, 100, Optional.of(ETAG)));
        downloader.head(head(206, "bytes 0-0/100", 1, "\"new\""));
        assertEquals("bytes=0-1048575", fetch().range());
    }

    private void resumeAt(long offset, long total) {
        downloader = new Downloader(URL, OptionalLong.empty(), new Partial(offset, total, Optional.of(ETAG)));
    }

    private RangeRequest fetch() {
        return ((Fetch) downloader.next()).request();
    }

    private Fail failure() {
        return (Fail) downloader.next();
    }

    private static RangeResult complete() {
        return new RangeResult(End.COMPLETE, "");
    }

    private static ReplyHead partial(String contentRange) {
        return head(206, contentRange, -1, ETAG);
    }

    private static ReplyHead head(int status, String contentRange, long length, String etag) {
        return new ReplyHead(
                status,
                Optional.of(contentRange),
                length,
                Optional.of(etag),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ReplyHead reply(int status, long length) {
        return new ReplyHead(
                status,
                Optional.empty(),
                length,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ReplyHead redirect(String location) {
        return new ReplyHead(
                302, Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.of(location), Optional.empty());
    }
}
