package dev.fotabridge.host.doctor;

import dev.fotabridge.host.jobs.Endpoint;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement that an AWS IoT policy must hold. MQTT's wildcards mean nothing in a policy; its own is {@code *}.
 *
 * @param action e.g. {@code iot:Subscribe}
 * @param resource the ARN; {@code ACCOUNT}, and {@code REGION} if it is not known, stand for the reader's own
 */
record PolicyStatement(String action, String resource) {
    static PolicyStatement connect(Endpoint endpoint, String clientId) {
        return new PolicyStatement("iot:Connect", endpoint.arn() + "client/" + clientId);
    }

    static PolicyStatement subscribe(Endpoint endpoint, String filter) {
        return new PolicyStatement("iot:Subscribe", endpoint.arn() + "topicfilter/" + literal(filter));
    }

    static PolicyStatement publish(Endpoint endpoint, String topic) {
        return new PolicyStatement("iot:Publish", endpoint.arn() + "topic/" + literal(topic));
    }

    static PolicyStatement receive(Endpoint endpoint, String topic) {
        return new PolicyStatement("iot:Receive", endpoint.arn() + "topic/" + literal(topic));
    }

    private static String literal(String filter) {
        return filter.replace('+', '*').replace('#', '*');
    }

    /** For a sentence. */
    @Override
    public String toString() {
        return action + " on " + resource;
    }

    /** For the user: what to add to the policy. */
    static String advice(List<PolicyStatement> missing) {
        String list = missing.stream().map(PolicyStatement::json).collect(Collectors.joining(", "));
        return "Add to the certificate's policy: " + list + "; see docs/aws-setup.md.";
    }

    /** For a policy document. */
    String json() {
        return "{ \"Effect\": \"Allow\", \"Action\": \"" + action + "\", \"Resource\": \"" + resource + "\" }";
    }
}
