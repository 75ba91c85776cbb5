package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.policy.Action;
import dev.fotabridge.fixtures.policy.Caller;
import dev.fotabridge.fixtures.policy.PolicyDocument;
import dev.fotabridge.fixtures.policy.StandardPolicies;
import dev.fotabridge.host.jobs.shared.StationConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policies of docs/aws-setup.md allow what the agent does for its things, and nothing for another. */
final class AwsSetupPolicyTest {
    private static final String FENCE = "```json\n";

    private final JobsTopics topics = new JobsTopics("dk-1");

    @Test
    void allowsWhatTheAgentDoes() throws Exception {
        for (String filter : topics.filters()) {
            assertTrue(allows(Action.SUBSCRIBE, filter), filter);
        }
        for (String topic : List.of(topics.getNext(), topics.get("job-1"), topics.update("job-1"))) {
            assertTrue(allows(Action.PUBLISH, topic), topic);
            assertTrue(allows(Action.RECEIVE, topic + "/accepted"), topic);
        }
        assertTrue(allows(Action.CONNECT, "dk-1"));
    }

    @Test
    void allowsNothingForAnotherThing() throws Exception {
        JobsTopics others = new JobsTopics("dk-2");
        assertFalse(allows(Action.SUBSCRIBE, others.filters().get(0)));
        assertFalse(allows(Action.PUBLISH, others.update("job-1")));
        assertFalse(allows(Action.RECEIVE, others.update("job-1") + "/accepted"));
        assertFalse(allows(Action.PUBLISH, "$aws/things/dk-1/shadow/update"));
        assertFalse(allows(Action.CONNECT, "dk-2"));
    }

    /** So that whoever tries the agent with the local AWS has tried this policy. */
    @Test
    void isTheOneThatTheLocalAwsGivesToDevices() throws Exception {
        assertEquals(text(0), StandardPolicies.deviceText());
    }

    @Test
    void aStationMayDoWhatItsAgentsDo() throws Exception {
        JobsTopics bay = new JobsTopics("LINE1-007");
        Caller station = new Caller("station-1", List.of(), "station-1-LINE1-007");
        for (PolicyDocument policy : List.of(policy(1), StandardPolicies.station("station-1", List.of("LINE1-*")))) {
            assertTrue(policy.allows(Action.CONNECT, "station-1-LINE1-007", station));
            assertFalse(policy.allows(Action.CONNECT, "LINE1-007", station));
            for (String filter : bay.filters()) {
                assertTrue(policy.allows(Action.SUBSCRIBE, filter, station), filter);
            }
            for (String filter : bay.fewFilters()) {
                assertTrue(policy.allows(Action.SUBSCRIBE, filter, station), filter);
            }
            for (String filter : topics.fewFilters()) {
                assertFalse(policy.allows(Action.SUBSCRIBE, filter, station), filter);
            }
            for (int number = 1; number <= 2; number++) {
                String clientId = StationConnections.clientId("station-1", number);
                assertTrue(policy.allows(Action.CONNECT, clientId, station), clientId);
            }
            assertTrue(policy.allows(Action.PUBLISH, bay.getNext(), station));
            assertTrue(policy.allows(Action.PUBLISH, bay.get("job-1"), station));
            assertTrue(policy.allows(Action.RECEIVE, bay.get("job-1") + "/accepted", station));
            assertTrue(policy.allows(Action.PUBLISH, bay.update("job-1"), station));
            assertTrue(policy.allows(Action.RECEIVE, bay.update("job-1") + "/rejected", station));
            assertFalse(policy.allows(Action.PUBLISH, topics.getNext(), station));
        }
    }

    private static boolean allows(Action action, String name) throws Exception {
        return policy(0).allows(action, name, new Caller("dk-1", List.of("dk-1"), "dk-1"));
    }

    private static PolicyDocument policy(int number) throws Exception {
        return PolicyDocument.parse(text(number));
    }

    /** The policies of the guide, counted from 0. */
    private static String text(int number) throws IOException {
        String[] parts = Files.readString(Path.of(System.getProperty("fota.repository"), "docs", "aws-setup.md"))
                .split(FENCE);
        return parts[number + 1].substring(0, parts[number + 1].indexOf("```"));
    }
}
