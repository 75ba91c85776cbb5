package dev.fotabridge.protocol.session;

import java.nio.ByteBuffer;

/**
 * The host's half of DK Link; SPEC.md section 7. One object is one session with one board: after {@code Failed}, {@code
 * Resetting} or {@code Aborted} make a new one.
 *
 * <p>Commands never block and are legal only in the state named; otherwise they throw {@link IllegalStateException}. Their
 * outcome is an event.
 */
public final class HostSession implements Peer {
    /** @param nonce 8 fresh random bytes; two sessions never share one */
    public HostSession(SessionConfig config, byte[] nonce, long nowNanos) {}

    /** In IDLE: repeats HELLO until {@code Connected} or {@code Failed}. */
    public void connect(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** In READY, once a session: {@code UploadPlanned}, {@code Progress}..., then {@code Verified} or {@code Failed}. */
    public void upload(Upload upload, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** In VERIFIED: {@code Marked} or {@code Failed}. */
    public void mark(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** In any state with a session but while a request is outstanding: {@code Resetting} or {@code Failed}. */
    public void reset(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** In READY: confirms the running image if it is this one; {@code Confirmed} or {@code Failed}. */
    public void confirm(byte[] imageHash, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** In any state with a session: drops what is under way and makes the slot harmless; {@code Aborted} or {@code Failed}. */
    public void abort(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Counters so far. */
    public SessionStats stats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void receive(ByteBuffer bytes, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void tick(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void transmit(ByteBuffer into, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long deadline() {
        return NEVER;
    }

    @Override
    public SessionEvent poll() {
        return null;
    }
}
