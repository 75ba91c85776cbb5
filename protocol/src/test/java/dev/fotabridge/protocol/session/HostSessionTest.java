package dev.fotabridge.protocol.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.board.SampleBoards;
import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSessionTest {
    private static final int PAGE = ModelStub.PAGE;

    private final ModelStub stub = new ModelStub();
    private final Pair pair = new Pair(stub, 1);
    private final byte[] image = SampleBoards.image(10 * PAGE + 77, 5);

    @BeforeEach
    void connect() {
        pair.host.connect(0);
    }

    @Test
    void learnsWhatTheBoardIs() {
        assertEquals(
                "model",
                pair.await(SessionEvent.Connected.class).board().identity().board());
    }

    @Test
    void uploadsVerifiesMarksAndResets() {
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.CLEAN), pair.now);
        assertEquals(new SessionEvent.UploadPlanned(11, 11, false), pair.await(SessionEvent.UploadPlanned.class));
        pair.await(SessionEvent.Verified.class);
        assertArrayEquals(image, Arrays.copyOf(stub.slot, image.length));
        assertEquals(new SessionEvent.Progress(11, image.length, image.length), lastProgress());
        pair.host.mark(pair.now);
        pair.await(SessionEvent.Marked.class);
        assertTrue(stub.pending);
        pair.host.reset(pair.now);
        pair.await(SessionEvent.Resetting.class);
        assertEquals(Deadline.NEVER, pair.host.deadline());
        assertEquals(SessionState.CLOSED, pair.host.state());
    }

    private SessionEvent lastProgress() {
        return pair.events.stream()
                .filter(SessionEvent.Progress.class::isInstance)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Test
    void sendsOnlyWhatIsWrong() {
        System.arraycopy(image, 0, stub.slot, 0, image.length);
        stub.slot[3 * PAGE] ^= 1;
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.CLEAN), pair.now);
        assertEquals(1, pair.await(SessionEvent.UploadPlanned.class).toSend());
        pair.await(SessionEvent.Verified.class);
        assertEquals(1, pair.host.stats().pagesSent());
        assertEquals(10, pair.host.stats().pagesSkipped());
    }

    @Test
    void aComparisonAloneChangesNothingAndAnUploadMayFollow() {
        System.arraycopy(image, 0, stub.slot, 0, image.length);
        stub.pending = true;
        pair.await(SessionEvent.Connected.class);
        pair.host.compareSlot(SampleBoards.upload(image, Upload.Trust.CLEAN), pair.now);
        assertTrue(pair.await(SessionEvent.Compared.class).slot().isWhole());
        stub.slot[3 * PAGE] ^= 1;
        pair.host.compareSlot(SampleBoards.upload(image, Upload.Trust.CLEAN), pair.now);
        assertFalse(pair.await(SessionEvent.Compared.class).slot().isWhole());
        assertTrue(stub.pending, "BEGIN would have made the slot harmless");

        pair.host.upload(SampleBoards.upload(image, Upload.Trust.CLEAN), pair.now);
        assertEquals(1, pair.await(SessionEvent.UploadPlanned.class).toSend());
    }

    @Test
    void rewritesTheFrontier() {
        System.arraycopy(image, 0, stub.slot, 0, 4 * PAGE);
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.UNKNOWN), pair.now);
        assertEquals(8, pair.await(SessionEvent.UploadPlanned.class).toSend());
    }

    @Test
    void sendsRefusedPagesOnceMore() {
        stub.refuse = 3;
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.CLEAN), pair.now);
        pair.await(SessionEvent.Verified.class);
        assertEquals(14, pair.host.stats().pagesSent());
        assertArrayEquals(image, Arrays.copyOf(stub.slot, image.length));
    }

    /** Page 3 reads right, but its program may have been cut: the record that was refused has not mended it. */
    @Test
    void refusedPagesAreStillInDoubt() {
        System.arraycopy(image, 0, stub.slot, 0, 4 * PAGE);
        stub.refuse = 2;
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.UNCLEAN), pair.now);
        pair.await(SessionEvent.Verified.class);
        assertTrue(stub.forced.get(3), "page 3 was not erased");
        assertTrue(stub.forced.get(4), "page 4 was not erased");
        assertArrayEquals(image, Arrays.copyOf(stub.slot, image.length));
    }

    @Test
    void anImageThatDidNotVerifyIsWrittenWholeEvenIfRecordsAreRefused() {
        System.arraycopy(image, 0, stub.slot, 0, image.length);
        stub.refuse = 3;
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.NOTHING), pair.now);
        pair.await(SessionEvent.Verified.class);
        assertEquals(11, stub.forced.cardinality());
    }

    @Test
    void acceptsWhatIsPendingAlready() {
        System.arraycopy(image, 0, stub.slot, 0, image.length);
        stub.pending = true;
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.UNCLEAN), pair.now);
        assertEquals(new SessionEvent.UploadPlanned(11, 0, true), pair.await(SessionEvent.UploadPlanned.class));
        pair.await(SessionEvent.Verified.class);
    }

    @Test
    void abortsInTheMiddle() {
        pair.await(SessionEvent.Connected.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.CLEAN), pair.now);
        pair.await(SessionEvent.Progress.class);
        pair.host.abort(pair.now);
        pair.await(SessionEvent.Aborted.class);
        assertFalse(stub.pending);
    }

    @Test
    void confirmsAndGoesOn() {
        pair.await(SessionEvent.Connected.class);
        pair.host.confirm(new byte[32], pair.now);
        pair.await(SessionEvent.Confirmed.class);
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.NOTHING), pair.now);
        pair.await(SessionEvent.Verified.class);
    }

    @Test
    void refusesCommandsInTheWrongState() {
        assertThrows(IllegalStateException.class, () -> pair.host.mark(0));
        assertThrows(IllegalStateException.class, () -> pair.host.connect(0));
        assertThrows(IllegalStateException.class, () -> pair.host.reset(0));
        assertThrows(IllegalStateException.class, () -> pair.host.abort(0));
    }

    /** The board starts anew right behind its WELCOME: the caller learns of the one first, and answers it. */
    @Test
    void ignoresCommandsWhileItsFailureWaitsToBePolled() {
        ByteBuffer hello = ByteBuffer.allocate(100);
        pair.host.transmit(hello, 0);
        stub.receive(Arrays.copyOf(hello.array(), hello.position()));
        stub.restart();
        pair.host.receive(ByteBuffer.wrap(stub.take()), 0);
        assertInstanceOf(SessionEvent.Connected.class, pair.host.poll());
        pair.host.upload(SampleBoards.upload(image, Upload.Trust.CLEAN), 0);
        pair.host.confirm(new byte[32], 0);
        pair.host.abort(0);
        pair.host.reset(0);
        SessionEvent.Failed failed = assertInstanceOf(SessionEvent.Failed.class, pair.host.poll());
        assertEquals(SessionFailure.BOARD_RESTARTED, failed.failure());
        assertThrows(IllegalStateException.class, () -> pair.host.reset(0));
    }

    /** Nothing that holds an LF arrives; the session says so instead of waiting for a WELCOME, or for progress. */
    @Test
    void namesALineThatTurnsNewlinesIntoTwoBytes() {
        byte[] welcome = FrameEncoder.encode(new Frame(0x81, 0x0A0A, 1, new byte[] {'\n', (byte) 0xFF, 'x'}));
        ByteBuffer changed = ByteBuffer.allocate(100);
        for (byte b : welcome) {
            changed.put(b == '\n' ? new byte[] {'\r', '\n'} : new byte[] {b});
        }
        for (int i = 0; i < 3; i++) {
            pair.host.receive(changed.duplicate().flip(), pair.now);
        }
        SessionEvent.Failed failed = assertInstanceOf(SessionEvent.Failed.class, pair.host.poll());
        assertEquals(SessionFailure.LINE_CHANGED, failed.failure());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 10, 50})
    void survivesALossyLine(int lossOneIn) {
        for (int seed = 0; seed < 20; seed++) {
            ModelStub board = new ModelStub();
            Pair lossy = new Pair(board, seed);
            lossy.lossOneIn = lossOneIn;
            lossy.host.connect(0);
            lossy.await(SessionEvent.Connected.class);
            lossy.host.upload(SampleBoards.upload(image, Upload.Trust.CLEAN), lossy.now);
            lossy.await(SessionEvent.Verified.class);
            assertArrayEquals(image, Arrays.copyOf(board.slot, image.length));
        }
    }
}
