package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateRecord;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flash FILE}: updates a board from a file, without a cloud. */
@Command(
        name = "flash",
        mixinStandardHelpOptions = true,
        description =
                "Updates a board from a file, without a cloud. Going on after an interruption is the same command.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge flash app_update.bin",
            "  fota-bridge flash --port /dev/ttyACM0 --public-key mcuboot-pub.pem --no-downgrade app_update.bin"
        })
final class FlashCommand extends BaseCommand {
    @Mixin
    PortOptions port;

    @Mixin
    UpdateArguments update;

    @Parameters(paramLabel = "FILE", description = "Signed MCUboot image, such as zephyr.signed.bin or app_update.bin.")
    Path file;

    @Override
    boolean keepsState() {
        return true;
    }

    @Override
    int execute() throws FotaException {
        UpdateRecord result = bay(port.bay()).update(file, update.options(common.timeout));
        return result.reason().exitCode();
    }
}
