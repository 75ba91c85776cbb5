package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.tls.CertificateName;
import dev.fotabridge.host.tls.TlsFiles;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The roots that the endpoint's certificate must come from: there, readable, and roots indeed. Tested by DoctorIT. */
record CaFileCheck(Optional<Path> file, Instant now) implements Check<Void> {
    private static final String GET = "Use AmazonRootCA1.pem, from https://www.amazontrust.com/repository/.";

    @Override
    public CheckResult<Void> run() throws FotaException {
        if (file.isEmpty()) {
            return CheckResult.ok("None is given: the system's roots count.");
        }
        Path path = file.get();
        new FileAccess(path, "CA file").requireReadable();
        List<X509Certificate> roots = TlsFiles.certificates(path, "CA file");
        for (X509Certificate root : roots) {
            String named = CertificateName.subject(root) + " in the CA file " + path;
            if (root.getBasicConstraints() < 0) {
                return CheckResult.warn(named + " is not the certificate of an authority.", GET);
            }
            if (now.isAfter(root.getNotAfter().toInstant())) {
                return CheckResult.warn(
                        named + " expired on " + root.getNotAfter().toInstant() + ".", GET);
            }
        }
        String names = roots.stream().map(CertificateName::subject).collect(Collectors.joining(", "));
        return CheckResult.ok(path + " holds " + names + ".");
    }
}
