package dev.fotabridge.protocol.modem;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.message.Data;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Modem;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import java.util.Arrays;

/**
 * Carries out one {@link ModemTask} as requests and answers; SPEC.md section 11. It knows the modem's offset, but neither time nor
 * frames:
 *
 * <pre>
 * Send:      OPEN ┬ inside the file → WRITE … → written
 *                 └ else ERASE → OPEN every second until it is blank → WRITE …
 * Schedule:  SCHEDULE → scheduled
 * Erase:     ERASE → OPEN … until it is blank → erased
 * </pre>
 */
public final class ModemRun {
    /** What the caller does after an answer. */
    public enum Then {
        /** Sends the next request at once. */
        ASK,
        /** Sends the next request in a second: an erase runs. */
        ASK_LATER,
        /** Nothing: the task is over. */
        END
    }

    private enum Step {
        OPENING,
        ERASING,
        WRITING,
        SCHEDULING
    }

    /** Blocks go to the modem through a shared region of 8 320 bytes; NCS's own downloader gives it 2 048 at a time. */
    private static final int WRITE_MAX = 2_048;

    private final ModemTask task;
    private final byte[] delta;
    private final int writeMax;
    private final ModemListener listener;

    private Step step;
    private boolean eraseAsked;
    private long written;
    private long reported = -1;

    public ModemRun(ModemTask task, BoardInfo board, ModemListener listener) {
        this(task, writeMax(board), listener);
    }

    /** @param writeMax bytes of the file in one message */
    ModemRun(ModemTask task, int writeMax, ModemListener listener) {
        this.task = task;
        this.delta = task instanceof ModemTask.Send send ? send.delta() : new byte[0];
        this.writeMax = writeMax;
        this.listener = listener;
        this.step = task instanceof ModemTask.Schedule
                ? Step.SCHEDULING
                : task instanceof ModemTask.Erase ? Step.ERASING : Step.OPENING;
    }

    /** Returns how many bytes of the delta one message may carry: those of a DATA, less a longer header, if the stub has room for them. */
    private static int writeMax(BoardInfo board) {
        int longer = Modem.OVERHEAD_BYTES - Data.OVERHEAD_BYTES;
        int fits = Math.min(board.link().fragmentMax(), board.link().lineCapacity() / 4) - longer;
        return Math.min(fits, Math.min(board.link().streamCapacity(), WRITE_MAX));
    }

    /** Returns how many bytes of the delta may still have to be sent. */
    public long bytesLeft() {
        return delta.length - written;
    }

    /** Returns the next request. */
    public Modem next(int tag) {
        return switch (step) {
            case OPENING -> new Modem(tag, Modem.OPEN, 0, new byte[0]);
            case ERASING -> new Modem(tag, eraseAsked ? Modem.OPEN : Modem.ERASE, 0, new byte[0]);
            case WRITING -> {
                int end = (int) Math.min(delta.length, written + writeMax);
                yield new Modem(tag, Modem.WRITE, written, Arrays.copyOfRange(delta, (int) written, end));
            }
            case SCHEDULING -> new Modem(tag, Modem.SCHEDULE, ((ModemTask.Schedule) task).bytes(), new byte[0]);
        };
    }

    /** Takes the answer to the last request. @param reply OK or MODEM */
    public Then answered(Reply reply) throws MalformedMessageException {
        boolean ok = reply.code() == ReplyCode.OK.code();
        return switch (step) {
            case OPENING -> ok ? opened(reply.detail()) : notOpened(reply);
            case ERASING -> erasing(reply, ok);
            case WRITING -> ok ? wrote(reply.detail()) : refused("WRITE", reply);
            case SCHEDULING -> ok ? end(listener::scheduled) : refused("SCHEDULE", reply);
        };
    }

    private static boolean stillErasing(Reply reply) {
        int code = (int) reply.detail();
        return code == ModemCode.ERASE_PENDING || code == ModemCode.INVALID_DATA;
    }

    private Then opened(long offset) {
        return offset != ModemInfo.DIRTY && offset <= delta.length ? write(offset) : erase();
    }

    private Then notOpened(Reply reply) {
        return (int) reply.detail() == ModemCode.ERASE_PENDING ? erase() : refused("OPEN", reply);
    }

    private Then erase() {
        step = Step.ERASING;
        return Then.ASK;
    }

    private Then erasing(Reply reply, boolean ok) {
        boolean blank = ok && reply.detail() == 0;
        if (!blank && !ok && !stillErasing(reply)) {
            return refused(eraseAsked ? "OPEN" : "ERASE", reply);
        }
        if (!eraseAsked) {
            eraseAsked = true;
            listener.erasing();
            return blank ? Then.ASK : Then.ASK_LATER;
        }
        if (!blank) {
            return Then.ASK_LATER;
        }
        listener.erased();
        return task instanceof ModemTask.Erase ? Then.END : write(0);
    }

    private Then write(long offset) {
        step = Step.WRITING;
        written = offset;
        reportProgress(offset);
        return written == delta.length ? end(listener::written) : Then.ASK;
    }

    private Then wrote(long offset) throws MalformedMessageException {
        int count = (int) Math.min(writeMax, delta.length - written);
        written += count;
        if (offset > written) {
            throw new MalformedMessageException("the modem has " + offset + " bytes of " + written + " written");
        }
        reportProgress(offset);
        return written == delta.length ? end(listener::written) : Then.ASK;
    }

    private void reportProgress(long offset) {
        if (offset > reported) {
            reported = offset;
            listener.progress(offset, delta.length);
        }
    }

    private Then refused(String operation, Reply reply) {
        return end(() -> listener.refused(operation, (int) reply.detail()));
    }

    private static Then end(Runnable report) {
        report.run();
        return Then.END;
    }

    @Override
    public String toString() {
        return step + " " + written + "/" + delta.length;
    }
}
