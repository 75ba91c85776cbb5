package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.tls.CertificateName;
import dev.fotabridge.host.tls.TlsFiles;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The roots that the endpoint's certificate must come from: there, readable, and roots indeed. */
final class CaFileCheck implements Check {
    static final String NAME = "CA file";
    private static final String GET = "Use AmazonRootCA1.pem, from https://www.amazontrust.com/repository/.";

    private final Optional<Path> file;
    private final Instant now;

    CaFileCheck(Optional<Path> file, Instant now) {
        this.file = file;
        this.now = now;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Finding run() throws FotaException {
        if (file.isEmpty()) {
            return Finding.ok(this, "None is given: the system's roots count.");
        }
        Path path = file.get();
        new FileLook(path, NAME).requireReadable();
        List<X509Certificate> roots = TlsFiles.certificates(path, NAME);
        for (X509Certificate root : roots) {
            String named = CertificateName.subject(root) + " in the CA file " + path;
            if (root.getBasicConstraints() < 0) {
                return Finding.warn(this, named + " is not the certificate of an authority.", GET);
            }
            if (now.isAfter(root.getNotAfter().toInstant())) {
                return Finding.warn(
                        this, named + " expired on " + root.getNotAfter().toInstant() + ".", GET);
            }
        }
        String names = roots.stream().map(CertificateName::subject).collect(Collectors.joining(", "));
        return Finding.ok(this, path + " holds " + names + ".");
    }
}
