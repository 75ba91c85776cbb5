package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.outcome.PlainText;
import dev.fotabridge.host.outcome.Reason;

/** Asks for the next job, which starts nothing. */
final class DescribeCheck extends RequestCheck {
    static final String NAME = "describe job";

    private final String thing;

    DescribeCheck(String thing, Walk walk) {
        this(new JobsTopics(thing), thing, walk);
    }

    private DescribeCheck(JobsTopics topics, String thing, Walk walk) {
        super(topics, "$next", topics.getNext(), "{\"clientToken\":\"doctor\",\"includeJobDocument\":false}", walk);
        this.thing = thing;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    Finding accepted(JsonNode body) {
        JsonNode job = body.path("execution");
        if (job.path("jobId").asText().isEmpty()) {
            return Finding.ok(this, "No job waits for " + thing + ".");
        }
        String id = PlainText.name(job.path("jobId").asText());
        String status = PlainText.name(job.path("status").asText());
        return Finding.ok(this, "The next job of " + thing + " is " + id + ", " + status + ".");
    }

    @Override
    Finding rejected(String code) {
        return Finding.fail(
                this,
                Reason.CLOUD_REFUSED,
                "AWS refuses to describe the next job of " + thing + ": " + code + ".",
                "Check that the thing " + thing + " exists in this account and region.");
    }
}
