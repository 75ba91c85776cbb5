package dev.fotabridge.host.doctor;

import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.FirstByte;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.PlainText;
import dev.fotabridge.host.outcome.Reason;

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
        FirstByte.Seen seen;
        try (RangeSource source = opener.open()) {
            seen = FirstByte.ask(url, source);
        }
        return seen.head().isPresent() ? judge(seen, seen.head().get()) : failed(seen.result());
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

    private Finding judge(FirstByte.Seen seen, ReplyHead head) throws FotaException {
        int status = head.status();
        if (status == 206) {
            return ranged(seen, head);
        }
        if (status == 200) {
            return Finding.warn(
                    this,
                    "The server at " + seen.url().authority() + " ignores Range (status 200, no Content-Range): a"
                            + " download that breaks off begins anew each time.",
                    Reason.DOWNLOAD_NO_RANGE.whatToTry());
        }
        throw new FotaException(refusal(status), seen.url() + " answers with status " + status + ".");
    }

    private static Reason refusal(int status) {
        return switch (status) {
            case 401, 403 -> Reason.DOWNLOAD_FORBIDDEN;
            case 404, 410 -> Reason.DOWNLOAD_NOT_FOUND;
            default -> Reason.DOWNLOAD_FAILED;
        };
    }

    private Finding ranged(FirstByte.Seen seen, ReplyHead head) throws FotaException {
        String server = "The server at " + seen.url().authority();
        if (head.contentRange().isEmpty()) {
            throw new FotaException(Reason.DOWNLOAD_NO_RANGE, server + " answers 206 without Content-Range.");
        }
        String range = head.contentRange().get().trim();
        if (!range.matches(FIRST_BYTE)) {
            throw new FotaException(
                    Reason.DOWNLOAD_NO_RANGE,
                    server + " was asked for byte 0 and says Content-Range '" + PlainText.name(range) + "'.");
        }
        if (head.contentEncoding().filter(e -> !e.equalsIgnoreCase("identity")).isPresent()) {
            throw new FotaException(Reason.DOWNLOAD_FAILED, server + " compresses what it sends.");
        }
        String way = seen.redirects() == 0 ? "" : ", where " + url + " redirects to,";
        String size = range.substring(range.indexOf('/') + 1);
        return Finding.ok(this, seen.url() + way + " has " + size + " bytes and serves ranges.");
    }
}
