package dev.fotabridge.host.doctor;

import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.FirstByte;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;

/** The first byte of an object, by the rules of the agent's own download. */
final class ObjectCheck implements Check {
    static final String NAME = "download";

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
        String way = seen.redirects() == 0 ? "" : ", where " + url + " redirects to,";
        String size = seen.size().isEmpty() ? "" : " has " + seen.size().getAsLong() + " bytes and";
        if (seen.ranges()) {
            return Finding.ok(this, seen.url() + way + size + " serves ranges.");
        }
        return Finding.warn(
                this,
                "The server of " + seen.url() + way + " ignores Range (status 200, no Content-Range): a download that"
                        + " breaks off begins at byte 0 each time.",
                Reason.DOWNLOAD_NO_RANGE.whatToTry());
    }
}
