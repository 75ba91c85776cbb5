package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.value.PlainText;
import java.io.PrintStream;

/**
 * JSON on standard output; people still see why something failed. Tested by FailureIT.
 *
 * @param prefix stands in front of every line for people
 */
record JsonAndErrors(JsonEvents json, PrintStream err, String prefix) implements EventPrinter {
    JsonAndErrors(JsonEvents json, PrintStream err) {
        this(json, err, "");
    }

    @Override
    public void board(String name) {
        json.board(name);
    }

    @Override
    public void event(BayEvent event) {
        json.event(event);
    }

    @Override
    public void result(UpdateRecord result) {
        json.result(result);
        Outcome outcome = result.reason().outcome();
        if (outcome != Outcome.SUCCEEDED && outcome != Outcome.UP_TO_DATE) {
            Sentences.error(result.reason(), result.message())
                    .lines()
                    .forEach(line -> err.println(PlainText.line(prefix) + line));
        }
    }
}
