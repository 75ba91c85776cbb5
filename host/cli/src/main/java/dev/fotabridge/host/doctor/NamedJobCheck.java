package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.outcome.Reason;
import java.util.List;

/**
 * Asks for a job by its name, as the agent does to see whether a job is still the one that it knew. A policy may allow
 * {@code $next/get} and not that. No such job exists: the refusal shows that we may ask.
 */
final class NamedJobCheck extends RequestCheck {
    static final String NAME = "describe a named job";

    /** @param jobId of no job: random */
    NamedJobCheck(String thing, String jobId, Walk walk) {
        this(new JobsTopics(thing), jobId, walk);
    }

    private NamedJobCheck(JobsTopics topics, String jobId, Walk walk) {
        super(topics, jobId, topics.get(jobId), "{\"clientToken\":\"doctor\",\"includeJobDocument\":false}", walk);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What is missing for the next job is missing here, too: one cause, one FAIL. */
    @Override
    public List<String> needs() {
        return List.of(DescribeCheck.NAME);
    }

    @Override
    Finding accepted(JsonNode body) {
        return Finding.warn(this, "AWS describes a job that should not exist.", "Is this endpoint AWS IoT's?");
    }

    @Override
    Finding rejected(String code) {
        if (code.equals("ResourceNotFound")) {
            return Finding.ok(this, "AWS answers for a job by its name; this one was none: " + code + ".");
        }
        return Finding.fail(
                this,
                Reason.CLOUD_REFUSED,
                "AWS refuses to say whether a job exists: " + code + ".",
                "Check that the thing exists in this account and region.");
    }
}
