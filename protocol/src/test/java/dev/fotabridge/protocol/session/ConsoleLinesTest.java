package dev.fotabridge.protocol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleLinesTest {
    private final List<String> lines = new ArrayList<>();
    private final ConsoleLines console = new ConsoleLines(lines::add);

    private void add(String text) {
        console.add(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void linesEndAtNewline() {
        add("one\r\ntw");
        add("o\n\nthree");
        assertEquals(List.of("one", "two", ""), lines);
        console.flush();
        console.flush();
        assertEquals(List.of("one", "two", "", "three"), lines);
    }

    @Test
    void controlBytesAreMadeHarmless() {
        add("a\tb\u001b[2Jc\rd\n");
        assertEquals(List.of("a\tb\\x1B[2Jc\\x0Dd"), lines);
    }

    @Test
    void whatIsNotAsciiIsShownByItsBytes() {
        console.add(new byte[] {'2', (byte) 0xC2, (byte) 0xB0, 'C', 0x7F, 0x07, '\n'});
        assertEquals(List.of("2\\xC2\\xB0C\\x7F\\x07"), lines);
    }

    @Test
    void longLinesAreCut() {
        add("x".repeat(ConsoleLines.MAX_CHARACTERS + 1) + "\n");
        assertEquals(List.of("x".repeat(ConsoleLines.MAX_CHARACTERS), "x"), lines);
    }
}
