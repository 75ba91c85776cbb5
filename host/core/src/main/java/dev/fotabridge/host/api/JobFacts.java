package dev.fotabridge.host.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job document says, without the URL, which may be a credential.
 *
 * @param operation what the job's author calls the operation, such as {@code app_fw_update}
 * @param size size of the file in bytes
 * @param fwversion what the author calls the version
 * @param targetBoard board type that the board must have; empty if the document has none, or another tool's name
 * @param modemUuid UUID of the firmware that the modem must run before it gets a modem delta
 * @param fileSha256 SHA-256 of the file, 64 lower-case hex digits
 * @param notes sentences about fields whose value is not used; may be empty
 */
public record JobFacts(
        Optional<String> operation,
        OptionalLong size,
        Optional<String> fwversion,
        Optional<String> targetBoard,
        Optional<String> modemUuid,
        Optional<String> fileSha256,
        List<String> notes) {
    /**
     * Copies the list.
     *
     * @param operation the operation
     * @param size size of the file in bytes
     * @param fwversion the author's version
     * @param targetBoard board type
     * @param modemUuid UUID of the modem's firmware
     * @param fileSha256 64 lower-case hex digits
     * @param notes may be empty
     */
    public JobFacts {
        notes = List.copyOf(notes);
    }
}
