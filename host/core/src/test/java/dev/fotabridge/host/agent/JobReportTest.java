package dev.fotabridge.host.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.bay.RunRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves this computer. */
final class JobReportTest {
    @ParameterizedTest
    @CsvSource({
        "The file /srv/files/a.json cannot be read., The file a.json cannot be read.",
        "The port /dev/ttyACM0 is gone (/dev/ttyACM0)., The port ttyACM0 is gone (ttyACM0).",
        "C:\\Users\\me\\k.pem holds a key., k.pem holds a key.",
        "https://host/bucket/x.bin is not there (1/2)., https://host/bucket/x.bin is not there (1/2).",
        "The image is for nrf9160dk/nrf9160/ns., The image is for nrf9160dk/nrf9160/ns.",
        "It is /a/b at https://h/c., It is b at https://h/c.",
    })
    void thePathsOfThisComputerStayHere(String sentence, String reported) {
        assertEquals(reported, JobDetails.withoutPaths(sentence));
    }

    @Test
    void theEndTellsReasonPhaseAndSentence() {
        JobReport report = new JobReport("test", new RunRecord(0));
        String sentence = "The job document's location.path is missing or no text.";
        Map<String, String> reported =
                report.last(Reason.BAD_DOCUMENT, sentence, 1.5).entries();
        assertEquals("BAD_DOCUMENT", reported.get("reason"));
        assertEquals("DOWNLOAD", reported.get("phase"));
        assertEquals(sentence, reported.get("message"));
    }
}
