package dev.fotabridge.protocol.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.message.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final long STREAM = 100_000;
    private static final long MILLIS = 1_000_000;

    private final FragmentSizer sizer = new FragmentSizer(1_000);
    private final SendWindow window = new SendWindow(sizer);

    private void send(int number) {
        window.sent(window.next(STREAM), number);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,true",
        "0,1,true",
        "1,0,false",
        "65535,0,true",
        "0,65535,false",
        "0,32767,true",
        "0,32768,false",
        "40000,5,true"
    })
    void framesAreOrderedModulo65536(int a, int b, boolean atOrBefore) {
        assertEquals(atOrBefore, FrameNumber.atOrBefore(a, b));
        assertEquals(0, FrameNumber.next(65_535));
    }

    @Test
    void sendsNothingBeyondTheCredit() {
        assertNull(window.next(STREAM));
        window.acknowledge(0, List.of(), 0, 1_500);
        assertEquals(new Span(0, 1_000, false), window.next(STREAM));
        send(1);
        assertEquals(new Span(1_000, 1_500, false), window.next(STREAM));
        send(2);
        assertNull(window.next(STREAM));
    }

    @Test
    void sendsNothingBeyondTheStream() {
        window.acknowledge(0, List.of(), 0, 10_000);
        assertEquals(new Span(0, 300, false), window.next(300));
    }

    @Test
    void boundsTheWindowWhateverCreditIsGiven() {
        window.acknowledge(0, List.of(), 0, 0xFFFF_FFFFL);
        for (int frame = 0; window.next(0xFFFF_FFFFL) != null; frame++) {
            window.sent(window.next(0xFFFF_FFFFL), frame);
        }
        assertEquals(SendWindow.MAX_WINDOW_BYTES, window.next());
    }

    @Test
    void repairsOnlyWhatIsLost() {
        window.acknowledge(0, List.of(), 0, 10_000);
        send(1);
        send(2);
        send(3);
        send(4);
        // Frame 2 is lost, frame 4 may still be under way.
        window.acknowledge(1_000, List.of(new Range(2_000, 3_000)), 3, 10_000);
        assertEquals(new Span(1_000, 1_500, true), window.next(STREAM));
        send(5);
        assertEquals(new Span(1_500, 2_000, true), window.next(STREAM));
        send(6);
        assertEquals(new Span(4_000, 4_500, false), window.next(STREAM));
    }

    @Test
    void aRepairThatIsLostIsRepairedAgain() {
        window.acknowledge(0, List.of(), 0, 400);
        send(1);
        window.acknowledge(0, List.of(), 1, 400);
        send(2);
        window.acknowledge(0, List.of(), 1, 400);
        assertNull(window.next(STREAM), "still under way");
        window.acknowledge(0, List.of(), 2, 400);
        assertEquals(new Span(0, 400, true), window.next(STREAM));
    }

    @Test
    void cutsWhatArrivedOutOfALostPiece() {
        window.acknowledge(0, List.of(), 0, 1_000);
        send(1);
        window.acknowledge(100, List.of(new Range(200, 300), new Range(400, 1_000)), 1, 1_000);
        assertEquals(new Span(100, 200, true), window.next(STREAM));
        send(2);
        assertEquals(new Span(300, 400, true), window.next(STREAM));
    }

    @Test
    void fragmentsShrinkOnLossOnceABurstAndGrowAgain() {
        sizer.lost();
        sizer.lost();
        assertEquals(500, sizer.size());
        for (int i = 0; i < 1_000; i++) {
            sizer.delivered();
        }
        assertEquals(1_000, sizer.size());
        for (int i = 0; i < 100; i++) {
            sizer.delivered();
            sizer.lost();
        }
        assertEquals(FragmentSizer.MIN_BYTES, sizer.size());
    }

    @Test
    void whatIsInFlightEndsWithTheFrameThatCoversIt() {
        InFlight inFlight = new InFlight();
        inFlight.sent(65_535, 100, 0);
        inFlight.sent(0, 50, 10);
        inFlight.sent(1, 7, 20);
        assertEquals(157, inFlight.bytes());
        assertEquals(90, inFlight.cover(0, 100));
        assertEquals(7, inFlight.bytes());
        assertEquals(-1, inFlight.cover(0, 200));
    }

    @Test
    void timeOutsFollowTheRoundTripsAndDouble() {
        RoundTripEstimator roundTrip = new RoundTripEstimator();
        assertEquals(300 * MILLIS, roundTrip.timeout(90 * MILLIS, 0));
        roundTrip.sample(8 * MILLIS);
        assertEquals((8 + 4 * 4 + 90 + 20) * MILLIS, roundTrip.timeout(90 * MILLIS, 0));
        assertEquals(2 * (8 + 4 * 4 + 90 + 20) * MILLIS, roundTrip.timeout(90 * MILLIS, 1));
        assertEquals(2_000 * MILLIS, roundTrip.timeout(90 * MILLIS, 50));
        roundTrip.sample(16 * MILLIS);
        assertEquals(9 * MILLIS, roundTrip.smoothed());
        assertTrue(roundTrip.timeout(0, 0) > 20 * MILLIS);
    }
}
