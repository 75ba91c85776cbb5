package dev.fotabridge.station.live;

import dev.fotabridge.station.control.StationRecord;

/** What AWS is to be told of a run, and what it has answered, for people. */
final class CloudWords {
    private CloudWords() {}

    /** {@return a sentence; empty if AWS is told nothing} */
    static String of(StationRecord record) {
        String intended = record.cloudIntended();
        String answered = record.cloudAnswered();
        if (intended.isEmpty()) {
            return "";
        } else if (answered.isEmpty() && record.cloudProblem().isEmpty()) {
            return "AWS is to be told " + intended + ", and has not answered yet.";
        } else if (answered.equals(intended)) {
            return "AWS has " + intended + ".";
        }
        return "AWS was to be told " + intended + ", and has "
                + (answered.isEmpty() ? "nothing of it" : answered) + ": "
                + (record.cloudMessage().isEmpty() ? record.cloudProblem() : record.cloudMessage());
    }
}
