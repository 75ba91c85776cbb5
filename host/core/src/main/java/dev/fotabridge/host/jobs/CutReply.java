package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A reply of the Jobs service, and the job document that was cut out of it. The document's author is free in keys, depth and
 * numbers; what is wrong with it must not make unreadable which execution it belongs to, or that job could never be rejected.
 * Tested by JobsAgentTest.
 *
 * @param rest the reply with null in the document's place
 * @param document its JSON text; of a text, that text; empty without one
 */
record CutReply(String rest, String document) {
    private static final JsonPointer PLACE = JsonPointer.compile("/execution/jobDocument");

    /** The reply's size is the only limit: what lies in the document is passed over, and never built. */
    private static final JsonFactory PASSING = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_BYTES)
                    .maxNumberLength(Json.MAX_BYTES)
                    .maxNameLength(Json.MAX_BYTES)
                    .maxStringLength(Json.MAX_BYTES)
                    .build())
            .build();

    /** Reads the bytes; empty if they are more than AWS sends, or no JSON up to the document's end. */
    static Optional<CutReply> of(byte[] utf8) {
        if (utf8.length > Json.MAX_BYTES) {
            return Optional.empty();
        }
        String reply = new String(utf8, StandardCharsets.UTF_8);
        try (JsonParser parser = PASSING.createParser(reply)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && PLACE.equals(parser.getParsingContext().pathAsPointer())) {
                    return Optional.of(cut(reply, parser));
                }
            }
            return Optional.of(new CutReply(reply, ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static CutReply cut(String reply, JsonParser parser) throws IOException {
        JsonToken value = parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        boolean isJson = value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL;
        return new CutReply(
                reply.substring(0, from) + "null" + reply.substring(to), isJson ? reply.substring(from, to) : text);
    }
}
