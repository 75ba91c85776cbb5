package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.station.config.BayMapFile;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.LearnedMap;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at the ports until the map is learned, and says what it sees. Tested by StationLearnIT. */
final class MapLesson {
    private static final long LOOK_MILLIS = 250;

    private final StationLearnCommand command;
    private final Path path;
    private final BayMapFile file;
    private final LearnedMap map;
    private int learned;
    private long lastChange;

    /** @throws FotaException CONFIGURATION if the file cannot be added to */
    MapLesson(StationLearnCommand command, Path path, Optional<Integer> first) throws FotaException {
        this.command = command;
        this.path = path;
        file = BayMapFile.open(path);
        map = new LearnedMap(file.bays(), first.orElse(LearnedMap.numberBehind(file.bays())));
    }

    /** Learns, and returns the exit code. */
    int learn() throws FotaException {
        // Before the note: a board that is plugged in right after it is a new one.
        map.look(command.bays().ports());
        note("Plug a board into one bay after the other. Ctrl-C ends it; each bay is saved at once.");
        lastChange = System.nanoTime();
        take();
        while (!command.isInterrupted() && !isOver()) {
            command.pause(LOOK_MILLIS);
            map.look(command.bays().ports());
            take();
        }
        return end();
    }

    private void note(String sentence) {
        if (!command.common.quiet) {
            command.streams().note(sentence);
        }
    }

    private boolean isOver() {
        boolean isLate = command.common.timeout.isPresent()
                && System.nanoTime() - lastChange
                        >= command.common.timeout.get().toNanos();
        return command.count.filter(wanted -> learned >= wanted).isPresent() || isLate;
    }

    private void take() throws FotaException {
        for (var event = map.poll(); event.isPresent() && !isOver(); event = map.poll()) {
            take(event.get());
        }
    }

    private void take(LearnedMap.Event event) throws FotaException {
        if (event instanceof LearnedMap.Event.Learned bay) {
            file.add(bay.place());
            learned++;
            lastChange = System.nanoTime();
            print(bay.place(), bay.probe());
        } else {
            note(sentence(event));
        }
    }

    private void print(BayPlace place, String probe) {
        if (command.common.json) {
            command.json().line("BAY", g -> {
                g.writeNumberField("bay", place.bay());
                g.writeStringField("usb", place.address());
                JsonEvents.text(g, "serialNumber", probe);
            });
        } else {
            command.streams()
                    .data("bay " + place.bay() + "  " + place.address()
                            + (probe.isEmpty() ? "" : "  (board " + probe + ")"));
        }
    }

    private static String sentence(LearnedMap.Event event) {
        if (event instanceof LearnedMap.Event.Known known) {
            return "This is bay " + known.place().bay() + " already: "
                    + known.place().address() + ".";
        } else if (event instanceof LearnedMap.Event.Before before) {
            return "Plugged in already, at no bay: " + String.join(", ", before.usbPaths())
                    + ". Take these boards out and plug them in, one after the other.";
        } else if (event instanceof LearnedMap.Event.Several several) {
            return "Several boards came at once: " + String.join(", ", several.usbPaths())
                    + ". Take them out and plug them in, one after the other.";
        }
        return "The USB place of " + ((LearnedMap.Event.NoPlace) event).port()
                + " cannot be told: this system shows neither udev's data nor /sys. Use 'port:' for this bay.";
    }

    private int end() {
        String what = learned + (learned == 1 ? " bay was" : " bays were") + " learned; the map is in " + path + ".";
        Reason reason = command.isInterrupted() ? Reason.INTERRUPTED : Reason.SUCCEEDED;
        if (command.common.json) {
            command.json().result(UpdateRecord.early(reason, what));
        } else {
            note(learned == 0 ? "No bay was learned." : what);
        }
        return reason.exitCode();
    }
}
