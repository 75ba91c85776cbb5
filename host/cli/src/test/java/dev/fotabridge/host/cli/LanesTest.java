package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lanes look like, at any size of the terminal. */
final class LanesTest {
    private static final TextStyle PLAIN = new TextStyle(true, false);
    private static final TerminalSize WIDE = new TerminalSize(81, 24);
    private static final long NOW = TimeUnit.SECONDS.toNanos(12);

    private final List<Lane> lanes = new ArrayList<>();

    private Lane lane(String name) {
        Lane lane = new Lane(name, 0);
        lanes.add(lane);
        return lane;
    }

    private List<String> lines(TerminalSize size) {
        return new Lanes(lanes).lines(size, PLAIN, NOW);
    }

    private static void transfer(Lane lane, int percent) {
        lane.event(new BayEvent.PhaseEntered(Phase.TRANSFER), NOW);
        lane.event(new BayEvent.Fota(FotaEvent.DL_PROGRESS, percent), NOW);
        lane.event(new BayEvent.Transfer(1_000L * percent, 100_000, 87_600, 3), NOW);
    }

    private static UpdateRecord ended(Reason reason, String from, String to) {
        UpdateRecord early = UpdateRecord.early(reason, "What happened here.");
        return new UpdateRecord(
                early.unit(),
                Optional.empty(),
                "",
                "",
                "",
                from,
                to,
                "",
                9.5,
                early.spans(),
                early.hostCpuSeconds(),
                early.wire());
    }

    @Test
    void aLaneHasNamePhaseBarPercentSpeedAndTime() {
        transfer(lane("/dev/ttyACM0"), 50);
        assertEquals(
                List.of("/dev/ttyACM0  transfer    [############------------]  50 %  87.6 kB/s       12 s"),
                lines(WIDE));
    }

    @Test
    void beforeTheTransferAndAfterItThePhaseSaysWhatIsAwaited() {
        Lane lane = lane("a");
        lane.event(new BayEvent.PhaseEntered(Phase.CONNECT), NOW);
        assertTrue(
                lines(WIDE).get(0).matches("a  connect +12 s"),
                () -> lines(WIDE).get(0));
        transfer(lane, 99);
        lane.event(new BayEvent.PhaseEntered(Phase.SWAP), NOW);
        assertTrue(
                lines(WIDE).get(0).matches("a  swap +\\[#{23}-\\]  99 % +12 s"),
                () -> lines(WIDE).get(0));
    }

    /** As while the link is lost. */
    @Test
    void withoutBytesThereIsNoSpeed() {
        transfer(lane("a"), 50);
        long later = NOW + TimeUnit.SECONDS.toNanos(2);
        String line = new Lanes(lanes).lines(WIDE, PLAIN, later).get(0);
        assertTrue(line.matches("a  transfer +\\[#{12}-{12}\\]  50 % +14 s"), line);
    }

    @Test
    void anEndStaysWithItsTime() {
        lane("a").end(ended(Reason.SUCCEEDED, "1.0.0", "2.0.0"), TimeUnit.SECONDS.toNanos(9));
        lane("b").end(ended(Reason.UP_TO_DATE, "2.0.0", "2.0.0"), TimeUnit.SECONDS.toNanos(1));
        lane("c").end(ended(Reason.LINK_LOST, "", ""), TimeUnit.SECONDS.toNanos(4));
        List<String> lines = lines(WIDE);
        assertTrue(lines.get(0).matches("a  done +1\\.0\\.0 -> 2\\.0\\.0 +9 s"), lines.get(0));
        assertTrue(lines.get(1).matches("b  up to date +2\\.0\\.0 -> 2\\.0\\.0 +1 s"), lines.get(1));
        assertTrue(lines.get(2).matches("c  failed +LINK_LOST: What happened here\\. +4 s"), lines.get(2));
    }

