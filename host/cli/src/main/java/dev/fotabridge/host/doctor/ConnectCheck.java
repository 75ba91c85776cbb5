package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;

/** MQTT's CONNECT, with our certificate. The connection stays for the checks that need it. Tested by DoctorPolicyIT. */
record ConnectCheck(DoctorConfig config, BlockingTransport transport) implements Check<BlockingTransport> {
    @Override
    public CheckResult<BlockingTransport> run() throws FotaException {
        try {
            transport.connect();
        } catch (FotaException e) {
            if (e.reason() != Reason.CLOUD_REFUSED) {
                throw e;
            }
            return CheckResult.fail(e.reason(), sentence(e), advice());
        }
        return CheckResult.ok("Accepted as '" + config.connectingId() + "'.").with(transport);
    }

    /** With the whole ARN, of which the transport does not know the region. */
    private String sentence(FotaException refusal) {
        String client = "client/" + config.connectingId();
        return refusal.getMessage()
                .replace("iot:Connect on " + client, statement().toString());
    }

    private PolicyStatement statement() {
        return PolicyStatement.connect(transport.endpoint(), config.connectingId());
    }

    private String advice() {
        String suffix = config.clientIdSuffix().isEmpty()
                ? ""
                : " The policy may allow the agent's own client id '" + config.clientId()
                        + "' only: then try without --client-id-suffix while no agent runs.";
        return Reason.CLOUD_REFUSED.whatToTry() + " Its policy needs "
                + statement().json() + "." + suffix;
    }
}
