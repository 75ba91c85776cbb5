package dev.fotabridge.host.tls;

import dev.fotabridge.host.value.PlainText;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * Certificates' names for people. What a server sends may hold anything, so it is cut and made plain.
 * Tested by ServerChainTest.
 */
public final class CertificateName {
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\]|\\\\.)+)");

    private CertificateName() {}

    /** The subject's common name, or the whole name where it has none, in quotes. */
    public static String subject(X509Certificate certificate) {
        return of(certificate.getSubjectX500Principal());
    }

    /** The subjects of a chain, the server's own first. */
    public static String path(List<X509Certificate> chain) {
        return chain.stream().map(CertificateName::subject).collect(Collectors.joining(", issued by "));
    }

    static String issuer(X509Certificate certificate) {
        return of(certificate.getIssuerX500Principal());
    }

    private static String of(X500Principal principal) {
        String whole = principal.getName();
        Matcher matcher = COMMON_NAME.matcher(whole);
        return "'" + PlainText.name(matcher.find() ? matcher.group(1) : whole) + "'";
    }
}
