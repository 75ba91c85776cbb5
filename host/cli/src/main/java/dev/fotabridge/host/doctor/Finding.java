package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
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
        /** The way ends here. */
        FAIL,
        /** Could not be looked at, because of what failed before, or was not asked for. */
        SKIPPED
    }

    static Finding ok(Check check, String message) {
        return new Finding(check.name(), Status.OK, message, "", Optional.empty());
    }

    static Finding warn(Check check, String message, String whatToTry) {
        return new Finding(check.name(), Status.WARN, message, whatToTry, Optional.empty());
    }

    static Finding skipped(Check check, String message) {
        return new Finding(check.name(), Status.SKIPPED, message, "", Optional.empty());
    }

    static Finding fail(Check check, Reason reason, String message, String whatToTry) {
        return new Finding(check.name(), Status.FAIL, message, whatToTry, Optional.of(reason));
    }

    static Finding fail(Check check, FotaException cause) {
        return fail(check, cause.reason(), cause.getMessage(), cause.reason().whatToTry());
    }

    /** Whether it is this bad. */
    boolean is(Status wanted) {
        return status == wanted;
    }
}
