package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is said of a damaged ledger, and a note of it beside the file, by which the next start checks all of it before anything else.
 * Tested by LedgerDamageIT.
 */
final class LedgerDamage {
    private final Path ledger;
    private final Path note;

    LedgerDamage(Path ledger) {
        this.ledger = ledger;
        this.note = ledger.resolveSibling("ledger.damaged");
    }

    /** Returns the failure, with what to do. */
    FotaException failure(String how) throws IOException {
        return new LedgerBackups(ledger.getParent()).damaged(ledger, how);
    }

    /** Notes the damage; returns the sentence. What cannot be noted is found again. */
    String noted(String how) {
        try {
            String sentence = failure(how).getMessage();
            Files.writeString(note, sentence + System.lineSeparator());
            return sentence;
        } catch (IOException e) {
            return "The ledger " + ledger + " is damaged (" + how + "), and its directory cannot be used: "
                    + e.getMessage() + ".";
        }
    }

    boolean isNoted() {
        return Files.exists(note);
    }

    /** The ledger is whole. */
    void forget() throws IOException {
        Files.deleteIfExists(note);
    }
}
