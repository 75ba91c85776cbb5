package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.Reason;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param check its name
 * @param message one sentence about this very case
 * @param whatToTry empty when there is nothing to mend
 * @param reason with FAIL only
 */
public record Finding(String check, Status status, String message, String whatToTry, Optional<Reason> reason) {
    /** How bad it is. */
    public enum Status {
        OK,
        /** It works, but should not stay so. */
        WARN,
        /** An update fails here. */
        FAIL,
        /** Could not be looked at, because of what failed before, or was not asked for. */
        SKIPPED
    }

    /** Whether it is this bad. */
    boolean is(Status wanted) {
        return status == wanted;
    }
}
