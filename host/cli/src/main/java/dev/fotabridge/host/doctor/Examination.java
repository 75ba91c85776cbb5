package dev.fotabridge.host.doctor;

import dev.fotabridge.host.doctor.Finding.Status;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Runs checks in the order of the way: files, state directory, endpoint, network, TLS, MQTT, policy, download, port, board.
 * What hangs on a check that failed is left out, so that one cause is one FAIL. The thread that calls does it all; an
 * interruption is looked for between the checks, and the checks have time limits of their own.
 */
final class Examination {
    private final List<Check> checks;
    private final BooleanSupplier interrupted;

    Examination(List<Check> checks, BooleanSupplier interrupted) {
        this.checks = List.copyOf(checks);
        this.interrupted = interrupted;
    }

    /** Blocks until the last check is through. */
    Diagnosis run() throws FotaException {
        List<Finding> findings = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        for (Check check : checks) {
            if (interrupted.getAsBoolean()) {
                throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
            }
            Finding finding = run(check, missing);
            if (finding.is(Status.FAIL) || finding.is(Status.SKIPPED)) {
                missing.add(check.name());
            }
            findings.add(finding);
        }
        return new Diagnosis(findings);
    }

    private static Finding run(Check check, Set<String> missing) throws FotaException {
        for (String needed : check.needs()) {
            if (missing.contains(needed)) {
                return Finding.skipped(check, "Not looked at, for it needs '" + needed + "'.");
            }
        }
        try {
            return check.run();
        } catch (FotaException e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
            return Finding.fail(check, e);
        }
    }
}
