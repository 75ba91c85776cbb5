package dev.fotabridge.station.page;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.station.config.StationFile;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.http.HttpSettings;
import dev.fotabridge.station.http.StationServer;
import dev.fotabridge.station.live.LiveStation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A station with its page, and real processes as boards. It may be stopped and opened again, at the same address. */
final class RealStation implements AutoCloseable {
    private final Path directory;
    private final List<String> settings;
    private final int bays;
    private final Map<Integer, VirtualDk> boards = new TreeMap<>();
    private LiveStation station;
    private StationServer server;
    private int port;

    /**
     * @param directory for everything
     * @param bays so many
     * @param settings lines of its station.yaml, beside name, address, state and bays
     */
    RealStation(Path directory, int bays, String... settings) {
        this.directory = directory;
        this.bays = bays;
        this.settings = List.of(settings);
    }

    /** Plugs a board in: a virtual one, with these options. */
    void plugIn(int bay, String... options) throws Exception {
        VirtualDkOptions all = VirtualDkOptions.in(Files.createDirectories(home(bay)))
                .with("--unit-id", "unit-" + bay)
                .with(options);
        boards.put(bay, VirtualDk.start(all));
    }

    /** Pulls a board out. */
    void pull(int bay) {
        boards.get(bay).kill();
    }

    void open() throws Exception {
        station = LiveStation.open(StationFile.read(Files.write(directory.resolve("station.yaml"), lines())), "test");
        server = StationServer.start(station.control(), HttpSettings.local(port));
        port = server.port();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(
                List.of("station: line-1", "line: virtual boards", "listen: 127.0.0.1:0", "stateDirectory: state"));
        lines.addAll(settings);
        lines.add("bays:");
        for (int bay = 1; bay <= bays; bay++) {
            lines.add("  - {bay: " + bay + ", port: " + home(bay).resolve("port") + "}");
        }
        return lines;
    }

    private Path home(int bay) {
        return directory.resolve("board-" + bay);
    }

    StationControl control() {
        return station.control();
    }

    String url() {
        return server.url();
    }

    /** Ends station and server, as when their computer is switched off in order. */
    void stop() {
        if (server != null) {
            server.close();
            station.close();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        boards.values().forEach(VirtualDk::close);
    }
}
