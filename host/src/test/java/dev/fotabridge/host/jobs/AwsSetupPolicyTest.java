package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first policy of docs/aws-setup.md allows what the agent does for its thing, and nothing for another. */
final class AwsSetupPolicyTest {
    private static final String ARN = "arn:aws:iot:REGION:ACCOUNT:";
    private static final String FENCE = "```json\n";

    private final JobsTopics topics = new JobsTopics("dk-1");

    @Test
    void allowsWhatTheAgentDoes() throws IOException {
        for (String filter : topics.filters()) {
            assertTrue(allows("iot:Subscribe", "topicfilter/" + filter), filter);
        }
        for (String topic : List.of(topics.getNext(), topics.update("job-1"))) {
            assertTrue(allows("iot:Publish", "topic/" + topic), topic);
            assertTrue(allows("iot:Receive", "topic/" + topic + "/accepted"), topic);
        }
        assertTrue(allows("iot:Connect", "client/dk-1"));
    }

    @Test
    void allowsNothingForAnotherThing() throws IOException {
        JobsTopics others = new JobsTopics("dk-2");
        assertFalse(allows("iot:Subscribe", "topicfilter/" + others.filters().get(0)));
        assertFalse(allows("iot:Publish", "topic/" + others.update("job-1")));
        assertFalse(allows("iot:Publish", "topic/$aws/things/dk-1/shadow/update"));
        assertFalse(allows("iot:Connect", "client/dk-2"));
    }

    private static boolean allows(String action, String resource) throws IOException {
        for (JsonNode statement : policy().get("Statement")) {
            if (texts(statement.get("Action")).contains(action)
                    && texts(statement.get("Resource")).stream().anyMatch(r -> covers(r, ARN + resource))) {
                return true;
            }
        }
        return false;
    }

    /** A policy's only wildcard here is the star; MQTT's own are literal text to it. */
    private static boolean covers(String pattern, String resource) {
        String named = pattern.replace("${iot:Connection.Thing.ThingName}", "dk-1");
        return resource.matches(Pattern.quote(named).replace("*", "\\E.*\\Q"));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(node.asText());
        }
        return texts;
    }

    private static JsonNode policy() throws IOException {
        String doc = Files.readString(Path.of(System.getProperty("fota.repository"), "docs", "aws-setup.md"));
        int start = doc.indexOf(FENCE) + FENCE.length();
        return new ObjectMapper().readTree(doc.substring(start, doc.indexOf("```", start)));
    }
}
