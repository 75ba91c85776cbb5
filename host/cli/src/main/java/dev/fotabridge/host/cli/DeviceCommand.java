package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code device info}, {@code device reset}, {@code device console}. Tested by ConsoleIT. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = "Asks, resets, or listens to one board.",
        subcommands = {DeviceCommand.Info.class, DeviceCommand.Reset.class, DeviceCommand.Console.class},
        footerHeading = "%nExamples:%n",
        footer = {"  fota-bridge device info", "  fota-bridge device console --port /dev/ttyACM0"})
final class DeviceCommand extends CommandGroup {
    private abstract static class OnBoard extends BaseCommand {
        /** A board that answers does so within a second, unless it is just being updated. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        @Mixin
        PortOptions port;

        Duration patience() {
            return common.timeout.orElse(PATIENCE);
        }

        void print(BoardReport board) {
            awaitPrinted();
            printer().board(board.unit().isEmpty() ? board.type() : board.unit());
            if (common.json) {
                json().line("BOARD", g -> BoardText.write(g, board));
            } else {
                BoardText.lines(board).forEach(streams()::data);
            }
        }
    }

    /** Who is there? */
    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Prints what the board says of itself and of what it runs.",
            footerHeading = "%nExamples:%n",
            footer = {"  fota-bridge device info", "  fota-bridge device info --serial-number 960012345 --json"})
    static final class Info extends OnBoard {
        @Override
        int execute() throws FotaException {
            print(bay(port.bay()).info(patience()));
            return done();
        }
    }

    /** Restart. */
    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description = "Resets the board and waits until it answers again. An image on trial is reverted by that.",
            footerHeading = "%nExamples:%n",
            footer = {"  fota-bridge device reset --port /dev/ttyACM0", "  fota-bridge device reset --timeout 2m"})
    static final class Reset extends OnBoard {
        @Override
        int execute() throws FotaException {
            print(bay(port.bay()).reset(patience()));
            return done();
        }
    }

    /** Listen. */
    @Command(
            name = "console",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the board's console until interrupted, which ends it with 130; not a byte is sent to the board.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fota-bridge device console --port /dev/ttyACM0",
                "  fota-bridge device console --log console.log",
                "  fota-bridge device console --json > console.jsonl"
            })
    static final class Console extends OnBoard {
        @Option(
                names = "--log",
                paramLabel = "FILE",
                description =
                        "Append each line to this file too, with the seconds since the start and the wall clock. Begun before"
                                + " a reset, it holds the whole start.")
        Optional<Path> log;

        @Override
        int execute() throws FotaException {
            Bay bay = bay(port.bay());
            if (log.isPresent()) {
                listen(bay, log.get());
            } else {
                bay.console();
            }
            return done();
        }

        private void listen(Bay bay, Path file) throws FotaException {
            try (ConsoleLog kept = ConsoleLog.open(file, bay.name(), Instant.now(), bay::interrupt);
                    Subscription lines = bay.observe(kept)) {
                try {
                    bay.console();
                } finally {
                    lines.awaitDelivered();
                    kept.requireWhole();
                }
            }
        }

        /** The console's lines are data. */
        @Override
        EventPrinter printer() {
            return common.json ? super.printer() : new ConsolePrinter(streams());
        }
    }
}
