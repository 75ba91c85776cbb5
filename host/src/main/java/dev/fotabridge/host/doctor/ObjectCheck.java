package dev.fotabridge.host.doctor;

import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The first byte of an object, as the agent would ask for it: status, Content-Range, and who may be asked at all. */
final class ObjectCheck implements Check {
    static final String NAME = "download";
    private static final String FIRST_BYTE = "(?i)bytes 0-0/[0-9]{1,15}";

    private final DownloadUrl url;
    private final RangeSourceOpener opener;

    ObjectCheck(DownloadUrl url, RangeSourceOpener opener) {
        this.url = url;
        this.opener = opener;
    }

    /** Makes the client; connects to nothing yet. */
    @FunctionalInterface
    interface RangeSourceOpener {
        RangeSource open() throws FotaException;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Finding run() throws FotaException {
        Head head = new Head();
        try (RangeSource source = opener.open()) {
            RangeResult result = source.get(new RangeRequest(url, 0, 0, Optional.empty()), head, new Cancellation());
            return head.seen == null ? failed(result) : judge(head.seen);
        }
    }

    private static Finding failed(RangeResult result) throws FotaException {
        Reason reason = switch (result.end()) {
            case HOST_UNKNOWN -> Reason.DOWNLOAD_HOST_UNKNOWN;
            case HOST_NOT_ALLOWED -> Reason.DOWNLOAD_HOST_NOT_ALLOWED;
            case TIMED_OUT, TOO_SLOW -> Reason.DOWNLOAD_TIMEOUT;
            case COMPLETE, UNWANTED, BROKEN, NOT_TRUSTED, PROXY_REFUSED, CANCELLED -> Reason.DOWNLOAD_FAILED;
        };
        throw new FotaException(reason, result.sentence());
    }

    private Finding judge(ReplyHead head) throws FotaException {
        int status = head.status();
        if (status == 206) {
            return ranged(head);
        }
        if (status == 200) {
            return Finding.warn(
                    this,
                    "The server at " + url.authority() + " ignores Range (status 200, no Content-Range): a download"
                            + " that breaks off begins anew each time.",
                    Reason.DOWNLOAD_NO_RANGE.whatToTry());
        }
        if (status >= 300 && status < 400) {
            return Finding.warn(
                    this, url + " is elsewhere (status " + status + ").", "Give the other URL to look at that one.");
        }
        throw new FotaException(refusal(status), url + " answers with status " + status + ".");
    }

    private static Reason refusal(int status) {
        return switch (status) {
            case 401, 403 -> Reason.DOWNLOAD_FORBIDDEN;
            case 404, 410 -> Reason.DOWNLOAD_NOT_FOUND;
            default -> Reason.DOWNLOAD_FAILED;
        };
    }

    private Finding ranged(ReplyHead head) throws FotaException {
        if (head.contentRange().isEmpty()) {
            throw new FotaException(
                    Reason.DOWNLOAD_NO_RANGE,
                    "The server at " + url.authority() + " answers 206 without Content-Range.");
        }
        String range = head.contentRange().get().trim();
        if (!range.matches(FIRST_BYTE)) {
            throw new FotaException(
                    Reason.DOWNLOAD_NO_RANGE,
                    "The server at " + url.authority() + " was asked for byte 0 and says Content-Range '"
                            + CertificateName.printable(range) + "'.");
        }
        if (head.contentEncoding().filter(e -> !e.equalsIgnoreCase("identity")).isPresent()) {
            throw new FotaException(
                    Reason.DOWNLOAD_FAILED, "The server at " + url.authority() + " compresses what it sends.");
        }
        return Finding.ok(this, url + " has " + range.substring(range.indexOf('/') + 1) + " bytes and serves ranges.");
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
