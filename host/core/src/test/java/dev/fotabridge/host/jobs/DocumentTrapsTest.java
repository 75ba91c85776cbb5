package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that the nRF Connect SDK library reads wrongly, or cannot take at all. */
final class DocumentTrapsTest {
    @ParameterizedTest
    @CsvSource({
        "/fw.bin, /fw.bin",
        "fw.bin, /fw.bin",
        "//fw.bin, //fw.bin",
        "a//b.bin, /a//b.bin",
        "a:b.bin?t=12:30, /a:b.bin?t=12:30",
        "fw.bin#part, /fw.bin"
    })
    void slashesAndColonsInAPathMeanNothing(String path, String target) throws Exception {
        DownloadUrl url = parts("https", "host", path);
        assertEquals(target, url.requestTarget());
        assertEquals("host", url.host());
        assertEquals(443, url.port());
    }

    @Test
    void aHostLongerThanDnsAllowsIsRefused() throws Exception {
        String longest = ("h".repeat(50) + ".").repeat(4) + "h".repeat(51);
        assertEquals(255, longest.length());
        assertEquals(longest, parts("https", longest, "x").host());
        FotaException refusal = assertThrows(FotaException.class, () -> parts("https", longest + "h", "x"));
        assertEquals(Reason.BAD_DOCUMENT, refusal.reason());
    }

    @Test
    void plainHttpAfterTlsIsPlain() throws Exception {
        assertEquals(443, parts("https", "host", "x").port());
        DownloadUrl next = parts("http", "host", "x");
        assertFalse(next.tls());
        assertEquals(80, next.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s0.bin s1.bin", "s0.bin  s1.bin", " s1.bin"})
    void aPairOfImagesForTheBootloaderIsRefused(String path) {
        FotaException refusal = assertThrows(FotaException.class, () -> parts("https", "host", path));
        assertEquals(Reason.BAD_DOCUMENT, refusal.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpsx", "httpss:", "tcp", "coaps", "https://x", "https:/", ""})
    void aWordThatIsNoProtocolIsRefused(String protocol) {
        assertThrows(FotaException.class, () -> parts(protocol, "host", "x"));
    }

    @Test
    void whatTheDocumentCallsItsVersionDecidesNothing() throws Exception {
        String location = "\"location\":{\"url\":\"https://a/x\"}";
        JobDocument plain = JobDocument.parse("{" + location + "}");
        JobDocument parsed = JobDocument.parse(
                "{\"operation\":\"modem_fw_update\",\"fwversion\":\"v0.0.1\",\"more\":{\"a\":1}," + location + "}");
        assertEquals(plain.url(), parsed.url());
        assertEquals(plain.download(), parsed.download());
    }

    private static DownloadUrl parts(String protocol, String host, String path) throws FotaException {
        return JobDocument.parse("{\"location\":{\"protocol\":\"" + protocol + "\",\"host\":\"" + host
                        + "\",\"path\":\"" + path + "\"}}")
                .url();
    }
}
