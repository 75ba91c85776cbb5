package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.value.PlainText;

/** Asks for the next job, which starts nothing. Tested by PolicyChecksTest. */
record NextJobRequest(JobsTopics topics, String thing) implements JobsRequest {
    @Override
    public String topic() {
        return topics.getNext();
    }

    @Override
    public String topicOfAnyJob() {
        return topics.get("*");
    }

    @Override
    public String body() {
        return DESCRIBE;
    }

    @Override
    public CheckResult<Void> accepted(JsonNode reply) {
        JsonNode job = reply.path("execution");
        if (job.path("jobId").asText().isEmpty()) {
            return CheckResult.ok("No job waits for " + thing + ".");
        }
        String id = PlainText.name(job.path("jobId").asText());
        String status = PlainText.name(job.path("status").asText());
        return CheckResult.ok("The next job of " + thing + " is " + id + ", " + status + ".");
    }

    @Override
    public CheckResult<Void> rejected(String code) {
        return CheckResult.fail(
                Reason.CLOUD_REFUSED,
                "AWS refuses to describe the next job of " + thing + ": " + code + ".",
                "Check that the thing " + thing + " exists in this account and region.");
    }
}
