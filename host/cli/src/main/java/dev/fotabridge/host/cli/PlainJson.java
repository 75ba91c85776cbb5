package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.fotabridge.host.value.PlainText;
import java.io.IOException;

/** Writes strings that stay harmless when a reader of the JSON prints them, as {@code jq -r} does. */
final class PlainJson extends JsonGeneratorDelegate {
    PlainJson(JsonGenerator generator) {
        super(generator);
    }

    @Override
    public void writeString(String text) throws IOException {
        super.writeString(PlainText.line(text));
    }
}
