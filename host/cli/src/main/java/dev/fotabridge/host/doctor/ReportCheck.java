package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.jobs.JobsTopics;

/** Reports on a job that does not exist: the refusal changes nothing, and shows that we may report. */
final class ReportCheck extends RequestCheck {
    static final String NAME = "report status";

    /** @param jobId of no job: random */
    ReportCheck(String thing, String jobId, Walk walk) {
        this(new JobsTopics(thing), jobId, walk);
    }

    private ReportCheck(JobsTopics topics, String jobId, Walk walk) {
        super(
                topics,
                jobId,
                topics.update(jobId),
                "{\"status\":\"IN_PROGRESS\",\"expectedVersion\":1,\"clientToken\":\"doctor\"}",
                walk);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    Finding accepted(JsonNode body) {
        return Finding.warn(this, "AWS took a report on a job that should not exist.", "Is this endpoint AWS IoT's?");
    }

    @Override
    Finding rejected(String code) {
        return Finding.ok(this, "AWS hears reports; this one was on no job, and is refused: " + code + ".");
    }
}
