package dev.fotabridge.station.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The station's running slots, given in the order in which they are asked for. For one thread at a time. */
final class Slots {
    private final int count;
    private final Set<String> holders = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    /** @param count how many runs are carried out at a time, at least 1 */
    Slots(int count) {
        this.count = count;
    }

    void ask(String run) {
        waiting.add(run);
    }

    /** The run does not need its slot any more, or does not wait for one. */
    void release(String run) {
        holders.remove(run);
        waiting.remove(run);
    }

    /** {@return the next run that gets a slot; empty if there is none, or no slot} */
    Optional<String> next() {
        Optional<String> first = holders.size() < count ? waiting.stream().findFirst() : Optional.empty();
        first.ifPresent(run -> {
            waiting.remove(run);
            holders.add(run);
        });
        return first;
    }
}
