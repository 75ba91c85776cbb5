package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsTopics;

/**
 * Something that a thing does on the connection and that a policy may forbid.
 * Tested by DisconnectSuspectsTest.
 *
 * @param thing whose
 * @param kind what
 */
record PolicyAction(String thing, Kind kind) {
    enum Kind {
        SUBSCRIBE,
        ASK,
        REPORT
    }

    /** The action that a request is, or that a reply answers; {@code topic} is one of this thing's jobs. */
    static PolicyAction of(String thing, String topic) {
        return new PolicyAction(thing, JobsTopics.isAboutGet(topic) ? Kind.ASK : Kind.REPORT);
    }

    /** Why a thing is left out that has done this too often with the same end. */
    FotaException forbidden(long minutes) {
        JobsTopics topics = new JobsTopics(thing);
        String seen = switch (kind) {
            case SUBSCRIBE ->
                "subscribes: the policy must allow iot:Subscribe on topicfilter/"
                        + String.join(" and topicfilter/", topics.fewFilters());
            case ASK -> "asks for jobs: the policy must allow iot:Publish on topic/" + topics.get("*");
            case REPORT -> "reports on a job: the policy must allow iot:Publish on topic/" + topics.update("*");
        };
        return new FotaException(
                Reason.CLOUD_POLICY,
                "AWS closes the connection whenever " + thing + " " + seen + ". " + thing + " is left out for "
                        + minutes + " minutes, so that the other things can work.");
    }
}
