package dev.fotabridge.host.tls;

import dev.fotabridge.host.value.PlainText;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says in words what is wrong with a server's chain of certificates, once it is known that it is not trusted. Pure.
 *
 * @param certificates as the server showed them, its own first; at least one
 */
record ServerChain(List<X509Certificate> certificates, TrustedRoots roots) {
    private static final int MAX_NAMES = 5;

    /** Extended key usages that let a certificate be a server's: serverAuth and anyExtendedKeyUsage (RFC 5280, 4.2.1.12). */
    private static final List<String> SERVER_USAGES = List.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

    /** Kinds of alternative names that a host can have: dNSName and iPAddress (RFC 5280, 4.2.1.6). */
    private static final Set<Object> HOST_NAMES = Set.of(2, 7);

    private static final String RENEW =
            "Have the server's certificate renewed; if that date is still to come, set this" + " machine's clock.";

    /** The first fault, from the server's own certificate upwards; empty if none of the usual ones is found. */
    Optional<ServerFault> fault(Instant now) {
        for (int i = 0; i < certificates.size(); i++) {
            Optional<ServerFault> fault = faultAt(i, now);
            if (fault.isPresent() || isTrusted(certificates.get(i))) {
                return fault;
            }
        }
        return Optional.of(top());
    }

    private Optional<ServerFault> faultAt(int i, Instant now) {
        Optional<ServerFault> fault = calendar(i, now);
        return fault.isPresent() ? fault : linkAbove(i);
    }

    private boolean isTrusted(X509Certificate certificate) {
        return roots.certificates().contains(certificate)
                || roots.certificates().stream().anyMatch(root -> issued(root, certificate));
    }

    private Optional<ServerFault> calendar(int i, Instant now) {
        Instant from = certificates.get(i).getNotBefore().toInstant();
        Instant until = certificates.get(i).getNotAfter().toInstant();
        if (now.isAfter(until)) {
            return Optional.of(new ServerFault(which(i) + "expired on " + until + ".", RENEW));
        }
        if (now.isBefore(from)) {
            return Optional.of(new ServerFault(
                    which(i) + "is not valid yet: only from " + from + ", and this machine's clock says " + now + ".",
                    "Set this machine's clock, if it is wrong; else wait, or have the certificate made anew."));
        }
        return Optional.empty();
    }

    private Optional<ServerFault> linkAbove(int i) {
        boolean last = i == certificates.size() - 1;
        if (last || isTrusted(certificates.get(i)) || issued(certificates.get(i + 1), certificates.get(i))) {
            return Optional.empty();
        }
        return Optional.of(new ServerFault(
                which(i) + "was issued by " + CertificateName.issuer(certificates.get(i)) + ", but the server sends "
                        + below(certificates.get(i), certificates.get(i + 1)) + " after it.",
                "Have the server send its own certificate and then that of each issuer, in this order."));
    }

    private static String below(X509Certificate certificate, X509Certificate next) {
        String name = CertificateName.subject(next);
        return name.equals(CertificateName.issuer(certificate))
                ? "one of the same name that has another key or full name"
                : name;
    }

