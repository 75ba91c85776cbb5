package dev.fotabridge.host.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.BlockingTransport.Message;
import dev.fotabridge.host.value.PlainText;
import java.util.List;
import java.util.Optional;

/**
 * A request to the Jobs service and its reply: whether we may publish the one and receive the other.
 * Tested by PolicyChecksTest.
 *
 * @param filters what the transport subscribes to
 */
record RequestCheck(JobsRequest request, List<String> filters, BlockingTransport transport) implements Check<Void> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public CheckResult<Void> run() throws FotaException {
        Optional<Message> reply;
        try {
            reply = transport.ask(request.topic(), request.body());
        } catch (FotaException e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
            reconnect();
            return refused(
                    "AWS ended the connection when we published: the policy lacks " + publish() + ".", publish());
        }
        return reply.isPresent() ? judge(reply.get()) : silence();
    }

    /** Reconnects for the next check. If that fails, the next check reports it. */
    private void reconnect() throws FotaException {
        try {
            transport.connect();
            for (String filter : filters) {
                transport.subscribe(filter);
            }
        } catch (FotaException e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
        }
    }

    private PolicyStatement publish() {
        return PolicyStatement.publish(transport.endpoint(), request.topicOfAnyJob());
    }

    /** AWS is silent if we may not receive the reply. If we may not publish, AWS ends the connection. */
    private CheckResult<Void> silence() {
        PolicyStatement receive = PolicyStatement.receive(transport.endpoint(), request.topicOfAnyJob() + "/*");
        return refused(
                "No answer to " + request.topic() + ": the policy lacks " + receive + "; or, should it hold that, "
                        + publish() + ".",
                receive,
                publish());
    }

    private static CheckResult<Void> refused(String sentence, PolicyStatement... missing) {
        return CheckResult.fail(Reason.CLOUD_POLICY, sentence, PolicyStatement.advice(List.of(missing)));
    }

    private CheckResult<Void> judge(Message reply) {
        JsonNode body;
        try {
            body = JSON.readTree(reply.payload());
        } catch (JsonProcessingException e) {
            return CheckResult.warn("The reply on " + request.topic() + " is no JSON.", "Is this endpoint AWS IoT's?");
        }
        if (reply.topic().endsWith("/accepted")) {
            return request.accepted(body);
        }
        String code = PlainText.name(body.path("code").asText());
        return code.equals("RequestThrottled")
                ? CheckResult.warn("AWS answers that there are too many requests.", "Wait a little, then try again.")
                : request.rejected(code);
    }
}
