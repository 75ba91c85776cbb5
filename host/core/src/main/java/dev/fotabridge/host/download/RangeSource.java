package dev.fotabridge.host.download;

import java.nio.ByteBuffer;

/** Port: ranged GETs. Implementations follow no redirect, retry nothing and decode nothing. */
public interface RangeSource extends AutoCloseable {
    /**
     * Performs one request; blocks until the reply has ended, failed or been cancelled, never for longer than its own
     * time-outs allow. Any thread.
     */
    RangeResult get(RangeRequest request, ReplyHandler handler, Cancellation cancellation);

    /** Frees connections; open requests fail. */
    @Override
    void close();

    /** Takes the reply as it comes. */
    interface ReplyHandler {
        /**
         * Status line and the headers that matter.
         *
         * @return whether the body is wanted; if not, the request ends here
         */
        boolean head(ReplyHead head);

        /**
         * The next bytes of the body; consumes all of them.
         *
         * @return whether more are wanted; if not, the request ends here
         */
        boolean body(ByteBuffer bytes);
    }
}
