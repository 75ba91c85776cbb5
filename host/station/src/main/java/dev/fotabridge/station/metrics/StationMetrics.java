package dev.fotabridge.station.metrics;

import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.control.StationCounts;
import dev.fotabridge.station.control.StationListener;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.control.StationView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The station's metrics by Micrometer, as Prometheus reads them. A bay is a label; a serial number never is, since each new board
 * would be a new time series. {@code docs/station.md} lists all names.
 */
public final class StationMetrics implements StationListener {
    private static final String PREFIX = "fota.station.";
    private static final Duration[] PHASE_BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(100),
        Duration.ofSeconds(300)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private StationMetrics() {}

    /**
     * Makes metrics that listen to the station.
     *
     * @param control the station
     * @param pages tells how many pages are open
     */
    public static StationMetrics of(StationControl control, IntSupplier pages) {
        StationMetrics metrics = new StationMetrics();
        metrics.addGauges(control, pages);
        control.listen(metrics);
        return metrics;
    }

    /** {@return all metrics in Prometheus's text format, version 0.0.4} */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void attemptStored(StationRecord record) {
        String bay = Integer.toString(record.bay());
        counter("attempts", "Attempts that ended", bay, record).increment();
        if (record.isFinal()) {
            counter("runs", "Runs that ended", bay, record).increment();
        }
        Counter.builder(PREFIX + "retries")
                .description("Attempts after the first one of their run")
                .tag("bay", bay)
                .register(registry)
                .increment(record.attempt() > 1 ? 1 : 0);
        bytes("bytes", "Bytes on the serial line", bay).increment(record.bytes());
        bytes("retransmitted", "Bytes that were sent again", bay).increment(record.bytesRetransmitted());
        record.phases().forEach(this::recordPhase);
    }

    @Override
    public void hookFailed(int bay) {
        hookFailures(Integer.toString(bay)).increment();
    }

    private Counter hookFailures(String bay) {
        return Counter.builder(PREFIX + "hook.failures")
                .description("Hooks that failed, or were not started")
                .tag("bay", bay)
                .register(registry);
    }

    private Counter counter(String name, String description, String bay, StationRecord record) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tag("bay", bay)
                .tag("verdict", record.verdict().map(Enum::name).orElse("NONE"))
                .tag("reason", record.reason().map(Enum::name).orElse("NONE"))
                .register(registry);
    }

    private Counter bytes(String name, String description, String bay) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .baseUnit("bytes")
                .tag("bay", bay)
                .register(registry);
    }

    private void recordPhase(String phase, double seconds) {
        Timer.builder(PREFIX + "phase")
                .description("Time of a phase in an attempt")
                .tag("phase", phase)
                .serviceLevelObjectives(PHASE_BUCKETS)
                .register(registry)
                .record(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private void addGauges(StationControl control, IntSupplier pages) {
        figure(control, "records.waiting", "Ends of attempts that are not on disk yet", StationCounts::recordsWaiting);
        figure(control, "untold.ends", "Ends that AWS has not answered yet", StationCounts::untoldEnds);
        figure(control, "untold.oldest.seconds", "Age of the oldest untold end", StationCounts::untoldOldestSeconds);
        figure(control, "disk.free.bytes", "Free space for the records", StationCounts::diskFreeBytes);
        figure(
                control,
                "yield.first.pass.ratio",
                "Share of units whose first run ended PASS",
                figures -> orUnknown(figures.firstPassYield()));
        figure(
                control,
                "yield.final.ratio",
                "Share of units whose last run ended PASS",
                figures -> orUnknown(figures.finalYield()));
        station(control, "ready", "1 if the station takes starts", StationView::isReady);
        station(
                control,
                "stopped",
                "1 if starts are stopped until an engineer resumes",
                it -> !it.stopped().isEmpty());
        Gauge.builder(PREFIX + "pages", pages::getAsInt)
                .description("Pages that are open")
                .register(registry);
        info(control.station());
        for (BayState state : BayState.values()) {
            bays(control, "bays", "Bays in a state", bay -> bay.state() == state, "state", state.name());
        }
        control.bays().forEach(bay -> {
            String number = Integer.toString(bay.bay());
            hookFailures(number);
            bays(
                    control,
                    "bay.locked",
                    "1 if an engineer must unlock the bay",
                    it -> it.bay() == bay.bay() && it.locked(),
                    "bay",
                    number);
            bays(
                    control,
                    "bay.needs.hands",
                    "1 if a person must look after the bay",
                    it -> it.bay() == bay.bay() && it.needsHands(),
                    "bay",
                    number);
        });
    }

    private void info(StationView station) {
        Gauge.builder(PREFIX + "started.seconds", () -> station.started().getEpochSecond())
                .description("When the station was started, in seconds since 1970")
                .tag("station", station.station())
                .tag("version", station.version())
                .register(registry);
    }

    private void figure(
            StationControl control, String name, String description, ToDoubleFunction<StationCounts> value) {
        Gauge.builder(PREFIX + name, () -> value.applyAsDouble(control.station().figures()))
                .description(description)
                .register(registry);
    }

    private void station(StationControl control, String name, String description, Predicate<StationView> holds) {
        Gauge.builder(PREFIX + name, () -> holds.test(control.station()) ? 1 : 0)
                .description(description)
                .register(registry);
    }

    private void bays(
            StationControl control,
            String name,
            String description,
            Predicate<BayView> counts,
            String label,
            String value) {
        Gauge.builder(
                        PREFIX + name,
                        () -> control.bays().stream().filter(counts).count())
                .description(description)
                .tag(label, value)
                .register(registry);
    }

    /** Prometheus's way to say that there is no value yet. */
    private static double orUnknown(Optional<Double> yield) {
        return yield.orElse(Double.NaN);
    }
}
