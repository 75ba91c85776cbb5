package dev.fotabridge.station.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.PortReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hands plug boards in, take them out, exchange them within a poll and reset them, at six sockets of which four are bays. What the events
 * say must at each look be what a simple rule says of the sockets themselves.
 */
@Tag("sim")
final class PlaceWatchSimTest {
    private static final int SOCKETS = 6;
    private static final int BAYS = 4;
    private static final int LOOKS = 120;
    private static final long SECOND = 1_000_000_000L;

    /** A board in a socket. */
    private record Board(String port, String serial) {}

    private final Map<Integer, Board> sockets = new HashMap<>();
    private final Map<Integer, Board> said = new HashMap<>();
    private final Map<Integer, Board> lastThere = new HashMap<>();
    private final Map<Integer, Long> emptySince = new HashMap<>();
    private int nextPort;

    @ParameterizedTest
    @CsvSource("1,2000")
    void whatTheEventsSayIsWhatStandsThere(long from, long to) {
        for (long seed = from; seed <= to; seed++) {
            play(seed);
        }
    }

    private void play(long seed) {
        List.of(sockets, said, lastThere).forEach(Map::clear);
        emptySince.clear();
        Random random = new Random(seed);
        PlaceWatch watch = new PlaceWatch(IntStream.rangeClosed(1, BAYS)
                .mapToObj(bay -> new BayPlace(bay, BayPlace.Kind.USB, usbPath(bay), "", bay))
                .toList());
        long now = 0;
        for (int look = 0; look < LOOKS; look++) {
            for (int acts = random.nextInt(4); acts > 0; acts--) {
                act(random);
            }
            now += 50_000_000L + random.nextInt(400_000_000);
            watch.scan(new PlaceScan(ports(), Map.of()), now);
            String where = "seed " + seed + ", look " + look;
            for (Optional<PlaceEvent> event = watch.poll(); event.isPresent(); event = watch.poll()) {
                take(event.get(), where);
            }
            compare(now, where);
            assertEquals(unmapped(), watch.unmapped().size(), where);
        }
    }

    private void act(Random random) {
        int socket = 1 + random.nextInt(SOCKETS);
        Board there = sockets.get(socket);
        switch (random.nextInt(5)) {
            case 0 -> sockets.put(socket, new Board(port(), "board-" + random.nextInt(8)));
            case 1 -> sockets.remove(socket);
            case 2 -> sockets.computeIfPresent(socket, (key, board) -> new Board(port(), board.serial()));
            case 3 -> exchange(socket, 1 + random.nextInt(SOCKETS));
            default -> {
                // Back as it was before the next look, or at a later one.
                if (there == null && lastThere.containsKey(socket)) {
                    sockets.put(socket, lastThere.get(socket));
                }
            }
        }
    }

    private void exchange(int one, int other) {
        Board first = sockets.remove(one);
        Board second = one == other ? null : sockets.remove(other);
        Optional.ofNullable(first).ifPresent(board -> sockets.put(other, board));
        Optional.ofNullable(second).ifPresent(board -> sockets.put(one, board));
    }

    private String port() {
        return "/dev/ttyACM" + nextPort++;
    }

    private static String usbPath(int socket) {
        return "pci-0000:00:14.0-usb-0:" + socket;
    }

    private List<PortReport> ports() {
        List<PortReport> ports = new ArrayList<>();
        sockets.forEach((socket, board) -> {
            ports.add(report(board.port(), board.serial(), socket, 0));
            ports.add(report(board.port() + "b", board.serial(), socket, 2));
        });
        return ports;
    }

    private static PortReport report(String path, String serial, int socket, int number) {
        return new PortReport(path, serial, number, "", usbPath(socket), number == 0, PortReport.State.FREE, "");
    }

    private long unmapped() {
        return 2 * sockets.keySet().stream().filter(socket -> socket > BAYS).count();
    }

    private void take(PlaceEvent event, String where) {
        if (event instanceof PlaceEvent.Came came) {
            assertEquals(null, said.put(came.bay(), new Board(came.port(), came.probe())), where + ": came twice");
        } else if (event instanceof PlaceEvent.Left left) {
            assertTrue(said.remove(left.bay()) != null, where + ": left without having come");
        } else if (event instanceof PlaceEvent.Moved moved) {
            Board board = said.get(moved.bay());
            assertTrue(board != null && !board.port().equals(moved.port()), where + ": moved to where it was");
            said.put(moved.bay(), new Board(moved.port(), board.serial()));
        }
    }

    private void compare(long now, String where) {
        for (int bay = 1; bay <= BAYS; bay++) {
            Board there = sockets.get(bay);
            if (there != null) {
                assertEquals(there, said.get(bay), where + ", bay " + bay);
                lastThere.put(bay, there);
                emptySince.remove(bay);
            } else {
                emptySince.putIfAbsent(bay, now);
                boolean isGone = now - emptySince.get(bay) >= SECOND;
                assertEquals(isGone ? null : lastThere.get(bay), said.get(bay), where + ", empty bay " + bay);
                if (isGone) {
                    lastThere.remove(bay);
                }
            }
        }
    }
}
