package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.Finding.Status;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.proxy.ProxyRules;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statement that is missing is named, with its action and the form of its resource. */
final class PolicyChecksTest {
    private static final String ARN = "arn:aws:iot:eu-central-1:ACCOUNT:";
    private static final String JOBS = "$aws/things/dk-1/jobs/";

    private static final JobsTopics TOPICS = new JobsTopics("dk-1");
    private static final JobsRequest NEXT_JOB = new NextJobRequest(TOPICS, "dk-1");
    private static final JobsRequest NAMED_JOB = new NamedJobRequest(TOPICS, "doctor-1");
    private static final JobsRequest REPORT = new ReportRequest(TOPICS, "doctor-1");

    private BlockingTransport transport;

    private void broker(Set<String> refused, Function<String, Optional<String>> replies, boolean cuts)
            throws FotaException {
        ScriptedBroker broker = new ScriptedBroker(refused, replies, cuts);
        Endpoint endpoint = Endpoint.parse("abc-ats.iot.eu-central-1.amazonaws.com");
        transport = new BlockingTransport(endpoint, broker, TimeUnit.MILLISECONDS.toNanos(50), () -> false);
        transport.connect();
    }

    private CheckResult<Void> ask(JobsRequest request) throws FotaException {
        return new RequestCheck(request, TOPICS.filters(), transport).run();
    }

    private static void lacks(CheckResult<Void> finding, String... statements) {
        assertEquals(Status.FAIL, finding.status());
        assertEquals(Optional.of(Reason.CLOUD_POLICY), finding.reason());
        for (String statement : statements) {
            assertTrue(finding.message().contains(statement), finding::message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "notify, notify",
        "notify-next, notify-next",
        "+/get/+, */get/*",
        "+/update/+, */update/*",
    })
    void aFilterThatIsRefusedIsNamedAlone(String filter, String resource) throws FotaException {
        broker(Set.of(JOBS + filter), topic -> Optional.empty(), false);
        CheckResult<Void> finding = new SubscribeCheck("dk-1", TOPICS.filters(), transport).run();
        lacks(finding, "The policy lacks iot:Subscribe on " + ARN + "topicfilter/" + JOBS + resource + ".");
        assertTrue(finding.whatToTry().contains("\"Action\": \"iot:Subscribe\""), finding::whatToTry);
    }

    @Test
    void silenceIsAReceiveThatIsMissingOrElseAPublish() throws FotaException {
        broker(Set.of(), topic -> Optional.empty(), false);
        lacks(
                ask(NEXT_JOB),
                "lacks iot:Receive on " + ARN + "topic/" + JOBS + "*/get/*;",
                "iot:Publish on " + ARN + "topic/" + JOBS + "*/get.");
        lacks(
                ask(REPORT),
                "lacks iot:Receive on " + ARN + "topic/" + JOBS + "*/update/*;",
                "iot:Publish on " + ARN + "topic/" + JOBS + "*/update.");
    }

    @Test
    void aConnectionThatEndsAtAPublishIsAPublishThatIsMissing() throws FotaException {
        broker(Set.of(), topic -> Optional.empty(), true);
        lacks(
                ask(NEXT_JOB),
                "ended the connection when we published: the policy lacks iot:Publish on " + ARN + "topic/" + JOBS
                        + "*/get.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/accepted {\"execution\":{}} | OK | No job waits",
                "/accepted {} | OK | No job waits",
                "/accepted {\"execution\":{\"jobId\":\"j1\",\"status\":\"QUEUED\"}} | OK | j1, QUEUED",
                "/accepted no json | WARN | no JSON",
                "/rejected {\"code\":\"RequestThrottled\"} | WARN | too many",
                "/rejected {\"code\":\"ResourceNotFound\"} | FAIL | ResourceNotFound"
            })
    void whatAwsSaysOfTheNextJobIsRead(String reply, Status status, String part) throws FotaException {
        broker(Set.of(), topic -> Optional.of(reply), false);
        CheckResult<Void> finding = ask(NEXT_JOB);
        assertEquals(status, finding.status());
        assertTrue(finding.message().contains(part), finding::message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/rejected {\"code\":\"ResourceNotFound\"} | OK",
                "/rejected {\"code\":\"RequestThrottled\"} | WARN",
                "/rejected {\"code\":\"InvalidTopic\"} | FAIL",
                "/accepted {\"execution\":{}} | WARN"
            })
    void aJobThatIsNoneIsNotFoundAndThatIsWell(String reply, Status status) throws FotaException {
        broker(Set.of(), topic -> Optional.of(reply), false);
        assertEquals(status, ask(NAMED_JOB).status());
    }

    @Test
    void aReportOnNoJobIsRefusedAndThatIsWell() throws FotaException {
        broker(Set.of(), topic -> Optional.of("/rejected {\"code\":\"ResourceNotFound\"}"), false);
        assertEquals(Status.OK, ask(REPORT).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc-ats.iot.eu-central-1.amazonaws.com | OK | region eu-central-1",
                "abc.iot.eu-central-1.amazonaws.com | WARN | no -ats",
                "abc-ats.iot.frankfurt.amazonaws.com | WARN | no region",
                "abc-ats.iot.us-east-1.amazonaws.com:1883 | WARN | not on 1883",
                "abc-ats.iot.us-east-1.amazonaws.com:443 | OK | region us-east-1",
                "abc.ats.iot.cn-north-1.amazonaws.com.cn | OK | region cn-north-1",
                "t1.deviceadvisor.iot.us-east-1.amazonaws.com | OK | region us-east-1",
                "data.iot-fips.us-gov-west-1.amazonaws.com | OK | region us-gov-west-1",
                "iot.us-east-1.amazonaws.com | FAIL | control plane",
                "abc.credentials.iot.us-east-1.amazonaws.com | FAIL | speaks no MQTT",
                "localhost:8883 | OK | not a name of AWS"
            })
    void anEndpointsNameTells(String text, Status status, String part) throws FotaException {
        CheckResult<Route> finding = new EndpointCheck(text, ProxyRules.NONE).run();
        assertEquals(status, finding.status(), finding::message);
        assertTrue(finding.message().contains(part), finding::message);
    }
}