    /** Nothing is wrong below, but the last one comes from no root of ours. */
    private ServerFault top() {
        int i = certificates.size() - 1;
        X509Certificate last = certificates.get(i);
        String issuer = CertificateName.issuer(last);
        boolean namesake = roots.certificates().stream()
                .anyMatch(root -> root.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
        if (namesake) {
            return new ServerFault(
                    which(i) + "was issued by " + issuer + ", but the root of that name in " + roots.name()
                            + " has another key: it is not the one that issued it.",
                    rootAdvice(issuer));
        }
        if (issued(last, last)) {
            return new ServerFault(
                    (i == 0 ? "is signed by itself" : "comes from the root " + issuer) + ", which is not in "
                            + rootNames() + ".",
                    rootAdvice(issuer));
        }
        return i == 0 ? alone(issuer) : unknownRoot(i, issuer);
    }

    /** The usual cause of a chain of one: a server that was given its own certificate without the intermediate ones. */
    private ServerFault alone(String issuer) {
        return new ServerFault(
                "was issued by " + issuer + ", whose certificate the server does not send, and which is not in "
                        + rootNames() + ".",
                "If " + issuer + " is an intermediate authority, have the server send that certificate too; if it is a"
                        + " root: " + rootAdvice(issuer));
    }

    private ServerFault unknownRoot(int i, String issuer) {
        return new ServerFault(
                which(i) + "was issued by " + issuer + ", which is not in " + rootNames() + ".", rootAdvice(issuer));
    }

    private static String rootAdvice(String root) {
        return "Name a CA file that holds " + root + " by --ca; for AWS IoT that is AmazonRootCA1.pem.";
    }

    /** The platform refuses only the host's name. */
    ServerFault otherName(String host) {
        return new ServerFault(
                "names another host: it is for " + names() + ", not for " + PlainText.name(host) + ".",
                "Use a host name that the certificate is for; an address instead of the name will not do.");
    }

    /** The host's names in the server's own certificate. */
    private String names() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificates.get(0).getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(entry -> HOST_NAMES.contains(entry.get(0)))
                        .limit(MAX_NAMES)
                        .forEach(entry -> names.add(PlainText.name(String.valueOf(entry.get(1)))));
            }
        } catch (CertificateParsingException e) {
            return "none that can be read";
        }
        return names.isEmpty() ? "no host" : String.join(", ", names);
    }

    /** Of what is left: by the platform's own reason, which is a constant, not a text. */
    ServerFault invalid(CertificateException refusal) {
        if (!isForServers(certificates.get(0))) {
            return new ServerFault(
                    "is not for a server: its extended key usage lacks serverAuth.",
                    "Give the server a certificate for servers; that of a thing is for clients only.");
        }
        if (!maySign(certificates.get(0))) {
            return new ServerFault(
                    "is not for a server: its key usage allows no signatures.",
                    "Give the server a certificate with the key usage digitalSignature.");
        }
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path) {
                return ruled(path.getReason());
            }
        }
        return ruled(CertPathValidatorException.BasicReason.UNSPECIFIED);
    }

    private static ServerFault ruled(CertPathValidatorException.Reason reason) {
        if (reason == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
            return new ServerFault(
                    "uses an algorithm or a key length that is too weak for this Java"
                            + " (jdk.certpath.disabledAlgorithms).",
                    "Have it issued anew with SHA-256 and RSA-2048 or EC P-256, or better.");
        }
        if (reason == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
            return new ServerFault(
                    "or one of its issuers' has an extension that is marked critical and that this Java does not know.",
                    "Have it issued anew without that extension, or with the mark taken off.");
        }
        return new ServerFault(
                "does not form a valid chain with its issuers (" + reason + ").",
                "Look at the chain: openssl s_client -showcerts -connect HOST:PORT.");
    }

    private static boolean isForServers(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.stream().anyMatch(SERVER_USAGES::contains);
        } catch (CertificateParsingException e) {
            return true;
        }
    }

    /** Bit 0, digitalSignature (RFC 5280, 4.2.1.3): what all ciphers in use ask of a server's key. */
    private static boolean maySign(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[0];
    }

    /** What the roots hold, where a person has chosen them. */
    private String rootNames() {
        if (roots.certificates().size() > MAX_NAMES) {
            return roots.name();
        }
        String names =
                roots.certificates().stream().map(CertificateName::subject).collect(Collectors.joining(", "));
        return roots.name() + "; that holds " + names;
    }

    /** Nothing for the server's own certificate, which the sentence is about anyway. */
    private String which(int i) {
        return i == 0
                ? ""
                : "depends on " + CertificateName.subject(certificates.get(i)) + ", number " + (i + 1) + " of "
                        + certificates.size() + " in the server's chain, which ";
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
