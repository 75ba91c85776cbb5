package dev.fotabridge.host.download;

import dev.fotabridge.host.api.Reason;

/** What a {@link Downloader} wants done. */
sealed interface DownloadStep {
    /** Perform this request. */
    record Fetch(RangeRequest request) implements DownloadStep {}

    /** Wait so long, then say pauseOver; what went wrong is told by the rest. */
    record Pause(long nanos, Reason reason, String sentence) implements DownloadStep {}

    /** The URL seems to have expired: get another. */
    record AskFreshUrl(DownloadUrl expired) implements DownloadStep {}

    /** The object is on disk; {@code unchanged} when it already was, and the server confirmed it. */
    record Done(long total, boolean unchanged) implements DownloadStep {}

    /** It cannot be had. */
    record Fail(Reason reason, String sentence) implements DownloadStep {}
}
