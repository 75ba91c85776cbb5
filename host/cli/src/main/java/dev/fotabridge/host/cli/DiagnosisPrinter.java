package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.doctor.Diagnosis;
import dev.fotabridge.host.doctor.Finding;
import java.util.Locale;

/** Prints what an examination found: its sentence first, then each check. Tested by DoctorIT. */
final class DiagnosisPrinter {
    private final BaseCommand command;

    DiagnosisPrinter(BaseCommand command) {
        this.command = command;
    }

    /** Prints, and returns the exit code. */
    int print(Diagnosis diagnosis) {
        if (command.common.json) {
            diagnosis.findings().forEach(this::printJson);
            command.printer().result(UpdateRecord.early(diagnosis.reason(), diagnosis.sentence()));
        } else if (!command.common.quiet || diagnosis.reason() != Reason.SUCCEEDED) {
            command.streams().data(diagnosis.sentence());
        }
        if (!command.common.json && !command.common.quiet) {
            diagnosis.findings().forEach(this::print);
        }
        return diagnosis.reason().exitCode();
    }

    private void print(Finding finding) {
        String word = switch (finding.status()) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "FAIL";
            case SKIPPED -> "-";
        };
        line(word, finding.check(), finding.message());
        if (!finding.whatToTry().isEmpty()) {
            line("", "", "Try: " + finding.whatToTry());
        }
    }

    private void line(String word, String check, String text) {
        command.streams().data(String.format(Locale.ROOT, "  %-4s  %-15s  %s", word, check, text));
    }

    private void printJson(Finding finding) {
        command.json().line("CHECK", g -> {
            g.writeStringField("check", finding.check());
            g.writeStringField("status", finding.status().name());
            g.writeStringField("message", finding.message());
            JsonEvents.text(g, "reason", finding.reason().map(Reason::name).orElse(""));
            JsonEvents.text(g, "whatToTry", finding.whatToTry());
        });
    }
}
