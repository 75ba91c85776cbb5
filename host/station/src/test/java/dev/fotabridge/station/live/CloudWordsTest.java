package dev.fotabridge.station.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.RunResult;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.ledger.CloudAnswer;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.MemoryLedger;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.records.StationRecords;
import dev.fotabridge.station.verdict.RunStage;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The words of records as the ledger has them. */
final class CloudWordsTest {
    private static final Instant AT = Instant.parse("2026-11-30T08:00:00Z");

    private final MemoryLedger memory = new MemoryLedger();
    private Ledger ledger;
    private long attempt;

    @BeforeEach
    void open() throws FotaException {
        ledger = memory.open(new LockRule(0), new StopRule(0));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void end(String intended) throws FotaException {
        NewRun.What what = new NewRun.What("aws", "", "", "2.0.0", "dk-1", "job-1", "1");
        NewRun.Labels labels = new NewRun.Labels("", "", "", "", "", "", "", "", "");
        ledger.begin(new NewRun("r1", "a1", 1, AT, StartKind.JOB, "k1", what, UnitIdentity.NONE, "", labels));
        RunResult result = new RunResult(Reason.NO_ANSWER, "It is silent.", RunStage.WRITING, false);
        attempt = ledger.end(
                        new AttemptEnd("r1", AT, OptionalLong.empty(), result, AttemptEnd.Seen.NOTHING, "", intended))
                .attempt();
    }

    private void answer(String answered, String problem, String message) throws FotaException {
        ledger.answer(attempt, new CloudAnswer(answered, problem, message), AT);
    }

    private String words() throws FotaException {
        return CloudWords.of(new StationRecords(memory.records()).run("r1").get(0));
    }

    @Test
    void withNothingToTellThereIsNothingToSay() throws FotaException {
        end("");
        assertEquals("", words());
    }

    @Test
    void whatIsToBeToldIsSaidUntilAwsHasIt() throws FotaException {
        end("FAILED");
        assertEquals("AWS is to be told FAILED, and has not answered yet.", words());
        answer("FAILED", "", "");
        assertEquals("AWS has FAILED.", words());
    }

    @Test
    void anotherAnswerIsSaidWithItsCause() throws FotaException {
        end("FAILED");
        answer("CANCELED", "JOB_CANCELED", "The job was cancelled.");
        assertEquals("AWS was to be told FAILED, and has CANCELED: The job was cancelled.", words());
    }

    @Test
    void anEndThatAwsRefusesIsSaidWithItsCause() throws FotaException {
        end("FAILED");
        answer("", "REPORT_REFUSED", "");
        assertEquals("AWS was to be told FAILED, and has nothing of it: REPORT_REFUSED", words());
    }
}
