package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseStackTest {
    private final List<String> closed = new ArrayList<>();
    private final ReleaseStack stack = new ReleaseStack();

    @Test
    void theLastIsGivenBackFirst() {
        stack.push(() -> closed.add("one"));
        stack.push(() -> closed.add("two"));
        stack.close();
        stack.close();
        assertEquals(List.of("two", "one"), closed);
    }

    @Test
    void aFailureKeepsNothingElseFromBeingGivenBack() {
        stack.push(() -> closed.add("one"));
        stack.push(() -> {
            throw new IllegalStateException("second");
        });
        stack.push(() -> {
            throw new IOException("first");
        });
        RuntimeException thrown = assertThrows(RuntimeException.class, stack::close);
        assertEquals("cannot be released: first", thrown.getMessage());
        assertEquals("second", thrown.getSuppressed()[0].getMessage());
        assertEquals(List.of("one"), closed);
    }
}
