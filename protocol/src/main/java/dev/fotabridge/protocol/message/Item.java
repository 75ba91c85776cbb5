package dev.fotabridge.protocol.message;

import java.util.List;
import java.util.Optional;

/**
 * One optional or required part of HELLO or WELCOME; SPEC.md sections 3.1 and 3.2.
 *
 * @param type 0 to 255; the records of {@code protocol.board} hold the numbers of WELCOME's items
 * @param value at most 255 bytes
 */
public record Item(int type, byte[] value) {
    /** Name and version of the program, as both sides say it. */
    public static final int SOFTWARE = 0x05;

    /** The first item of a type; a repeated one does not count. */
    public static Optional<Item> first(List<Item> items, int type) {
        return items.stream().filter(item -> item.type == type).findFirst();
    }
}
