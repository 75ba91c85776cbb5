package dev.fotabridge.station.http;

import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.control.StationView;
import dev.fotabridge.station.metrics.StationMetrics;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the API answers about the station itself, and what other programs watch. Tested by StationServerIT. */
final class StationRoutes {
    private static final int UNAVAILABLE = 503;

    private final StationControl control;
    private final Responses responses;
    private final StationMetrics metrics;

    StationRoutes(StationControl control, Responses responses, StationMetrics metrics) {
        this.control = control;
        this.responses = responses;
        this.metrics = metrics;
    }

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.engineer("/api/v1/resume", context -> responses.answer(context, "resume", control.resume())),
                ApiRoute.engineer("/api/v1/reload", context -> responses.answer(context, "reload", control.reload())),
                ApiRoute.get("/api/v1/unmapped", this::unmapped),
                ApiRoute.get("/health", context -> responses.json(context, Map.of("status", "UP"))),
                ApiRoute.get("/ready", this::ready),
                ApiRoute.get("/metrics", this::metrics));
    }

    private void unmapped(Context context) {
        responses.json(context, Map.of("ports", control.unmapped()));
    }

    private void ready(Context context) {
        StationView station = control.station();
        if (!station.isReady()) {
            context.status(UNAVAILABLE);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ready", station.isReady());
        answer.put("stopped", station.stopped().isEmpty() ? null : station.stopped());
        answer.put("troubles", station.troubles());
        responses.json(context, answer);
    }

    private void metrics(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }
}
