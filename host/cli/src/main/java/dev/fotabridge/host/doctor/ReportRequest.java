package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.jobs.JobsTopics;

/**
 * Reports on a job that does not exist.
 *
 * @param jobId of no job, so that the report is refused, which shows that we may report
 */
record ReportRequest(JobsTopics topics, String jobId) implements JobsRequest {
    @Override
    public String topic() {
        return topics.update(jobId);
    }

    @Override
    public String topicOfAnyJob() {
        return topics.update("*");
    }

    @Override
    public String body() {
        return "{\"status\":\"IN_PROGRESS\",\"expectedVersion\":1,\"clientToken\":\"doctor\"}";
    }

    @Override
    public CheckResult<Void> accepted(JsonNode reply) {
        return CheckResult.warn("AWS took a report on a job that should not exist.", "Is this endpoint AWS IoT's?");
    }

    @Override
    public CheckResult<Void> rejected(String code) {
        return CheckResult.ok("AWS hears reports; this one was on no job, and is refused: " + code + ".");
    }
}
