package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.UrlException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads both forms of document: location.url, which wins, or location.protocol, host and path.
 * Tested by JobDocumentTest.
 */
final class JobDocumentParser {
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
                .orElseThrow(() -> bad("The job document is not one JSON object without double keys,"
                        + " nested at most " + Json.MAX_DEPTH + " deep."));
        DocumentFields fields = new DocumentFields(document);
        Optional<String> operation = fields.text("operation");
        if (!(document.get("location") instanceof ObjectNode location)) {
            throw bad(operation
                            .map(name -> "The job asks for \"" + name + "\" and has")
                            .orElse("The job document has")
                    + " no object \"location\" that says where an image is.");
        }
        return new JobDocument(
                url(location),
                operation,
                fields.size(),
                fields.text("fwversion"),
                fields.text("targetBoard"),
                fields.text("modemUuid"),
                fields.sha256(),
                fields.notes());
    }

    /** The url, if it is a text; else, as in a template that leaves one of the forms empty, the other form. */
    private static DownloadUrl url(ObjectNode location) throws FotaException {
        boolean hasUrl = isText(location.get("url"));
        if (hasUrl || location.has("url") && !isText(location.get("host")) && !isText(location.get("path"))) {
            String url = resolved(required(location, "url"));
            return used("url", () -> DownloadUrl.parse(url));
        }
        String path = resolved(required(location, "path"));
        String protocol = required(location, "protocol");
        String host = required(location, "host");
        return used("", () -> DownloadUrl.of(protocol, host, path));
    }

    /** @param field of the location; empty to name the one that holds the part which cannot be used */
    private static DownloadUrl used(String field, Supplier<DownloadUrl> parser) throws FotaException {
        try {
            return parser.get();
        } catch (UrlException e) {
            String named = field.isEmpty() ? e.part().name().toLowerCase(Locale.ROOT) : field;
            throw bad("The job document's location." + named + " cannot be used: " + e.getMessage() + ".");
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
        if (isText(value)) {
            return value.textValue();
        }
        boolean isOther = value != null && !value.isTextual();
        String seen = isOther ? "a text, but of the type " + value.getNodeType() : "there, or empty";
        throw bad("The job document's location." + field + " is not " + seen + ".");
    }

    private static boolean isText(JsonNode value) {
        return value != null && value.isTextual() && !value.textValue().isEmpty();
    }

    private static FotaException bad(String sentence) {
        return new FotaException(Reason.BAD_DOCUMENT, sentence);
    }
}
