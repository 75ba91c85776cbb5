package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.value.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which boards {@code --all} has chosen and which ports it left out, for people and as JSON. Tested by BoardChoiceTest. */
final class BoardList {
    private BoardList() {}

    static List<String> lines(BoardChoice choice) {
        List<String> lines = new ArrayList<>();
        choice.chosen().forEach(port -> lines.add(chosen(port)));
        // A DK alone has two further ports: one line for each cause.
        Map<String, List<String>> paths = new LinkedHashMap<>();
        choice.leftOut()
                .forEach(port -> paths.computeIfAbsent(port.why(), why -> new ArrayList<>())
                        .add(port.port().path()));
        paths.forEach((why, ports) -> lines.add(PlainText.line("Left out: " + String.join(", ", ports) + ": " + why)));
        return lines;
    }

    private static String chosen(AskedPort port) {
        BoardReport board = port.board().orElseThrow();
        String serial = port.port().serialNumber();
        String unit = board.unit().isEmpty() ? "" : ", unit " + board.unit();
        return PlainText.line(String.format(
                Locale.ROOT,
                "Board: %s  %s  %s, runs %s%s",
                port.port().path(),
                serial.isEmpty() ? "-" : serial,
                board.type(),
                board.running().version().isEmpty()
                        ? "an unknown version"
                        : board.running().version(),
                unit));
    }

    static void print(BoardChoice choice, JsonEvents json) {
        for (AskedPort port : choice.chosen()) {
            String path = port.port().path();
            json.ofBay(path, () -> Optional.of(path)).line("CHOSEN", g -> {
                port(g, port);
                BoardText.write(g, port.board().orElseThrow());
            });
        }
        choice.leftOut()
                .forEach(port -> json.ofAllBays().line("LEFT_OUT", g -> {
                    port(g, port);
                    g.writeStringField("why", port.why());
                }));
    }

    private static void port(JsonGenerator g, AskedPort port) throws IOException {
        g.writeStringField("port", port.port().path());
        JsonEvents.text(g, "serialNumber", port.port().serialNumber());
    }
}
