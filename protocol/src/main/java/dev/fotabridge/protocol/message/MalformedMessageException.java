package dev.fotabridge.protocol.message;

/** A message breaks the specification. The text is one sentence; there is no stack trace, since nobody's code is at fault here. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param sentence what was expected and what came */
    public MalformedMessageException(String sentence) {
        super(sentence, null, false, false);
    }
}
