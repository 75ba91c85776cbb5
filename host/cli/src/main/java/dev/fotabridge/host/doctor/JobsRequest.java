package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.databind.JsonNode;

/** A request to the Jobs service that changes nothing, and what its reply means. */
interface JobsRequest {
    /** Asks for an execution without its document. */
    String DESCRIBE = "{\"clientToken\":\"doctor\",\"includeJobDocument\":false}";

    /** Where the request is published; the reply comes on a topic below it. */
    String topic();

    /** The same topic for any job: the agent asks for single ones too, so a policy should allow all. */
    String topicOfAnyJob();

    /** The request, JSON. */
    String body();

    CheckResult<Void> accepted(JsonNode reply);

    /** @param code AWS's error code; never that for too many requests */
    CheckResult<Void> rejected(String code);
}
