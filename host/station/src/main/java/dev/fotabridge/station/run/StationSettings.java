package dev.fotabridge.station.run;

import dev.fotabridge.station.bay.AttemptRule;
import dev.fotabridge.station.bay.RetestRule;
import dev.fotabridge.station.bay.ScanRule;
import dev.fotabridge.station.bay.StartKind;
import java.util.List;
import java.util.Optional;

/**
 * What a station is told by its configuration.
 *
 * @param bays numbers of the bays, in the order of the configuration
 * @param mode what starts runs
 * @param scan what a label must look like; empty if none is needed
 * @param attempts whether a run tries again by itself
 * @param retest whether a unit may run again
 * @param running runs that are carried out at a time
 */
public record StationSettings(
        List<Integer> bays,
        StartKind mode,
        Optional<ScanRule> scan,
        AttemptRule attempts,
        RetestRule retest,
        int running) {}
