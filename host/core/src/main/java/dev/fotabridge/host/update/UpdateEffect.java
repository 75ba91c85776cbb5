package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.protocol.upload.Upload;

/** What the flow wants done. Effects are performed in the order given; one that fails keeps the later ones from being done. */
public sealed interface UpdateEffect {
    /** Open the port if it is not open, and begin a fresh session. Connected or a failure follows. */
    record Connect(long limitNanos) implements UpdateEffect {}

    /** Hold the image against the slot, and change nothing. */
    record Compare() implements UpdateEffect {}

    /** Upload the image in the session that is open. Its first frame leaves before the next effect is performed. */
    record Send(Upload.Trust trust, int knownDurablePages) implements UpdateEffect {}

    /** Mark the verified image pending. */
    record Mark() implements UpdateEffect {}

    /** Erase the modem's area. */
    record ModemErase() implements UpdateEffect {}

    /** Hand the delta to the modem, from where it has it. */
    record ModemSend() implements UpdateEffect {}

    /** Let the modem apply the delta at its next start. */
    record ModemSchedule() implements UpdateEffect {}

    /** Reset the board. */
    record Reset() implements UpdateEffect {}

    /** Confirm the running image, which is the new one. */
    record Confirm() implements UpdateEffect {}

    /** Drop the upload and make the slot harmless. */
    record Abort() implements UpdateEffect {}

    /** Make the journal durable before anything else is done. */
    record Persist(UpdateJournal journal) implements UpdateEffect {}

    /** Note how many pages are durable; may be lost with the computer's power. */
    record NoteDurable(int pages) implements UpdateEffect {}

    /** Tell the user. */
    record Report(BayEvent event) implements UpdateEffect {}

    /** The update is over. Nothing follows. */
    record Finish(Reason reason, String message) implements UpdateEffect {}
}
