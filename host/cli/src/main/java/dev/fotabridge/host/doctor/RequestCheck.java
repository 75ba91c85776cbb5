package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.doctor.BlockingTransport.Message;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.PlainText;
import dev.fotabridge.host.outcome.Reason;
import java.util.List;
import java.util.Optional;

/** A request to the Jobs service and its reply: whether we may publish the one and receive the other. */
abstract class RequestCheck implements Check {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> filters;
    private final String topic;
    private final String onAnyJob;
    private final String request;
    private final Walk walk;

    /**
     * @param jobId in the topic; a policy should allow the like for any job, since the agent asks for single ones, too
     * @param topic of the request
     */
    RequestCheck(JobsTopics topics, String jobId, String topic, String request, Walk walk) {
        this.filters = topics.filters();
        this.topic = topic;
        this.onAnyJob = topic.replace(jobId, "*");
        this.request = request;
        this.walk = walk;
    }

    @Override
    public List<String> needs() {
        return List.of(SubscribeCheck.NAME);
    }

    @Override
    public final Finding run() throws FotaException {
        Optional<Message> reply;
        try {
            reply = walk.transport.ask(topic, request);
        } catch (FotaException e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
            comeBack();
            PolicyStatement publish = PolicyStatement.publish(walk.endpoint, onAnyJob);
            return refused("AWS ended the connection when we published: the policy lacks " + publish + ".", publish);
        }
        return reply.isPresent() ? judge(reply.get()) : silence();
    }

    /** For the next check; if that is not to be, it will say so. */
    private void comeBack() throws FotaException {
        try {
            walk.transport.connect();
            for (String filter : filters) {
                walk.transport.subscribe(filter);
            }
        } catch (FotaException e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
        }
    }

    /** AWS says nothing of a reply that we may not receive; at a publish that is not allowed it ends the connection. */
    private Finding silence() {
        PolicyStatement publish = PolicyStatement.publish(walk.endpoint, onAnyJob);
        PolicyStatement receive = PolicyStatement.receive(walk.endpoint, onAnyJob + "/*");
        return refused(
                "No answer to " + topic + ": the policy lacks " + receive + "; or, should it hold that, " + publish
                        + ".",
                receive,
                publish);
    }

    private Finding refused(String sentence, PolicyStatement... statements) {
        StringBuilder advice = new StringBuilder("Add to the certificate's policy: ");
        for (PolicyStatement statement : statements) {
            advice.append(statement.json()).append(", ");
        }
        advice.setLength(advice.length() - 2);
        return Finding.fail(this, Reason.CLOUD_POLICY, sentence, advice + "; see docs/aws-setup.md.");
    }

    private Finding judge(Message reply) {
        JsonNode body;
        try {
            body = JSON.readTree(reply.payload());
        } catch (JsonProcessingException e) {
            return Finding.warn(this, "The reply on " + topic + " is no JSON.", "Is this endpoint AWS IoT's?");
        }
        if (reply.topic().endsWith("/accepted")) {
            return accepted(body);
        }
        String code = PlainText.name(body.path("code").asText());
        return code.equals("RequestThrottled") ? throttled() : rejected(code);
    }

    private Finding throttled() {
        return Finding.warn(this, "AWS answers that there are too many requests.", "Wait a little, then try again.");
    }

    abstract Finding accepted(JsonNode body);

    /** Of any code but the one that asks for patience. */
    abstract Finding rejected(String code);
}
