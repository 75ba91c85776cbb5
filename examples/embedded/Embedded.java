import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application with a logging of its own that updates a board from a file, on a bay that it keeps. Arguments: PORT, FILE, state
 * directory.
 */
public final class Embedded {
    private static final Logger LOG = LoggerFactory.getLogger(Embedded.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public static void main(String[] args) {
        int before = Thread.activeCount();
        UpdateRecord record;
        try (Bays bays = FotaBridge.open(Path.of(args[2]), "embedded example")) {
            record = work(bays.bay(new BayConfig(Optional.of(args[0]), Optional.empty(), 1_000_000)), Path.of(args[1]));
        } catch (FotaException e) {
            LOG.error("{}: {} {}", e.reason(), e.getMessage(), e.reason().whatToTry());
            System.exit(e.reason().exitCode());
            return;
        }
        System.out.println(record.reason() + " " + record.message());
        LOG.info("threads before {}, after {}", before, Thread.activeCount());
        System.exit(record.reason().exitCode());
    }

    /** Several commands, one after the other. */
    private static UpdateRecord work(Bay bay, Path file) throws FotaException {
        bay.observe((origin, event) -> {
            if (event instanceof BayEvent.PhaseEntered entered) {
                LOG.info("{} {}", origin.board(), entered.phase());
            }
        });
        BoardReport board = bay.info(PATIENCE);
        LOG.info("{} runs {}", board.type(), board.running().version());
        UpdateOptions options =
                new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
        UpdateRecord record = bay.update(file, options);
        LOG.info("now it runs {}", bay.info(PATIENCE).running().version());
        return record;
    }
}
