package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fotabridge.host.api.BoardReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a board says of itself, for people and as JSON. */
final class BoardText {
    private BoardText() {}

    static List<String> lines(BoardReport board) {
        BoardReport.Running running = board.running();
        List<String> lines = new ArrayList<>(List.of(
                line("board", board.type()),
                line("unit", board.unit().isEmpty() ? "not told" : board.unit()),
                line("stub", board.stubVersion() + ", DK Link " + board.protocolVersion()),
                line("runs", told(running.version()) + ", " + words(running.state())),
                line("imageHash", running.imageHash()),
                line("confirms", running.applicationConfirms() ? "the application" : "the host"),
                line("slot 1", slot(board.slot())),
                line("largest image", board.slot().sizeLimit() + " bytes"),
                line("boot id", board.bootId())));
        board.modem().ifPresent(modem -> modem(lines, modem));
        return lines;
    }

    private static String slot(BoardReport.Slot slot) {
        return String.format(
                Locale.ROOT,
                "0x%x, %d bytes, pages of %d, swap by %s, %s",
                slot.base(),
                slot.size(),
                slot.pageSize(),
                words(slot.swapMode()),
                state(slot.state()));
    }

    private static void modem(List<String> lines, BoardReport.Modem modem) {
        if (modem.error().isEmpty()) {
            lines.add(line("modem", told(modem.version()) + ", " + modem.uuid()));
            lines.add(line("modem area", modem.areaSize() + " bytes, " + area(modem)));
        } else {
            lines.add(line("modem", "cannot be asked: " + modem.error()));
        }
        if (!modem.result().isEmpty()) {
            lines.add(line("modem result", modem.result()));
        }
    }

    private static String area(BoardReport.Modem modem) {
        if (modem.dirty()) {
            return "must be erased before it takes a delta";
        }
        return modem.offset() == 0 ? "blank" : "holds " + modem.offset() + " bytes of a delta";
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-14s %s", name + ":", value);
    }

    private static String told(String version) {
        return version.isEmpty() ? "version not told" : version;
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What MCUboot would do at the next restart; the slot's image itself is not looked at. */
    private static String state(String state) {
        return switch (state) {
            case "BLANK" -> "nothing pending";
            case "PENDING_TEST" ->
                "an image pending as a test (swaps in at the next restart, reverts unless confirmed)";
            case "PENDING_PERMANENT" -> "an image pending for good (swaps in at the next restart)";
            case "DIRTY" -> "nothing pending, its trailer holds the rest of an earlier swap";
            default -> words(state);
        };
    }

    static void write(JsonGenerator g, BoardReport board) throws IOException {
        BoardReport.Running running = board.running();
        g.writeStringField("boardType", board.type());
        JsonEvents.text(g, "unit", board.unit());
        g.writeStringField("stubVersion", board.stubVersion());
        g.writeNumberField("protocolVersion", board.protocolVersion());
        JsonEvents.text(g, "appVersion", running.version());
        g.writeStringField("imageHash", running.imageHash());
        g.writeStringField("running", running.state());
        g.writeBooleanField("applicationConfirms", running.applicationConfirms());
        g.writeStringField("bootId", board.bootId());
        writeModem(g, board);
        BoardReport.Slot slot = board.slot();
        g.writeObjectFieldStart("slot");
        g.writeNumberField("base", slot.base());
        g.writeNumberField("size", slot.size());
        g.writeNumberField("pageSize", slot.pageSize());
        g.writeNumberField("imageOffset", slot.imageOffset());
        g.writeNumberField("sizeLimit", slot.sizeLimit());
        g.writeStringField("swapMode", slot.swapMode());
        g.writeStringField("state", slot.state());
        g.writeEndObject();
    }

    private static void writeModem(JsonGenerator g, BoardReport board) throws IOException {
        if (board.modem().isEmpty()) {
            g.writeNullField("modem");
            return;
        }
        BoardReport.Modem modem = board.modem().get();
        g.writeObjectFieldStart("modem");
        JsonEvents.text(g, "error", modem.error());
        JsonEvents.text(g, "result", modem.result());
        JsonEvents.text(g, "version", modem.version());
        JsonEvents.text(g, "uuid", modem.uuid());
        g.writeNumberField("areaSize", modem.areaSize());
        g.writeNumberField("offset", modem.offset());
        g.writeBooleanField("dirty", modem.dirty());
        g.writeEndObject();
    }
}
