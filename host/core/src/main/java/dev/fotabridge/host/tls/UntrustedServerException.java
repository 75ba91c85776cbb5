package dev.fotabridge.host.tls;

import java.security.cert.CertificateException;

/** A server's certificates are not trusted, and it is known why. TLS hands it on as a cause of its own exception. */
final class UntrustedServerException extends CertificateException {
    private static final long serialVersionUID = 1;

    private final transient ServerFault fault;

    UntrustedServerException(ServerFault fault, CertificateException refusal) {
        super("The server's certificate " + fault.seen(), refusal);
        this.fault = fault;
    }

    ServerFault fault() {
        return fault;
    }
}
