package dev.fotabridge.host.doctor;

/**
 * A statement that an AWS IoT policy must hold. MQTT's wildcards mean nothing in a policy; its own is {@code *}.
 *
 * @param action e.g. {@code iot:Subscribe}
 * @param resource the ARN; {@code ACCOUNT}, and {@code REGION} if it is not known, stand for the reader's own
 */
record PolicyStatement(String action, String resource) {
    static PolicyStatement connect(String region, String clientId) {
        return new PolicyStatement("iot:Connect", arn(region) + "client/" + clientId);
    }

    static PolicyStatement subscribe(String region, String filter) {
        return new PolicyStatement("iot:Subscribe", arn(region) + "topicfilter/" + literal(filter));
    }

    static PolicyStatement publish(String region, String topic) {
        return new PolicyStatement("iot:Publish", arn(region) + "topic/" + literal(topic));
    }

    static PolicyStatement receive(String region, String topic) {
        return new PolicyStatement("iot:Receive", arn(region) + "topic/" + literal(topic));
    }

    private static String arn(String region) {
        return "arn:aws:iot:" + region + ":ACCOUNT:";
    }

    private static String literal(String filter) {
        return filter.replace('+', '*').replace('#', '*');
    }

    /** For a sentence. */
    @Override
    public String toString() {
        return action + " on " + resource;
    }

    /** For a policy document. */
    String json() {
        return "{ \"Effect\": \"Allow\", \"Action\": \"" + action + "\", \"Resource\": \"" + resource + "\" }";
    }
}
