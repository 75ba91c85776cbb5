package dev.fotabridge.station.config;

import dev.fotabridge.station.bay.ScanRule;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.place.BayPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a station.yaml says, with defaults for what it does not say. Paths are absolute; a relative one in the file is relative to the
 * file's directory.
 *
 * @param file the file
 * @param station name of the station; also its MQTT client id
 * @param listen where the API is served
 * @param stateDirectory for ledger, journals and images
 * @param source what boards get
 * @param start what starts a run
 * @param bays in the order of the file; at least one
 * @param attempts most attempts of a run
 * @param lockAfter runs in a row that end FAIL or ERROR until a bay is locked; 0: never
 * @param stopAfter units in a row that end REVERTED or NOT_VERIFIED until all starts are stopped; 0: never
 * @param retest most runs of a unit and a file
 * @param scan what a label must look like; empty if labels are not scanned
 * @param columns what each record says of production
 * @param hooks programs that get each record; each with its arguments
 * @param running most runs at the same time
 * @param token what an engineer proves himself by; empty if there are no engineer's actions
 * @param names names by which a TLS proxy's clients call the station, as in the Host header
 * @param texts file with texts of the page in place of the English ones
 */
public record StationConfig(
        Path file,
        String station,
        ListenAddress listen,
        Path stateDirectory,
        ImageSource source,
        StartKind start,
        List<BayPlace> bays,
        int attempts,
        int lockAfter,
        int stopAfter,
        int retest,
        Optional<ScanRule> scan,
        ProductionColumns columns,
        List<List<String>> hooks,
        int running,
        Optional<Token> token,
        List<String> names,
        Optional<Path> texts) {
    /** Copies the lists. */
    public StationConfig {
        bays = List.copyOf(bays);
        hooks = List.copyOf(hooks);
        names = List.copyOf(names);
    }

    /**
     * A secret that is not printed by accident.
     *
     * @param text the secret
     */
    public record Token(String text) {
        @Override
        public String toString() {
            return "(set)";
        }
    }
}
