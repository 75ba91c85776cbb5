package dev.fotabridge.host.doctor;

import dev.fotabridge.host.doctor.Finding.Status;

/** A check that is over, for the checks that need it. Tested by ExaminationTest. */
record Prerequisite<T>(String check, CheckResult<T> result) {
    /** What the check handed on. Only a check that needs this one may ask. */
    T value() {
        return result.value().orElseThrow();
    }

    /** Why a check that needs this one is skipped. */
    String whySkipped() {
        return result.status() == Status.WARN
                ? "Not looked at: see '" + check + "'."
                : "Not looked at, for it needs '" + check + "'.";
    }
}
