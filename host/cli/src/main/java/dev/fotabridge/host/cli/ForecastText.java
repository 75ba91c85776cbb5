package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fotabridge.host.api.UpdateForecast;
import dev.fotabridge.host.api.UpdateForecast.Transfer;
import dev.fotabridge.host.bay.ImageDiff;
import dev.fotabridge.host.bay.RateEstimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an update would do, for people and as JSON. Tested by ForecastTextTest. */
final class ForecastText {
    private ForecastText() {}

    static List<String> lines(UpdateForecast forecast) {
        List<String> lines = new ArrayList<>();
        forecast.board().ifPresent(board -> {
            lines.add(line("board", board.type() + (board.unit().isEmpty() ? "" : ", unit " + board.unit())));
            lines.add(line("version", known(forecast.from()) + " -> " + known(forecast.to())));
        });
        if (forecast.pages() > 0) {
            int equal = forecast.pages() - forecast.pagesToSend();
            lines.add(
                    line("pages", forecast.pages() + ", " + equal + " equal, " + forecast.pagesToSend() + " to send"));
        }
        if (forecast.pagesToSend() > 0) {
            forecast.transfers().forEach(transfer -> lines.add(transfer(transfer)));
        }
        return lines;
    }

    static List<String> lines(ImageDiff diff) {
        List<String> lines = new ArrayList<>();
        lines.add(line("pages", diff.pages() + " of " + diff.pageBytes() + " bytes, " + diff.equalPages() + " equal"));
        lines.add("If the board runs OLD, and the host has OLD in its cache:");
        transfers(diff.ifRuns()).forEach(transfer -> lines.add(transfer(transfer)));
        lines.add("If slot 1 holds OLD, as after a revert:");
        transfers(diff.ifInSlot()).forEach(transfer -> lines.add(transfer(transfer)));
        return lines;
    }

    private static List<Transfer> transfers(List<RateEstimate> estimates) {
        return estimates.stream()
                .map(e -> new Transfer(
                        e.baud(), e.upload().wireBytes(), e.upload().seconds()))
                .toList();
    }

    private static String transfer(Transfer transfer) {
        return String.format(
                Locale.ROOT,
                "  at %7d baud: %7d bytes on the wire, %6.1f s",
                transfer.baud(),
                transfer.wireBytes(),
                transfer.seconds());
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-12s %s", name + ":", value);
    }

    private static String known(String version) {
        return version.isEmpty() ? "unknown version" : version;
    }

    static void write(JsonGenerator g, UpdateForecast forecast) throws IOException {
        g.writeStringField("reason", forecast.end().reason().name());
        JsonEvents.text(
                g, "boardType", forecast.board().map(board -> board.type()).orElse(""));
        JsonEvents.text(g, "from", forecast.from());
        JsonEvents.text(g, "to", forecast.to());
        g.writeNumberField("pages", forecast.pages());
        g.writeNumberField("pagesToSend", forecast.pagesToSend());
        write(g, "transfers", forecast.transfers());
    }

    static void write(JsonGenerator g, ImageDiff diff) throws IOException {
        g.writeNumberField("pageBytes", diff.pageBytes());
        g.writeNumberField("pages", diff.pages());
        g.writeNumberField("pagesEqual", diff.equalPages());
        write(g, "ifRuns", transfers(diff.ifRuns()));
        write(g, "ifInSlot", transfers(diff.ifInSlot()));
    }

    private static void write(JsonGenerator g, String name, List<Transfer> transfers) throws IOException {
        g.writeArrayFieldStart(name);
        for (Transfer transfer : transfers) {
            g.writeStartObject();
            g.writeNumberField("baud", transfer.baud());
            g.writeNumberField("wireBytes", transfer.wireBytes());
            g.writeNumberField("seconds", Math.round(transfer.seconds() * 1_000) / 1_000.0);
            g.writeEndObject();
        }
        g.writeEndArray();
    }
}
