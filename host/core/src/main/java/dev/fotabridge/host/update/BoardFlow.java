package dev.fotabridge.host.update;

import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.session.SessionEvent;
import java.util.List;
import java.util.Optional;

/**
 * One update of one board as a pure state machine: the board's answers, commands and time go in; effects and a deadline
 * come out. It reads no clock and does no I/O. Not thread-safe. Whoever performs the effects keeps their order. Time is
 * nanoseconds of one monotonic clock.
 */
public sealed interface BoardFlow permits SteppedFlow {
    /** A deadline that never comes. */
    long NEVER = Long.MAX_VALUE;

    /**
     * The flow for what the plan names.
     *
     * @param left what earlier runs left, of whatever execution and board
     */
    static BoardFlow of(UpdatePlan plan, List<UpdateJournal> left) {
        return plan.modem() ? new ModemFlow(plan, left) : new UpdateFlow(plan, left);
    }

    /** Begins. */
    List<UpdateEffect> start(long now);

    /** When {@link #tick} is next useful, or NEVER. */
    long deadline();

    /** Runs what is due; early calls do nothing. */
    List<UpdateEffect> tick(long now);

    /**
     * A board has answered HELLO; that it does so at the port of the last one says nothing.
     *
     * @param who its identity
     */
    List<UpdateEffect> connected(BoardInfo board, BoardIdentity who, long now);

    /** What else the session told, in order. */
    List<UpdateEffect> on(SessionEvent event, long now);

    /** The port could not be opened, or it vanished: a session that was open is gone. */
    List<UpdateEffect> portFailed(FotaException cause, long now);

    /** AWS has the job no longer as ours: what can be taken back is. */
    List<UpdateEffect> cancel(Reason reason, String sentence, long now);

    /** The user wants the program to end: nothing is taken back, the next start goes on. */
    List<UpdateEffect> interrupt();

    /** The journal could not be written; the effects behind it were not done. */
    List<UpdateEffect> storageFailed(FotaException cause);

    /** The journal as it should be on disk. */
    Optional<UpdateJournal> journal();

    /** After a cancellation: whether the new firmware may still start, because the board could not be told. */
    boolean mayBePending();

    /** Whether it ended since another board answered in the place of the one that is updated. */
    boolean metAnother();

    /** What the board that is updated last said of itself. */
    Optional<BoardInfo> board();

    /** Of a modem delta: the modem's own name for how it ended; empty as long as it has not said. */
    default String modemResult() {
        return "";
    }
}
