package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateForecast;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flash FILE}: updates boards from a file, without a cloud. Tested by FlashBoardsIT. */
@Command(
        name = "flash",
        mixinStandardHelpOptions = true,
        description =
                "Updates a board, or several at once, from a file, without a cloud. Going on after an interruption is the same"
                        + " command.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge flash app_update.bin",
            "  fota-bridge flash --dry-run app_update.bin",
            "  fota-bridge flash --port /dev/ttyACM0 --public-key mcuboot-pub.pem --no-downgrade app_update.bin",
            "  fota-bridge flash --serial-number 960012345 --serial-number 960067890 app_update.bin",
            "  fota-bridge flash --all app_update.bin"
        })
final class FlashCommand extends BaseCommand {
    /** A board that answers does so within a second, unless it is just being updated. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    BoardOptions boards;

    @Mixin
    UpdateArguments update;

    @Option(
            names = "--dry-run",
            description =
                    "Ask the board and say what an update would send, how long that takes, or why it would be refused;"
                            + " change nothing.")
    boolean dryRun;

    @Parameters(paramLabel = "FILE", description = "Signed MCUboot image, such as zephyr.signed.bin or app_update.bin.")
    Path file;

    private final Question question = new Question();

    @Override
    boolean keepsState() {
        return true;
    }

    @Override
    void interrupt() {
        super.interrupt();
        question.interrupt();
    }

    @Override
    int execute() throws FotaException {
        if (dryRun) {
            return foretell();
        }
        if (boards.all) {
            return flashAll();
        }
        return boards.several() ? flashNamed() : flashOne();
    }

    private int flashOne() throws FotaException {
        UpdateRecord result = bay(boards.one()).update(file, options());
        return result.reason().exitCode();
    }

    private int flashNamed() throws FotaException {
        List<BayConfig> named = boards.named(bays().ports());
        UpdateImage image = FotaBridge.image(file, options());
        List<Bay> bays = new ArrayList<>();
        for (BayConfig config : named) {
            bays.add(bays().bay(config));
        }
        return flash(bays, image);
    }

    private int flashAll() throws FotaException {
        boards.requireAllAlone();
        if (!boards.yes && !TextStyle.canAsk()) {
            throw new FotaException(
                    Reason.USAGE, "--all asks before it begins, and there is no terminal to ask on: add --yes.");
        }
        UpdateImage image = FotaBridge.image(file, options());
        BoardSearch search = new BoardSearch(bays(), boards, common.timeout.orElse(PATIENCE));
        BoardChoice choice = BoardChoice.of(search.ask(), update.board, image.isModemDelta());
        List<Bay> bays = search.take(choice);
        list(choice);
        if (bays.isEmpty()) {
            throw new FotaException(Reason.NO_BOARD, "No board is plugged in that is free and answers as it must.");
        }
        if (!boards.yes) {
            question.requireYes(asked(bays.size(), image), System.in, streams().err());
        }
        return flash(bays, image);
    }

    private static String asked(int count, UpdateImage image) {
        String what = image.version().map(version -> "to " + version).orElse("by this file");
        return "Update " + (count == 1 ? "this board " : "these " + count + " boards ") + what + "?";
    }

    /** Who is asked must see for what. */
    private void list(BoardChoice choice) {
        if (common.json) {
            BoardList.print(choice, json());
        }
        if (!boards.yes || !common.json && !common.quiet) {
            BoardList.lines(choice).forEach(streams()::note);
        }
    }

    private int flash(List<Bay> bays, UpdateImage image) {
        UpdateOptions options = options();
        try (BoardsPrinter printer = boardsPrinter(bays)) {
            return BoardsRun.of(bays, bay -> bay.update(image, options), image, printer);
        }
    }

    private UpdateOptions options() {
        return update.options(common.timeout);
    }

    private int foretell() throws FotaException {
        if (boards.all || boards.several()) {
            throw new FotaException(Reason.USAGE, "--dry-run asks one board: name it with --port or --serial-number.");
        }
        UpdateForecast forecast = bay(boards.one()).forecast(file, options());
        if (common.json) {
            json().line("FORECAST", g -> ForecastText.write(g, forecast));
        } else {
            awaitPrinted();
            ForecastText.lines(forecast).forEach(streams()::data);
        }
        if (!common.json && forecast.end().reason() == Reason.SUCCEEDED) {
            if (!common.quiet) {
                streams().note("Dry run: " + forecast.end().message() + " Nothing was changed.");
            }
            return Reason.SUCCEEDED.exitCode();
        }
        return ended(forecast.end());
    }
}
