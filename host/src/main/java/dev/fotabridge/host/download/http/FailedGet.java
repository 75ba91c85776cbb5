package dev.fotabridge.host.download.http;

import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeResult.End;
import dev.fotabridge.host.download.http.AllowedHostResolver.HostNotAllowedException;
import dev.fotabridge.host.proxy.ProxyException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;

/** What a request that ended in an exception says of itself; none of the library's text, which may hold the URL. */
final class FailedGet {
    private FailedGet() {}

    static RangeResult result(DownloadUrl url, IOException e) {
        String host = url.authority();
        if (e instanceof HostNotAllowedException) {
            return new RangeResult(End.HOST_NOT_ALLOWED, "The job names " + e.getMessage() + ".");
        }
        if (e instanceof ProxyException proxy) {
            return new RangeResult(proxy.isTransient() ? End.BROKEN : End.PROXY_REFUSED, proxy.getMessage());
        }
        if (e instanceof UnknownHostException) {
            return new RangeResult(End.HOST_UNKNOWN, "DNS does not know the host " + url.host() + ".");
        }
        if (isDistrust(e)) {
            return new RangeResult(
                    End.NOT_TRUSTED,
                    "The certificate of " + host + " is not trusted or names another host; add its root by --ca.");
        }
        if (e instanceof InterruptedIOException) {
            return new RangeResult(End.TIMED_OUT, host + " was silent for too long.");
        }
        return new RangeResult(End.BROKEN, broken(host, e));
    }

    /** By the exception's type: its name is no word for people, and its text is the system's, in any language. */
    private static String broken(String host, IOException e) {
        if (e instanceof ConnectException) {
            return host + " refuses the connection: nothing listens on that port, or a firewall says so.";
        }
        if (e instanceof NoRouteToHostException) {
            return "There is no way to " + host + " from here: the host is unreachable.";
        }
        if (e instanceof SSLException) {
            return host + " does not complete the TLS handshake: it speaks no TLS there, or none from version 1.2 on.";
        }
        if (e instanceof ClientProtocolException || e instanceof MessageConstraintException) {
            return host + " answers, but with something that is no HTTP, or more than a client takes.";
        }
        return "The connection to " + host + " was cut: the server closed it, or the network went.";
    }

    private static boolean isDistrust(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLPeerUnverifiedException || cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
