package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.tls.ClientFiles;
import dev.fotabridge.host.tls.TlsFiles;
import java.security.PrivateKey;

/** The private key: there, readable, in a form that we know, and for nobody else to read. */
final class KeyCheck implements Check {
    static final String NAME = "private key";

    private final ClientFiles files;

    KeyCheck(ClientFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Finding run() throws FotaException {
        FileLook look = new FileLook(files.key(), NAME);
        look.requireReadable();
        PrivateKey key = TlsFiles.privateKey(files.key(), files.keyPassword());
        if (look.othersCanRead()) {
            return Finding.warn(
                    this, "Others can read the private key " + files.key() + ".", "chmod 600 " + files.key());
        }
        return Finding.ok(this, files.key() + " holds a key for " + key.getAlgorithm() + ", for its owner only.");
    }
}
