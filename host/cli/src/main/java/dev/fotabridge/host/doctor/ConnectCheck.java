package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.List;

/** MQTT's CONNECT, with our certificate. The connection stays for the checks that need it. */
final class ConnectCheck implements Check {
    static final String NAME = "MQTT connect";

    private final DoctorConfig config;
    private final TalkOpener opener;
    private final Walk walk;

    ConnectCheck(DoctorConfig config, TalkOpener opener, Walk walk) {
        this.config = config;
        this.opener = opener;
        this.walk = walk;
    }

    /** Makes the conversation; connects to nothing yet. */
    @FunctionalInterface
    interface TalkOpener {
        BlockingTransport open(Walk walk, String clientId);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(ClientIdCheck.NAME);
    }

    @Override
    public Finding run() throws FotaException {
        if (!walk.mayConnect) {
            return Finding.skipped(this, "Not looked at: see '" + ClientIdCheck.NAME + "'.");
        }
        walk.transport = opener.open(walk, config.connectingId());
        try {
            walk.transport.connect();
        } catch (FotaException e) {
            if (e.reason() != Reason.CLOUD_REFUSED) {
                throw e;
            }
            return Finding.fail(this, e.reason(), sentence(e), advice());
        }
        return Finding.ok(this, "Accepted as '" + config.connectingId() + "'.");
    }

    /** With the whole ARN, of which the transport does not know the region. */
    private String sentence(FotaException refusal) {
        String client = "client/" + config.connectingId();
        return refusal.getMessage()
                .replace("iot:Connect on " + client, statement().toString());
    }

    private PolicyStatement statement() {
        return PolicyStatement.connect(walk.endpoint, config.connectingId());
    }

    private String advice() {
        String statement = statement().json();
        String suffix = config.clientIdSuffix().isEmpty()
                ? ""
                : " The policy may allow the agent's own client id '" + config.clientId()
                        + "' only: then try without --client-id-suffix while no agent runs.";
        return Reason.CLOUD_REFUSED.whatToTry() + " Its policy needs " + statement + "." + suffix;
    }
}
