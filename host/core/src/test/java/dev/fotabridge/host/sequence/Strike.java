package dev.fotabridge.host.sequence;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something bad at one point of the sequence.
 *
 * @param point the how manieth of the points that a run comes by, from 1
 * @param millis how long what is cut stays away; of what the creator does, after how long it comes
 */
record Strike(Kind kind, int point, int millis) {
    private static final Pattern WORD = Pattern.compile("([a-z]+)@(\\d+):(\\d+)");

    /** What is struck. */
    enum Kind {
        /** The host's process: its memory is gone, its files stay. */
        KILL,
        /** The MQTT connection. */
        MQTT,
        /** The object store: the request that is open, and new ones. */
        HTTP,
        /** The board's power. */
        POWER,
        /** The serial line: bytes vanish both ways. */
        LINE,
        /** The job, by its creator, by force. */
        CANCEL,
        /** The job: deleted, and made anew under its name, for another image. */
        REMAKE,
        /** The cached images: a bit of each. */
        ROT,
        /** The board: another one with another unit id is plugged in for it. */
        SWAP,
        /** The board: one without a unit id is plugged in for it. */
        NAMELESS;

        boolean isAnotherBoard() {
            return this == SWAP || this == NAMELESS;
        }
    }

    static Strike parse(String word) {
        Matcher parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a strike: " + word);
        }
        return new Strike(
                Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "@" + point + ":" + millis;
    }
}