    /** The end of a path tells ports apart; the bar gives way before the numbers do. */
    @Test
    void aNarrowTerminalKeepsWhatMatters() {
        transfer(lane("/srv/somebody/boards/number-17"), 50);
        assertEquals(
                "...oards/number-17  transfer     50 %  87.6 kB/s    12 s",
                lines(new TerminalSize(57, 24)).get(0));
        assertEquals(
                "...oards/number-17  transfer     50 %              12 s",
                lines(new TerminalSize(56, 24)).get(0));
        assertEquals(
                "...umber-17  transfer        12 s",
                lines(new TerminalSize(34, 24)).get(0));
        assertEquals("...er-17  transfer", lines(new TerminalSize(27, 24)).get(0));
        assertEquals("...er-17  tra...", lines(new TerminalSize(17, 24)).get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 20, 33, 40, 47, 60, 79, 80, 81, 120, 400})
    void noLineReachesTheLastColumn(int columns) {
        transfer(lane("/dev/serial/by-id/usb-SEGGER_J-Link_000960012345-if00"), 73);
        lane("/dev/ttyACM1").end(ended(Reason.WRITE_MISMATCH, "1.0.0", "2.0.0"), 0);
        lane("/dev/ttyACM2").end(ended(Reason.SUCCEEDED, "1.0.0+1234567", "2.0.0+1234567"), 0);
        for (int rows = 1; rows < 6; rows++) {
            for (String line : lines(new TerminalSize(columns, rows))) {
                assertTrue(line.length() <= Math.max(1, columns - 1), line);
            }
        }
    }

    @Test
    void moreLanesThanRowsShowWhoStillRunsAndCountTheRest() {
        for (int i = 0; i < 9; i++) {
            transfer(lane("dk" + i), 10 * i);
        }
        lanes.get(0).end(ended(Reason.SUCCEEDED, "1", "2"), NOW);
        lanes.get(2).end(ended(Reason.LINK_LOST, "1", "2"), NOW);
        List<String> lines = lines(new TerminalSize(80, 5));

        assertEquals(4, lines.size());
        assertTrue(lines.get(0).startsWith("dk1  transfer"), lines.get(0));
        assertTrue(lines.get(1).startsWith("dk3  transfer"), lines.get(1));
        assertTrue(lines.get(2).startsWith("dk4  transfer"), lines.get(2));
        assertEquals("and 6 more: 4 running, 1 done, 1 failed", lines.get(3));
        assertEquals(9, lines(new TerminalSize(80, 10)).size());
        assertEquals(8, lines(new TerminalSize(80, 9)).size());
        assertEquals(1, lines(new TerminalSize(80, 1)).size());
    }

    @Test
    void endsHaveAColour() {
        lane("a").end(ended(Reason.SUCCEEDED, "1", "2"), 0);
        lane("b").end(ended(Reason.LINK_LOST, "1", "2"), 0);
        lane("c");
        List<String> lines = new Lanes(lanes).lines(WIDE, new TextStyle(true, true), NOW);
        assertTrue(lines.get(0).startsWith("\u001B[32ma "), lines.get(0));
        assertTrue(lines.get(1).startsWith("\u001B[31mb "), lines.get(1));
        assertTrue(lines.get(2).startsWith("c "), lines.get(2));
    }

    /** A port's name is the user's; a message may hold what a board has said. */
    @Test
    void nothingInALaneMovesTheCursor() {
        lane("dk\u001B[2J").end(UpdateRecord.early(Reason.LINK_LOST, "gone\n\u001B[A"), 0);
        assertTrue(
                lines(WIDE).get(0).chars().allMatch(c -> c >= ' '), lines(WIDE).get(0));
    }

    @ParameterizedTest
    @CsvSource({"24 80, 80, 24", "'50 200\n', 200, 50", "0 0, 0, 0", "'', 0, 0", "stty: no, 0, 0", "99999999 1, 0, 0"})
    void theSizeIsWhatSttySays(String answer, int columns, int rows) {
        Optional<TerminalSize> expected =
                columns == 0 ? Optional.empty() : Optional.of(new TerminalSize(columns, rows));
        assertEquals(expected, TerminalSize.parse(answer));
    }
}
