package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.tls.ClientIdentity;
import java.time.Instant;

/** Whether certificate and private key belong together. */
record KeyPairCheck(ClientFiles files, Instant now) implements Check<ClientIdentity> {
    @Override
    public CheckResult<ClientIdentity> run() throws FotaException {
        ClientIdentity identity = ClientIdentity.read(files, now);
        return CheckResult.ok("Certificate and private key belong together.").with(identity);
    }
}
