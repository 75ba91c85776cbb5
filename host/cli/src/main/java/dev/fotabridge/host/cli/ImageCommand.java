package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.ImageDiff;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.image.ImageDescriptor;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image inspect FILE}, {@code image diff OLD NEW}. Tested by OutputTest. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "Image files.",
        subcommands = {ImageCommand.Inspect.class, ImageCommand.Diff.class},
        footerHeading = "%nExamples:%n",
        footer = {"  fota-bridge image inspect app_update.bin", "  fota-bridge image diff old.bin new.bin"})
final class ImageCommand extends CommandGroup {
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

    /** What would an update from one to the other take? */
    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description =
                    "Says how many pages two images share, and what an update of an nRF9160 DK from one to the other sends,"
                            + " and how long that takes at each rate. Needs no board.",
            footerHeading = "%nExamples:%n",
            footer = {"  fota-bridge image diff old.bin new.bin", "  fota-bridge image diff --json old.bin new.bin"})
    static final class Diff extends BaseCommand {
        /** Asks nothing of the images: what they are for is not known. */
        private static final UpdateOptions ANY =
                new UpdateOptions(Optional.empty(), CompleteOn.WRITTEN, Optional.empty(), false, Optional.empty());

        @Parameters(index = "0", paramLabel = "OLD", description = "The image that is on the board.")
        Path before;

        @Parameters(index = "1", paramLabel = "NEW", description = "The image that would be sent.")
        Path after;

        @Override
        int execute() throws FotaException {
            ImageDiff diff = ImageDiff.of(image(before), image(after));
            if (common.json) {
                json().line("DIFF", g -> ForecastText.write(g, diff));
            } else {
                ForecastText.lines(diff).forEach(streams()::data);
            }
            return done();
        }

        /** Of two files the sentence must say which one is meant. */
        private static PreparedImage image(Path file) throws FotaException {
            try {
                return PreparedImage.of(file, ANY);
            } catch (FotaException e) {
                String sentence = e.getMessage();
                boolean named = sentence.contains(file.toString());
                throw new FotaException(e.reason(), named ? sentence : file + ": " + sentence, e);
            }
        }
    }
}
