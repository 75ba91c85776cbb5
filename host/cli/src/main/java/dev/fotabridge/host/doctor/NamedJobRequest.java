package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsTopics;

/**
 * Asks for a job by its name, as the agent does to see whether a job is still the one that it knew. A policy may allow
 * {@code $next/get} and not that.
 * Tested by PolicyChecksTest.
 *
 * @param jobId of no job, so that a refusal shows that we may ask
 */
record NamedJobRequest(JobsTopics topics, String jobId) implements JobsRequest {
    @Override
    public String topic() {
        return topics.get(jobId);
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
        return CheckResult.warn("AWS describes a job that should not exist.", "Is this endpoint AWS IoT's?");
    }

    @Override
    public CheckResult<Void> rejected(String code) {
        if (code.equals("ResourceNotFound")) {
            return CheckResult.ok("AWS answers for a job by its name; this one was none: " + code + ".");
        }
        return CheckResult.fail(
                Reason.CLOUD_REFUSED,
                "AWS refuses to say whether a job exists: " + code + ".",
                "Check that the thing exists in this account and region.");
    }
}
