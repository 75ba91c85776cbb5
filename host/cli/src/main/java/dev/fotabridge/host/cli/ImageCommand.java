package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.image.ImageDescriptor;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code image inspect FILE}. Tested by OutputTest. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "Image files.",
        subcommands = ImageCommand.Inspect.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  fota-bridge image inspect app_update.bin"})
final class ImageCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw MissingCommand.of(spec);
    }

    /** What is in it? */
    @Command(
            name = "inspect",
            mixinStandardHelpOptions = true,
            description = "Prints header and TLVs, checks hash and signature, and says which slots it fits.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fota-bridge image inspect app_update.bin",
                "  fota-bridge image inspect --public-key mcuboot-pub.pem --json app_update.bin"
            })
    static final class Inspect extends BaseCommand {
        @Option(names = "--public-key", paramLabel = "FILE", description = "PEM file to check the signature with.")
        Optional<Path> publicKey;

        @Parameters(paramLabel = "FILE", description = "An image or a modem delta.")
        Path file;

        @Override
        int execute() throws FotaException {
            ImageDescriptor image = PreparedImage.inspector(publicKey).inspect(file);
            if (common.json) {
                json().line("IMAGE", g -> ImageText.write(g, image));
            } else {
                ImageText.lines(image).forEach(streams()::data);
                image.warnings().forEach(warning -> streams().note("Warning: " + warning));
            }
            return done();
        }
    }
}
