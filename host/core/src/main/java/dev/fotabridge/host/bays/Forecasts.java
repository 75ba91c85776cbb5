package dev.fotabridge.host.bays;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateForecast;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.FlashRun;
import dev.fotabridge.host.bay.ForecastRun;
import dev.fotabridge.host.bay.OpenBay;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.bay.RateEstimate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes one forecast of an update. Tested by ForecastIT. */
final class Forecasts {
    private final FlashRun.BaySource place;
    private final BayContext context;
    private final EventSink sink;
    private final int ceilingBaud;
    private String to = "";

    Forecasts(FlashRun.BaySource place, BayContext context, EventSink sink, int ceilingBaud) {
        this.place = place;
        this.context = context;
        this.sink = sink;
        this.ceilingBaud = ceilingBaud;
    }

    /** @throws FotaException if the file or the port is refused */
    UpdateForecast of(Path file, UpdateOptions options) throws FotaException {
        sink.event(new BayEvent.PhaseEntered(Phase.CHECK));
        PreparedImage image = PreparedImage.of(file, options);
        to = image.version();
        image.descriptor().warnings().forEach(warning -> sink.event(new BayEvent.Log(warning)));
        OpenBay bay = place.open();
        sink.event(new BayEvent.BoardSeen(bay.port()));
        ForecastRun run = new ForecastRun(image, options, bay, context, sink, ceilingBaud);
        RunEnd end = run.run();
        List<RateEstimate> estimates = run.estimates();
        return new UpdateForecast(
                end,
                run.board().map(BoardReports::of),
                run.from(),
                to,
                estimates.isEmpty() ? 0 : estimates.get(0).upload().pages(),
                estimates.isEmpty() ? 0 : estimates.get(0).upload().toSend(),
                estimates.stream().map(Forecasts::transfer).toList());
    }

    /** Returns the forecast of an update that would be refused before the board is asked. */
    UpdateForecast refused(FotaException cause) {
        RunEnd end = new RunEnd(cause.reason(), cause.getMessage());
        return new UpdateForecast(end, Optional.empty(), "", to, 0, 0, List.of());
    }

    private static UpdateForecast.Transfer transfer(RateEstimate estimate) {
        return new UpdateForecast.Transfer(
                estimate.baud(),
                estimate.upload().wireBytes(),
                estimate.upload().seconds());
    }
}
