package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadStep.AskFreshUrl;
import dev.fotabridge.host.download.DownloadStep.Done;
import dev.fotabridge.host.download.DownloadStep.Fail;
import dev.fotabridge.host.download.DownloadStep.Fetch;
import dev.fotabridge.host.download.DownloadStep.Pause;
import dev.fotabridge.host.image.ImageInspector;
import dev.fotabridge.host.value.PlainText;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Decides what to ask a server next and what its reply means. Pure: it moves no bytes and reads no clock. The driver
 * performs {@link #next}, passes on the reply's head and the number of body bytes, and reports how the request ended.
 *
 * <p>What is on disk is a prefix of the object of {@link #etag}. A reply of another object starts over from byte
 * 0, a limited number of times. Bytes of two objects are never joined.
 */
final class Downloader {
    /** What to do with a reply's body. */
    enum Verdict {
        /** Append its bytes to those on disk. */
        APPEND,
        /** Its bytes are the object's first ones: forget what is on disk. */
        RESTART,
        REFUSE
    }

    private static final int MAX_RESTARTS = 2;
    private static final int MAX_SLOW = 3;

    /** A reply with fewer bytes is small. Small replies have a limit, since each of them may be slow. */
    private static final int SMALL_PIECE_BYTES = 65_536;

    private static final int MAX_SMALL_PIECES = 32;

    /**
     * Codings that change bytes (IANA's registry). What else stores keep there, as aws-chunked or utf-8, changes
     * none.
     */
    private static final Pattern ENCODED =
            Pattern.compile("(?i).*\\b(?:x-)?(?:gzip|compress|deflate|br|zstd|dcb|dcz|exi|pack200-gzip)\\b.*");

    private final OptionalLong documentSize;
    private final RangePlan plan;
    private final RetryPolicy retry = new RetryPolicy();
    private final Redirects redirects = new Redirects();
    private final FreshUrls freshUrls = new FreshUrls();

    private String identity;
    private DownloadUrl url;
    private DownloadStep step;

    /** What the server said when it refused the URL. */
    private Fail refusal;

    private int restartCount;
    private int slowCount;
    private int smallPieceCount;
    /** The byte at which the open request's body must end; -1 if only the end of the reply shows it. */
    private long bodyEnd;

    private boolean probing;
    private long best;

    /**
     * Starts, or goes on.
     *
     * @param documentSize the size that the job document gives, bytes
     * @param kept what is on disk; {@link Partial#none} to start from byte 0
     */
    Downloader(DownloadUrl url, OptionalLong documentSize, Partial kept) {
        this(url, documentSize, kept, kept.isComplete());
    }

    private Downloader(DownloadUrl url, OptionalLong documentSize, Partial kept, boolean probing) {
        this.url = url;
        identity = url.identity();
        this.documentSize = documentSize;
        plan = new RangePlan(kept);
        best = kept.offset();
        this.probing = probing;
        step = nextFetch();
    }

    /** Returns a downloader that asks for byte 0 only; it is done once the server has sent it. */
    static Downloader ofFirstByte(DownloadUrl url) {
        return new Downloader(url, OptionalLong.empty(), Partial.none(), true);
    }

    /** Returns the URL that answered, after redirects. */
    FirstByte.Seen seen(boolean ranges, OptionalLong size) {
        return new FirstByte.Seen(url, redirects.count(), ranges, size);
    }

    /** Returns what to do now; the same until the driver reports something. */
    DownloadStep next() {
        return step;
    }

    /** Returns the number of bytes on disk. */
    long offset() {
        return plan.offset();
    }

    /** Returns the object's size in bytes, -1 while it is not known. */
    long total() {
        return plan.total();
    }

    /** Returns the strong ETag of the object on disk; empty if the server gives none. */
    Optional<String> etag() {
        return plan.etag();
    }

    /** The pause that was asked for is over. */
    void pauseOver() {
        step = nextFetch();
    }

    /** The answer to AskFreshUrl. */
    void freshUrl(DownloadUrl fresh) {
        if (fresh.equals(url)) {
            noFreshUrl();
            return;
        }
        boolean sameObject = fresh.identity().equals(identity);
        url = fresh;
        identity = fresh.identity();
        redirects.startOver();
        if (!sameObject) {
            startOver("the job names another object now");
        }
        if (!(step instanceof Fail)) {
            step = nextFetch();
        }
    }

    /** AWS has no other URL than the refused one. */
    void noFreshUrl() {
        step = refusal;
    }

    /** The head of the reply to the last Fetch. */
    Verdict head(ReplyHead head) {
        int status = head.status();
        if (status == 206) {
            return partial(head);
        }
        if (status == 200) {
            return whole(head);
        }
        if (Redirects.isRedirect(status)) {
            redirect(head);
        } else {
            refuse(head);
        }
        return Verdict.REFUSE;
    }

    private Verdict partial(ReplyHead head) {
        if (isEncoded(head)) {
            return Verdict.REFUSE;
        }
        Optional<ContentRange> given = head.contentRange().flatMap(ContentRange::parse);
        if (given.isEmpty()) {
            return fail(
                    Reason.DOWNLOAD_NO_RANGE,
                    url.authority()
                            + (head.contentRange().isEmpty()
                                    ? " answers a ranged request with 206, but without Content-Range."
                                    : " answers with a Content-Range that cannot be read."));
        }
        ContentRange range = given.get();
        long from = probing ? 0 : plan.offset();
        long to = probing ? 0 : plan.to();
        if (!range.agreesWith(head.contentLength())) {
            return fail(
                    Reason.DOWNLOAD_NO_RANGE,
                    url.authority() + " says Content-Range " + range + ", but Content-Length " + head.contentLength()
                            + ".");
        }
        if (range.first() != from || range.last() > to) {
            return fail(
                    Reason.DOWNLOAD_NO_RANGE,
                    url.authority() + " was asked for bytes " + from + " to " + to + " and says Content-Range " + range
                            + ".");
        }
        if (plan.isOfAnotherObject(range.total(), head.etag())) {
            startOver("the object changed at the server");
            return Verdict.REFUSE;
        }
        if (!sizeIsRight(range.total())) {
            return Verdict.REFUSE;
        }
        if (probing) {
            step = new Done(range.total(), true);
            return Verdict.REFUSE;
        }
        if (isTooSmall(range)) {
            return Verdict.REFUSE;
        }
        plan.learn(range.total(), head.etag());
        bodyEnd = range.last() + 1;
        return Verdict.APPEND;
    }

    private Verdict whole(ReplyHead head) {
        if (isEncoded(head) || head.contentLength() >= 0 && !sizeIsRight(head.contentLength())) {
            return Verdict.REFUSE;
        }
        probing = false;
        plan.restart();
        plan.learn(head.contentLength(), head.etag());
        bodyEnd = head.contentLength();
        return Verdict.RESTART;
    }

    /** The reply holds less than was asked for, and does not reach the object's end. */
    private boolean isTooSmall(ContentRange range) {
        long end = range.last() + 1;
        boolean isSmall = end - range.first() < SMALL_PIECE_BYTES && end < range.total();
        if (!isSmall || ++smallPieceCount <= MAX_SMALL_PIECES) {
            return false;
        }
        fail(
                Reason.DOWNLOAD_NO_RANGE,
                url.authority() + " answers with less than " + SMALL_PIECE_BYTES + " bytes again and again.");
        return true;
    }

    private boolean isEncoded(ReplyHead head) {
        Optional<String> encoding =
                head.contentEncoding().filter(text -> ENCODED.matcher(text).matches());
        if (encoding.isPresent()) {
            fail(
                    Reason.DOWNLOAD_FAILED,
                    url.authority() + " compresses what it sends (Content-Encoding), so its bytes are not those of the"
                            + " image.");
        }
        return encoding.isPresent();
    }

    private boolean sizeIsRight(long total) {
        if (total > ImageInspector.MAX_FILE_BYTES) {
            fail(Reason.IMAGE_SIZE, "The object has " + total + " bytes, more than any board can hold.");
            return false;
        }
        if (documentSize.isPresent() && documentSize.getAsLong() != total) {
            fail(
                    Reason.DOWNLOAD_SIZE,
                    "The object has " + total + " bytes, but the job document says " + documentSize.getAsLong() + ".");
            return false;
        }
        if (total == 0) {
            fail(Reason.DOWNLOAD_SIZE, "The object is empty.");
            return false;
        }
        return true;
    }

    private void redirect(ReplyHead head) {
        try {
            url = redirects.follow(url, head);
            step = nextFetch();
        } catch (FotaException e) {
            fail(e.reason(), e.getMessage());
        }
    }

    private void refuse(ReplyHead head) {
        int status = head.status();
        String seen = "The server answered with status " + head.error().explain(status) + " to " + url + ".";
        if (status == 416) {
            rangeNotSatisfiable(head.contentRange().orElse(""));
        } else if (status == 408 || status == 429 || status >= 500) {
            pauseOrFail(Reason.DOWNLOAD_FAILED, seen, head.retryAfter());
        } else {
            refusal = new Fail(reason(status), seen);
            boolean mayBeExpired = url.hasQuery() && (status == 400 || status == 401 || status == 403);
            step = mayBeExpired && freshUrls.ask(best) ? new AskFreshUrl(url) : refusal;
        }
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401, 403 -> Reason.DOWNLOAD_FORBIDDEN;
            case 404, 410 -> Reason.DOWNLOAD_NOT_FOUND;
            default -> Reason.DOWNLOAD_FAILED;
        };
    }

    /** @param size the object's, as {@code bytes *}{@code /SIZE} */
    private void rangeNotSatisfiable(String size) {
        if (plan.offset() == 0 && size.matches("bytes \\*/0*[1-9][0-9]*")) {
            fail(
                    Reason.DOWNLOAD_NO_RANGE,
                    url.authority()
                            + " answers a request for the object's first bytes with status 416, and Content-Range "
                            + PlainText.name(size) + ".");
        } else if (plan.offset() == 0) {
            fail(Reason.DOWNLOAD_SIZE, "The object is empty.");
        } else {
            startOver("the object is shorter than what was read of it");
        }
    }

    /** Forgets what is on disk, unless that has happened too often. */
    private void startOver(String why) {
        probing = false;
        plan.restart();
        if (++restartCount > MAX_RESTARTS) {
            fail(Reason.DOWNLOAD_SIZE, "The download started over too often: " + why + ".");
        } else {
            step = nextFetch();
        }
    }

    /**
     * Bytes of the body are on disk.
     *
     * @return false if there are more than announced or allowed; the driver must then end the request
     */
    boolean received(int count) {
        plan.advance(count);
        boolean tooMany = bodyEnd >= 0 ? plan.offset() > bodyEnd : plan.offset() > ImageInspector.MAX_FILE_BYTES;
        if (tooMany) {
            fail(Reason.DOWNLOAD_SIZE, "The server sent more bytes than it announced.");
            return false;
        }
        if (plan.offset() > best) {
            best = plan.offset();
            retry.progress();
        }
        return true;
    }

    /** The last Fetch is over. After UNWANTED the head has already decided. */
    void ended(RangeResult result) {
        switch (result.end()) {
            case COMPLETE -> complete();
            case UNWANTED -> {}
            case BROKEN -> pauseOrFail(Reason.DOWNLOAD_FAILED, result.sentence(), Optional.empty());
            case TIMED_OUT -> pauseOrFail(Reason.DOWNLOAD_TIMEOUT, result.sentence(), Optional.empty());
            case TOO_SLOW -> pauseOrFailSlow(result.sentence());
            case HOST_UNKNOWN -> pauseOrFail(Reason.DOWNLOAD_HOST_UNKNOWN, result.sentence(), Optional.empty());
            case HOST_NOT_ALLOWED -> fail(Reason.DOWNLOAD_HOST_NOT_ALLOWED, result.sentence());
            case NOT_TRUSTED, PROXY_REFUSED -> fail(Reason.DOWNLOAD_FAILED, result.sentence());
            case CANCELLED -> fail(Reason.INTERRUPTED, "The download was cancelled.");
        }
    }

    private void complete() {
        if (bodyEnd >= 0 && plan.offset() < bodyEnd) {
            pauseOrFail(Reason.DOWNLOAD_FAILED, "The server closed the connection early.", Optional.empty());
            return;
        }
        if (bodyEnd < 0) {
            if (!sizeIsRight(plan.offset())) {
                return;
            }
            plan.learn(plan.offset(), Optional.empty());
        }
        step = plan.isComplete() ? new Done(plan.total(), false) : nextFetch();
    }

    /** The few bytes of a slow reply count as progress and reset the tries, so slow replies have their own limit. */
    private void pauseOrFailSlow(String sentence) {
        if (++slowCount > MAX_SLOW) {
            fail(Reason.DOWNLOAD_TIMEOUT, sentence);
        } else {
            pauseOrFail(Reason.DOWNLOAD_TIMEOUT, sentence, Optional.empty());
        }
    }

    private void pauseOrFail(Reason reason, String sentence, Optional<String> retryAfter) {
        OptionalLong pause = retry.next(reason, retryAfter);
        if (pause.isPresent()) {
            step = new Pause(pause.getAsLong(), reason, sentence);
        } else {
            fail(reason, sentence);
        }
    }

    private Fetch nextFetch() {
        if (probing) {
            return new Fetch(new RangeRequest(url, 0, 0, Optional.empty()));
        }
        return new Fetch(new RangeRequest(url, plan.offset(), plan.to(), plan.ifRange()));
    }

    private Verdict fail(Reason reason, String sentence) {
        step = new Fail(reason, sentence);
        return Verdict.REFUSE;
    }

    @Override
    public String toString() {
        return "Downloader " + plan + ", " + step;
    }
}
