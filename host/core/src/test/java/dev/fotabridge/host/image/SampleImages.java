package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Images made by imgtool (see README.md beside them), and ways to spoil them. */
final class SampleImages {
    private SampleImages() {}

    static byte[] load(String name) {
        try (InputStream in = SampleImages.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PublicKeyFile key(String name) throws FotaException {
        return PublicKeyFile.parse(new String(load(name), StandardCharsets.US_ASCII), name);
    }

    static ImageDescriptor inspect(byte[] file) throws FotaException {
        return new ImageInspector(Optional.empty()).inspect(ByteBuffer.wrap(file));
    }

    static ImageDescriptor inspect(byte[] file, String key) throws FotaException {
        return new ImageInspector(Optional.of(key(key))).inspect(ByteBuffer.wrap(file));
    }

    static byte[] with32(byte[] file, int offset, int value) {
        byte[] copy = file.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        return copy;
    }

    static byte[] with16(byte[] file, int offset, int value) {
        byte[] copy = file.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putShort(offset, (short) value);
        return copy;
    }

    /** Header, body and protected area as given, with a fresh hash TLV and no signature. */
    static byte[] rehashed(byte[] hashed) {
        ByteBuffer file = ByteBuffer.allocate(hashed.length + 40).order(ByteOrder.LITTLE_ENDIAN);
        file.put(hashed).putShort((short) 0x6907).putShort((short) 40);
        file.putShort((short) 0x10).putShort((short) 32).put(Sha256.newDigest().digest(hashed));
        return file.array();
    }

    /** A header of 32 bytes and a body, without TLVs. */
    static byte[] headerAndBody(int bodyLength, int flags) {
        ByteBuffer file = ByteBuffer.allocate(32 + bodyLength).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(McubootImage.MAGIC).putInt(0).putShort((short) 32).putShort((short) 0);
        file.putInt(bodyLength).putInt(flags);
        file.put((byte) 1).put((byte) 2).putShort((short) 3).putInt(4).putInt(0);
        return file.array();
    }

    static byte[] flip(byte[] file, int at) {
        byte[] copy = file.clone();
        copy[at] ^= 1;
        return copy;
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
