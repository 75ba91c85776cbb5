package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what the Jobs service sends. Every field may be missing or of another type than promised.
 * Tested by JobsAgentTest.
 */
final class JobsReply {
    /** AWS limits neither the number nor, by one page, anything else; a run of this program writes ten. */
    private static final int MAX_DETAILS = 64;

    private final ObjectNode body;
    private final String document;

    private JobsReply(ObjectNode body, String document) {
        this.body = body;
        this.document = document;
    }

    static Optional<JobsReply> parse(byte[] payload) {
        return CutReply.of(payload)
                .flatMap(cut -> Json.object(cut.rest()).map(body -> new JobsReply(body, cut.document())));
    }

    Optional<String> clientToken() {
        return text(body, "clientToken");
    }

    String code() {
        return text(body, "code").orElse("");
    }

    String message() {
        return text(body, "message").orElse("");
    }

    /** Whether there is an execution that is more than an empty object: both forms of an empty queue are in use. */
    boolean hasExecution() {
        return body.get("execution") instanceof ObjectNode execution && !execution.isEmpty();
    }

    /** The execution; empty if there is none or it lacks what identifies it. */
    Optional<JobExecution> execution() {
        if (!(body.get("execution") instanceof ObjectNode node)) {
            return Optional.empty();
        }
        Optional<String> jobId = text(node, "jobId").filter(JobsTopics::isJobId);
        if (jobId.isEmpty() || !node.path("versionNumber").canConvertToLong()) {
            return Optional.empty();
        }
        return Optional.of(new JobExecution(
                new ExecutionId(jobId.get(), number(node, "executionNumber"), number(node, "queuedAt")),
                status(node).orElse(JobStatus.QUEUED),
                details(node),
                number(node, "versionNumber"),
                secondsLeft(node),
                document));
    }

    /** The execution's state, in replies that carry it. */
    Optional<State> executionState() {
        if (!(body.get("executionState") instanceof ObjectNode node)) {
            return Optional.empty();
        }
        return status(node).map(status -> new State(status, details(node), number(node, "versionNumber")));
    }

    /** Whether a notify lists the job among those in progress or queued; true if it lists nothing readable. */
    boolean lists(String jobId) {
        if (!(body.get("jobs") instanceof ObjectNode jobs)) {
            return true;
        }
        for (JsonNode list : jobs) {
            for (JsonNode summary : list) {
                if (jobId.equals(summary.path("jobId").asText())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A status with what belongs to it; version is 0 if AWS named none. */
    record State(JobStatus status, Map<String, String> details, long version) {}

    private static Optional<JobStatus> status(ObjectNode node) {
        String name = text(node, "status").orElse("");
        for (JobStatus status : JobStatus.values()) {
            if (status.name().equals(name)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> details(ObjectNode node) {
        Map<String, String> details = new LinkedHashMap<>();
        if (node.get("statusDetails") instanceof ObjectNode entries) {
            entries.properties().stream()
                    .filter(entry -> entry.getValue().isTextual())
                    .limit(MAX_DETAILS)
                    .forEach(entry ->
                            details.put(entry.getKey(), entry.getValue().textValue()));
        }
        return details;
    }

    private static OptionalLong secondsLeft(ObjectNode node) {
        JsonNode value = node.path("approximateSecondsBeforeTimedOut");
        return value.canConvertToLong() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    private static long number(ObjectNode node, String field) {
        JsonNode value = node.path(field);
        return value.canConvertToLong() ? value.longValue() : 0;
    }

    private static Optional<String> text(ObjectNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
