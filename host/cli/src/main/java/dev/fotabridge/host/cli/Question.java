package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.thread.WatchedThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a person once, on the terminal. Tested by QuestionTest. */
final class Question {
    private static final Set<String> YES = Set.of("y", "yes");

    private static final Logger LOG = LoggerFactory.getLogger(Question.class);

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    /**
     * Blocks until a line is typed, or until {@link #interrupt}.
     *
     * @throws FotaException INTERRUPTED, unless the answer is yes
     */
    void requireYes(String question, InputStream in, PrintStream err) throws FotaException {
        drain(in);
        err.print(question + " [y/N] ");
        err.flush();
        // Reading cannot be interrupted, so it has a thread that nobody waits for.
        WatchedThreads.start("question", () -> answer.complete(read(in)), answer::completeExceptionally);
        String typed = answer.join();
        if (typed.isEmpty()) {
            // Nobody ended the line of the question.
            err.println();
        }
        if (!YES.contains(typed.strip().toLowerCase(Locale.ROOT))) {
            throw new FotaException(Reason.INTERRUPTED, "The answer was not yes: no board was updated.");
        }
    }

    /** What was typed before the question is no answer to it. */
    private static void drain(InputStream in) {
        try {
            // Java skips by a seek, which a terminal refuses.
            in.readNBytes(in.available());
        } catch (IOException e) {
            LOG.debug("standard input cannot be read", e);
        }
    }

    private static String read(InputStream in) {
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line + "\n";
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends the waiting as if the answer were no; any thread. */
    void interrupt() {
        answer.complete("");
    }
}
