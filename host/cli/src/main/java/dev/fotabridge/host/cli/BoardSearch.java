package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.thread.WatchedThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Asks all boards that are plugged in who they are. Nothing is sent to a port that is not the console of a known board: it may be
 * somebody's instrument. Tested by FlashBoardsIT.
 */
final class BoardSearch {
    private final Bays bays;
    private final BoardOptions options;
    private final Duration patience;
    private final Map<String, Bay> found = new LinkedHashMap<>();

    BoardSearch(Bays bays, BoardOptions options, Duration patience) {
        this.bays = bays;
        this.options = options;
        this.patience = patience;
    }

    /**
     * Blocks until every free board has answered or its time is over.
     *
     * @throws FotaException INTERRUPTED
     */
    List<AskedPort> ask() throws FotaException {
        ExecutorService threads = WatchedThreads.pool("search", e -> {});
        try {
            List<Future<AskedPort>> asked = new ArrayList<>();
            for (PortReport port : bays.ports()) {
                asked.add(threads.submit(() -> ask(port)));
            }
            List<AskedPort> answers = new ArrayList<>();
            for (Future<AskedPort> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FotaException cause) {
                throw cause;
            }
            throw new IllegalStateException("a port could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the command's thread was interrupted", e);
        } finally {
            threads.shutdown();
        }
    }

    private AskedPort ask(PortReport port) throws FotaException {
        if (!port.boardConsole()) {
            return new AskedPort(port, Optional.empty(), "not the console of an nRF9160 DK");
        }
        if (port.state() != PortReport.State.FREE) {
            return new AskedPort(port, Optional.empty(), port.why());
        }
        Bay bay = bays.bay(options.found(port.path()));
        try {
            AskedPort answer = new AskedPort(port, Optional.of(bay.info(patience)), "");
            keep(port, bay);
            return answer;
        } catch (FotaException e) {
            bay.close();
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
            return new AskedPort(port, Optional.empty(), e.getMessage());
        }
    }

    private synchronized void keep(PortReport port, Bay bay) {
        found.put(port.path(), bay);
    }

    /** Returns the bays of the chosen boards, which hold their ports since they were asked; gives the other ports back. */
    synchronized List<Bay> take(BoardChoice choice) {
        List<Bay> chosen = choice.chosen().stream()
                .map(port -> found.get(port.port().path()))
                .toList();
        found.values().stream().filter(bay -> !chosen.contains(bay)).forEach(Bay::close);
        return chosen;
    }
}
