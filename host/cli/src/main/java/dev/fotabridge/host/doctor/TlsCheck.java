package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.tls.CertificateName;
import dev.fotabridge.host.tls.ConnectionFault;
import dev.fotabridge.host.tls.ConnectionFault.Kind;
import dev.fotabridge.host.tls.TrustedRoots;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Whether the endpoint's certificate names it and comes from our roots; says which one in the chain is wrong.
 * Tested by DoctorIT.
 */
record TlsCheck(Optional<Path> ca, Route route) implements Check<Void> {
    /** ALPN for MQTT with a client certificate, which AWS needs on port 443. */
    private static final String ALPN = "x-amzn-mqtt-ca";

    @Override
    public CheckResult<Void> run() throws FotaException {
        Endpoint endpoint = route.endpoint();
        Optional<String> alpn = endpoint.port() == Endpoint.ALPN_PORT ? Optional.of(ALPN) : Optional.empty();
        try {
            List<X509Certificate> chain =
                    new TlsProbe(TrustedRoots.of(ca), route.proxy()).look(endpoint.host(), endpoint.port(), alpn);
            return CheckResult.ok("The endpoint shows " + CertificateName.path(chain) + ", from a root of ours.");
        } catch (ProxyException e) {
            throw new FotaException(e.reason(), e.getMessage());
        } catch (SocketTimeoutException e) {
            throw unreachable(endpoint + " is silent instead of speaking TLS: the port is another service's.");
        } catch (IOException e) {
            ConnectionFault fault = ConnectionFault.of(e, endpoint.toString(), false)
                    .filter(seen -> seen.kind() != Kind.CLOSED)
                    .orElseThrow(
                            () -> unreachable(endpoint + " ends the TLS handshake before it shows a certificate."));
            return failed(fault);
        }
    }

    private static CheckResult<Void> failed(ConnectionFault fault) {
        Reason reason = fault.kind() == Kind.SERVER_UNTRUSTED ? Reason.CREDENTIALS : Reason.CLOUD_UNREACHABLE;
        return CheckResult.fail(
                reason, fault.sentence(), fault.advice().isEmpty() ? reason.whatToTry() : fault.advice());
    }

    private static FotaException unreachable(String sentence) {
        return new FotaException(Reason.CLOUD_UNREACHABLE, sentence);
    }
}
