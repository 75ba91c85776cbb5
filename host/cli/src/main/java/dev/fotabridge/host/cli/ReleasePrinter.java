package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.station.release.Release;
import java.util.Locale;

/** Prints what was approved. Tested by StationCommandTest. */
final class ReleasePrinter {
    private ReleasePrinter() {}

    /** Prints, and returns the exit code. */
    static int print(BaseCommand command, Release release) {
        UpdateImage image = release.image();
        if (command.common.json) {
            command.json().line("RELEASE", g -> {
                g.writeStringField("name", release.name());
                g.writeStringField("fileSha256", release.fileSha256());
                g.writeNumberField("fileSize", image.fileSize());
                g.writeStringField("imageHash", image.imageHash().orElseThrow());
                g.writeStringField("version", image.version().orElseThrow());
                JsonEvents.text(g, "board", release.board().orElse(""));
                g.writeStringField("signature", image.signature().name());
            });
        } else {
            line(command, "release", release.name());
            line(command, "version", image.version().orElseThrow());
            line(command, "fileSha256", release.fileSha256());
            line(command, "imageHash", image.imageHash().orElseThrow());
            line(command, "board", release.board().orElse("any"));
            line(command, "signature", words(image.signature()));
            image.warnings().forEach(warning -> command.streams().note("Warning: " + warning));
        }
        return command.done();
    }

    private static void line(BaseCommand command, String name, String value) {
        command.streams().data(String.format(Locale.ROOT, "%-11s %s", name, value));
    }

    private static String words(UpdateImage.Signature signature) {
        return switch (signature) {
            case NONE -> "none";
            case NOT_CHECKED -> "not checked; --public-key at 'create' has it checked";
            case VALID -> "valid";
        };
    }
}
