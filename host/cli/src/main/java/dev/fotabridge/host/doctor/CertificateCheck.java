package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.tls.CertificateName;
import dev.fotabridge.host.tls.TlsFiles;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** The thing's certificate: there, readable, PEM, and of today. Tested by DoctorIT. */
record CertificateCheck(Path file, Instant now) implements Check<Void> {
    private static final Duration SOON = Duration.ofDays(30);

    @Override
    public CheckResult<Void> run() throws FotaException {
        new FileAccess(file, "certificate").requireReadable();
        X509Certificate certificate = TlsFiles.certificates(file, "certificate").get(0);
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            throw refusal("The certificate " + file + " expired on " + until + ": issue a new one for this thing.");
        }
        if (now.isBefore(from)) {
            throw refusal("The certificate " + file + " is valid only from " + from + ": check this machine's clock.");
        }
        String named = CertificateName.subject(certificate) + ", valid until " + until;
        return now.plus(SOON).isAfter(until)
                ? CheckResult.warn("The certificate expires soon: " + named + ".", "Issue a new one for this thing.")
                : CheckResult.ok(named + ".");
    }

    private static FotaException refusal(String sentence) {
        return new FotaException(Reason.CREDENTIALS, sentence);
    }
}
