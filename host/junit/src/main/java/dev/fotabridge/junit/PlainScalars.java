package dev.fotabridge.junit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Reads each scalar of a YAML file as the text that is written there: YAML's own numbers and booleans would make another name of one
 * called {@code 0012}, {@code 1_000} or {@code no}. Tested by RigFileTest.
 */
final class PlainScalars extends JsonParserDelegate {
    PlainScalars(JsonParser yaml) {
        super(yaml);
    }

    private static JsonToken plain(JsonToken token) {
        return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL ? JsonToken.VALUE_STRING : token;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        return plain(super.nextToken());
    }

    @Override
    public JsonToken currentToken() {
        return plain(super.currentToken());
    }

    @Override
    public int currentTokenId() {
        JsonToken token = currentToken();
        return token == null ? JsonTokenId.ID_NO_TOKEN : token.id();
    }

    @Override
    public boolean hasToken(JsonToken token) {
        return currentToken() == token;
    }

    @Override
    public boolean hasTokenId(int id) {
        return currentTokenId() == id;
    }
}
