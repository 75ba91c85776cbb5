package dev.fotabridge.host.download;

/**
 * How one GET ended.
 *
 * @param end the kind of end
 * @param sentence what happened, for people, without any query; empty for COMPLETE and UNWANTED
 */
public record RangeResult(End end, String sentence) {
    /** Kinds of end. */
    public enum End {
        /** The whole body arrived. */
        COMPLETE,
        /** The handler did not want the body. */
        UNWANTED,
        /** The connection was refused, reset or closed early. */
        BROKEN,
        /** Nothing came for too long. */
        TIMED_OUT,
        /** Something came all the time, but far too little. */
        TOO_SLOW,
        /** DNS does not know the host. */
        HOST_UNKNOWN,
        /** The host's address is not one that a job may name. */
        HOST_NOT_ALLOWED,
        /** The proxy wants a password, or does not let us to the host. */
        PROXY_REFUSED,
        /** The server's certificate is not trusted or names another host. */
        NOT_TRUSTED,
        /** {@link Cancellation#cancel} was called. */
        CANCELLED
    }
}
