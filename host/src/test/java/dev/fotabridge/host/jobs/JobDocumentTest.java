package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDocumentTest {
    private static final String SIGNED =
            "/bucket/a%20b+c/fw.bin?X-Amz-Credential=AK%2F2026%2Feu&X-Amz-Signature=0aF:/@?=x&response=";

    @Test
    void readsTheSdksOwnExample() throws Exception {
        JobDocument document = JobDocument.parse("{\"operation\":\"app_fw_update\",\"fwversion\":\"v1.0.2\","
                + "\"size\":181124,\"location\":{\"protocol\":\"http:\",\"host\":\"bucket_name.amazonaws.com\","
                + "\"path\":\"file_name.bin\"}}");
        assertEquals("app_fw_update", document.operation().orElseThrow());
        assertEquals("v1.0.2", document.fwversion().orElseThrow());
        assertEquals(181_124, document.size().orElseThrow());
        assertEquals(
                "http://bucket_name.amazonaws.com/file_name.bin", document.url().toString());
        assertEquals(80, document.url().port());
    }

    @ParameterizedTest
    @CsvSource({
        "http, false",
        "https, true",
        "http:, false",
        "https:, true",
        "HTTPS, true",
    })
    void takesEveryWayToWriteTheProtocol(String protocol, boolean tls) throws Exception {
        DownloadUrl url = parts(protocol, "host", "/x").url();
        assertEquals(tls, url.tls());
        assertEquals(tls ? 443 : 80, url.port());
    }

    @Test
    void keepsAPresignedUrlByteForByte() throws Exception {
        DownloadUrl one = url("https://s3.eu-central-1.amazonaws.com" + SIGNED).url();
        DownloadUrl two =
                parts("https", "s3.eu-central-1.amazonaws.com", SIGNED).url();
        DownloadUrl three = parts("https", "s3.eu-central-1.amazonaws.com", SIGNED.substring(1))
                .url();
        assertEquals(SIGNED, one.requestTarget());
        assertEquals(one, two);
        assertEquals(one, three);
        assertFalse(one.toString().contains("Amz"), one.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "https://host:8443/x, host, 8443, host:8443",
        "http://host:80/x, host, 80, host",
        "https://[2001:db8::1]:444/x, 2001:db8::1, 444, [2001:db8::1]:444",
        "https://[::1]/x, ::1, 443, [::1]",
        "https://HOST/x, host, 443, host"
    })
    void keepsAnyPort(String text, String host, int port, String authority) throws Exception {
        DownloadUrl url = url(text).url();
        assertEquals(host, url.host());
        assertEquals(port, url.port());
        assertEquals(authority, url.authority());
        assertEquals(8443, parts("https", "localhost:8443", "x").url().port());
    }

    @Test
    void prefersTheUrl() throws Exception {
        JobDocument document = JobDocument.parse("{\"location\":{\"url\":\"https://a/x\",\"protocol\":\"http\","
                + "\"host\":\"b\",\"path\":\"y\"},\"unknown\":[1]}");
        assertEquals("https://a/x", document.url().toString());
    }

    @Test
    void readsBoardAndHash() throws Exception {
        JobDocument document =
                JobDocument.parse("{\"location\":{\"url\":\"https://a/x\"},\"targetBoard\":\"nrf9160dk\","
                        + "\"sha256\":\"" + "Ab".repeat(32) + "\",\"size\":null}");
        assertEquals("nrf9160dk", document.targetBoard().orElseThrow());
        assertEquals("ab".repeat(32), document.sha256().orElseThrow().hex());
        assertTrue(document.size().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no document",
                "{ | JSON",
                "[] | JSON",
                "{} {} | JSON",
                "{\"size\":1,\"size\":2} | JSON",
                "{} | location",
                "{\"operation\":\"reboot\"} | asks for \"reboot\"",
                "{\"location\":\"https://a/x\"} | location",
                "{\"location\":{}} | location.path",
                "{\"location\":{\"url\":7}} | location.url",
                "{\"location\":{\"url\":\"\"}} | location.url",
                "{\"location\":{\"url\":\"a/x\"}} | https://",
                "{\"location\":{\"url\":\"ftp://a/x\"}} | protocol",
                "{\"location\":{\"url\":\"https://u@a/x\"}} | host name",
                "{\"location\":{\"url\":\"https:///x\"}} | host name",
                "{\"location\":{\"url\":\"https://a:0/x\"}} | port",
                "{\"location\":{\"url\":\"https://a:65536/x\"}} | port",
                "{\"location\":{\"url\":\"https://a:/x\"}} | port",
                "{\"location\":{\"url\":\"https://a/x y\"}} | blank",
                "{\"location\":{\"url\":\"https://a/x\\r\\nHost:b\"}} | control",
                "{\"location\":{\"url\":\"${aws:iot:s3-presigned-url:https://a/x}\"}} | presign role",
                "{\"location\":{\"protocol\":\"https\",\"host\":\"a\"}} | location.path",
                "{\"location\":{\"protocol\":\"https\",\"path\":\"a\"}} | location.host",
                "{\"location\":{\"host\":\"a\",\"path\":\"a\"}} | location.protocol",
                "{\"location\":{\"protocol\":\"coap\",\"host\":\"a\",\"path\":\"a\"}} | http",
                "{\"location\":{\"url\":\"https://a/x\"},\"size\":0} | size",
                "{\"location\":{\"url\":\"https://a/x\"},\"size\":-1} | size",
                "{\"location\":{\"url\":\"https://a/x\"},\"size\":1.5} | size",
                "{\"location\":{\"url\":\"https://a/x\"},\"size\":\"1\"} | size",
                "{\"location\":{\"url\":\"https://a/x\"},\"size\":99999999999999999999} | size",
                "{\"location\":{\"url\":\"https://a/x\"},\"fwversion\":1} | fwversion",
                "{\"location\":{\"url\":\"https://a/x\"},\"targetBoard\":\"\"} | targetBoard",
                "{\"location\":{\"url\":\"https://a/x\"},\"operation\":\"a\\nb\"} | operation",
                "{\"location\":{\"url\":\"https://a/x\"},\"sha256\":\"ab\"} | sha256"
            })
    void refusesWithASentence(String json, String words) {
        FotaException refusal = assertThrows(FotaException.class, () -> JobDocument.parse(json));
        assertEquals(Reason.BAD_DOCUMENT, refusal.reason());
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("."), refusal.getMessage());
    }

    @Test
    void hasAwssLimitsNotThoseOfTheSdk() throws Exception {
        String path = "/" + "p".repeat(3_000) + "?q=" + "s".repeat(4_000);
        assertEquals(path, url("https://host" + path).url().requestTarget());
        assertEquals("https://a/x", JobDocument.parse(ofLength(32_768)).url().toString());
        FotaException tooLong = assertThrows(FotaException.class, () -> JobDocument.parse(ofLength(32_769)));
        assertTrue(tooLong.getMessage().contains("32768 characters"), tooLong.getMessage());
        FotaException refusal = assertThrows(FotaException.class, () -> url("https://a/?" + "s".repeat(9_000)));
        assertFalse(refusal.getMessage().contains("sss"), "no query in a sentence");
    }

    @Test
    void survivesDeepNesting() {
        String nested = "[".repeat(5_000) + "]".repeat(5_000);
        String json = "{\"location\":{\"url\":\"https://a/x\"},\"more\":" + nested + "}";
        FotaException refusal = assertThrows(FotaException.class, () -> JobDocument.parse(json));
        assertTrue(refusal.getMessage().contains("not one JSON object"), refusal.getMessage());
    }

    private static String ofLength(int length) {
        String start = "{\"location\":{\"url\":\"https://a/x\"},\"more\":\"";
        return start + "m".repeat(length - start.length() - 2) + "\"}";
    }

    private static JobDocument url(String url) throws FotaException {
        return JobDocument.parse("{\"location\":{\"url\":\"" + url + "\"}}");
    }

    private static JobDocument parts(String protocol, String host, String path) throws FotaException {
        return JobDocument.parse("{\"location\":{\"protocol\":\"" + protocol + "\",\"host\":\"" + host
                + "\",\"path\":\"" + path + "\"}}");
    }
}
