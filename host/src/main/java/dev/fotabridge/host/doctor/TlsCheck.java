package dev.fotabridge.host.doctor;

import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.tls.TlsFiles;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the endpoint's certificate names it and comes from our roots; says which one in the chain is wrong. */
final class TlsCheck implements Check {
    static final String NAME = "TLS";

    /** ALPN for MQTT with a client certificate, which AWS needs on port 443. */
    private static final String ALPN = "x-amzn-mqtt-ca";

    private final Optional<Path> ca;
    private final Instant now;
    private final Walk walk;

    TlsCheck(Optional<Path> ca, Instant now, Walk walk) {
        this.ca = ca;
        this.now = now;
        this.walk = walk;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(CaFileCheck.NAME, TcpCheck.NAME);
    }

    @Override
    public Finding run() throws FotaException {
        Endpoint endpoint = walk.endpoint;
        List<X509Certificate> roots = roots();
        Optional<String> alpn = endpoint.port() == Endpoint.ALPN_PORT ? Optional.of(ALPN) : Optional.empty();
        TlsProbe.Seen seen;
        try {
            seen = new TlsProbe(roots, walk.proxy).look(endpoint.host(), endpoint.port(), alpn);
        } catch (ProxyException e) {
            throw new FotaException(e.reason(), e.getMessage());
        } catch (IOException e) {
            throw noTls(endpoint, e);
        }
        ServerChain chain = new ServerChain(seen.chain(), roots);
        if (seen.refusal().isPresent()) {
            throw new FotaException(
                    Reason.CREDENTIALS, distrust(endpoint, chain, seen.refusal().get()));
        }
        return Finding.ok(this, "The endpoint shows " + chain.path() + ", from a root of ours.");
    }

    private List<X509Certificate> roots() throws FotaException {
        if (ca.isPresent()) {
            return TlsFiles.certificates(ca.get(), CaFileCheck.NAME);
        }
        try {
            return TlsFiles.systemRoots();
        } catch (GeneralSecurityException e) {
            throw new FotaException(Reason.CREDENTIALS, "The system's root certificates cannot be used.", e);
        }
    }

    private static FotaException noTls(Endpoint endpoint, IOException e) {
        String sentence;
        if (e instanceof SocketTimeoutException) {
            sentence = endpoint + " is silent instead of speaking TLS: the port is another service's.";
        } else if (e instanceof EOFException || e instanceof SocketException) {
            sentence = endpoint + " ends the TLS handshake before it shows a certificate.";
        } else {
            sentence = endpoint + " answers, but not in TLS 1.2 or 1.3: the port is another service's.";
        }
        return new FotaException(Reason.CLOUD_UNREACHABLE, sentence);
    }

    private String distrust(Endpoint endpoint, ServerChain chain, CertificateException refusal) {
        String text = String.valueOf(refusal.getMessage());
        if (text.contains("subject alternative") || text.contains("No name matching")) {
            return "The certificate of " + endpoint + " names another host: it is for " + chain.names() + ", not for "
                    + endpoint.host() + ".";
        }
        return chain.fault(now)
                .map(fault -> "The CA file does not fit " + endpoint + ": " + fault)
                .orElse("The certificates of " + endpoint + " do not form a valid chain: "
                        + CertificateName.printable(text) + ".");
    }
}
