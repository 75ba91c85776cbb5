package dev.fotabridge.station.live;

import java.util.Map;

/** The answers of a station to a person, with what to do. Tested by AnswerWordsTest. */
final class AnswerWords {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("ACCEPT", "The run begins."),
            Map.entry("KEEP_START", "The run begins once the board is known, within 30 s."),
            Map.entry("SAME_START", "This start was taken before: it is the same run."),
            Map.entry("KEY_OF_ANOTHER_BAY", "This Idempotency-Key belongs to a start at another bay: take a new one."),
            Map.entry("RUN_SINCE", "Another run came at this bay since: look at its verdict first."),
            Map.entry("NOT_STORABLE", "Records cannot be stored, or less than 256 MiB are free: call an engineer."),
            Map.entry("STOPPED", "Starts are stopped since units did not start the image: an engineer resumes them."),
            Map.entry("RELEASE_CHANGED", "The release on disk is not the approved one: an engineer reloads it."),
            Map.entry("NO_BOARD", "No board stands here: put one in."),
            Map.entry("SCAN_FIRST", "Scan the label first."),
            Map.entry("BUSY", "A run is at work here: wait for its verdict."),
            Map.entry("LOCKED", "The bay is locked after failures in a row: an engineer unlocks it."),
            Map.entry("NOT_RUNNING", "No run is at work here."),
            Map.entry("END_KEPT", "The start is taken back."),
            Map.entry("END_QUEUED", "The run ends; its board was not touched."),
            Map.entry("STOP_RUN", "The run ends; the board goes back to its old image."),
            Map.entry("TOO_LATE", "It is too late: the board has the new image for good."),
            Map.entry("UNLOCKED", "The bay is not locked any more."),
            Map.entry("RESUMED", "Starts are taken again."),
            Map.entry("TAKE_SCAN", "The label is taken."),
            Map.entry("KEEP_SCAN", "The label is taken; the board is not known yet."),
            Map.entry("RESCAN", "The label is taken."),
            Map.entry("SCANNED_ALREADY", "This board has a label already: take it out first."),
            Map.entry("NOTHING_TO_SCAN", "No board stands here that needs a label."));

    private AnswerWords() {}

    /** {@return the sentence for a word of the station; the word itself for one without} */
    static String of(String code) {
        return WORDS.getOrDefault(code, code);
    }
}
