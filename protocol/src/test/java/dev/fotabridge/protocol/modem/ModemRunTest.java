package dev.fotabridge.protocol.modem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.board.SampleBoards;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Modem;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table at the end of SPEC.md section 11. */
class ModemRunTest {
    private static final byte[] DELTA = SampleBoards.image(5_000, 1);
    private static final int BLOCK = 2_000;

    private final Recorder recorder = new Recorder();

    private ModemRun send() {
        return new ModemRun(new ModemTask.Send(DELTA), BLOCK, recorder);
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

    /** Asserts what the listener was told since the last call. */
    private void assertEvents(String... wanted) {
        assertEquals(List.of(wanted), recorder.heard);
        recorder.heard.clear();
    }

    private static String progress(long bytes) {
        return "progress " + bytes + " of " + DELTA.length;
    }

    private static final class Recorder implements ModemListener {
        final List<String> heard = new ArrayList<>();

        @Override
        public void erasing() {
            heard.add("erasing");
        }

        @Override
        public void erased() {
            heard.add("erased");
        }

        @Override
        public void progress(long bytes, long total) {
            heard.add("progress " + bytes + " of " + total);
        }

        @Override
        public void written() {
            heard.add("written");
        }

        @Override
        public void scheduled() {
            heard.add("scheduled");
        }

        @Override
        public void refused(String operation, int code) {
            heard.add(refusal(operation, code));
        }
    }

    private static String refusal(String operation, int code) {
        return "refused " + operation + " " + code;
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
        assertEvents(progress(0), progress(452), "written");
    }

    @Test
    void goesOnWhereTheModemIs() throws Exception {
        ModemRun run = send();
        ok(run, 452);
        asks(Modem.WRITE, 452, run);
        assertEvents(progress(452));
    }

    @Test
    void aCompleteDeltaIsNotWrittenAgain() throws Exception {
        ModemRun run = send();
        assertEquals(ModemRun.Then.END, ok(run, DELTA.length));
        assertEvents(progress(DELTA.length), "written");
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
        assertEvents("erasing");
        assertEquals(ModemRun.Then.ASK, ok(run, 0));
        asks(Modem.WRITE, 0, run);
        assertEvents("erased", progress(0));
    }

    @Test
    void anEraseThatRunsAlreadyIsWaitedFor() throws Exception {
        ModemRun run = send();
        assertEquals(ModemRun.Then.ASK, refuse(run, ModemCode.ERASE_PENDING));
        asks(Modem.ERASE, 0, run);
        refuse(run, ModemCode.ERASE_PENDING);
        ok(run, 0);
        assertEvents("erasing", "erased", progress(0));
    }

    @Test
    void whatTheModemRefusesEndsTheTask() throws Exception {
        ModemRun opening = send();
        assertEquals(ModemRun.Then.END, refuse(opening, -110));
        assertEvents(refusal("OPEN", -110));
        ModemRun writing = send();
        ok(writing, 0);
        assertEquals(ModemRun.Then.END, refuse(writing, ModemCode.INVALID_UUID));
        assertEvents(progress(0), refusal("WRITE", ModemCode.INVALID_UUID));
        ModemRun erasing = new ModemRun(new ModemTask.Erase(), BLOCK, recorder);
        assertEquals(ModemRun.Then.END, refuse(erasing, 13));
        assertEvents(refusal("ERASE", 13));
    }

    @Test
    void scheduleNamesTheSize() throws Exception {
        ModemRun run = new ModemRun(new ModemTask.Schedule(5_000), BLOCK, recorder);
        asks(Modem.SCHEDULE, 5_000, run);
        assertEquals(ModemRun.Then.END, ok(run, 0));
        assertEvents("scheduled");
        ModemRun refused = new ModemRun(new ModemTask.Schedule(5_000), BLOCK, recorder);
        assertEquals(ModemRun.Then.END, refuse(refused, 19));
        assertEvents(refusal("SCHEDULE", 19));
    }

    @Test
    void anEraseForItsOwnSakeEndsWithIt() throws Exception {
        ModemRun run = new ModemRun(new ModemTask.Erase(), BLOCK, recorder);
        asks(Modem.ERASE, 0, run);
        assertEquals(ModemRun.Then.ASK_LATER, refuse(run, ModemCode.ERASE_PENDING));
        assertEquals(ModemRun.Then.END, ok(run, 0));
        assertEvents("erasing", "erased");
    }

    @Test
    void aModemWithMoreThanWasWrittenBreaksTheProtocol() throws Exception {
        ModemRun run = send();
        ok(run, 0);
        assertThrows(MalformedMessageException.class, () -> ok(run, BLOCK + 1));
    }
}
