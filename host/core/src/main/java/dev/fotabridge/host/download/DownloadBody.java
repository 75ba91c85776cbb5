package dev.fotabridge.host.download;

import dev.fotabridge.host.download.Downloader.Verdict;
import dev.fotabridge.host.outcome.FotaException;
import java.nio.ByteBuffer;

/** Brings one reply's bytes to disk, as the downloader decides; a refusal by the disk ends the request. */
final class DownloadBody implements RangeSource.ReplyHandler {
    private final Downloader downloader;
    private final PartFile part;
    private final DownloadListener listener;
    private FotaException failure;

    DownloadBody(Downloader downloader, PartFile part, DownloadListener listener) {
        this.downloader = downloader;
        this.part = part;
        this.listener = listener;
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
        return wanted;
    }

    void throwIfFailed() throws FotaException {
        if (failure != null) {
            throw failure;
        }
    }
}
