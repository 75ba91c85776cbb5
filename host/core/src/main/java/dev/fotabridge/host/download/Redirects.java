package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;

/** Where a server's redirects lead: so many at most, and never from https to http. Pure. Tested by DownloaderTest. */
final class Redirects {
    private static final int MAX_REDIRECTS = 5;

    private int count;

    /** Whether this status sends elsewhere; 304 does not. */
    static boolean isRedirect(int status) {
        return status >= 300 && status < 400 && status != 304;
    }

    /** Counts from nought again, for another URL. */
    void startOver() {
        count = 0;
    }

    /** How many have been followed. */
    int count() {
        return count;
    }

    /**
     * The place that a reply names.
     *
     * @throws FotaException DOWNLOAD_FAILED when it cannot be followed, without any query in the sentence
     */
    DownloadUrl follow(DownloadUrl from, ReplyHead head) throws FotaException {
        if (head.location().isEmpty()) {
            throw failed("The server answered with status " + head.error().explain(head.status()) + " to " + from
                    + ", without a Location.");
        }
        if (++count > MAX_REDIRECTS) {
            throw failed("The server redirects more than " + MAX_REDIRECTS + " times.");
        }
        DownloadUrl target;
        try {
            target = RelativeUrl.resolve(from, head.location().get());
        } catch (UrlException e) {
            throw failed("The server redirects to a place that cannot be used: " + e.getMessage() + ".");
        }
        if (from.tls() && !target.tls()) {
            throw failed("The server redirects from https to http, which is not followed.");
        }
        return target;
    }

    private static FotaException failed(String sentence) {
        return new FotaException(Reason.DOWNLOAD_FAILED, sentence);
    }
}
