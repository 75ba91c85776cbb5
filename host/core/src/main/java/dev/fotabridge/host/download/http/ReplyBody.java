package dev.fotabridge.host.download.http;

import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import dev.fotabridge.host.download.ServerError;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.proxy.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;

/** One reply on its way to the handler. The count may be read by another thread. Tested by HttpReplyFormsIT. */
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
        if (!handler.head(head(response, error(response)))) {
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

    /** What a refusal says of its cause. A body that breaks off or hangs says nothing more; time-outs hold for it as well. */
    private static ServerError error(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        if (response.getCode() < HttpStatus.SC_REDIRECTION) {
            return ServerError.none();
        }
        Optional<String> region = header(response, "x-amz-bucket-region");
        try {
            byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(ServerError.MAX_BODY_BYTES);
            return ServerError.read(region, new String(body, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return ServerError.read(region, "");
        }
    }

    private static ReplyHead head(ClassicHttpResponse response, ServerError error) {
        HttpEntity entity = response.getEntity();
        return new ReplyHead(
                response.getCode(),
                header(response, "Content-Range"),
                entity == null ? 0 : entity.getContentLength(),
                header(response, "ETag"),
                all(response, "Content-Encoding"),
                header(response, "Location"),
                header(response, "Retry-After"),
                error);
    }

    /** A list that may be spread over several header lines (RFC 9110, 5.3). */
    private static Optional<String> all(ClassicHttpResponse response, String name) {
        Header[] headers = response.getHeaders(name);
        return headers.length == 0
                ? Optional.empty()
                : Optional.of(Arrays.stream(headers).map(Header::getValue).collect(Collectors.joining(",")));
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.getValue());
    }
}
