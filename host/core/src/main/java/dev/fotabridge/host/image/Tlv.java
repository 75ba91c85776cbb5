package dev.fotabridge.host.image;

/**
 * One entry behind the image's body.
 *
 * @param type the number in MCUboot's image.h
 * @param isProtected whether the image's hash covers it
 * @param offset where its data starts in the file, bytes
 * @param length of its data, bytes
 */
public record Tlv(int type, boolean isProtected, int offset, int length) {
    /** {@code SHA256}, {@code ECDSASIG}, … as imgtool names it, or the number in hex. */
    public String name() {
        return TlvType.nameOf(type);
    }
}
