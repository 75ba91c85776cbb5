package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.Sha256;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the fields beside the location. The library that AWS FOTA users know ignores all of them, so a value that cannot be
 * used is left out, with a note. Only a sha256 that is a text is a promise, and refuses the document when it is unreadable.
 * Tested by JobDocumentTest.
 */
final class DocumentFields {
    /** Characters of a text that ends up in reports and on the screen. */
    private static final int MAX_TEXT_LENGTH = 256;

    private final ObjectNode document;
    private final List<String> notes = new ArrayList<>();

    DocumentFields(ObjectNode document) {
        this.document = document;
    }

    /** Which fields were left out, one sentence each. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** A text or a number, as text; nothing is said of what is null or empty, as a template leaves it. */
    Optional<String> text(String field) {
        JsonNode value = document.path(field);
        String text = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
        boolean isUsable = text.length() <= MAX_TEXT_LENGTH && text.chars().noneMatch(Character::isISOControl);
        if (isUsable && !text.isEmpty()) {
            return Optional.of(text);
        }
        if (!isUsable || value.isBoolean() || value.isContainerNode()) {
            note(field, "is not a text of 1 to " + MAX_TEXT_LENGTH + " characters on one line");
        }
        return Optional.empty();
    }

    /** Bytes, as a number or as its digits. */
    OptionalLong size() {
        JsonNode value = document.path("size");
        long size = value.canConvertToExactIntegral() && value.canConvertToLong() ? value.longValue() : digits(value);
        if (size > 0) {
            return OptionalLong.of(size);
        }
        if (!value.isMissingNode() && !value.isNull()) {
            note("size", "is not a positive whole number of bytes");
        }
        return OptionalLong.empty();
    }

    private static long digits(JsonNode value) {
        String text = value.asText().strip();
        return value.isTextual() && text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
    }

    /** In hex or base64, with or without "sha256:" before it. */
    Optional<Sha256> sha256() throws FotaException {
        String field = "sha256";
        if (document.path(field).isNumber()) {
            note(field, "is no text");
            return Optional.empty();
        }
        Optional<String> text = text(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String digits = text.get().replaceFirst("(?i)^sha-?256[:=-]", "").strip();
        return Optional.of(Sha256.isHex(digits) ? Sha256.parse(digits) : ofBase64(digits));
    }

    private static Sha256 ofBase64(String text) throws FotaException {
        try {
            return Sha256.ofDigest(
                    Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw new FotaException(
                    Reason.BAD_DOCUMENT,
                    "The job document's sha256 is neither 64 hex digits nor base64 of 32 bytes, so the file could not be"
                            + " checked.");
        }
    }

    private void note(String field, String why) {
        notes.add("The job document's " + field + " " + why + ": it is left out.");
    }
}
