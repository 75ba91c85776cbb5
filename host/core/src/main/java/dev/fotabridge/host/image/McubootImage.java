package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.protocol.board.ImageVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes an MCUboot image apart, as imgtool and MCUboot do: header, body, protected TLV area (if the header gives it a
 * size), TLV area. Every size is checked against the file before it is used. It knows nothing of hashes and signatures.
 *
 * <pre>
 *   0          headerSize         +imageSize      +protectedTlvSize   +total
 *   | header … | body ………………… | 6908 … TLVs    | 6907 … TLVs        | nothing, or imgtool's trailer
 *   |&lt;──────────── what the hash covers ────────────&gt;|
 * </pre>
 * Tested by ImageInspectorTest.
 */
final class McubootImage {
    static final int MAGIC = 0x96F3B83D;
    /** Of images made for MCUboot's first releases, with another header and other TLVs. */
    static final int MAGIC_V1 = 0x96F3B83C;

    static final int HEADER_LENGTH = 32;

    private static final int TLV_INFO_LENGTH = 4;
    private static final int TLV_INFO_MAGIC = 0x6907;
    private static final int TLV_PROTECTED_INFO_MAGIC = 0x6908;

    private static final long FLAGS_ENCRYPTED = 0x4 | 0x8;
    private static final long FLAG_NON_BOOTABLE = 0x10;
    private static final long FLAG_RAM_LOAD = 0x20;
    private static final long FLAGS_COMPRESSED = 0x200 | 0x400 | 0x800;

    private final ByteBuffer file;
    private final ImageHeader header;
    private final List<Tlv> tlvs = new ArrayList<>();
    private final int hashedLength;
    private final int end;

    private McubootImage(ByteBuffer file) throws FotaException {
        this.file = file;
        header = readHeader(file);
        refuseFlags(header.flags());
        long bodyEnd = header.tlvOffset();
        long tlvStart = bodyEnd + header.protectedTlvSize();
        requireBytes(tlvStart + TLV_INFO_LENGTH);
        hashedLength = (int) tlvStart;
        if (header.protectedTlvSize() != 0) {
            readArea((int) bodyEnd, TLV_PROTECTED_INFO_MAGIC, header.protectedTlvSize());
        }
        end = readArea(hashedLength, TLV_INFO_MAGIC, -1);
        refuseEncryptionKeys();
    }

    /** Reads the remaining bytes, which must begin with {@link #MAGIC}. */
    static McubootImage parse(ByteBuffer bytes) throws FotaException {
        return new McubootImage(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    ImageHeader header() {
        return header;
    }

    List<Tlv> tlvs() {
        return tlvs;
    }

    /** Where the last TLV ends: the length of what belongs into the slot. */
    int end() {
        return end;
    }

    /** Header, body and protected TLVs: what MCUboot hashes and signs. */
    ByteBuffer hashed() {
        return file.slice(0, hashedLength);
    }

    /** The header's padding and the body. */
    ByteBuffer body() {
        return file.slice(0, header.headerSize() + header.imageSize());
    }

    /** What is in the file behind the image. */
    ByteBuffer rest() {
        return file.slice(end, file.limit() - end);
    }

    byte[] data(Tlv tlv) {
        byte[] data = new byte[tlv.length()];
        file.get(tlv.offset(), data);
        return data;
    }

    private static ImageHeader readHeader(ByteBuffer file) throws FotaException {
        if (file.limit() < HEADER_LENGTH) {
            throw Refusal.truncated(file.limit(), HEADER_LENGTH);
        }
        int headerSize = Short.toUnsignedInt(file.getShort(8));
        int imageSize = file.getInt(12);
        if (headerSize < HEADER_LENGTH) {
            throw Refusal.format("The image's header gives itself " + headerSize + " bytes, but it has 32.");
        }
        if (imageSize == 0) {
            throw Refusal.format("The image's header says that the image has no body.");
        }
        if (imageSize < 0) {
            throw Refusal.truncated(file.limit(), headerSize + Integer.toUnsignedLong(imageSize));
        }
        return new ImageHeader(
                Integer.toUnsignedLong(file.getInt(4)),
                headerSize,
                Short.toUnsignedInt(file.getShort(10)),
                imageSize,
                Integer.toUnsignedLong(file.getInt(16)),
                readVersion(file));
    }

    private static ImageVersion readVersion(ByteBuffer file) {
        return new ImageVersion(
                Byte.toUnsignedInt(file.get(20)),
                Byte.toUnsignedInt(file.get(21)),
                Short.toUnsignedInt(file.getShort(22)),
                Integer.toUnsignedLong(file.getInt(24)));
    }

    private static void refuseFlags(long flags) throws FotaException {
        if ((flags & FLAGS_ENCRYPTED) != 0) {
            throw encrypted();
        }
        if ((flags & FLAGS_COMPRESSED) != 0) {
            throw Refusal.format("The image is compressed, which MCUboot on the nRF9160 cannot undo.");
        }
        if ((flags & (FLAG_NON_BOOTABLE | FLAG_RAM_LOAD)) != 0) {
            throw Refusal.format(
                    "The image is flagged as not bootable or as to be run from RAM, so it is no application.");
        }
    }

    private void refuseEncryptionKeys() throws FotaException {
        for (Tlv tlv : tlvs) {
            if (tlv.type() >= TlvType.ENC_FIRST && tlv.type() <= TlvType.ENC_LAST) {
                throw encrypted();
            }
        }
    }

    private static FotaException encrypted() {
        return Refusal.format("The image is encrypted, so nothing can be checked before it runs.");
    }

    /** Reads one area's TLVs and returns where it ends. {@code expectedTotal} is -1 if only the area itself knows. */
    private int readArea(int start, int magic, int expectedTotal) throws FotaException {
        int seen = Short.toUnsignedInt(file.getShort(start));
        int total = Short.toUnsignedInt(file.getShort(start + 2));
        if (seen != magic) {
            throw Refusal.format(String.format(
                    Locale.ROOT,
                    "There is no TLV area where the header says (0x%04x at byte %d, expected 0x%04x).",
                    seen,
                    start,
                    magic));
        }
        if (total < TLV_INFO_LENGTH || expectedTotal >= 0 && total != expectedTotal) {
            throw Refusal.format("A TLV area gives itself " + total + " bytes, which contradicts the header.");
        }
        requireBytes((long) start + total);
        int areaEnd = start + total;
        int at = start + TLV_INFO_LENGTH;
        while (at < areaEnd) {
            at = readTlv(at, areaEnd, magic == TLV_PROTECTED_INFO_MAGIC);
        }
        return areaEnd;
    }

    private int readTlv(int at, int areaEnd, boolean isProtected) throws FotaException {
        if (areaEnd - at < TLV_INFO_LENGTH) {
            throw Refusal.format("A TLV area ends in the middle of an entry.");
        }
        int type = Short.toUnsignedInt(file.getShort(at));
        int length = Short.toUnsignedInt(file.getShort(at + 2));
        int dataStart = at + TLV_INFO_LENGTH;
        if (length > areaEnd - dataStart) {
            throw Refusal.format("TLV " + TlvType.nameOf(type) + " is longer than its area.");
        }
        tlvs.add(new Tlv(type, isProtected, dataStart, length));
        return dataStart + length;
    }

    private void requireBytes(long needed) throws FotaException {
        if (needed > file.limit()) {
            throw Refusal.truncated(file.limit(), needed);
        }
    }
}
