package dev.fotabridge.host.image;

import java.nio.ByteBuffer;

/** Recognises the files that people give by mistake, so that the refusal can say which one is meant. */
final class ForeignFormat {
    private ForeignFormat() {}

    /** Something to follow "no MCUboot image", beginning with a colon, or nothing. */
    static String guess(ByteBuffer bytes) {
        int first = bytes.getInt(0);
        if (first == McubootImage.MAGIC_V1) {
            return ": it is one of MCUboot's first format, which is not in use any more";
        }
        if (first == 0x464C457F) {
            return ": it is an ELF file; take the signed binary (zephyr.signed.bin, app_update.bin)";
        }
        if (first == 0x04034B50) {
            return ": it is a ZIP file; unpack it and take the binary in it";
        }
        if (bytes.get(0) == ':') {
            return ": it looks like Intel HEX; take the binary (zephyr.signed.bin, app_update.bin)";
        }
        if (bytes.get(0) == '<' || bytes.get(0) == '{') {
            return ": it is text, perhaps the server's error page";
        }
        if (looksLikeVectorTable(first, bytes.getInt(4))) {
            return ": it looks like an application that is not signed (zephyr.bin); take the signed one (zephyr.signed.bin, app_update.bin)";
        }
        return "";
    }

    /** A stack in the nRF9160's 256 KiB of RAM and a Thumb reset vector in its 1 MiB of flash. */
    private static boolean looksLikeVectorTable(int stack, int reset) {
        return stack >= 0x20000000 && stack <= 0x20040000 && (reset & 1) == 1 && reset > 0 && reset < 0x100000;
    }
}
