package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs checks on the caller's thread and keeps their findings. A check is skipped if one that it needs failed, so that
 * one cause is one FAIL.
 */
final class Examination {
    private final BooleanSupplier interrupted;
    private final List<Finding> findings = new ArrayList<>();

    /** @param interrupted asked before each check; the checks have time limits of their own */
    Examination(BooleanSupplier interrupted) {
        this.interrupted = interrupted;
    }

    /**
     * Runs a check; blocks until it is over.
     *
     * @param name one or two words, unique in an examination
     * @param needs without these the check could say nothing
     * @throws FotaException INTERRUPTED
     */
    <T> Prerequisite<T> run(String name, Check<T> check, Prerequisite<?>... needs) throws FotaException {
        if (interrupted.getAsBoolean()) {
            throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
        }
        Optional<Prerequisite<?>> missing =
                Arrays.stream(needs).filter(need -> need.result().blocks()).findFirst();
        CheckResult<T> result =
                missing.isPresent() ? CheckResult.skipped(missing.get().whySkipped()) : result(check);
        findings.add(result.finding(name));
        return new Prerequisite<>(name, result);
    }

    private static <T> CheckResult<T> result(Check<T> check) throws FotaException {
        try {
            return check.run();
        } catch (FotaException e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
            return CheckResult.fail(e);
        }
    }

    /** What was found so far. */
    Diagnosis diagnosis() {
        return new Diagnosis(findings);
    }
}
