package dev.fotabridge.host.download.http;

import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.proxy.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;

/** One reply on its way to the handler. The count may be read by another thread. */
final class ReplyBody {
    private static final int BUFFER_BYTES = 16_384;

    private final HttpUriRequestBase get;
    private final Optional<ProxyServer> proxy;
    private final RangeSource.ReplyHandler handler;
    private volatile long bodyBytes;
    private boolean unwanted;

    ReplyBody(HttpUriRequestBase get, Optional<ProxyServer> proxy, RangeSource.ReplyHandler handler) {
        this.get = get;
        this.proxy = proxy;
        this.handler = handler;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    Void take(ClassicHttpResponse response) throws HttpException, IOException {
        if (proxy.isPresent() && response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
            throw ProxyException.ofStatus(proxy.get(), response.getCode(), "");
        }
        if (!handler.head(head(response))) {
            cut();
            return null;
        }
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            copy(entity);
        }
        return null;
    }

    private void copy(HttpEntity entity) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        InputStream in = entity.getContent();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            bodyBytes = bodyBytes + count;
            if (count > 0 && !handler.body(ByteBuffer.wrap(buffer, 0, count))) {
                cut();
                return;
            }
        }
    }

    /** Closes the connection; the client would otherwise read the rest of the body, however long it is. */
    private void cut() {
        unwanted = true;
        get.cancel();
    }

    private static ReplyHead head(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        return new ReplyHead(
                response.getCode(),
                header(response, "Content-Range"),
                entity == null ? 0 : entity.getContentLength(),
                header(response, "ETag"),
                header(response, "Content-Encoding"),
                header(response, "Location"),
                header(response, "Retry-After"));
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.getValue());
    }
}
