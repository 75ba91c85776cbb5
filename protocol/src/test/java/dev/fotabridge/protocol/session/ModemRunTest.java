package dev.fotabridge.protocol.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Modem;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table at the end of SPEC.md section 11. */
class ModemRunTest {
    private static final byte[] DELTA = Boards.image(5_000, 1);
    private static final int BLOCK = 2_000;

    private final EventQueue events = new EventQueue();

    private ModemRun send() {
        return new ModemRun(new ModemTask.Send(DELTA), BLOCK, events);
    }

    /** Asks, and answers that: OK with this detail. */
    private static ModemRun.Then ok(ModemRun run, long detail) throws MalformedMessageException {
        return run.answered(new Reply(1, 0x20, ReplyCode.OK.code(), detail));
    }

    private static ModemRun.Then refuse(ModemRun run, int code) throws MalformedMessageException {
        return run.answered(new Reply(1, 0x20, ReplyCode.MODEM.code(), code & 0xFFFF_FFFFL));
    }

    private static void asks(int operation, long offset, ModemRun run) {
        Modem question = run.next(1);
        assertEquals(operation, question.operation());
        assertEquals(offset, question.offset());
    }

    private void told(SessionEvent... wanted) {
        for (SessionEvent event : wanted) {
            assertEquals(event, events.poll());
        }
        assertEquals(null, events.poll());
    }

    private static SessionEvent progress(long bytes) {
        return new SessionEvent.ModemProgress(bytes, DELTA.length);
    }

    @Test
    void aBlankAreaIsWrittenFromTheStart() throws Exception {
        ModemRun run = send();
        asks(Modem.OPEN, 0, run);
        assertEquals(ModemRun.Then.ASK, ok(run, 0));
        asks(Modem.WRITE, 0, run);
        assertArrayEquals(Arrays.copyOf(DELTA, BLOCK), run.next(1).bytes());
        assertEquals(ModemRun.Then.ASK, ok(run, 452));
        assertEquals(ModemRun.Then.ASK, ok(run, 452));
        asks(Modem.WRITE, 4_000, run);
        assertArrayEquals(Arrays.copyOfRange(DELTA, 4_000, 5_000), run.next(1).bytes());
        assertEquals(ModemRun.Then.END, ok(run, 452));
        told(progress(0), progress(452), new SessionEvent.ModemWritten());
    }

    @Test
    void goesOnWhereTheModemIs() throws Exception {
        ModemRun run = send();
        ok(run, 452);
        asks(Modem.WRITE, 452, run);
        told(progress(452));
    }

    @Test
    void aCompleteDeltaIsNotWrittenAgain() throws Exception {
        ModemRun run = send();
        assertEquals(ModemRun.Then.END, ok(run, DELTA.length));
        told(progress(DELTA.length), new SessionEvent.ModemWritten());
    }

    @Test
    void anOffsetThatCannotBeOursIsErased() throws Exception {
        for (long offset : new long[] {DELTA.length + 1, ModemInfo.DIRTY}) {
            ModemRun run = send();
            ok(run, offset);
            asks(Modem.ERASE, 0, run);
        }
    }

    @Test
    void anEraseIsPolledUntilTheAreaIsBlank() throws Exception {
        ModemRun run = send();
        ok(run, ModemInfo.DIRTY);
        assertEquals(ModemRun.Then.ASK_LATER, refuse(run, ModemCode.ERASE_PENDING));
        asks(Modem.OPEN, 0, run);
        assertEquals(ModemRun.Then.ASK_LATER, refuse(run, ModemCode.ERASE_PENDING));
        assertEquals(ModemRun.Then.ASK_LATER, refuse(run, ModemCode.INVALID_DATA));
        assertEquals(ModemRun.Then.ASK_LATER, ok(run, ModemInfo.DIRTY));
        told(new SessionEvent.ModemErasing());
        assertEquals(ModemRun.Then.ASK, ok(run, 0));
        asks(Modem.WRITE, 0, run);
        told(new SessionEvent.ModemErased(), progress(0));
    }

    @Test
    void anEraseThatRunsAlreadyIsWaitedFor() throws Exception {
        ModemRun run = send();
        assertEquals(ModemRun.Then.ASK, refuse(run, ModemCode.ERASE_PENDING));
        asks(Modem.ERASE, 0, run);
        refuse(run, ModemCode.ERASE_PENDING);
        ok(run, 0);
        told(new SessionEvent.ModemErasing(), new SessionEvent.ModemErased(), progress(0));
    }

    @Test
    void whatTheModemRefusesEndsTheTask() throws Exception {
        ModemRun opening = send();
        assertEquals(ModemRun.Then.END, refuse(opening, -110));
        told(new SessionEvent.ModemRefused("OPEN", -110));
        ModemRun writing = send();
        ok(writing, 0);
        assertEquals(ModemRun.Then.END, refuse(writing, ModemCode.INVALID_UUID));
        told(progress(0), new SessionEvent.ModemRefused("WRITE", ModemCode.INVALID_UUID));
        ModemRun erasing = new ModemRun(new ModemTask.Erase(), BLOCK, events);
        assertEquals(ModemRun.Then.END, refuse(erasing, 13));
        told(new SessionEvent.ModemRefused("ERASE", 13));
    }

    @Test
    void scheduleNamesTheSize() throws Exception {
        ModemRun run = new ModemRun(new ModemTask.Schedule(5_000), BLOCK, events);
        asks(Modem.SCHEDULE, 5_000, run);
        assertEquals(ModemRun.Then.END, ok(run, 0));
        told(new SessionEvent.ModemScheduled());
        ModemRun refused = new ModemRun(new ModemTask.Schedule(5_000), BLOCK, events);
        assertEquals(ModemRun.Then.END, refuse(refused, 19));
        told(new SessionEvent.ModemRefused("SCHEDULE", 19));
    }

    @Test
    void anEraseForItsOwnSakeEndsWithIt() throws Exception {
        ModemRun run = new ModemRun(new ModemTask.Erase(), BLOCK, events);
        asks(Modem.ERASE, 0, run);
        assertEquals(ModemRun.Then.ASK_LATER, refuse(run, ModemCode.ERASE_PENDING));
        assertEquals(ModemRun.Then.END, ok(run, 0));
        told(new SessionEvent.ModemErasing(), new SessionEvent.ModemErased());
    }

    @Test
    void aModemWithMoreThanWasWrittenBreaksTheProtocol() throws Exception {
        ModemRun run = send();
        ok(run, 0);
        assertThrows(MalformedMessageException.class, () -> ok(run, BLOCK + 1));
    }
}
