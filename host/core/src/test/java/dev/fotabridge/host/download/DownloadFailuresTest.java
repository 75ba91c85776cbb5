package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadStep.Fail;
import dev.fotabridge.host.download.DownloadStep.Fetch;
import dev.fotabridge.host.download.Downloader.Verdict;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and servers with which the nRF Connect SDK library's download ends badly or not at all. */
final class DownloadFailuresTest {
    private static final DownloadUrl URL = DownloadUrl.parse("https://s3/bucket/fw.bin?sig=SECRET");

    private final Downloader downloader = new Downloader(URL, OptionalLong.empty(), Partial.none());

    @ParameterizedTest
    @CsvSource({"200, 0", "416, 0"})
    void anEmptyObjectIsReported(int status, long length) {
        assertEquals(Verdict.REFUSE, downloader.head(head(status, null, length, null)));
        Fail fail = (Fail) downloader.next();
        assertEquals(Reason.DOWNLOAD_SIZE, fail.reason());
        assertEquals("The object is empty.", fail.sentence());
    }

    /** What a server says of the range may be right, and something else wrong. */
    @ParameterizedTest
    @CsvSource({
        "206, bytes 0-59999/60000, 60100, 'says Content-Range bytes 0-59999/60000, but Content-Length 60100.'",
        "416, bytes */60000, 0, 'first bytes with status 416, and Content-Range bytes */60000.'",
        "206, bytes 5-59999/60000, 59995, 'was asked for bytes 0 to 1048575 and says Content-Range bytes 5-59999/60000.'"
    })
    void whatIsWrongWithARangeIsNamed(int status, String range, long length, String words) {
        assertEquals(Verdict.REFUSE, downloader.head(head(status, range, length, null)));
        Fail fail = (Fail) downloader.next();
        assertEquals(Reason.DOWNLOAD_NO_RANGE, fail.reason());
        assertTrue(fail.sentence().contains(words), fail.sentence());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void everyKindOfRedirectIsFollowed(int status) {
        downloader.head(head(status, null, 0, "https://s3.eu-central-1.example/bucket/fw.bin"));
        Fetch fetch = assertInstanceOf(Fetch.class, downloader.next());
        assertEquals("s3.eu-central-1.example", fetch.request().url().host());
    }

    @Test
    void aRedirectFromHttpToHttpsIsFollowed() {
        DownloadUrl plain = DownloadUrl.parse("http://s3/bucket/fw.bin");
        Downloader start = new Downloader(plain, OptionalLong.empty(), Partial.none());
        start.head(head(307, null, 0, "https://s3/bucket/fw.bin"));
        assertTrue(((Fetch) start.next()).request().url().tls());
    }

    @Test
    void aRedirectInTheMiddleGoesOnAtTheSameByte() {
        Downloader half = new Downloader(URL, OptionalLong.empty(), new Partial(50, 100, Optional.of("\"e\"")));
        half.head(head(307, null, 0, "https://other/x"));
        Fetch fetch = (Fetch) half.next();
        assertEquals("bytes=50-99", fetch.request().range());
        assertEquals(Optional.of("\"e\""), fetch.request().ifRange());
    }

    /** As RFC 3986, 5.4 has it; a target that names its host is cleaned of dots as well. */
    @ParameterizedTest
    @CsvSource({
        "../x, https://s3/x",
        "../../../x, https://s3/x",
        "./x/./y/../z, https://s3/bucket/x/z",
        "/a/b/../c?q=../1, https://s3/a/c?q=../1",
        "/a/.., https://s3/",
        "/a/b/., https://s3/a/b/",
        "?new=1, https://s3/bucket/fw.bin?new=1",
        "https://other/a/../b, https://other/b",
        "//other:8443/./b//c, https://other:8443/b//c",
        "/..a/b..#part, https://s3/..a/b..",
        "#part, https://s3/bucket/fw.bin?sig=SECRET"
    })
    void dotSegmentsOfARedirectAreCarriedOut(String location, String target) {
        downloader.head(head(302, null, 0, location));
        DownloadUrl url = ((Fetch) downloader.next()).request().url();
        assertEquals(target, url.scheme() + "://" + url.authority() + url.requestTarget());
    }

    @Test
    void aRedirectToAHostThatIsReadInDifferentWaysIsRefused() {
        downloader.head(head(302, null, 0, "https://0177.0.0.1/x?sig=SECRET"));
        Fail fail = (Fail) downloader.next();
        assertEquals(Reason.DOWNLOAD_FAILED, fail.reason());
        assertTrue(
                fail.sentence().contains("\"0177.0.0.1\"") && !fail.sentence().contains("SECRET"), fail.sentence());
    }

    @Test
    void aTotalThatChangesIsAnotherObject() {
        Downloader half = new Downloader(URL, OptionalLong.empty(), new Partial(50, 100, Optional.of("\"e\"")));
        half.head(head(206, "bytes 50-99/200", 50, null));
        Fetch fetch = (Fetch) half.next();
        assertEquals("bytes=0-1048575", fetch.request().range());
    }

    @Test
    void anotherRangeThanAskedForIsRefused() {
        assertEquals(Verdict.REFUSE, downloader.head(head(206, "bytes 1-100/200", 100, null)));
        assertEquals(Reason.DOWNLOAD_NO_RANGE, ((Fail) downloader.next()).reason());
    }

    private static ReplyHead head(int status, String contentRange, long length, String location) {
        return new ReplyHead(
                status,
                Optional.ofNullable(contentRange),
                length,
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(location),
                Optional.empty());
    }
}
