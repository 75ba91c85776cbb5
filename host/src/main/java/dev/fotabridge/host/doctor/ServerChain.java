package dev.fotabridge.host.doctor;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says in words which certificate of a server's chain is wrong, once it is known that one is. Pure.
 *
 * @param certificates as the server showed them, its own first; at least one
 * @param roots those of the CA file
 */
record ServerChain(List<X509Certificate> certificates, List<X509Certificate> roots) {
    private static final int MAX_NAMES = 5;

    /** For the line that says that all is well. */
    String path() {
        return certificates.stream().map(CertificateName::subject).collect(Collectors.joining(", issued by "));
    }

    /** The host's names in the server's own certificate. */
    String names() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificates.get(0).getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .limit(MAX_NAMES)
                        .forEach(entry -> names.add(CertificateName.printable(String.valueOf(entry.get(1)))));
            }
        } catch (CertificateParsingException e) {
            return "none that can be read";
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** The first fault, from the server's own certificate upwards; empty if none of the usual ones is found. */
    Optional<String> fault(Instant now) {
        for (int i = 0; i < certificates.size(); i++) {
            Optional<String> fault = faultAt(i, now);
            if (fault.isPresent() || isTrusted(certificates.get(i))) {
                return fault;
            }
        }
        return Optional.of(top());
    }

    private Optional<String> faultAt(int i, Instant now) {
        Optional<String> fault = calendar(i, now);
        return fault.isPresent() ? fault : linkAbove(i);
    }

    private boolean isTrusted(X509Certificate certificate) {
        return roots.contains(certificate) || roots.stream().anyMatch(root -> issued(root, certificate));
    }

    private Optional<String> calendar(int i, Instant now) {
        X509Certificate certificate = certificates.get(i);
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of(
                    which(i) + " expired on " + certificate.getNotAfter().toInstant() + ".");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of(which(i) + " is valid only from "
                    + certificate.getNotBefore().toInstant() + ": check this machine's clock.");
        }
        return Optional.empty();
    }

    private Optional<String> linkAbove(int i) {
        boolean last = i == certificates.size() - 1;
        if (last || isTrusted(certificates.get(i)) || issued(certificates.get(i + 1), certificates.get(i))) {
            return Optional.empty();
        }
        return Optional.of(which(i) + " was issued by " + CertificateName.issuer(certificates.get(i))
                + ", but the server sends " + CertificateName.subject(certificates.get(i + 1)) + " after it.");
    }

    /** Nothing is wrong below, but the last one comes from no root of ours. */
    private String top() {
        X509Certificate last = certificates.get(certificates.size() - 1);
        String issuer = CertificateName.issuer(last);
        boolean namesake =
                roots.stream().anyMatch(root -> root.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
        String seen = which(certificates.size() - 1) + " was issued by " + issuer;
        return namesake
                ? seen + ", but the root of that name in the CA file has another key: it is not the one that issued it."
                : seen + ", which is not in the CA file; that holds " + rootNames() + ".";
    }

    private String rootNames() {
        String some =
                roots.stream().limit(MAX_NAMES).map(CertificateName::subject).collect(Collectors.joining(", "));
        return roots.size() > MAX_NAMES ? some + " and " + (roots.size() - MAX_NAMES) + " more" : some;
    }

    private String which(int i) {
        String name = CertificateName.subject(certificates.get(i));
        return i == 0
                ? "The server's own certificate " + name
                : "The certificate " + name + ", number " + (i + 1) + " of " + certificates.size()
                        + " in the server's chain,";
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
