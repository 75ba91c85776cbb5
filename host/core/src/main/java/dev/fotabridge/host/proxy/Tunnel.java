package dev.fotabridge.host.proxy;

import dev.fotabridge.host.proxy.ProxyException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A connection through an HTTP proxy by CONNECT (RFC 9110, 9.3.6). Behind it the socket's bytes are the far host's own; the
 * name of that host is given to the proxy as it is, and never looked up here. Blocking; another thread ends it by closing
 * the socket.
 */
public final class Tunnel {
    private Tunnel() {}

    /**
     * Connects the socket to the proxy and through it to the host. Leaves the socket's read time-out at the limit.
     *
     * @param socket not yet connected; stays the caller's, who closes it after a failure too
     * @param host name or address, without brackets
     * @param limitMillis for all of it, above 0; one connect may take as long again for each address of the proxy
     * @throws ProxyException when there is no way, with a sentence; IOException when the socket was closed meanwhile
     */
    public static void open(Socket socket, ProxyServer proxy, String host, int port, int limitMillis)
            throws IOException {
        if (!host.matches("[0-9A-Za-z._:-]{1,255}")) {
            throw new IllegalArgumentException("not a host: it would break the request");
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        connect(socket, proxy, limitMillis);
        String target = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        try {
            socket.getOutputStream().write(ConnectReply.question(proxy, target));
            read(socket, new ConnectReply(proxy, target), deadline);
        } catch (SocketTimeoutException e) {
            throw silent(proxy, limitMillis, e);
        } catch (ProxyException e) {
            throw e;
        } catch (IOException e) {
            if (socket.isClosed()) {
                throw e;
            }
            throw new ProxyException(Fault.UNUSABLE, "The proxy " + proxy + " breaks the connection.", e);
        }
        socket.setSoTimeout(limitMillis);
    }

    /**
     * Connects the socket to the proxy and says nothing, for a plain HTTP request in absolute form.
     *
     * @param limitMillis for each address of the proxy, above 0
     * @throws ProxyException when the proxy is not there; IOException when the socket was closed meanwhile
     */
    public static void connect(Socket socket, ProxyServer proxy, int limitMillis) throws IOException {
        InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
        if (address.isUnresolved()) {
            throw new ProxyException(Fault.UNUSABLE, "DNS does not know " + proxy.name() + ".");
        }
        try {
            socket.connect(address, limitMillis);
            socket.setTcpNoDelay(true);
        } catch (SocketTimeoutException e) {
            throw silent(proxy, limitMillis, e);
        } catch (IOException e) {
            if (socket.isClosed()) {
                throw e;
            }
            throw new ProxyException(
                    Fault.UNUSABLE, "No connection to " + proxy.name() + ": it is not there, or refuses.", e);
        }
    }

    /** The limit holds for the whole head: a proxy that drips is no better than a silent one. */
    private static void read(Socket socket, ConnectReply reply, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        boolean open = false;
        while (!open) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
            open = reply.take(in.read());
        }
    }

    private static ProxyException silent(ProxyServer proxy, int limitMillis, IOException cause) {
        return new ProxyException(
                Fault.UNUSABLE,
                "The proxy " + proxy + " does not answer within " + Math.max(1, limitMillis / 1_000) + " s.",
                cause);
    }
}
