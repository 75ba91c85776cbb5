package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.value.PlainText;
import java.nio.file.InvalidPathException;
import java.util.Locale;

/** What is said to people. Tested by EventsTest. */
final class Sentences {
    /** Of a value without text: as a path it would mean the working directory. */
    static final String EMPTY = "it is empty; if it comes from a variable, that is not set";

    private Sentences() {}

    static String error(Reason reason, String message) {
        return error(reason, message, reason.whatToTry());
    }

    static String error(Reason reason, String message, String whatToTry) {
        String text = "Error: " + PlainText.line(message);
        return whatToTry.isEmpty()
                ? text
                : text + System.lineSeparator() + "  Try: " + whatToTry + " (" + reason + ", exit code "
                        + reason.exitCode() + ")";
    }

    /** Of a path with letters that the locale's character set, by which Java reads file names, does not have. */
    static String noPath(InvalidPathException e) {
        return "'" + e.getInput() + "' cannot be a file's name here (" + e.getReason()
                + "). For letters outside of ASCII, start"
                + " in a UTF-8 locale, such as LC_ALL=C.UTF-8; the launcher does so by itself.";
    }

    static String phase(Phase phase) {
        return switch (phase) {
            case WAIT -> "Waiting for a job";
            case DOWNLOAD -> "Downloading the image";
            case CHECK -> "Checking the image";
            case CONNECT -> "Looking for the board";
            case ERASE -> "The modem erases its area, which may take minutes";
            case TRANSFER -> "Writing to the board";
            case VERIFY -> "Verifying what was written";
            case MARK -> "Marking the image pending";
            case SWAP -> "Restarting; the bootloader swaps the images, which may take a minute";
            case APPLY -> "Restarting; the modem applies the delta, which may take minutes";
            case CONFIRM -> "Confirming the new image";
            case ABORT -> "Taking the update back";
            case REPORT -> "Reporting to AWS";
        };
    }

    /** The last line of a command that worked, with the numbers. */
    static String success(UpdateRecord result) {
        return PlainText.line(numbers(result));
    }

    private static String numbers(UpdateRecord result) {
        StringBuilder text = new StringBuilder();
        String job = result.jobId().isEmpty() ? "" : " (job " + result.jobId() + ")";
        if (result.reason().outcome() == Outcome.UP_TO_DATE) {
            return "Up to date" + job + ": " + result.message();
        }
        text.append("Done").append(job).append(": ");
        if (!versions(result).isEmpty()) {
            text.append(versions(result)).append(". ");
        }
        text.append(result.message());
        if (result.imageHash().isEmpty()) {
            return text.append(String.format(Locale.ROOT, " %.1f s in all.", result.seconds()))
                    .toString();
        }
        Double transfer = result.spans().get(Phase.TRANSFER.name());
        text.append(String.format(
                Locale.ROOT,
                " %d pages sent, %d skipped, %d erased; %s on the line in %.1f s%s; %.1f s in all.",
                result.wire().pagesSent(),
                result.wire().pagesSkipped(),
                result.wire().pagesErased(),
                bytes(result.wire().sentBytes()),
                transfer == null ? 0 : transfer,
                transfer == null || transfer <= 0
                        ? ""
                        : " (" + bytes(Math.round(result.wire().sentBytes() / transfer)) + "/s)",
                result.seconds()));
        return text.toString();
    }

    /** From which version to which; empty if neither is known. */
    static String versions(UpdateRecord result) {
        return result.from().isEmpty() && result.to().isEmpty()
                ? ""
                : known(result.from()) + " -> " + known(result.to());
    }

    /** The last line of a command for several boards. */
    static String allDone(UpdateRecord all) {
        return String.format(Locale.ROOT, "%s It took %.1f s.", all.message(), all.seconds());
    }

    /** The same where some have failed. What to try is each board's own. */
    static String notAllDone(UpdateRecord all) {
        return "Error: " + all.message() + " (" + all.reason() + ", exit code "
                + all.reason().exitCode() + ")";
    }

    private static String known(String version) {
        return version.isEmpty() ? "unknown version" : version;
    }

    static String bytes(long count) {
        if (count < 10_000) {
            return count + " B";
        }
        return count < 10_000_000
                ? String.format(Locale.ROOT, "%.1f kB", count / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
    }
}
