package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateForecast;
import dev.fotabridge.host.api.UpdateForecast.Transfer;
import dev.fotabridge.host.bay.ImageDiff;
import dev.fotabridge.host.bay.RateEstimate;
import dev.fotabridge.protocol.upload.UploadEstimate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people read of an update that is not done. */
final class ForecastTextTest {
    private static final BoardReport BOARD = new BoardReport(
            "nrf9160dk_nrf9160_ns",
            "abc",
            "00",
            "0.1.0",
            1,
            new BoardReport.Running("1.0.0", "", "CONFIRMED", false),
            new BoardReport.Slot(0, 0, 4_096, 0, 0, "MOVE", "BLANK"),
            Optional.empty());

    private static UpdateForecast forecast(Optional<BoardReport> board, int pages, int toSend) {
        List<Transfer> transfers = List.of(new Transfer(115_200, 60_000, 5.25), new Transfer(1_000_000, 61_000, 1.5));
        return new UpdateForecast(
                new RunEnd(Reason.SUCCEEDED, ""),
                board,
                "1.0.0",
                "",
                pages,
                toSend,
                pages == 0 ? List.of() : transfers);
    }

    @Test
    void boardVersionsPagesAndEachRateAreNamed() {
        assertEquals(
                List.of(
                        "board:       nrf9160dk_nrf9160_ns, unit abc",
                        "version:     1.0.0 -> unknown version",
                        "pages:       20, 5 equal, 15 to send",
                        "  at  115200 baud:   60000 bytes on the wire,    5.3 s",
                        "  at 1000000 baud:   61000 bytes on the wire,    1.5 s"),
                ForecastText.lines(forecast(Optional.of(BOARD), 20, 15)));
    }

    @Test
    void whatIsNotKnownOrNotSentIsLeftOut() {
        assertEquals(List.of(), ForecastText.lines(forecast(Optional.empty(), 0, 0)));
        assertEquals(3, ForecastText.lines(forecast(Optional.of(BOARD), 20, 0)).size());
    }

    @Test
    void aDiffHasBothCases() {
        RateEstimate rate = new RateEstimate(115_200, new UploadEstimate(20, 20, 40_000, 4));
        List<String> lines = ForecastText.lines(new ImageDiff(4_096, 20, 5, List.of(rate), List.of(rate)));
        assertEquals("pages:       20 of 4096 bytes, 5 equal", lines.get(0));
        assertEquals(5, lines.size());
    }
}
