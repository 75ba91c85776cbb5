package dev.fotabridge.host.doctor;

import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.proxy.Tunnel;
import dev.fotabridge.host.tls.ConnectionFault;
import dev.fotabridge.host.tls.ConnectionFault.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** A TCP connection, through the proxy if there is one, opened and closed again. */
final class TcpCheck implements Check {
    static final String NAME = "TCP";
    private static final int LIMIT_MILLIS = 10_000;

    private final Walk walk;

    TcpCheck(Walk walk) {
        this.walk = walk;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(NameCheck.NAME);
    }

    @Override
    public Finding run() throws FotaException {
        Endpoint endpoint = walk.endpoint;
        try (Socket socket = new Socket()) {
            if (walk.proxy.isPresent()) {
                Tunnel.open(socket, walk.proxy.get(), endpoint.host(), endpoint.port(), LIMIT_MILLIS);
                return Finding.ok(this, "The proxy " + walk.proxy.get() + " leads to " + endpoint + ".");
            }
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), LIMIT_MILLIS);
            return Finding.ok(this, endpoint + " accepts connections.");
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
