package dev.fotabridge.host.value;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 value: 32 bytes, shown and stored as 64 lower-case hex digits. Immutable. Tested by ImageCacheTest. */
public final class Sha256 {
    /** Length of the value in bytes. */
    public static final int LENGTH = 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final byte[] value;

    private Sha256(byte[] value) {
        this.value = value;
    }

    /**
     * Takes a digest that somebody else computed.
     *
     * @throws IllegalArgumentException if it is not 32 bytes long
     */
    public static Sha256 ofDigest(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + digest.length);
        }
        return new Sha256(digest.clone());
    }

    /** Digests the remaining bytes of each buffer, in order, leaving the buffers' positions alone. */
    public static Sha256 over(ByteBuffer... parts) {
        MessageDigest digest = newDigest();
        for (ByteBuffer part : parts) {
            digest.update(part.duplicate());
        }
        return new Sha256(digest.digest());
    }

    /**
     * Parses 64 hex digits of either case.
     *
     * @throws IllegalArgumentException for anything else; see {@link #isHex}
     */
    public static Sha256 parse(String hex) {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("a SHA-256 is written as 64 hex digits");
        }
        return new Sha256(HexFormat.of().parseHex(hex));
    }

    /** Whether {@link #parse} takes this text. */
    public static boolean isHex(String text) {
        return HEX.matcher(text).matches();
    }

    /** A fresh digest of the algorithm, for streams. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return value.clone();
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
