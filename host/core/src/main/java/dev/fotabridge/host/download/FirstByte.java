package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.download.DownloadStep.AskFreshUrl;
import dev.fotabridge.host.download.DownloadStep.Done;
import dev.fotabridge.host.download.DownloadStep.Fail;
import dev.fotabridge.host.download.DownloadStep.Fetch;
import dev.fotabridge.host.download.DownloadStep.Pause;
import dev.fotabridge.host.download.Downloader.Verdict;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Asks for an object's first byte by a download's own rules, over redirects too, and leaves the body where it is.
 * Tested by RefusedObjectIT.
 */
public final class FirstByte {
    private FirstByte() {}

    /**
     * An object that a download would take.
     *
     * @param url that answered in the end
     * @param redirects that led there
     * @param ranges whether the server answers with ranges; if not, a download that breaks off begins at byte 0
     * @param size of the object in bytes; empty if the server does not say
     */
    public record Seen(DownloadUrl url, int redirects, boolean ranges, OptionalLong size) {}

    /**
     * Asks; blocks for as long as the source's time-outs allow, and does not try again.
     *
     * @throws FotaException what a download would end with, or would begin a pause with
     */
    public static Seen ask(DownloadUrl url, RangeSource source) throws FotaException {
        Downloader downloader = Downloader.ofFirstByte(url);
        Head head = new Head(downloader);
        while (!head.isWhole) {
            DownloadStep step = downloader.next();
            if (step instanceof Done done) {
                return downloader.seen(true, OptionalLong.of(done.total()));
            } else if (step instanceof Fail fail) {
                throw new FotaException(fail.reason(), fail.sentence());
            } else if (step instanceof Pause pause) {
                throw new FotaException(pause.reason(), pause.sentence());
            } else if (step instanceof AskFreshUrl) {
                downloader.noFreshUrl();
            } else if (step instanceof Fetch fetch) {
                downloader.ended(source.get(fetch.request(), head, new Cancellation()));
            }
        }
        long total = downloader.total();
        return downloader.seen(false, total < 0 ? OptionalLong.empty() : OptionalLong.of(total));
    }

    /** Takes the head and leaves the body. */
    private static final class Head implements RangeSource.ReplyHandler {
        private final Downloader downloader;
        private boolean isWhole;

        Head(Downloader downloader) {
            this.downloader = downloader;
        }

        @Override
        public boolean head(ReplyHead head) {
            isWhole = downloader.head(head) == Verdict.RESTART;
            return false;
        }

        @Override
        public boolean body(ByteBuffer bytes) {
            return false;
        }
    }
}
