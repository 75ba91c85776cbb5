package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a clear yes is one. */
final class QuestionTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void ask(Question question, InputStream in) throws FotaException {
        question.requireYes("Update these 2 boards?", in, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** Somebody who types when the question is there. */
    private InputStream typed(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int available() {
                return err.size() == 0 ? 0 : super.available();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "yes\n", "Y\n", " YES \n", "y"})
    void yesGoesOn(String answer) {
        assertDoesNotThrow(() -> ask(new Question(), typed(answer)));
        assertEquals("Update these 2 boards? [y/N] ", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", "", "yn\n", "yess\n", "no\ny\n"})
    void allElseEndsTheCommand(String answer) {
        FotaException refused = assertThrows(FotaException.class, () -> ask(new Question(), typed(answer)));
        assertEquals(Reason.INTERRUPTED, refused.reason());
    }

    @Test
    void whatWasTypedBeforeTheQuestionIsNoAnswer() {
        InputStream ahead = new ByteArrayInputStream("y\ny\n".getBytes(StandardCharsets.UTF_8));
        assertThrows(FotaException.class, () -> ask(new Question(), ahead));
    }

    /** Reading from a terminal blocks for ever. */
    @Test
    void anInterruptionEndsTheWaiting() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(keyboard)) {
            Question question = new Question();
            CompletableFuture<Reason> asked = CompletableFuture.supplyAsync(() ->
                    assertThrows(FotaException.class, () -> ask(question, in)).reason());
            question.interrupt();
            assertEquals(Reason.INTERRUPTED, asked.get(10, TimeUnit.SECONDS));
        }
    }
}
