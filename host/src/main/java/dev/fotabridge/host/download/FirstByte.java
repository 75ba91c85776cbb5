package dev.fotabridge.host.download;

import dev.fotabridge.host.outcome.FotaException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Asks for an object's first byte as a download would, over redirects too, and leaves the body where it is. */
public final class FirstByte {
    private FirstByte() {}

    /**
     * What came of it.
     *
     * @param url that answered in the end
     * @param redirects that led there
     * @param result of the last request
     * @param head of the last reply; empty when there was none
     */
    public record Seen(DownloadUrl url, int redirects, RangeResult result, Optional<ReplyHead> head) {}

    /**
     * Asks; blocks for as long as the source's time-outs allow.
     *
     * @throws FotaException DOWNLOAD_FAILED for a redirect that a download would not follow
     */
    public static Seen ask(DownloadUrl url, RangeSource source) throws FotaException {
        Redirects redirects = new Redirects();
        DownloadUrl place = url;
        while (true) {
            Head head = new Head();
            RangeResult result = source.get(new RangeRequest(place, 0, 0, Optional.empty()), head, new Cancellation());
            if (head.seen == null || !Redirects.isRedirect(head.seen.status())) {
                return new Seen(place, redirects.count(), result, Optional.ofNullable(head.seen));
            }
            place = redirects.follow(place, head.seen);
        }
    }

    /** Takes the head and leaves the body. */
    private static final class Head implements RangeSource.ReplyHandler {
        private ReplyHead seen;

        @Override
        public boolean head(ReplyHead head) {
            seen = head;
            return false;
        }

        @Override
        public boolean body(ByteBuffer bytes) {
            return false;
        }
    }
}
