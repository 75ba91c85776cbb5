package dev.fotabridge.station.bay;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.verdict.Verdict;

/** What a bay wants done. */
public sealed interface BayAction {
    /** Ask the board who it is: HELLO and nothing else. */
    record Identify() implements BayAction {}

    /** The verdict of another board no longer stands at this place. */
    record ClearVerdict() implements BayAction {}

    /**
     * Ask for a start of this kind, as a person would by the button.
     *
     * @param kind INSERT or SCAN
     */
    record AskStart(StartKind kind) implements BayAction {}

    /**
     * A start that was kept while the board was unknown comes to be carried out: check what needs its identity.
     *
     * @param run which run
     */
    record Admit(String run) implements BayAction {}

    /**
     * Ask for a running slot.
     *
     * @param run for which run
     */
    record AskSlot(String run) implements BayAction {}

    /**
     * Give the running slot back, or stop waiting for one.
     *
     * @param run whose slot
     */
    record ReturnSlot(String run) implements BayAction {}

    /**
     * Carry the run out.
     *
     * @param run which run
     */
    record Run(String run) implements BayAction {}

    /**
     * End the run on the board: the slot is made harmless before MARK, the image is reverted after it.
     *
     * @param run which run
     * @param reason for its end, unless the board has proven something meanwhile
     * @param message for the record
     */
    record Stop(String run, Reason reason, String message) implements BayAction {}

    /**
     * Store the end of the run.
     *
     * @param run which run
     * @param result its end
     */
    record Store(String run, RunResult result) implements BayAction {}

    /**
     * Show the verdict, and call the hooks.
     *
     * @param run which run
     * @param verdict as stored
     */
    record Show(String run, Verdict verdict) implements BayAction {}
}
