package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import java.util.List;

/**
 * Whether a connection would evict a running agent: the newest of two clients with one id wins. With a suffix it cannot;
 * without one, the agent's id is used only while no agent on this machine works for the thing.
 */
final class ClientIdCheck implements Check {
    static final String NAME = "client id";

    private final DoctorConfig config;
    private final ThingLock lock;
    private final Walk walk;

    ClientIdCheck(DoctorConfig config, ThingLock lock, Walk walk) {
        this.config = config;
        this.lock = lock;
        this.walk = walk;
    }

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
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(TlsCheck.NAME, KeyPairCheck.NAME);
    }

    @Override
    public Finding run() {
        String id = config.connectingId();
        if (!config.clientIdSuffix().isEmpty()) {
            walk.mayConnect = true;
            return Finding.ok(
                    this, "Connecting as '" + id + "', beside an agent that connects as '" + config.clientId() + "'.");
        }
        try {
            lock.take(walk.endpoint.toString());
        } catch (FotaException e) {
            return Finding.warn(
                    this,
                    "MQTT is left out, for connecting as '" + id + "' would end the agent's connection: "
                            + e.getMessage(),
                    "End the agent, or use --client-id-suffix -doctor if the policy allows iot:Connect on client/" + id
                            + "-doctor.");
        }
        walk.mayConnect = true;
        return Finding.ok(this, "Connecting as '" + id + "': no agent on this machine uses it.");
    }
}
