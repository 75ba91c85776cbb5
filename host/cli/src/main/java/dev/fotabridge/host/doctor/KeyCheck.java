package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.tls.TlsFiles;
import java.security.PrivateKey;

/** The private key: there, readable, in a form that we know, and for nobody else to read. Tested by DoctorIT. */
record KeyCheck(ClientFiles files) implements Check<Void> {
    @Override
    public CheckResult<Void> run() throws FotaException {
        FileAccess access = new FileAccess(files.key(), "private key");
        access.requireReadable();
        PrivateKey key = TlsFiles.privateKey(files.key(), files.keyPassword());
        if (access.othersCanRead()) {
            return CheckResult.warn("Others can read the private key " + files.key() + ".", "chmod 600 " + files.key());
        }
        return CheckResult.ok(files.key() + " holds a key for " + key.getAlgorithm() + ", for its owner only.");
    }
}
