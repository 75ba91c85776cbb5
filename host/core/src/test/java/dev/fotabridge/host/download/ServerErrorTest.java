package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The word of an object store, as a sentence has it. */
final class ServerErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "301 | PermanentRedirect | eu-west-1 | 301 (PermanentRedirect: the bucket is in eu-west-1, which the URL must name)",
                "301 | '' | cn-north-1 | 301 (the bucket is in cn-north-1, which the URL must name)",
                "403 | InvalidObjectState | eu-west-1 | 403 (InvalidObjectState: the object is archived and must be restored first)",
                "404 | NoSuchKey | '' | 404 (NoSuchKey: the bucket has no such object)",
                "403 | SomethingNew | '' | 403 (SomethingNew)",
                "403 | '' | eu-west-1 | 403"
            })
    void isExplained(int status, String code, String region, String words) {
        String body =
                code.isEmpty() ? "<html>" : "<?xml?>\n<Error><Code>" + code + "</Code><Message>m</Message></Error>";
        assertEquals(words, ServerError.read(Optional.of(region), body).explain(status));
    }

    /** Other stores, S3's web sites, and XML as other programs write it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ef\u00bb\u00bf<?xml version=\"1.0\"?>\r\n<Error xmlns=\"http://s3\">\r\n  <Code>NoSuchKey</Code>",
                "<e:Error><e:Code>NoSuchKey</e:Code></e:Error>",
                "<Error>\n<Code>\n NoSuchKey\n</Code>",
                "<Error><Code type=\"x\">NoSuchKey</Code>",
                "<Error><Code><![CDATA[NoSuchKey]]></Code></Error>",
                "<Error><code>NoSuchKey</code></Error>",
                "<html><body><ul>\n<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>",
                "{\"code\":\"NoSuchKey\",\"message\":\"x\"}",
                "{ \"Error\" : { \"Code\" : \"NoSuchKey\" } }"
            })
    void everyFormIsRead(String body) {
        assertEquals(
                "404 (NoSuchKey: the bucket has no such object)",
                ServerError.read(Optional.empty(), body).explain(404));
    }

    @Test
    void aCodeMayHaveADot() {
        String body = "<Error><Code>KMS.DisabledException</Code></Error>";
        assertEquals(
                "403 (KMS.DisabledException)",
                ServerError.read(Optional.empty(), body).explain(403));
    }

    @Test
    void theRegionMayStandInTheBody() {
        String body = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>us-gov-west-1</Region></Error>";
        assertEquals(
                "us-gov-west-1",
                ServerError.read(Optional.empty(), body).region().orElseThrow());
    }

    /** What a server says ends up on a terminal and at AWS. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Code>a b</Code>",
                "<Code>\u001b[2J</Code>",
                "<Code>a\nDone</Code>",
                "<Code></Code>",
                "<Code>X-Amz-Signature=1</Code>",
                "<SignatureProvided>abc</SignatureProvided>"
            })
    void nothingElseIsTaken(String body) {
        assertEquals(ServerError.none(), ServerError.read(Optional.of("eu\u001b[1m"), body));
        assertEquals("403", ServerError.read(Optional.of("x".repeat(40)), body).explain(403));
    }
}
