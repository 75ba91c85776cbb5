package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which boards are updated when all are meant. */
final class BoardChoiceTest {
    private static final String NRF9160 = "nrf9160dk_nrf9160_ns";

    private static PortReport port(String name) {
        return new PortReport("/dev/" + name, "960012345", 0, "J-Link", "", true, PortReport.State.FREE, "");
    }

    private static AskedPort silent(String name, String why) {
        return new AskedPort(port(name), Optional.empty(), why);
    }

    private static AskedPort board(String name, String type, boolean modem) {
        BoardReport board = new BoardReport(
                type,
                "dk-7",
                "0",
                "1.0",
                1,
                new BoardReport.Running("1.0.0", "cc", "CONFIRMED", false),
                new BoardReport.Slot(0, 0, 4096, 0, 0, "MOVE", "BLANK"),
                modem ? Optional.of(new BoardReport.Modem("", "", "1", "u", 0, 0, false)) : Optional.empty());
        return new AskedPort(port(name), Optional.of(board), "");
    }

    private static List<String> paths(List<AskedPort> ports) {
        return ports.stream().map(port -> port.port().path()).toList();
    }

    @Test
    void whatDoesNotAnswerIsLeftOutWithItsCause() throws Exception {
        BoardChoice choice = BoardChoice.of(
                List.of(
                        board("ttyACM0", NRF9160, false),
                        silent("ttyACM1", "not the console of an nRF9160 DK"),
                        silent("ttyACM2", "not the console of an nRF9160 DK"),
                        silent("ttyACM3", "in use by minicom (process 4711)"),
                        board("ttyACM6", NRF9160, false)),
                Optional.empty(),
                false);
        assertEquals(List.of("/dev/ttyACM0", "/dev/ttyACM6"), paths(choice.chosen()));
        assertEquals(
                List.of(
                        "Board: /dev/ttyACM0  960012345  nrf9160dk_nrf9160_ns, runs 1.0.0, unit dk-7",
                        "Board: /dev/ttyACM6  960012345  nrf9160dk_nrf9160_ns, runs 1.0.0, unit dk-7",
                        "Left out: /dev/ttyACM1, /dev/ttyACM2: not the console of an nRF9160 DK",
                        "Left out: /dev/ttyACM3: in use by minicom (process 4711)"),
                BoardList.lines(choice));
    }

    @Test
    void anotherTypeThanTheNamedOneIsLeftOut() throws Exception {
        List<AskedPort> asked = List.of(board("a", NRF9160, false), board("b", "thingy91_nrf9160_ns", false));
        BoardChoice choice = BoardChoice.of(asked, Optional.of("nrf9160dk"), false);
        assertEquals(List.of("/dev/a"), paths(choice.chosen()));
        assertEquals(
                "the board is thingy91_nrf9160_ns, not nrf9160dk",
                choice.leftOut().get(0).why());
        assertEquals(
                List.of(),
                BoardChoice.of(asked, Optional.of("nrf5340dk"), false).chosen());
    }

    /** The file does not say for which of them it is, so nobody may guess. */
    @Test
    void severalTypesNeedOneThatIsNamed() {
        List<AskedPort> asked = List.of(board("a", NRF9160, false), board("b", "thingy91_nrf9160_ns", false));
        FotaException several = assertThrows(FotaException.class, () -> BoardChoice.of(asked, Optional.empty(), false));
        assertEquals(Reason.SEVERAL_BOARDS, several.reason());
        assertTrue(several.getMessage().contains("thingy91_nrf9160_ns at /dev/b"), several.getMessage());
        assertTrue(several.getMessage().contains("--board"), several.getMessage());
    }

    @Test
    void aModemDeltaNeedsAModem() throws Exception {
        BoardChoice choice =
                BoardChoice.of(List.of(board("a", NRF9160, false), board("b", NRF9160, true)), Optional.empty(), true);
        assertEquals(List.of("/dev/b"), paths(choice.chosen()));
        assertTrue(choice.leftOut().get(0).why().contains("modem delta"), choice.toString());
    }
}
