package dev.fotabridge.protocol.board;

import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.PayloadReader;
import dev.fotabridge.protocol.message.Welcome;
import java.util.Optional;

/**
 * The items of a WELCOME, for the records that are read from them; each record holds the numbers of its items.
 * Tested by HostileBoardTest.
 */
record WelcomeItems(Welcome welcome) {
    private static final int FEATURES = 0x02;
    private static final int MAX_TEXT = 32;

    /** Returns the bits that say what the stub can do; 0 if it does not say. */
    long features() throws MalformedMessageException {
        return number(FEATURES, "FEATURES");
    }

    PayloadReader required(int type, String name) throws MalformedMessageException {
        Optional<PayloadReader> item = find(type, name);
        check(item.isPresent(), "WELCOME has no " + name);
        return item.orElseThrow();
    }

    Optional<PayloadReader> find(int type, String name) {
        return Item.first(welcome.items(), type).map(item -> new PayloadReader(name, item.value()));
    }

    /** Returns an item's 32-bit number; 0 if the item is missing. */
    long number(int type, String name) throws MalformedMessageException {
        Optional<PayloadReader> item = find(type, name);
        return item.isEmpty() ? 0 : item.get().u32();
    }

    /** Returns an item's text of at most 32 characters; empty if the item is missing. */
    String text(int type, String name, int min) throws MalformedMessageException {
        Optional<PayloadReader> item = find(type, name);
        return item.isEmpty() ? "" : item.get().string(min, MAX_TEXT);
    }

    /** Returns whether an item is there and is 1. */
    boolean flag(int type, String name) throws MalformedMessageException {
        Optional<PayloadReader> item = find(type, name);
        return item.isPresent() && flag(item.get(), name);
    }

    static boolean flag(PayloadReader in, String name) throws MalformedMessageException {
        int value = in.u8();
        check(value <= 1, name + " is " + value);
        return value == 1;
    }

    static <T> T choice(T[] values, int code, int first, String name) throws MalformedMessageException {
        check(code >= first && code - first < values.length, name + " is " + code);
        return values[code - first];
    }

    static void check(boolean holds, String sentence) throws MalformedMessageException {
        if (!holds) {
            throw new MalformedMessageException(sentence);
        }
    }
}
