package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.download.Downloader.Verdict;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * Brings one reply's bytes to disk, as the downloader decides; a refusal by the disk ends the request.
 * Tested by HttpRangeSourceIT.
 */
final class DownloadBody implements RangeSource.ReplyHandler {
    private final Downloader downloader;
    private final PartFile part;
    private final DownloadListener listener;
    private final BooleanSupplier timeOver;
    private FotaException failure;

    /** @param timeOver whether the download has had its time: then the request is ended */
    DownloadBody(Downloader downloader, PartFile part, DownloadListener listener, BooleanSupplier timeOver) {
        this.downloader = downloader;
        this.part = part;
        this.listener = listener;
        this.timeOver = timeOver;
    }

    @Override
    public boolean head(ReplyHead head) {
        Verdict verdict = downloader.head(head);
        if (verdict == Verdict.REFUSE) {
            return false;
        }
        try {
            part.prepare(downloader.offset(), downloader.total(), downloader.etag());
            return true;
        } catch (FotaException e) {
            failure = e;
            return false;
        }
    }

    @Override
    public boolean body(ByteBuffer bytes) {
        int count = bytes.remaining();
        try {
            part.write(bytes);
        } catch (FotaException e) {
            failure = e;
            return false;
        }
        boolean wanted = downloader.received(count);
        listener.progress(downloader.offset(), downloader.total());
        return wanted && !timeOver.getAsBoolean();
    }

    void throwIfFailed() throws FotaException {
        if (failure != null) {
            throw failure;
        }
    }
}
