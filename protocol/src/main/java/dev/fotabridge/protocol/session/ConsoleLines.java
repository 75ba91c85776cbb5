package dev.fotabridge.protocol.session;

import java.util.Locale;
import java.util.function.Consumer;

/** Joins console text to lines of at most 512 characters, and escapes what is not printable ASCII; SPEC.md section 2. */
final class ConsoleLines {
    static final int MAX_CHARACTERS = 512;

    private final StringBuilder line = new StringBuilder();
    private final Consumer<String> sink;
    private boolean carriageReturn;

    ConsoleLines(Consumer<String> sink) {
        this.sink = sink;
    }

    void add(byte[] text) {
        for (byte b : text) {
            add(b);
        }
    }

    private void add(byte b) {
        boolean pending = carriageReturn;
        carriageReturn = b == '\r';
        if (b == '\n') {
            endLine();
            return;
        }
        if (pending) {
            append("\\x0D");
        }
        if (b != '\r') {
            append(
                    b >= 0x20 && b <= 0x7E || b == '\t'
                            ? String.valueOf((char) b)
                            : String.format(Locale.ROOT, "\\x%02X", b));
        }
    }

    private void append(String shown) {
        if (line.length() + shown.length() > MAX_CHARACTERS) {
            endLine();
        }
        line.append(shown);
    }

    /** Ends a line that has no line end yet. */
    void flush() {
        carriageReturn = false;
        if (!isEmpty()) {
            endLine();
        }
    }

    boolean isEmpty() {
        return line.length() == 0;
    }

    private void endLine() {
        String text = line.toString();
        line.setLength(0);
        sink.accept(text);
    }
}
