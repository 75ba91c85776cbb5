package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.image.Sha256;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads both forms of document: location.url, which wins, or location.protocol, host and path. */
final class JobDocumentParser {
    /** For the texts that end up in reports and on the screen. */
    private static final int MAX_TEXT_LENGTH = 256;

    private static final String PLACEHOLDER = "${aws:iot:s3-presigned-url";

    private JobDocumentParser() {}

    static JobDocument parse(String json) throws FotaException {
        if (json.isEmpty()) {
            throw bad("The job has no document.");
        }
        if (json.length() > JobDocument.MAX_LENGTH) {
            throw bad("The job document has more than " + JobDocument.MAX_LENGTH + " characters.");
        }
        ObjectNode document = Json.object(json)
                .orElseThrow(() -> bad("The job document is not one JSON object without double keys."));
        if (!(document.get("location") instanceof ObjectNode location)) {
            throw bad(text(document, "operation")
                            .map(operation -> "The job asks for \"" + operation + "\" and has")
                            .orElse("The job document has")
                    + " no object \"location\" that says where an image is.");
        }
        return new JobDocument(
                url(location),
                text(document, "operation"),
                size(document),
                text(document, "fwversion"),
                text(document, "targetBoard"),
                text(document, "modemUuid"),
                sha256(document));
    }

    private static DownloadUrl url(ObjectNode location) throws FotaException {
        try {
            if (present(location, "url")) {
                return DownloadUrl.parse(resolved(required(location, "url")));
            }
            String path = resolved(required(location, "path"));
            return DownloadUrl.of(required(location, "protocol"), required(location, "host"), path);
        } catch (IllegalArgumentException e) {
            throw bad("The job document's location cannot be used: " + e.getMessage() + ".");
        }
    }

    private static String resolved(String text) throws FotaException {
        if (text.contains(PLACEHOLDER)) {
            throw bad(
                    "AWS has left the placeholder of the presigned URL as it is: create the job with a presign role.");
        }
        return text;
    }

    private static String required(ObjectNode location, String field) throws FotaException {
        JsonNode value = location.get(field);
        if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
            throw bad("The job document's location." + field + " is missing or no text.");
        }
        return value.textValue();
    }

    private static Optional<String> text(ObjectNode document, String field) throws FotaException {
        if (!present(document, field)) {
            return Optional.empty();
        }
        JsonNode value = document.get(field);
        boolean usable = value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= MAX_TEXT_LENGTH
                && value.textValue().chars().noneMatch(Character::isISOControl);
        if (!usable) {
            throw bad("The job document's " + field + " is not a text of 1 to " + MAX_TEXT_LENGTH
                    + " characters on one line.");
        }
        return Optional.of(value.textValue());
    }

    private static OptionalLong size(ObjectNode document) throws FotaException {
        if (!present(document, "size")) {
            return OptionalLong.empty();
        }
        JsonNode value = document.get("size");
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() <= 0) {
            throw bad("The job document's size is not a positive whole number of bytes.");
        }
        return OptionalLong.of(value.longValue());
    }

    private static Optional<Sha256> sha256(ObjectNode document) throws FotaException {
        Optional<String> hex = text(document, "sha256");
        if (hex.isPresent() && !Sha256.isHex(hex.get())) {
            throw bad("The job document's sha256 is not 64 hex digits.");
        }
        return hex.map(Sha256::parse);
    }

    private static boolean present(ObjectNode node, String field) {
        return node.hasNonNull(field);
    }

    private static FotaException bad(String sentence) {
        return new FotaException(Reason.BAD_DOCUMENT, sentence);
    }
}
