package dev.fotabridge.station.http;

import dev.fotabridge.station.control.BayLine;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.control.StationListener;
import dev.fotabridge.station.control.StationView;
import dev.fotabridge.station.text.RecordJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Gives what changes at the station a number that rises, and hands it to every page that listens. A page begins with a snapshot, and
 * gets what has a greater number than that. Never blocks; any thread may call.
 */
final class StreamHub implements StationListener {
    /** In the place of a bay's number: the station itself. */
    static final int STATION = 0;
    /** Pages at once; each holds a thread of the server. */
    static final int MOST_CLIENTS = 48;

    static final long NANOS_A_MILLI = 1_000_000;
    private static final double NANOS_A_SECOND = 1e9;

    private final String start;
    private final LongSupplier nanos;
    private final Map<Integer, Tile> newest = new LinkedHashMap<>();
    private final Set<StreamClient> clients = new LinkedHashSet<>();
    private StationView station;
    private long number;
    private boolean closed;

    /**
     * @param isTold whether the station has told it, rather than that it was read at the begin
     */
    private record Tile(BayView bay, long since, boolean isTold) {}

    /**
     * A client and what it begins with.
     *
     * @param client gets what comes later
     * @param id of the snapshot
     * @param station as it is now
     * @param bays as they are now, in their order
     */
    record Opening(StreamClient client, String id, StationView station, List<BayView> bays) {}

    private StreamHub(StationView station, List<BayView> bays, LongSupplier nanos) {
        this.station = station;
        this.start = Long.toString(station.started().toEpochMilli());
        this.nanos = nanos;
        // The order is the one of station.yaml from here on.
        bays.forEach(bay -> newest.put(bay.bay(), new Tile(bay, nanos.getAsLong(), false)));
    }

    /** Makes one that listens to the station. */
    static StreamHub of(StationControl control, LongSupplier nanos) {
        StreamHub hub = new StreamHub(control.station(), control.bays(), nanos);
        hub.catchUp(control.listen(hub));
        return hub;
    }

    /** A bay that was told meanwhile is newer than what was read. */
    private synchronized void catchUp(List<BayView> read) {
        for (BayView bay : read) {
            if (!newest.get(bay.bay()).isTold()) {
                newest.put(bay.bay(), new Tile(bay, nanos.getAsLong(), false));
            }
        }
    }

    @Override
    public synchronized void bayChanged(BayView bay) {
        newest.put(bay.bay(), new Tile(bay, nanos.getAsLong(), true));
        sendTile(bay.bay(), "bay", bay);
    }

    @Override
    public synchronized void stationChanged(StationView changed) {
        station = changed;
        sendTile(STATION, "station", changed);
    }

    @Override
    public synchronized void lineAdded(int bay, BayLine line) {
        Optional<String> data = clients.stream().anyMatch(client -> client.wantsLines(bay))
                ? Optional.of(RecordJson.of(line))
                : Optional.empty();
        data.ifPresent(text -> clients.stream()
                .filter(client -> client.wantsLines(bay))
                .forEach(client -> client.offerLine(new StreamMessage("line", "", text))));
    }

    private void sendTile(int of, String event, Record data) {
        number++;
        if (!clients.isEmpty()) {
            StreamMessage message = new StreamMessage(event, id(), RecordJson.of(data));
            clients.stream().filter(client -> client.wants(of)).forEach(client -> client.offerTile(of, message));
        }
    }

    private String id() {
        return start + "." + number;
    }

    /**
     * Adds a client.
     *
     * @param bay the only bay that it looks at; empty for all
     * @throws ApiProblem if there are too many, or the server is closed
     */
    synchronized Opening open(Optional<Integer> bay) {
        if (closed || clients.size() == MOST_CLIENTS) {
            throw new ApiProblem(
                    503, "TOO_MANY_PAGES", "The station serves " + MOST_CLIENTS + " pages at once; close one.");
        }
        StreamClient client = new StreamClient(bay);
        clients.add(client);
        List<BayView> bays = new ArrayList<>();
        newest.values().stream()
                .filter(tile -> client.wants(tile.bay().bay()))
                .forEach(tile -> bays.add(tile.bay().later((nanos.getAsLong() - tile.since()) / NANOS_A_SECOND)));
        return new Opening(client, id(), station, bays);
    }

    synchronized void remove(StreamClient client) {
        clients.remove(client);
    }

    synchronized int clients() {
        return clients.size();
    }

    /** Ends all streams, also those that begin later. */
    synchronized void close() {
        closed = true;
        clients.forEach(StreamClient::close);
    }
}
