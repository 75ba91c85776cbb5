package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;

/**
 * Whether a connection would evict a running agent: the newest of two clients with one id wins. With a suffix it cannot;
 * without one, the agent's id is used only while no agent on this machine works for the thing.
 * Tested by DoctorIT.
 */
record ClientIdCheck(DoctorConfig config, ThingLock lock, String address) implements Check<Void> {
    /** Keeps agents of this machine away from the thing while the doctor uses its client id. */
    @FunctionalInterface
    interface ThingLock {
        /**
         * Takes the lock for the rest of the examination.
         *
         * @param address the endpoint's HOST:PORT
         * @throws FotaException when an agent holds it
         */
        void take(String address) throws FotaException;
    }

    @Override
    public CheckResult<Void> run() {
        String id = config.connectingId();
        if (!config.clientIdSuffix().isEmpty()) {
            return CheckResult.ok(
                    "Connecting as '" + id + "', beside an agent that connects as '" + config.clientId() + "'.");
        }
        try {
            lock.take(address);
        } catch (FotaException e) {
            return CheckResult.warnAndBlock(
                    "MQTT is left out, for connecting as '" + id + "' would end the agent's connection: "
                            + e.getMessage(),
                    "End the agent, or use --client-id-suffix -doctor if the policy allows iot:Connect on client/" + id
                            + "-doctor.");
        }
        return CheckResult.ok("Connecting as '" + id + "': no agent on this machine uses it.");
    }
}
