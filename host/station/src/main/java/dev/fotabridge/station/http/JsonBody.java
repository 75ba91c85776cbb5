package dev.fotabridge.station.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** The JSON object in the body of a command: known keys, each of one type. What else comes is refused by its name. */
final class JsonBody {
    private static final int BAD_REQUEST = 400;
    private static final int DEEPEST = 4;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode fields;

    private JsonBody(JsonNode fields) {
        this.fields = fields;
    }

    /**
     * Reads a body.
     *
     * @param text the body; empty for an object without fields
     * @param known the keys that it may have
     * @throws ApiProblem with status 400
     */
    static JsonBody of(String text, Set<String> known) {
        JsonNode node = text.isBlank() ? JSON.createObjectNode() : parse(text);
        if (!node.isObject()) {
            throw problem("The body must be a JSON object.");
        }
        for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw problem("The body has the unknown key '" + key + "'; known are " + known + ".");
            }
        }
        return new JsonBody(node);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (StreamConstraintsException e) {
            throw problem("The body is nested too deep, or has too long a number.");
        } catch (JsonProcessingException e) {
            throw problem("The body is no JSON: " + e.getOriginalMessage() + ".");
        }
    }

    /**
     * Returns a text that must be there.
     *
     * @param key its key
     * @param longest most characters
     */
    String text(String key, int longest) {
        return optionalText(key, longest)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> problem("The body lacks '" + key + "'."));
    }

    /** Returns a text; null is an empty text, as in everything that the station sends. Empty if the key is not there. */
    Optional<String> optionalText(String key, int longest) {
        JsonNode value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        } else if (value.isNull()) {
            return Optional.of("");
        } else if (!value.isTextual() || value.textValue().length() > longest) {
            throw problem("'" + key + "' must be a text of at most " + longest + " characters.");
        }
        return Optional.of(value.textValue());
    }

    /** Returns a whole number; empty if the key is not there, or null. */
    Optional<Integer> optionalNumber(String key) {
        JsonNode value = fields.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        } else if (!value.isInt()) {
            throw problem("'" + key + "' must be a whole number.");
        }
        return Optional.of(value.intValue());
    }

    private static ApiProblem problem(String message) {
        return new ApiProblem(BAD_REQUEST, "BAD_REQUEST", message);
    }
}
