package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.release.Release;
import dev.fotabridge.station.release.ReleaseFolderWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code station release}. Tested by StationCommandTest. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Approved firmware: a folder with an image and release.yaml.",
        subcommands = {StationReleaseCommand.Create.class, StationReleaseCommand.Verify.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station release create --image app_update.bin --name 2.0.0 releases/2.0.0",
            "  fota-bridge station release verify releases/2.0.0"
        })
final class StationReleaseCommand extends CommandGroup {
    /** Approves an image. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a release of an image, after all checks that need no board.",
                "Refused: a modem delta, an image without the stub, a wrong signature, a folder that is not empty."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  fota-bridge station release create --image app_update.bin --name 2.0.0 releases/2.0.0",
                "  fota-bridge station release create --image app_update.bin --name 2.0.0 --public-key mcuboot-pub.pem \\",
                "      --board nrf9160dk_nrf9160_ns releases/2.0.0"
            })
    static final class Create extends BaseCommand {
        @Option(names = "--image", required = true, paramLabel = "FILE", description = "The MCUboot image.")
        Path image;

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "Name of the release, for people and records.")
        String name;

        @Option(
                names = "--public-key",
                paramLabel = "PEM",
                description = "The key that must have signed the image; a copy goes into the folder.")
        Optional<Path> publicKey;

        @Option(
                names = "--board",
                paramLabel = "TYPE",
                description = "Type of the boards that it is for, such as nrf9160dk_nrf9160_ns; others are refused.")
        Optional<String> board;

        @Parameters(paramLabel = "DIR", description = "The folder; it must not be there yet, or be empty.")
        Path directory;

        @Override
        int execute() throws FotaException {
            var approval = new ReleaseFolderWriter.Approval(image, name, publicKey, board);
            return ReleasePrinter.print(this, ReleaseFolderWriter.create(approval, directory));
        }
    }

    /** Is it whole? */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Verifies a release: names, SHA-256 of the file, the image itself, and its signature if the folder has a key.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fota-bridge station release verify releases/2.0.0",
                "  fota-bridge station release verify --json releases/2.0.0"
            })
    static final class Verify extends BaseCommand {
        @Parameters(paramLabel = "DIR", description = "The folder of the release.")
        Path directory;

        @Override
        int execute() throws FotaException {
            return ReleasePrinter.print(this, Release.load(directory));
        }
    }
}
