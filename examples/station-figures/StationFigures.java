import dev.fotabridge.host.api.AwsFotaConfig;
import dev.fotabridge.host.api.AwsFotaEvent;
import dev.fotabridge.host.api.AwsFotaStation;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.JobsTransport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Works off one job for each of many boards, as a station would, and prints what that took of this process: the measured half of
 * {@code fota-bridge bench station}. Standard input has one board a line, {@code THING PORT}.
 */
public final class StationFigures {
    private static final long LIMIT_SECONDS = 300;
    private static final double SECOND = 1e9;

    private final Path certificates;
    private final String host;
    private final int port;
    private final Path state;
    private final Set<String> waiting = new HashSet<>();
    private final List<String> failed = new ArrayList<>();
    private long firstStart = Long.MAX_VALUE;
    private long lastDone;

    private StationFigures(String host, int port, Path certificates, Path state) {
        this.host = host;
        this.port = port;
        this.certificates = certificates;
        this.state = state;
    }

    /** Arguments: HOST, PORT, directory with station.crt, station.key and ca.pem, state directory. */
    public static void main(String[] args) throws Exception {
        long cpu = cpuNanos();
        StationFigures figures =
                new StationFigures(args[0], Integer.parseInt(args[1]), Path.of(args[2]), Path.of(args[3]));
        List<String> boards = new String(System.in.readAllBytes()).lines().toList();
        figures.run(boards);
        System.out.println(figures.json(boards.size(), cpuNanos() - cpu));
        System.exit(figures.failed.isEmpty() ? 0 : 1);
    }

    private void run(List<String> boards) throws InterruptedException {
        boards.forEach(board -> waiting.add(board.split(" ")[0]));
        try (AwsFotaStation station = AwsFotaStation.attach(this::connection, this::take)) {
            for (String board : boards) {
                String[] words = board.split(" ");
                station.add(AwsFotaConfig.of(host, port, words[0], words[1], state).withCa(ca()));
            }
            awaitAll();
        }
    }

    private JobsTransport connection(int number) {
        ClientFiles files = new ClientFiles(
                certificates.resolve("station.crt"),
                certificates.resolve("station.key"),
                Optional.empty(),
                Optional.of(ca()));
        try {
            return FotaBridge.connection(host, port, FotaBridge.clientId("station-1", number), files);
        } catch (FotaException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Path ca() {
        return certificates.resolve("ca.pem");
    }

    private synchronized void take(String thing, AwsFotaEvent event) {
        if (event.type() == FotaEvent.START) {
            firstStart = Math.min(firstStart, System.nanoTime());
        } else if (event.type() == FotaEvent.DONE || event.type() == FotaEvent.ERROR) {
            lastDone = System.nanoTime();
            waiting.remove(thing);
            if (event.type() == FotaEvent.ERROR) {
                failed.add(thing + ": " + event.message());
                System.err.println(failed.get(failed.size() - 1));
            }
            notifyAll();
        }
    }

    private synchronized void awaitAll() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!waiting.isEmpty() && System.nanoTime() < deadline) {
            wait(1_000);
        }
        waiting.forEach(thing -> failed.add(thing + ": no end in " + LIMIT_SECONDS + " s"));
    }

    private String json(int boards, long cpuNanos) throws IOException {
        return String.format(
                Locale.ROOT,
                "{\"seconds\":%.3f,\"failed\":%d,\"rss_mib\":%.1f,\"threads\":%d,\"cpu_per_board_s\":%.3f}",
                (lastDone - firstStart) / SECOND,
                failed.size(),
                peakKib() / 1024.0,
                ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                cpuNanos / SECOND / boards);
    }

    /** The most memory that this process ever had, VmHWM of Linux. */
    private static long peakKib() throws IOException {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            String[] words = line.split(":\\s*", 2);
            status.put(words[0], words[1]);
        }
        return Long.parseLong(status.get("VmHWM").split(" ")[0]);
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
