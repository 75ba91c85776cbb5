package dev.fotabridge.station.control;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.place.UnmappedPort;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A station without boards: it shows what a test sets, and notes what it is asked. Answers as the real one does, as far as tests need. */
public final class FakeStation implements StationControl {
    public static final Instant BEGIN = Instant.parse("2026-11-30T08:00:00Z");

    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    public String version = "0.1.0";
    public String stopped = "";
    public Instant started = BEGIN;
    /** So many records can be read, then the disk fails. */
    public volatile int readable = Integer.MAX_VALUE;

    public final List<String> troubles = new ArrayList<>();
    public StationCounts figures = new StationCounts(1, 2, 33, 4_000_000_000L, Optional.of(0.9), Optional.empty());

    private final Map<Integer, FakeBay> bays = new TreeMap<>();
    private final Map<Integer, List<BayLine>> lines = new HashMap<>();
    private final Map<String, CommandAnswer> byKey = new HashMap<>();
    private final List<StationListener> listeners = new ArrayList<>();
    private final List<StationRecord> records = new ArrayList<>();

    public FakeStation(int count) {
        IntStream.rangeClosed(1, count).forEach(number -> bays.put(number, new FakeBay(number)));
    }

    /** Changes a bay, and tells it. */
    public synchronized void change(int number, Consumer<FakeBay> how) {
        how.accept(bays.get(number));
        BayView view = bays.get(number).view();
        listeners.forEach(listener -> listener.bayChanged(view));
    }

    /** Tells that the station itself has changed. */
    public synchronized void stationChanged() {
        listeners.forEach(listener -> listener.stationChanged(station()));
    }

    public synchronized void line(int bay, boolean isConsole, String text) {
        List<BayLine> all = lines.computeIfAbsent(bay, it -> new ArrayList<>());
        BayLine line = new BayLine(all.size() + 1, BEGIN, isConsole, text);
        all.add(line);
        listeners.forEach(listener -> listener.lineAdded(bay, line));
    }

    /** Stores the end of an attempt. */
    public synchronized StationRecord store(int bay, String unit, Verdict verdict, Reason reason) {
        return store(bay, unit, verdict, reason, 1);
    }

    /** The same, after other attempts of the run. */
    public synchronized StationRecord store(int bay, String unit, Verdict verdict, Reason reason, int attempt) {
        StationRecord record = record(records.size() + 1, bay, unit, verdict, reason, attempt);
        records.add(record);
        listeners.forEach(listener -> listener.attemptStored(record));
        return record;
    }

    private static StationRecord record(long seq, int bay, String unit, Verdict verdict, Reason reason, int attempt) {
        String hash = "ab".repeat(32);
        return new StationRecord(
                seq,
                "id-" + seq,
                "run-" + seq,
                true,
                attempt,
                "",
                "line-1",
                "",
                bay,
                "F-" + bay,
                "",
                "",
                "",
                "",
                "",
                unit,
                "10500" + bay,
                "",
                Optional.of(verdict),
                Optional.of(reason),
                "The board answered, \"confirmed\".",
                BEGIN,
                Optional.of(BEGIN.plusMillis(12_345)),
                Optional.of(12.345),
                false,
                StartKind.BUTTON,
                "2.0.0",
                hash,
                hash,
                hash,
                "1.9.0",
                "2.0.0",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                Optional.of(RunStage.PROVEN),
                false,
                "",
                "0.1.0",
                "1.0.0",
                new TreeMap<>(Map.of("TRANSFER", 7.5, "SWAP", 2.25)),
                310_000,
                120,
                75);
    }

    @Override
    public StationView station() {
        return new StationView(
                "line-1",
                "",
                version,
                started,
                StartKind.BUTTON,
                "2.0.0 (sha256 abab…)",
                "",
                stopped,
                List.copyOf(troubles),
                figures);
    }

    @Override
    public synchronized List<BayView> bays() {
        return bays.values().stream().map(FakeBay::view).toList();
    }

    @Override
    public synchronized List<BayLine> lines(int bay) {
        return List.copyOf(lines.getOrDefault(bay, List.of()));
    }

