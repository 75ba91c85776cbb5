package dev.fotabridge.station.control;

import dev.fotabridge.station.bay.StartKind;
import java.time.Instant;
import java.util.List;

/**
 * The station itself, as others see it. Texts are empty where nothing is known.
 * Tested by StationServerIT.
 *
 * @param station its name
 * @param line name of the production line
 * @param version version of FOTA Bridge
 * @param started when this process began; it tells one run of the station from the next
 * @param start what starts runs
 * @param source what boards get: name and SHA-256 of the release, or where the jobs come from
 * @param operator who works here, as scanned
 * @param stopped why all starts are stopped until an engineer resumes; empty if they are not
 * @param troubles sentences about what keeps the station from working, such as a full disk; empty if it is ready
 * @param figures counts and amounts
 */
public record StationView(
        String station,
        String line,
        String version,
        Instant started,
        StartKind start,
        String source,
        String operator,
        String stopped,
        List<String> troubles,
        StationCounts figures) {
    /**
     * {@return whether another view says the same to a person; amounts that change all the time do not count} Tested by LiveStationIT.
     *
     * @param other of the same station
     */
    public boolean saysTheSame(StationView other) {
        return operator.equals(other.operator)
                && source.equals(other.source)
                && stopped.equals(other.stopped)
                && troubles.equals(other.troubles)
                && figures.recordsWaiting() == other.figures.recordsWaiting()
                && figures.untoldEnds() == other.figures.untoldEnds();
    }

    /** {@return whether the station takes starts} */
    public boolean isReady() {
        return stopped.isEmpty() && troubles.isEmpty();
    }
}
