package dev.fotabridge.station.bay;

/**
 * A text that a regular expression may look at so many times: with nested repetitions, such as {@code ([a-z]{1,9}){1,50}}, the looks at a text that
 * does not match double with each of its letters. Tested by ScanRuleTest.
 */
final class CountedText implements CharSequence {
    /** More than an expression without nested repetitions needs for 256 characters. */
    static final int MOST_LOOKS = 1_000_000;

    private final CharSequence text;
    private int looks;

    CountedText(CharSequence text) {
        this.text = text;
    }

    @Override
    public int length() {
        return text.length();
    }

    /** @throws IllegalStateException if the text has been looked at too often */
    @Override
    public char charAt(int index) {
        if (++looks > MOST_LOOKS) {
            throw new IllegalStateException("too many looks");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
