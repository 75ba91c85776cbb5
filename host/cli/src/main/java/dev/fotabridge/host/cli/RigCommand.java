package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rig scan}. Tested by RigScanIT. */
@Command(
        name = "rig",
        mixinStandardHelpOptions = true,
        description = "The boards of a test rig.",
        subcommands = RigCommand.Scan.class,
        footerHeading = "%nExamples:%n",
        footer = {"  fota-bridge rig scan --output rig.yaml"})
final class RigCommand extends CommandGroup {
    /** Writes the rig's file. */
    @Command(
            name = "scan",
            mixinStandardHelpOptions = true,
            description =
                    "Asks all boards that are plugged in who they are, and writes a rig.yaml of those that answer, for tests with"
                            + " @FotaBoard.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fota-bridge rig scan",
                "  fota-bridge rig scan --output rig.yaml",
                "  fota-bridge rig scan --port /dev/ttyUSB3 --output ~/.config/fota-bridge/rig.yaml --force"
            })
    static final class Scan extends BaseCommand {
        /** A board that answers does so within a second, unless it is just being updated. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "The file to write; without it, its text goes to standard output.")
        Optional<Path> output;

        @Option(names = "--force", description = "Replaces FILE, if it is there.")
        boolean force;

        @Option(
                names = {"-p", "--port"},
                paramLabel = "PORT",
                description =
                        "Asks the board at this port, too: a virtual one, or one behind an adapter of its own. Given"
                                + " again, the next port.")
        List<String> ports = List.of();

        @Mixin
        RateOptions rates;

        private final List<ScannedBoard> boards = new ArrayList<>();
        private final List<String> silent = new ArrayList<>();

        @Override
        int execute() throws FotaException {
            requireFree();
            search();
            for (String port : ports) {
                ask(port);
            }
            silent.forEach(streams()::note);
            if (boards.isEmpty()) {
                throw new FotaException(Reason.NO_BOARD, "No board has answered.");
            }
            write(RigText.of(boards));
            if (!silent.isEmpty()) {
                throw new FotaException(
                        Reason.PARTIAL,
                        silent.size() + " of " + (boards.size() + silent.size()) + " boards did not answer.");
            }
            return done();
        }

        private void requireFree() throws FotaException {
            if (output.isPresent() && !force && Files.exists(output.get())) {
                throw new FotaException(
                        Reason.USAGE,
                        output.get()
                                + " is there already: what was added to it by hand would be lost. Add --force, or leave"
                                + " --output out to see what would be written.");
            }
        }

        private void search() throws FotaException {
            BoardOptions all = new BoardOptions();
            all.rates = rates;
            for (AskedPort asked : new BoardSearch(bays(), all, patience()).ask()) {
                String port = asked.port().path();
                if (asked.board().isPresent()) {
                    boards.add(new ScannedBoard(
                            asked.port().serialNumber(), port, asked.board().get()));
                } else if (asked.port().boardConsole()) {
                    silent.add("left out: " + port + " (" + asked.port().serialNumber() + "): " + asked.why());
                }
            }
        }

        private void ask(String port) throws FotaException {
            try (Bay bay = bays().bay(rates.bay(Optional.of(port), Optional.empty()))) {
                boards.add(new ScannedBoard("", port, bay.info(patience())));
            } catch (FotaException e) {
                if (e.reason() == Reason.INTERRUPTED || e.reason() == Reason.CONFIGURATION) {
                    throw e;
                }
                silent.add("left out: " + port + ": " + e.getMessage());
            }
        }

        private Duration patience() {
            return common.timeout.orElse(PATIENCE);
        }

        private void write(String text) throws FotaException {
            boards.forEach(this::tell);
            if (output.isEmpty()) {
                if (!common.json) {
                    text.lines().forEach(streams()::data);
                }
                return;
            }
            Path file = output.get();
            try {
                if (force) {
                    Files.writeString(file, text);
                } else {
                    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
                }
            } catch (IOException e) {
                throw StorageFailure.writing(file, e);
            }
            if (!common.quiet && !common.json) {
                streams().note(file + ": " + boards.size() + (boards.size() == 1 ? " board." : " boards."));
            }
        }

        private void tell(ScannedBoard board) {
            if (common.json) {
                json().line("BOARD", g -> {
                    g.writeStringField("port", board.port());
                    JsonEvents.text(g, "serialNumber", board.serialNumber());
                    BoardText.write(g, board.report());
                });
            }
        }
    }
}
