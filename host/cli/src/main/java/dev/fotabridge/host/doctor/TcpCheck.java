package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.proxy.Tunnel;
import dev.fotabridge.host.tls.ConnectionFault;
import dev.fotabridge.host.tls.ConnectionFault.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A TCP connection, through the proxy if there is one, opened and closed again. Tested by DoctorIT. */
record TcpCheck(Route route) implements Check<Void> {
    private static final int LIMIT_MILLIS = 10_000;

    @Override
    public CheckResult<Void> run() throws FotaException {
        Endpoint endpoint = route.endpoint();
        try (Socket socket = new Socket()) {
            if (route.proxy().isPresent()) {
                Tunnel.open(socket, route.proxy().get(), endpoint.host(), endpoint.port(), LIMIT_MILLIS);
                return CheckResult.ok("The proxy " + route.proxy().get() + " leads to " + endpoint + ".");
            }
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), LIMIT_MILLIS);
            return CheckResult.ok(endpoint + " accepts connections.");
        } catch (ProxyException e) {
            throw new FotaException(e.reason(), e.getMessage());
        } catch (IOException e) {
            throw new FotaException(
                    Reason.CLOUD_UNREACHABLE,
                    ConnectionFault.of(e, endpoint.toString(), true)
                            .filter(fault -> fault.kind() == Kind.UNREACHABLE)
                            .map(ConnectionFault::sentence)
                            .orElse("There is no way to " + endpoint + " from here: " + e.getMessage() + "."));
        }
    }
}
