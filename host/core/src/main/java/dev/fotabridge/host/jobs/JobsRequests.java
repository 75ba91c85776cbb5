package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.jobs.JobsEffect.Publish;
import java.util.Map;

/**
 * Writes requests; every one has a clientToken of its own, so that a late reply is never taken for a later one's.
 * Tested by JobsAgentTest.
 */
final class JobsRequests {
    /** The entry of statusDetails by which an own update is known again. */
    static final String SESSION_KEY = "session";

    private final JobsAgentConfig config;
    private final JobsTopics topics;
    private long count;

    JobsRequests(JobsAgentConfig config, JobsTopics topics) {
        this.config = config;
        this.topics = topics;
    }

    JobsTopics topics() {
        return topics;
    }

    String nextToken() {
        count++;
        return config.session() + "-" + count;
    }

    Publish describeNext(String token) {
        ObjectNode body = Json.newObject().put("includeJobDocument", true).put("clientToken", token);
        return new Publish(topics.getNext(), Json.bytes(body));
    }

    /** For one execution, without its document. */
    Publish describe(ExecutionId id, String token) {
        ObjectNode body = Json.newObject().put("includeJobDocument", false);
        if (id.executionNumber() > 0) {
            body.put("executionNumber", id.executionNumber());
        }
        return new Publish(topics.get(id.jobId()), Json.bytes(body.put("clientToken", token)));
    }

    /**
     * Sets a status.
     *
     * @param version expected by us, or 0 to ask for no check
     */
    Publish update(ExecutionId id, JobStatus status, Map<String, String> details, long version, String token) {
        ObjectNode body = Json.newObject().put("status", status.name());
        ObjectNode entries = body.putObject("statusDetails");
        details.forEach(entries::put);
        entries.put(SESSION_KEY, config.session());
        if (version > 0) {
            body.put("expectedVersion", version);
        }
        if (id.executionNumber() > 0) {
            body.put("executionNumber", id.executionNumber());
        }
        if (status == JobStatus.IN_PROGRESS) {
            body.put("stepTimeoutInMinutes", config.stepTimeoutMinutes());
        }
        body.put("includeJobExecutionState", true).put("clientToken", token);
        return new Publish(topics.update(id.jobId()), Json.bytes(body));
    }

    boolean isOwn(Map<String, String> details) {
        return config.session().equals(details.get(SESSION_KEY));
    }

    static boolean hasSession(Map<String, String> details) {
        return details.containsKey(SESSION_KEY);
    }
}
