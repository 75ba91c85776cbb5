package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Job documents that their author may write as he likes: AWS's reply around them stays readable, so that the job gets an end. */
final class StrangeDocumentsTest {
    private static final String LONG_NUMBER = "9".repeat(20_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"note\":1,\"note\":2,\"location\":{\"url\":\"https://a/x\"}}",
                "{\"a\":{\"execution\":{\"jobDocument\":1,\"jobDocument\":2}}}",
                "{\"text\":\"}\\\"]{ \\ud800 \\u0000\"}",
                "[ 1 , 2 ]",
                "true",
                "-1.5e3",
                "{ }"
            })
    void areHandedOnAsTheyAre(String document) throws Exception {
        assertEquals(document, offered(document));
        assertEquals(document, offered("\n " + document + "\t\r\n"));
    }

    @Test
    void mayBeAsDeepAndLongAsAMessage() throws Exception {
        for (int depth : new int[] {29, 30, 2_000, 30_000}) {
            String nested = "[".repeat(depth) + "]".repeat(depth);
            assertEquals(nested, offered(nested));
            assertRejected("{\"location\":{\"url\":\"https://a/x\"},\"more\":" + nested + "}", depth > 29);
        }
        assertEquals("[" + LONG_NUMBER + "]", offered("[" + LONG_NUMBER + "]"));
        assertRejected("{\"size\":" + LONG_NUMBER + "}", true);
        assertRejected("{\"" + LONG_NUMBER + "\":1,\"note\":1,\"note\":2}", true);
    }

    /** Both are what AWS sends of a job without a document, or of one whose document is a text. */
    @Test
    void mayBeATextOrMissing() throws Exception {
        assertEquals("{\"a\":1}", offered("\"{\\\"a\\\":1}\""));
        assertEquals("", offered("null"));
    }

    /** Only the execution's own document is one. */
    @Test
    void areNotLookedForInStatusDetails() throws Exception {
        AgentRig rig = new AgentRig()
                .online("{\"jobId\":\"job-1\",\"status\":\"QUEUED\",\"versionNumber\":1,"
                        + "\"statusDetails\":{\"jobDocument\":\"of the details\"},\"jobDocument\":{\"b\":1}}");
        JobExecution execution = ((JobOffered) rig.lastEvent()).execution();
        assertEquals("{\"b\":1}", execution.document());
        assertEquals("of the details", execution.statusDetails().get("jobDocument"));
    }

    private static String offered(String document) throws Exception {
        AgentRig rig = new AgentRig()
                .online("{\"jobId\":\"job-1\",\"jobDocument\":" + document
                        + ",\"status\":\"QUEUED\",\"queuedAt\":7,\"versionNumber\":1}");
        return ((JobOffered) rig.lastEvent()).execution().document();
    }

    private static void assertRejected(String document, boolean rejected) throws Exception {
        String text = offered(document);
        if (rejected) {
            FotaException refusal = assertThrows(FotaException.class, () -> JobDocument.parse(text));
            assertEquals(Reason.BAD_DOCUMENT, refusal.reason());
        } else {
            JobDocument.parse(text);
        }
    }
}
