package dev.fotabridge.host.doctor;

import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Certificates' names for people. What a server sends may hold anything, so it is cut and made harmless. */
final class CertificateName {
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\]|\\\\.)+)");
    private static final int MAX_CHARS = 100;

    private CertificateName() {}

    static String subject(X509Certificate certificate) {
        return of(certificate.getSubjectX500Principal());
    }

    static String issuer(X509Certificate certificate) {
        return of(certificate.getIssuerX500Principal());
    }

    private static String of(X500Principal principal) {
        String whole = principal.getName();
        Matcher matcher = COMMON_NAME.matcher(whole);
        return "'" + printable(matcher.find() ? matcher.group(1) : whole) + "'";
    }

    static String printable(String text) {
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
        return cut.replaceAll("\\p{C}", "?");
    }
}
