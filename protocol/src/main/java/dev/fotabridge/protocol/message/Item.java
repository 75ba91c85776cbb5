package dev.fotabridge.protocol.message;

import java.util.List;
import java.util.Optional;

/**
 * One optional or required part of HELLO or WELCOME; SPEC.md sections 3.1 and 3.2.
 *
 * @param type 0 to 255, the constants here or unknown
 * @param value at most 255 bytes
 */
public record Item(int type, byte[] value) {
    public static final int VERSIONS = 0x01;
    public static final int FEATURES = 0x02;
    public static final int BOARD = 0x03;
    public static final int UNIT = 0x04;
    public static final int SOFTWARE = 0x05;
    public static final int APP_VERSION = 0x06;
    public static final int RUNNING = 0x07;
    public static final int SLOT = 0x08;
    public static final int LINK = 0x09;
    public static final int READABLE = 0x0A;
    public static final int CONFIRMS = 0x0B;
    public static final int MEMORY_MAPPED = 0x0C;
    public static final int RATES = 0x0D;
    public static final int RUNNING_AT = 0x0E;
    public static final int WORK = 0x0F;
    public static final int MODEM = 0x10;
    public static final int MODEM_VERSION = 0x11;

    /** The first item of a type; a repeated one does not count. */
    public static Optional<Item> first(List<Item> items, int type) {
        return items.stream().filter(item -> item.type == type).findFirst();
    }
}
