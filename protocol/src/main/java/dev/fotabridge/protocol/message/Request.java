package dev.fotabridge.protocol.message;

/** A message that the stub answers with a REPLY of the same tag and type; SPEC.md section 5. */
public sealed interface Request extends Message
        permits GetDigests, Begin, Verify, Mark, Reset, Confirm, Abort, Rate, Modem {
    /** 0 to 255. */
    int tag();
}
