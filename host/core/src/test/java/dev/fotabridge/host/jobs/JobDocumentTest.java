package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "https://, true",
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
        "https://HOST/x, host, 443, host",
        "https://host:/x, host, 443, host"
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
                "{\"location\":{\"url\":\"ftp://a/x\"}} | \"ftp\" is neither http nor https",
                "{\"location\":{\"url\":\"https://u:p@a/x\"}} | location.url cannot be used: \"...@a\" has a user",
                "{\"location\":{\"url\":\"https:///x\"}} | host name",
                "{\"location\":{\"url\":\"https://[::::::]/x\"}} | \"[::::::]\" is no IPv6 address",
                "{\"location\":{\"url\":\"https://[1:.]:8443/x\"}} | is no IPv6 address",
                "{\"location\":{\"url\":\"https://[12345::]/x\"}} | is no IPv6 address",
                "{\"location\":{\"url\":\"https://a..b/x\"}} | \"a..b\" is no host name",
                "{\"location\":{\"url\":\"https://./x\"}} | is no host name",
                "{\"location\":{\"url\":\"https://https://a/x\"}} | \"https:\" has a protocol",
                "{\"location\":{\"url\":\"https://a:0/x\"}} | port",
                "{\"location\":{\"url\":\"https://a:65536/x\"}} | port",
                "{\"location\":{\"url\":\"https://a/x y\"}} | blank",
                "{\"location\":{\"url\":\"https://a/x\\r\\nHost:b\"}} | control",
                "{\"location\":{\"url\":\"${aws:iot:s3-presigned-url:https://a/x}\"}} | presign role",
                "{\"location\":{\"protocol\":\"https\",\"host\":\"a\"}} | location.path",
                "{\"location\":{\"protocol\":\"https\",\"path\":\"a\"}} | location.host",
                "{\"location\":{\"host\":\"a\",\"path\":\"a\"}} | location.protocol",
                "{\"location\":{\"url\":\"\",\"path\":\"x\"}} | location.protocol",
                "{\"location\":{\"protocol\":\"https\",\"host\":7,\"path\":\"a\"}} | location.host is not a text, but of the type NUMBER",
                "{\"location\":{\"protocol\":\"https\",\"host\":\"https://a\",\"path\":\"a\"}} | location.host cannot be used: \"https://a\" has a protocol",
                "{\"location\":{\"protocol\":\"https\",\"host\":\"a/b\",\"path\":\"a\"}} | location.host cannot be used: \"a/b\" has a path",
                "{\"location\":{\"protocol\":\"https\",\"host\":\"a:99999\",\"path\":\"a\"}} | location.host cannot be used: \"a:99999\" has a port",
                "{\"location\":{\"protocol\":\"https\",\"host\":\"a\",\"path\":\"a b?s=1\"}} | location.path cannot be used: \"a b\" contains",
                "{\"location\":{\"protocol\":\"coap\",\"host\":\"a\",\"path\":\"a\"}} | http",
                "{\"location\":{\"url\":\"https://a/x\"},\"sha256\":\"ab\"} | sha256"
            })
    void refusesWithASentence(String json, String words) {
        FotaException refusal = assertThrows(FotaException.class, () -> JobDocument.parse(json));
        assertEquals(Reason.BAD_DOCUMENT, refusal.reason());
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("."), refusal.getMessage());
    }

    /** The library ignores all of these: an author who writes them otherwise gets the same update. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.5",
                "-1",
                "0",
                "99999999999999999999",
                "1e999",
                "true",
                "null",
                "\"\"",
                "\" \"",
                "\"a\\nb\"",
                "[]",
                "[1]",
                "{}",
                "{\"a\":{\"b\":[1]}}"
            })
    void aFieldBesideTheLocationRefusesNothing(String value) throws Exception {
        for (String field : List.of("operation", "fwversion", "size", "targetBoard", "modemUuid", "other")) {
            JobDocument document =
                    JobDocument.parse("{\"location\":{\"url\":\"https://a/x\"},\"" + field + "\":" + value + "}");
            assertEquals("https://a/x", document.url().toString(), field);
        }
    }

    @Test
    void aNumberOfAnyLengthRefusesNothing() throws Exception {
        for (String field : List.of("fwversion", "size", "other")) {
            JobDocument document = JobDocument.parse(
                    "{\"location\":{\"url\":\"https://a/x\"},\"" + field + "\":" + "9".repeat(20_000) + "}");
            assertEquals("https://a/x", document.url().toString(), field);
            assertEquals(Optional.empty(), document.fwversion());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"40000", "40000.0", "4e4", "\"40000\"", "\" 40000 \""})
    void readsASizeInEveryForm(String size) throws Exception {
        assertEquals(40_000, with("size", size).size().orElseThrow());
    }

    @Test
    void saysWhichFieldItLeavesOut() throws Exception {
        assertEquals("293692", with("fwversion", "293692").fwversion().orElseThrow());
        assertEquals(List.of(), with("fwversion", "\"\"").notes());
        for (String field : List.of("operation", "fwversion", "size", "targetBoard", "sha256")) {
            JobDocument document = with(field, "[1]");
            assertTrue(
                    document.notes().get(0).contains("document's " + field + " is"),
                    document.notes().toString());
        }
    }

    @Test
    void readsAHashInEveryForm() throws Exception {
        String hex = "00".repeat(31) + "fB";
        String base64 = "A".repeat(41) + "Ps=";
        for (String text : List.of(hex, "sha256:" + hex, base64, "SHA-256=" + base64, base64.substring(0, 43))) {
            assertEquals(
                    hex.toLowerCase(Locale.ROOT),
                    with("sha256", '"' + text + '"').sha256().orElseThrow().hex());
        }
        for (String other : List.of("7", "null", "true", "[]", "\"\"")) {
            assertTrue(with("sha256", other).sha256().isEmpty(), other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "7", "[]"})
    void takesTheOtherFormWhereTheUrlIsNone(String url) throws Exception {
        JobDocument document = JobDocument.parse(
                "{\"location\":{\"url\":" + url + ",\"protocol\":\"https:\",\"host\":\"a:8443\",\"path\":\"x\"}}");
        assertEquals("https://a:8443/x", document.url().toString());
    }

    /** Other programs on the way may read them as another address than the one that is checked here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0177.0.0.2",
                "0x7f.1",
                "2130706433",
                "127.1",
                "1.2.3.4.5",
                "1.2.3.0x4",
                "256.1.1.1",
                "1.2.3.4.",
                "a.0"
            })
    void refusesAddressesThatAreReadInDifferentWays(String host) throws Exception {
        FotaException refusal = assertThrows(FotaException.class, () -> parts("https", host, "x"));
        assertTrue(
                refusal.getMessage().contains("location.host cannot be used: \"" + host + "\""), refusal.getMessage());
        assertEquals("10.0.255.1", parts("https", "10.0.255.1", "x").url().host());
        assertEquals("a.0b", parts("https", "a.0b", "x").url().host());
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

    private static JobDocument with(String field, String value) throws FotaException {
        return JobDocument.parse("{\"location\":{\"url\":\"https://a/x\"},\"" + field + "\":" + value + "}");
    }

    private static JobDocument url(String url) throws FotaException {
        return JobDocument.parse("{\"location\":{\"url\":\"" + url + "\"}}");
    }

    private static JobDocument parts(String protocol, String host, String path) throws FotaException {
        return JobDocument.parse("{\"location\":{\"protocol\":\"" + protocol + "\",\"host\":\"" + host
                + "\",\"path\":\"" + path + "\"}}");
    }
}
