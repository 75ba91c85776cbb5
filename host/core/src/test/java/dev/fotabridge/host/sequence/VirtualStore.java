package dev.fotabridge.host.sequence;

import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeResult.End;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The bucket behind presigned URLs, as S3 answers: ranges, ETag, If-Range, 403 once a URL has expired. */
final class VirtualStore implements RangeSource {
    static final String HOST = "store.example.com";
    private static final int CHUNK = 2_048;

    private final SequenceWorld world;
    private final Map<String, byte[]> objects = new HashMap<>();
    private long downUntil;
    private long cuts;

    VirtualStore(SequenceWorld world) {
        this.world = world;
    }

    void put(String path, byte[] content) {
        objects.put(path, content);
    }

    /** What S3's signature is here: the time at which the URL expires. */
    static String presigned(String url, int seconds, long now) {
        return url + "?X-Amz-Expires=" + (now + seconds);
    }

    /** The request that is open is cut, and the server is away for a while. */
    void cut(long nanos) {
        downUntil = world.now() + nanos;
        cuts++;
    }

    @Override
    public RangeResult get(RangeRequest request, ReplyHandler handler, Cancellation cancellation) {
        world.point("http: GET " + request.range());
        long before = cuts;
        world.sleep(world.between(5, 60));
        if (world.now() < downUntil || cuts != before) {
            return new RangeResult(End.BROKEN, "The server is not there.");
        }
        String[] target = request.url().requestTarget().split("\\?X-Amz-Expires=");
        byte[] content = objects.get(target[0]);
        if (VirtualCloud.seconds(world.now()) > Long.parseLong(target[1])) {
            handler.head(head(403, Optional.empty(), 0));
            return new RangeResult(End.UNWANTED, "");
        }
        return body(request, content, handler, cancellation, before);
    }

    private RangeResult body(
            RangeRequest request, byte[] content, ReplyHandler handler, Cancellation cancellation, long before) {
        int from = (int) request.from();
        int to = (int) Math.min(request.to(), content.length - 1);
        boolean changed =
                request.ifRange().filter(tag -> !tag.equals(etag(content))).isPresent();
        world.require(!changed, "the host names an ETag that nobody gave");
        if (from >= content.length) {
            handler.head(head(416, Optional.empty(), 0));
            return new RangeResult(End.UNWANTED, "");
        }
        String range = "bytes " + from + "-" + to + "/" + content.length;
        ReplyHead head = new ReplyHead(
                206,
                Optional.of(range),
                to - from + 1,
                Optional.of(etag(content)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        if (!handler.head(head)) {
            return new RangeResult(End.UNWANTED, "");
        }
        for (int at = from; at <= to; at += CHUNK) {
            world.point("http: bytes from " + at);
            world.sleep(world.between(1, 20));
            if (cancellation.isCancelled()) {
                return new RangeResult(End.CANCELLED, "");
            }
            if (cuts != before) {
                return new RangeResult(End.BROKEN, "The connection was cut.");
            }
            if (!handler.body(ByteBuffer.wrap(Arrays.copyOfRange(content, at, Math.min(to + 1, at + CHUNK))))) {
                return new RangeResult(End.UNWANTED, "");
            }
        }
        return new RangeResult(End.COMPLETE, "");
    }

    private static ReplyHead head(int status, Optional<String> range, long length) {
        return new ReplyHead(
                status, range, length, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String etag(byte[] content) {
        return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
    }

    @Override
    public void close() {
        // Nothing is kept open between two requests.
    }
}
