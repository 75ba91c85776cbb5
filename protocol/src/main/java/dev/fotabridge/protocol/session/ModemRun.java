package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Modem;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import java.util.Arrays;

/**
 * One {@link ModemTask} as questions and answers; SPEC.md section 11. It knows the modem's offset, but neither time nor
 * frames:
 *
 * <pre>
 * Send:      OPEN ┬ inside the file → WRITE … → written
 *                 └ else ERASE → OPEN every second until it is blank → WRITE …
 * Schedule:  SCHEDULE → scheduled
 * Erase:     ERASE → OPEN … until it is blank → erased
 * </pre>
 */
final class ModemRun {
    /** What becomes of an answer. */
    enum Then {
        /** The next question at once. */
        ASK,
        /** The next question in a second: an erase runs. */
        ASK_LATER,
        /** The task is over. */
        END
    }

    private enum Step {
        OPENING,
        ERASING,
        WRITING,
        SCHEDULING
    }

    private final ModemTask task;
    private final byte[] delta;
    private final int writeMax;
    private final EventQueue events;

    private Step step;
    private boolean eraseAsked;
    private long written;
    private long told = -1;

    /** @param writeMax bytes of the file in one message */
    ModemRun(ModemTask task, int writeMax, EventQueue events) {
        this.task = task;
        this.delta = task instanceof ModemTask.Send send ? send.delta() : new byte[0];
        this.writeMax = writeMax;
        this.events = events;
        this.step = task instanceof ModemTask.Schedule
                ? Step.SCHEDULING
                : task instanceof ModemTask.Erase ? Step.ERASING : Step.OPENING;
    }

    /** Bytes of the delta that may have to be sent still. */
    long bytesLeft() {
        return delta.length - written;
    }

    Modem next(int tag) {
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

    /** The answer to the question that was asked last. @param reply OK or MODEM */
    Then answered(Reply reply) throws MalformedMessageException {
        boolean ok = reply.code() == ReplyCode.OK.code();
        return switch (step) {
            case OPENING -> ok ? opened(reply.detail()) : notOpened(reply);
            case ERASING -> erasing(reply, ok);
            case WRITING -> ok ? wrote(reply.detail()) : refused("WRITE", reply);
            case SCHEDULING -> ok ? end(new SessionEvent.ModemScheduled()) : refused("SCHEDULE", reply);
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
            events.add(new SessionEvent.ModemErasing());
            return blank ? Then.ASK : Then.ASK_LATER;
        }
        if (!blank) {
            return Then.ASK_LATER;
        }
        events.add(new SessionEvent.ModemErased());
        return task instanceof ModemTask.Erase ? Then.END : write(0);
    }

    private Then write(long offset) {
        step = Step.WRITING;
        written = offset;
        tell(offset);
        return written == delta.length ? end(new SessionEvent.ModemWritten()) : Then.ASK;
    }

    private Then wrote(long offset) throws MalformedMessageException {
        int count = (int) Math.min(writeMax, delta.length - written);
        written += count;
        if (offset > written) {
            throw new MalformedMessageException("the modem has " + offset + " bytes of " + written + " written");
        }
        tell(offset);
        return written == delta.length ? end(new SessionEvent.ModemWritten()) : Then.ASK;
    }

    private void tell(long offset) {
        if (offset > told) {
            told = offset;
            events.add(new SessionEvent.ModemProgress(offset, delta.length));
        }
    }

    private Then refused(String operation, Reply reply) {
        return end(new SessionEvent.ModemRefused(operation, (int) reply.detail()));
    }

    private Then end(SessionEvent event) {
        events.add(event);
        return Then.END;
    }

    @Override
    public String toString() {
        return step + " " + written + "/" + delta.length;
    }
}
