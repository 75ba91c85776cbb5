package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fotabridge.host.update.BoardVersion;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.board.SlotInfo;
import dev.fotabridge.protocol.board.SlotState;
import dev.fotabridge.protocol.modem.ModemCode;
import dev.fotabridge.protocol.modem.ModemResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a board says of itself, for people and as JSON. */
final class BoardText {
    private BoardText() {}

    static List<String> lines(BoardInfo board) {
        SlotInfo slot = board.slot();
        List<String> lines = new ArrayList<>(List.of(
                line("board", board.identity().board()),
                line(
                        "unit",
                        board.identity().unit().isEmpty()
                                ? "not told"
                                : board.identity().unit()),
                line(
                        "stub",
                        board.identity().stubVersion() + ", DK Link "
                                + board.link().protocolVersion()),
                line("runs", version(board) + ", " + lower(board.running().state())),
                line("imageHash", board.running().imageHash()),
                line("confirms", board.running().applicationConfirms() ? "the application" : "the host"),
                line(
                        "slot 1",
                        String.format(
                                Locale.ROOT,
                                "0x%x, %d bytes, pages of %d, swap by %s, %s",
                                slot.base(),
                                slot.size(),
                                slot.pageSize(),
                                lower(slot.swapMode()),
                                state(slot.state()))),
                line("largest image", slot.sizeLimit() + " bytes"),
                line("boot id", board.identity().bootId())));
        board.modem().ifPresent(modem -> modem(lines, modem));
        return lines;
    }

    private static void modem(List<String> lines, ModemInfo modem) {
        if (modem.error() != 0) {
            lines.add(line("modem", "cannot be asked: " + ModemCode.name(modem.error())));
        } else {
            lines.add(line(
                    "modem", (modem.version().isEmpty() ? "version not told" : modem.version()) + ", " + modem.uuid()));
            lines.add(line("modem area", modem.areaBytes() + " bytes, " + area(modem)));
        }
        if (modem.result() != ModemResult.NONE.code()) {
            lines.add(line("modem result", ModemResult.name(modem.result())));
        }
    }

    private static String area(ModemInfo modem) {
        if (modem.offset() == ModemInfo.DIRTY) {
            return "must be erased before it takes a delta";
        }
        return modem.offset() == 0 ? "blank" : "holds " + modem.offset() + " bytes of a delta";
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-14s %s", name + ":", value);
    }

    private static String version(BoardInfo board) {
        return BoardVersion.of(board).isEmpty() ? "version not told" : BoardVersion.of(board);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What MCUboot would do at the next restart; the slot's image itself is not looked at. */
    private static String state(SlotState state) {
        return switch (state) {
            case BLANK -> "nothing pending";
            case PENDING_TEST -> "an image pending as a test (swaps in at the next restart, reverts unless confirmed)";
            case PENDING_PERMANENT -> "an image pending for good (swaps in at the next restart)";
            case DIRTY -> "nothing pending, its trailer holds the rest of an earlier swap";
        };
    }

    private static void writeModem(JsonGenerator g, BoardInfo board) throws IOException {
        if (board.modem().isEmpty()) {
            g.writeNullField("modem");
            return;
        }
        ModemInfo modem = board.modem().get();
        g.writeObjectFieldStart("modem");
        JsonEvents.text(g, "error", modem.error() == 0 ? "" : ModemCode.name(modem.error()));
        JsonEvents.text(g, "result", modem.result() == 0 ? "" : ModemResult.name(modem.result()));
        JsonEvents.text(g, "version", modem.version());
        JsonEvents.text(g, "uuid", modem.uuid());
        g.writeNumberField("areaSize", modem.areaBytes());
        g.writeNumberField("offset", modem.offset());
        g.writeBooleanField("dirty", modem.offset() == ModemInfo.DIRTY);
        g.writeEndObject();
    }

    static void write(JsonGenerator g, BoardInfo board) throws IOException {
        SlotInfo slot = board.slot();
        g.writeStringField("boardType", board.identity().board());
        JsonEvents.text(g, "unit", board.identity().unit());
        g.writeStringField("stubVersion", board.identity().stubVersion());
        g.writeNumberField("protocolVersion", board.link().protocolVersion());
        JsonEvents.text(g, "appVersion", BoardVersion.of(board));
        g.writeStringField("imageHash", board.running().imageHash());
        g.writeStringField("running", board.running().state().name());
        g.writeBooleanField("applicationConfirms", board.running().applicationConfirms());
        g.writeStringField("bootId", board.identity().bootId());
        writeModem(g, board);
        g.writeObjectFieldStart("slot");
        g.writeNumberField("base", slot.base());
        g.writeNumberField("size", slot.size());
        g.writeNumberField("pageSize", slot.pageSize());
        g.writeNumberField("imageOffset", slot.imageOffset());
        g.writeNumberField("sizeLimit", slot.sizeLimit());
        g.writeStringField("swapMode", slot.swapMode().name());
        g.writeStringField("state", slot.state().name());
        g.writeEndObject();
    }
}
