package dev.fotabridge.station.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.source.SourceTree;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.control.FakeStation;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class StationMetricsTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(fota_station_\\w+)` \\| (\\w+) \\|");

    private static final Pattern NAME = Pattern.compile("fota_station_\\w+");

    private final FakeStation station = new FakeStation(2);
    private final StationMetrics metrics = StationMetrics.of(station, () -> 4);

    private void has(String line) {
        String scraped = metrics.scrape();
        assertTrue(scraped.lines().anyMatch(line::equals), () -> line + " is not in\n" + scraped);
    }

    @Test
    void attemptsCountByBayVerdictAndReason() {
        station.store(1, "A-1", Verdict.PASS, Reason.SUCCEEDED);
        station.store(1, "A-2", Verdict.PASS, Reason.SUCCEEDED);
        station.store(2, "A-3", Verdict.FAIL, Reason.REVERTED);
        has("fota_station_runs_total{bay=\"1\",reason=\"SUCCEEDED\",verdict=\"PASS\"} 2.0");
        has("fota_station_attempts_total{bay=\"2\",reason=\"REVERTED\",verdict=\"FAIL\"} 1.0");
        has("fota_station_bytes_total{bay=\"1\"} 620000.0");
        has("fota_station_retransmitted_bytes_total{bay=\"2\"} 120.0");
        has("fota_station_phase_seconds_sum{phase=\"TRANSFER\"} 22.5");
        has("fota_station_phase_seconds_bucket{phase=\"SWAP\",le=\"3.0\"} 3");
    }

    @Test
    void anAttemptAfterTheFirstOneIsARetry() {
        station.store(1, "A-1", Verdict.PASS, Reason.SUCCEEDED);
        has("fota_station_retries_total{bay=\"1\"} 0.0");
        station.store(1, "A-2", Verdict.PASS, Reason.SUCCEEDED, 2);
        has("fota_station_retries_total{bay=\"1\"} 1.0");
    }

    @Test
    void gaugesFollowTheStation() {
        has("fota_station_bays{state=\"EMPTY\"} 2.0");
        has("fota_station_yield_first_pass_ratio 0.9");
        has("fota_station_yield_final_ratio NaN");
        has("fota_station_untold_oldest_seconds 33.0");
        has("fota_station_ready 1.0");
        has("fota_station_pages 4.0");
        station.change(2, bay -> bay.running(Phase.SWAP, 100).locked = true);
        station.troubles.add("the disk is full");
        has("fota_station_bays{state=\"RUNNING\"} 1.0");
        has("fota_station_bay_locked{bay=\"2\"} 1.0");
        has("fota_station_bay_locked{bay=\"1\"} 0.0");
        has("fota_station_ready 0.0");
    }

    /** A new label value for each board would be a new time series for each board. */
    @Test
    void noUnitIsALabel() {
        station.store(1, "A-4711", Verdict.PASS, Reason.SUCCEEDED);
        assertFalse(metrics.scrape().contains("A-4711"));
    }

    @Test
    void theDocumentListsEveryMetric() throws IOException {
        station.store(1, "A-1", Verdict.PASS, Reason.SUCCEEDED);
        String document = Files.readString(SourceTree.ROOT.resolve("docs/station.md"));
        Set<String> served = rows(TYPE, metrics.scrape());
        assertEquals(served, rows(ROW, document));
        assertTrue(served.size() >= 16);
    }

    /** A panel of a metric that is not there stays empty, and nobody asks why. */
    @Test
    void theDashboardAsksForMetricsThatExist() throws IOException {
        station.store(1, "A-1", Verdict.PASS, Reason.SUCCEEDED);
        JsonNode dashboard = new ObjectMapper()
                .readTree(SourceTree.ROOT.resolve("docs/grafana/station.json").toFile());
        String scraped = metrics.scrape();
        Set<String> asked = new TreeSet<>();
        dashboard
                .findValuesAsText("expr")
                .forEach(query -> NAME.matcher(query).results().forEach(name -> asked.add(name.group())));
        assertEquals(
                Set.of(),
                asked.stream().filter(name -> !scraped.contains("\n" + name)).collect(Collectors.toSet()));
        assertTrue(asked.size() >= 15, asked::toString);
    }

    private static Set<String> rows(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult row) -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
