package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.station.config.BayMapFile;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.LearnedMap;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code station learn}: which socket is which bay. Tested by StationLearnIT. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        description = {
            "Learns which USB socket is which bay: plug a board into one bay after the other, in their order.",
            "Each bay is added to the station's file at once; a file that is not there is begun. Bays that are known stay as they are.",
            "Ends after --bays bays, when no board has come for --timeout, or at Ctrl-C, with exit code 130. Opens no port."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station learn --config station.yaml",
            "  fota-bridge station learn --config station.yaml --bays 8 --first 9"
        })
final class StationLearnCommand extends BaseCommand {
    private static final long LOOK_MILLIS = 250;

    @Option(names = "--bays", paramLabel = "N", description = "How many bays to learn (default: until Ctrl-C).")
    Optional<Integer> count;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "Number of the first bay that is learned (default: behind the highest in the file).")
    Optional<Integer> first;

    private int learned;
    private long lastChange;

    @Override
    void interrupt() {
        super.interrupt();
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    int execute() throws FotaException {
        Path path = common.config.orElseThrow();
        requireNumbers();
        BayMapFile file = BayMapFile.open(path);
        LearnedMap map = new LearnedMap(file.bays(), first.orElse(LearnedMap.numberBehind(file.bays())));
        // Before the note: a board that is plugged in right after it is a new one.
        map.look(bays().ports());
        if (!common.quiet) {
            streams().note("Plug a board into one bay after the other. Ctrl-C ends it; each bay is saved at once.");
        }
        lastChange = System.nanoTime();
        take(map, file);
        while (!isInterrupted() && !isOver()) {
            pause();
            map.look(bays().ports());
            take(map, file);
        }
        return end(path);
    }

    private void requireNumbers() throws FotaException {
        if (count.orElse(1) < 1 || first.orElse(1) < 1) {
            throw new FotaException(Reason.CONFIGURATION, "--bays and --first must be at least 1.");
        }
    }

    private boolean isOver() {
        boolean isLate = common.timeout.isPresent()
                && System.nanoTime() - lastChange >= common.timeout.get().toNanos();
        return count.filter(wanted -> learned >= wanted).isPresent() || isLate;
    }

    private synchronized void pause() {
        if (isInterrupted()) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.timedWait(this, LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            super.interrupt();
        }
    }

    private void take(LearnedMap map, BayMapFile file) throws FotaException {
        for (var event = map.poll(); event.isPresent() && !isOver(); event = map.poll()) {
            take(event.get(), file);
        }
    }

    private void take(LearnedMap.Event event, BayMapFile file) throws FotaException {
        if (event instanceof LearnedMap.Event.Learned bay) {
            file.add(bay.place());
            learned++;
            lastChange = System.nanoTime();
            print(bay.place(), bay.probe());
        } else if (!common.quiet) {
            streams().note(sentence(event));
        }
    }

    private void print(BayPlace place, String probe) {
        if (common.json) {
            json().line("BAY", g -> {
                g.writeNumberField("bay", place.bay());
                g.writeStringField("usb", place.address());
                JsonEvents.text(g, "serialNumber", probe);
            });
        } else {
            streams()
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

    private int end(Path path) {
        String what = learned + (learned == 1 ? " bay was" : " bays were") + " learned; the map is in " + path + ".";
        Reason reason = isInterrupted() ? Reason.INTERRUPTED : Reason.SUCCEEDED;
        if (common.json) {
            json().result(UpdateRecord.early(reason, what));
        } else if (!common.quiet) {
            streams().note(learned == 0 ? "No bay was learned." : what);
        }
        return reason.exitCode();
    }
}
