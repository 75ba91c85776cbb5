package dev.fotabridge.host.download;

/** How often a refused presigned URL is worth asking the job for another one. Tested by DownloaderTest. */
final class FreshUrls {
    private static final int MAX_WITHOUT_PROGRESS = 3;

    /** At the slowest pace that a server may have, and with the shortest life of a URL, a minute: enough for 1 MiB. */
    private static final int MAX_IN_ALL = 20;

    /** Less is no progress: a server that gives a byte to each URL would be asked for ever. */
    private static final long PROGRESS_BYTES = 65_536;

    private long offset;
    private int sinceProgress;
    private int inAll;

    /** Whether to ask once more, with so many bytes on disk; counts it. */
    boolean ask(long bestOffset) {
        if (bestOffset - offset >= PROGRESS_BYTES) {
            sinceProgress = 0;
        }
        offset = bestOffset;
        sinceProgress++;
        inAll++;
        return sinceProgress <= MAX_WITHOUT_PROGRESS && inAll <= MAX_IN_ALL;
    }
}
