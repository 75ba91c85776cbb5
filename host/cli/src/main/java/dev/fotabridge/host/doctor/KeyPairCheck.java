package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.tls.ClientFiles;
import dev.fotabridge.host.tls.ClientIdentity;
import java.time.Instant;
import java.util.List;

/** Whether certificate and private key belong together. */
final class KeyPairCheck implements Check {
    static final String NAME = "key pair";

    private final ClientFiles files;
    private final Instant now;
    private final Walk walk;

    KeyPairCheck(ClientFiles files, Instant now, Walk walk) {
        this.files = files;
        this.now = now;
        this.walk = walk;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(CertificateCheck.NAME, KeyCheck.NAME, CaFileCheck.NAME);
    }

    @Override
    public Finding run() throws FotaException {
        walk.identity = ClientIdentity.read(files, now);
        return Finding.ok(this, "Certificate and private key belong together.");
    }
}
