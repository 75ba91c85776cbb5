package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.Finding.Status;
import java.util.Optional;

/**
 * What a check found, without the check's name.
 *
 * @param whatToTry empty when there is nothing to mend
 * @param reason with FAIL only
 * @param blocks whether the checks that need this one are skipped
 * @param value what it hands on to later checks
 */
record CheckResult<T>(
        Status status, String message, String whatToTry, Optional<Reason> reason, boolean blocks, Optional<T> value) {
    static <T> CheckResult<T> ok(String message) {
        return new CheckResult<>(Status.OK, message, "", Optional.empty(), false, Optional.empty());
    }

    static <T> CheckResult<T> warn(String message, String whatToTry) {
        return warn(message, whatToTry, false);
    }

    /** Warns, and has the checks that need this one skipped. */
    static <T> CheckResult<T> warnAndBlock(String message, String whatToTry) {
        return warn(message, whatToTry, true);
    }

    private static <T> CheckResult<T> warn(String message, String whatToTry, boolean blocks) {
        return new CheckResult<>(Status.WARN, message, whatToTry, Optional.empty(), blocks, Optional.empty());
    }

    static <T> CheckResult<T> skipped(String message) {
        return new CheckResult<>(Status.SKIPPED, message, "", Optional.empty(), true, Optional.empty());
    }

    static <T> CheckResult<T> fail(Reason reason, String message, String whatToTry) {
        return new CheckResult<>(Status.FAIL, message, whatToTry, Optional.of(reason), true, Optional.empty());
    }

    static <T> CheckResult<T> fail(FotaException cause) {
        return fail(cause.reason(), cause.getMessage(), cause.reason().whatToTry());
    }

    /** The same with a value for later checks. */
    <U> CheckResult<U> with(U handedOn) {
        return new CheckResult<>(status, message, whatToTry, reason, blocks, Optional.of(handedOn));
    }

    Finding finding(String check) {
        return new Finding(check, status, message, whatToTry, reason);
    }
}
