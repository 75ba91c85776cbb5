package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.FirstByte;
import dev.fotabridge.host.download.RangeSource;

/** The first byte of an object, by the rules of the agent's own download. Tested by DoctorIT. */
record ObjectCheck(DownloadUrl url, RangeSourceOpener opener) implements Check<Void> {
    /** Makes the client; connects to nothing yet. */
    @FunctionalInterface
    interface RangeSourceOpener {
        RangeSource open() throws FotaException;
    }

    @Override
    public CheckResult<Void> run() throws FotaException {
        FirstByte.Seen seen;
        try (RangeSource source = opener.open()) {
            seen = FirstByte.ask(url, source);
        }
        String way = seen.redirects() == 0 ? "" : ", where " + url + " redirects to,";
        String size = seen.size().isEmpty() ? "" : " has " + seen.size().getAsLong() + " bytes and";
        if (seen.ranges()) {
            return CheckResult.ok(seen.url() + way + size + " serves ranges.");
        }
        return CheckResult.warn(
                "The server of " + seen.url() + way + " ignores Range (status 200, no Content-Range): a download that"
                        + " breaks off begins at byte 0 each time.",
                Reason.DOWNLOAD_NO_RANGE.whatToTry());
    }
}