    @Override
    public synchronized CommandAnswer start(StartRequest request) {
        asked.add(request.toString());
        CommandAnswer before = byKey.get(request.key());
        FakeBay bay = bays.get(request.bay());
        if (before != null) {
            return before.bay().equals(Optional.of(request.bay()))
                    ? before
                    : CommandAnswer.of(422, "KEY_OF_ANOTHER_BAY", "This key belongs to another bay.");
        } else if (request.after().filter(seen -> !seen.equals(bay.runId)).isPresent()) {
            return new CommandAnswer(409, "RUN_SINCE", "Another run came since.", Optional.of(bay.number), bay.runId);
        } else if (bay.locked) {
            return CommandAnswer.of(423, "LOCKED", "Bay " + bay.number + " is locked: an engineer unlocks it.");
        } else if (bay.state != BayState.READY && bay.state != BayState.ENDED) {
            return CommandAnswer.of(409, "NO_BOARD", "No board is in bay " + bay.number + ": plug one in.");
        }
        bay.runId = "run-" + (byKey.size() + 1) + "-of-" + bay.number;
        bay.verdict = Optional.empty();
        change(bay.number, it -> it.running(Phase.CONNECT, 0));
        CommandAnswer answer = new CommandAnswer(202, "ACCEPTED", "", Optional.of(bay.number), bay.runId);
        byKey.put(request.key(), answer);
        return answer;
    }

    @Override
    public CommandAnswer abort(int bay, String run) {
        asked.add("abort " + bay + " " + run);
        change(bay, it -> it.ended(Verdict.ABORTED, Reason.INTERRUPTED));
        return new CommandAnswer(202, "ACCEPTED", "", Optional.of(bay), run);
    }

    @Override
    public CommandAnswer unlock(int bay) {
        asked.add("unlock " + bay);
        change(bay, it -> it.locked = false);
        return new CommandAnswer(200, "UNLOCKED", "Bay " + bay + " is unlocked.", Optional.of(bay), "");
    }

    @Override
    public synchronized CommandAnswer scan(String text, Optional<Integer> bay) {
        asked.add("scan " + text + " " + bay);
        Optional<FakeBay> waiting = bays.values().stream()
                .filter(it -> it.state == BayState.NEEDS_SCAN)
                .filter(it -> bay.isEmpty() || it.number == bay.get())
                .findFirst();
        if (waiting.isEmpty()) {
            return CommandAnswer.of(409, "NOBODY_WAITS", "No bay waits for a label.");
        }
        int number = waiting.get().number;
        change(number, it -> {
            it.state = BayState.READY;
            it.identity = new UnitIdentity(it.identity.unit(), it.identity.probe(), text);
        });
        return new CommandAnswer(200, "SCANNED", "", Optional.of(number), "");
    }

    @Override
    public CommandAnswer resume() {
        stopped = "";
        stationChanged();
        return CommandAnswer.of(200, "RESUMED", "Starts are allowed again.");
    }

    @Override
    public CommandAnswer reload() {
        return CommandAnswer.of(200, "RELOADED", "Release 2.0.0 is approved.");
    }

    @Override
    public CommandAnswer correct(RecordCorrection correction) throws IOException {
        requireReadable(0);
        asked.add(correction.toString());
        return CommandAnswer.of(200, "CORRECTED", "The correction is stored.");
    }

    @Override
    public List<UnmappedPort> unmapped() {
        return List.of(new UnmappedPort(
                new PortReport(
                        "/dev/ttyACM7",
                        "1050999",
                        0,
                        "J-Link",
                        "pci-0000:00:14.0-usb-0:9",
                        true,
                        PortReport.State.FREE,
                        ""),
                "No bay stands at pci-0000:00:14.0-usb-0:9."));
    }

    @Override
    public synchronized RecordPage records(RecordQuery query) throws IOException {
        requireReadable(0);
        List<StationRecord> found = matching(query);
        List<StationRecord> page = found.subList(0, Math.min(query.limit(), found.size()));
        return new RecordPage(
                List.copyOf(page),
                found.size() > page.size()
                        ? Optional.of(page.get(page.size() - 1).seq())
                        : Optional.empty());
    }

    @Override
    public void export(RecordSink sink) throws IOException {
        int count = 0;
        for (StationRecord record : List.copyOf(records)) {
            requireReadable(count++);
            sink.accept(record);
        }
    }

    private void requireReadable(int index) throws IOException {
        if (index >= readable) {
            throw new IOException("the disk is broken.");
        }
    }

    private synchronized List<StationRecord> matching(RecordQuery query) {
        List<StationRecord> found = new ArrayList<>(records.stream()
                .filter(it -> it.seq() < query.before())
                .filter(it -> it.unit().startsWith(query.search()))
                .filter(it -> query.bay().isEmpty() || query.bay().get() == it.bay())
                .toList());
        Collections.reverse(found);
        return found;
    }

    @Override
    public synchronized List<BayView> listen(StationListener listener) {
        listeners.add(listener);
        return bays();
    }
}
