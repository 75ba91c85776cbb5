package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.Finding.Status;
import java.util.List;
import java.util.Optional;

/**
 * What an examination found.
 * Tested by DoctorIT.
 *
 * @param findings in the order of the checks
 */
public record Diagnosis(List<Finding> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** The first cause that keeps an update from working, or SUCCEEDED. */
    public Reason reason() {
        return first(Status.FAIL).flatMap(Finding::reason).orElse(Reason.SUCCEEDED);
    }

    /** One sentence: the first cause, else the first warning, else that all is well. */
    public String sentence() {
        Optional<Finding> cause = first(Status.FAIL);
        if (cause.isPresent()) {
            return cause.get().message();
        }
        return first(Status.WARN)
                .map(warning -> "Nothing fails, but look at this: " + warning.message())
                .orElse("All is well: every check passed.");
    }

    private Optional<Finding> first(Status status) {
        return findings.stream().filter(finding -> finding.is(status)).findFirst();
    }
}
