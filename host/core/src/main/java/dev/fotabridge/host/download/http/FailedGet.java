package dev.fotabridge.host.download.http;

import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeResult.End;
import dev.fotabridge.host.download.http.AllowedHostResolver.HostNotAllowedException;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.tls.ConnectionFault;
import dev.fotabridge.host.tls.ConnectionFault.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * What a request that ended in an exception says of itself; none of the library's text, which may hold the URL.
 * Tested by HttpRangeSourceIT.
 */
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
        Optional<ConnectionFault> fault = ConnectionFault.of(e, host, false);
        if (fault.filter(seen -> seen.kind() == Kind.SERVER_UNTRUSTED).isPresent()) {
            return new RangeResult(End.NOT_TRUSTED, fault.get().text());
        }
        if (e instanceof InterruptedIOException) {
            return new RangeResult(End.TIMED_OUT, host + " was silent for too long.");
        }
        return new RangeResult(End.BROKEN, fault.map(ConnectionFault::text).orElseGet(() -> noReply(host, e)));
    }

    private static String noReply(String host, IOException e) {
        boolean isStrange = e instanceof ClientProtocolException || e instanceof MessageConstraintException;
        return isStrange
                ? host + " answers, but with something that is no HTTP, or more than a client takes."
                : host + " closed the connection before its reply was complete.";
    }
}
