package dev.fotabridge.junit;

/** What a board has said, beside a failure that does not say it; as a suppressed exception it is in every report. */
final class BoardEvidence extends Exception {
    private static final long serialVersionUID = 1;

    BoardEvidence(String evidence) {
        super(evidence, null, false, false);
    }

    /** Its text is all that matters. */
    @Override
    public String toString() {
        return getMessage();
    }
}
