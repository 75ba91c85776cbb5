package dev.fotabridge.host.image;

import java.util.HexFormat;
import java.util.Map;

/** The TLV numbers of MCUboot's image.h (imgtool 2.4.0 names them alike). Tested by ImageInspectorTest. */
final class TlvType {
    static final int KEYHASH = 0x01;
    static final int PUBKEY = 0x02;
    static final int SHA256 = 0x10;
    static final int SHA384 = 0x11;
    static final int SHA512 = 0x12;
    static final int RSA2048 = 0x20;
    static final int ECDSASIG = 0x22;
    static final int RSA3072 = 0x23;
    static final int ED25519 = 0x24;
    static final int SIG_PURE = 0x25;
    static final int ENC_FIRST = 0x30;
    static final int ENC_LAST = 0x34;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(KEYHASH, "KEYHASH"),
            Map.entry(PUBKEY, "PUBKEY"),
            Map.entry(SHA256, "SHA256"),
            Map.entry(SHA384, "SHA384"),
            Map.entry(SHA512, "SHA512"),
            Map.entry(RSA2048, "RSA2048"),
            Map.entry(ECDSASIG, "ECDSASIG"),
            Map.entry(RSA3072, "RSA3072"),
            Map.entry(ED25519, "ED25519"),
            Map.entry(SIG_PURE, "SIG_PURE"),
            Map.entry(ENC_FIRST, "ENCRSA2048"),
            Map.entry(0x31, "ENCKW"),
            Map.entry(0x32, "ENCEC256"),
            Map.entry(0x33, "ENCX25519"),
            Map.entry(ENC_LAST, "ENCX25519_SHA512"),
            Map.entry(0x40, "DEPENDENCY"),
            Map.entry(0x50, "SEC_CNT"),
            Map.entry(0x60, "BOOT_RECORD"),
            Map.entry(0x70, "DECOMP_SIZE"),
            Map.entry(0x71, "DECOMP_SHA"),
            Map.entry(0x72, "DECOMP_SIGNATURE"),
            Map.entry(0x73, "COMP_DEC_SIZE"),
            Map.entry(0x74, "UUID_VID"),
            Map.entry(0x75, "UUID_CID"));

    private TlvType() {}

    static String nameOf(int type) {
        String name = NAMES.get(type);
        return name == null ? "0x" + HexFormat.of().toHexDigits((short) type) : name;
    }
}
