package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.download.DownloadRequest;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.value.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job asks for, out of either form of AWS FOTA document.
 *
 * @param url where the image is
 * @param operation such as {@code app_fw_update}; told in reports only, the image's bytes say what it is
 * @param size of the file in bytes
 * @param fwversion what the job's author calls the version
 * @param targetBoard what the author says that the image is for: a board type, or a name of another tool
 * @param modemUuid of the modem firmware that a modem delta is for
 * @param sha256 of the file
 * @param notes about fields whose value could not be used and was left out; a sentence each
 */
public record JobDocument(
        DownloadUrl url,
        Optional<String> operation,
        OptionalLong size,
        Optional<String> fwversion,
        Optional<String> targetBoard,
        Optional<String> modemUuid,
        Optional<Sha256> sha256,
        List<String> notes) {
    /** AWS's limit for a job document, characters. */
    public static final int MAX_LENGTH = 32_768;

    /**
     * Reads a document. Unknown fields are ignored.
     *
     * @param json the document's text, at most {@link #MAX_LENGTH} characters
     * @throws FotaException BAD_DOCUMENT with a sentence naming the field
     */
    public static JobDocument parse(String json) throws FotaException {
        return JobDocumentParser.parse(json);
    }

    /** What the downloader needs of it. */
    public DownloadRequest download() {
        return new DownloadRequest(url, size, sha256);
    }
}
