package dev.fotabridge.station.live;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.release.Release;
import dev.fotabridge.station.release.ReleaseWatch;
import dev.fotabridge.station.run.BoardsPort;
import dev.fotabridge.station.run.CloudPort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The approved release: its bytes are in memory, and its SHA-256 is in the ledger. Any thread may call.
 * Tested by LiveStationIT.
 */
final class ReleaseSource implements Source {
    /** How long a board that is lost may take to come back; a hub that resets takes a few seconds. A line does not wait a minute. */
    static final Duration LINK_PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private Release release;
    private ReleaseWatch watch;

    private ReleaseSource(Path directory) {
        this.directory = directory;
    }

    /**
     * Loads the release, and approves it in the ledger.
     *
     * @throws FotaException why it cannot be used
     */
    static ReleaseSource approved(Path directory, Ledger ledger) throws FotaException {
        ReleaseSource source = new ReleaseSource(directory);
        source.load(ledger, "station");
        return source;
    }

    private synchronized void load(Ledger ledger, String who) throws FotaException {
        Release loaded = Release.load(directory);
        ledger.approve(loaded.fileSha256(), Instant.now(), who);
        release = loaded;
        watch = new ReleaseWatch(loaded);
    }

    @Override
    public String reload(Ledger ledger, String who) throws FotaException {
        load(ledger, who);
        return "Approved: " + words() + ".";
    }

    @Override
    public CloudPort port() {
        return new NoCloud();
    }

    @Override
    public synchronized Optional<NewRun.What> what() {
        return Optional.of(NewRun.What.release(
                release.name(),
                release.fileSha256(),
                release.image().imageHash().orElseThrow(),
                release.image().version().orElse("")));
    }

    @Override
    public Optional<NewRun.What> what(int bay) {
        return what();
    }

    /** The bytes of a file that a run was begun with. */
    @Override
    public synchronized Firmware firmware(BoardsPort.Order order) {
        if (!release.fileSha256().equals(order.fileSha256())) {
            throw new IllegalStateException("not the approved file: " + order.fileSha256());
        }
        return new Firmware(
                release.image(),
                new UpdateOptions(
                        Optional.empty(), CompleteOn.CONFIRMED, release.board(), false, Optional.of(LINK_PATIENCE)));
    }

    @Override
    public synchronized Optional<String> change() {
        return watch.look();
    }

    @Override
    public synchronized String words() {
        return release.name() + " " + release.image().version().orElse("") + ", SHA-256 " + release.fileSha256();
    }

    @Override
    public void close() {
        // The bytes are in memory.
    }
}
