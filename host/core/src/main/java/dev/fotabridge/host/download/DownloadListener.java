package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;

/** What a running download tells and asks. Called on the thread that runs the download. */
public interface DownloadListener {
    /** So many bytes are on disk, of so many; {@code total} is -1 as long as it is not known. Must be quick. */
    void progress(long bytes, long total);

    /** A transient fault; the download goes on after a pause. One sentence for people. */
    default void retrying(String sentence) {}

    /**
     * The presigned URL has expired: asks the job for a fresh one. May block.
     *
     * @param expired the URL that the server refused
     * @return a URL of the same object, or the same one if there is no other
     * @throws FotaException when the job is gone; ends the download with it
     */
    default DownloadUrl freshUrl(DownloadUrl expired) throws FotaException {
        return expired;
    }
}
