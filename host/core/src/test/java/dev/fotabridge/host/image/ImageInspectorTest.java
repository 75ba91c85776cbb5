package dev.fotabridge.host.image;

import static dev.fotabridge.host.image.SampleImages.concat;
import static dev.fotabridge.host.image.SampleImages.flip;
import static dev.fotabridge.host.image.SampleImages.headerAndBody;
import static dev.fotabridge.host.image.SampleImages.inspect;
import static dev.fotabridge.host.image.SampleImages.load;
import static dev.fotabridge.host.image.SampleImages.rehashed;
import static dev.fotabridge.host.image.SampleImages.with16;
import static dev.fotabridge.host.image.SampleImages.with32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageInspectorTest {
    @ParameterizedTest
    @CsvSource({
        "ecdsa-p256.bin, ECDSA, root-ec-p256-pub.pem",
        "rsa-2048.bin, RSA_2048, root-rsa-2048-pub.pem",
        "rsa-3072.bin, RSA_3072, root-rsa-3072-pub.pem",
        "ed25519.bin, ED25519, root-ed25519-pub.pem",
        "protected.bin, ECDSA, root-ec-p256-pub.pem",
        "pubkey-full.bin, ECDSA, root-ec-p256-pub.pem"
    })
    void readsWhatImgtoolSigned(String name, SignatureType type, String key) throws Exception {
        byte[] file = load(name);
        ImageDescriptor image = inspect(file, key);
        assertEquals(ImageKind.MCUBOOT, image.kind());
        assertEquals(type, image.signatureType());
        assertEquals(SignatureCheck.VALID, image.signatureCheck());
        assertEquals("1.2.3+4", image.version().orElseThrow().toString());
        assertEquals(0x200, image.header().orElseThrow().headerSize());
        assertEquals(2_000, image.header().orElseThrow().imageSize());
        assertEquals(file.length, image.fileSize());
        assertEquals(file.length, image.payloadSize());
        assertTrue(image.marker());
        assertEquals(SignatureCheck.NOT_CHECKED, inspect(file).signatureCheck());
    }

    @ParameterizedTest
    @CsvSource({
        "ecdsa-p256.bin, root-ec-p256.pem",
        "rsa-2048.bin, root-rsa-2048.pem",
        "rsa-3072.bin, root-rsa-3072.pem",
        "ed25519.bin, root-ed25519.pem"
    })
    void warnsOfKeysThatEverybodyHas(String name, String key) throws Exception {
        assertTrue(inspect(load(name)).warnings().get(0).contains(key));
    }

    @Test
    void readsAnImageWithNothingButAHash() throws Exception {
        byte[] file = load("unsigned.bin");
        ImageDescriptor image = inspect(file);
        assertEquals(SignatureType.NONE, image.signatureType());
        assertEquals(SignatureCheck.NO_SIGNATURE, image.signatureCheck());
        byte[] hashTlv = Arrays.copyOfRange(file, file.length - 32, file.length);
        assertEquals(Sha256.ofDigest(hashTlv), image.imageHash().orElseThrow());
        assertEquals(Sha256.over(ByteBuffer.wrap(file)), image.fileSha256());
        assertTrue(image.warnings().isEmpty());
    }

    @Test
    void listsProtectedTlvs() throws Exception {
        ImageDescriptor image = inspect(load("protected.bin"));
        assertEquals(28, image.header().orElseThrow().protectedTlvSize());
        assertEquals(
                "[SEC_CNT, DEPENDENCY, SHA256, KEYHASH, ECDSASIG]",
                image.tlvs().stream().map(Tlv::name).toList().toString());
        assertTrue(image.tlvs().get(1).isProtected());
        assertFalse(image.tlvs().get(2).isProtected());
    }

    @Test
    void findsTheMarkerOnlyWhereItIs() throws Exception {
        assertFalse(inspect(load("no-marker.bin")).marker());
        byte[] atTheEnd = headerAndBody(100, 0);
        System.arraycopy("DKLINK-STUB-V001".getBytes(StandardCharsets.US_ASCII), 0, atTheEnd, 116, 16);
        assertTrue(inspect(rehashed(atTheEnd)).marker());
    }

    @ParameterizedTest
    @CsvSource({"padded.bin, --pad", "confirmed.bin, --confirm"})
    void leavesATrailerOut(String name, String option) throws Exception {
        ImageDescriptor image = inspect(load(name), "root-ec-p256-pub.pem");
        assertEquals(8_192, image.fileSize());
        int tlvs = image.tlvs().stream().mapToInt(tlv -> 4 + tlv.length()).sum();
        assertEquals(0x200 + 2_000 + 4 + tlvs, image.payloadSize());
        assertTrue(image.warnings().get(0).contains(option), image.warnings().toString());
    }

    /** imgtool --erased-val 0 as well, and tools that fill a file up with zeros. */
    @ParameterizedTest
    @CsvSource({"padded.bin", "confirmed.bin"})
    void leavesATrailerOutWhoseErasedValueIsZero(String name) throws Exception {
        byte[] file = load(name);
        int end = inspect(file).payloadSize();
        byte[] zeros = file.clone();
        for (int i = end; i < file.length - 16; i++) {
            zeros[i] = file[i] == (byte) 0xFF ? 0 : file[i];
        }
        assertEquals(end, inspect(zeros).payloadSize());
        byte[] filledUp = Arrays.copyOf(Arrays.copyOf(file, end), end + 1_000);
        assertEquals(end, inspect(filledUp).payloadSize());
    }

    static Stream<Arguments> refused() {
        byte[] good = load("ecdsa-p256.bin");
        byte[] withProtected = load("protected.bin");
        int tlvArea = 0x200 + 2_000;
        byte[] plain = headerAndBody(64, 0);
        byte[] longBody = headerAndBody(64, 0);
        return Stream.of(
                arguments("empty", Reason.IMAGE_TRUNCATED, new byte[0]),
                arguments("shorter than a header", Reason.IMAGE_TRUNCATED, Arrays.copyOf(good, 31)),
                arguments("cut in the body", Reason.IMAGE_TRUNCATED, Arrays.copyOf(good, 1_000)),
                arguments("cut before the TLVs", Reason.IMAGE_TRUNCATED, Arrays.copyOf(good, tlvArea)),
                arguments("cut in the TLVs", Reason.IMAGE_TRUNCATED, Arrays.copyOf(good, good.length - 1)),
                arguments("body of 4 GiB", Reason.IMAGE_TRUNCATED, with32(good, 12, -1)),
                arguments("body of 2 GiB", Reason.IMAGE_TRUNCATED, with32(good, 12, Integer.MAX_VALUE)),
                arguments("no body", Reason.IMAGE_FORMAT, with32(good, 12, 0)),
                arguments("header of 31 bytes", Reason.IMAGE_FORMAT, with16(good, 8, 31)),
                arguments("header of 65 535 bytes", Reason.IMAGE_TRUNCATED, with16(good, 8, 0xFFFF)),
                arguments("protected size without an area", Reason.IMAGE_FORMAT, with16(good, 10, 28)),
                arguments("protected area without a size", Reason.IMAGE_FORMAT, with16(withProtected, 10, 0)),
                arguments("protected size too large", Reason.IMAGE_FORMAT, with16(withProtected, 10, 32)),
                arguments("protected totals differ", Reason.IMAGE_FORMAT, with16(withProtected, tlvArea + 2, 24)),
                arguments("TLV total of 0", Reason.IMAGE_FORMAT, with16(good, tlvArea + 2, 0)),
                arguments("TLV total of 65 535", Reason.IMAGE_TRUNCATED, with16(good, tlvArea + 2, 0xFFFF)),
                arguments("TLV longer than its area", Reason.IMAGE_FORMAT, with16(good, tlvArea + 6, 0xFFFF)),
                arguments("area ends in an entry", Reason.IMAGE_FORMAT, with16(good, tlvArea + 2, 42)),
                arguments("wrong TLV magic", Reason.IMAGE_FORMAT, with16(good, tlvArea, 0x6906)),
                arguments("flipped bit in the header", Reason.IMAGE_HASH, flip(good, 28)),
                arguments("flipped bit in the body", Reason.IMAGE_HASH, flip(good, 0x1000 - 0x800)),
                arguments("flipped bit in a protected TLV", Reason.IMAGE_HASH, flip(withProtected, tlvArea + 8)),
                arguments("flipped bit in the hash", Reason.IMAGE_HASH, flip(good, tlvArea + 8)),
                arguments("no hash TLV", Reason.IMAGE_FORMAT, with16(good, tlvArea + 4, 0x60)),
                arguments("only a SHA-384", Reason.IMAGE_FORMAT, load("ecdsa-p384.bin")),
                arguments("only a SHA-512", Reason.IMAGE_FORMAT, load("ed25519-pure.bin")),
                arguments("encrypted", Reason.IMAGE_FORMAT, load("encrypted.bin")),
                arguments("encryption key without flag", Reason.IMAGE_FORMAT, with32(load("encrypted.bin"), 16, 0)),
                arguments("LZMA2", Reason.IMAGE_FORMAT, rehashed(headerAndBody(64, 0x400))),
                arguments("LZMA1", Reason.IMAGE_FORMAT, rehashed(headerAndBody(64, 0x200))),
                arguments("AES-256", Reason.IMAGE_FORMAT, rehashed(headerAndBody(64, 0x8))),
                arguments("not bootable", Reason.IMAGE_FORMAT, rehashed(headerAndBody(64, 0x10))),
                arguments("for RAM", Reason.IMAGE_FORMAT, rehashed(headerAndBody(64, 0x20))),
                arguments(
                        "zeros and erased bytes behind", Reason.IMAGE_FORMAT, concat(rehashed(plain), new byte[] {0, -1
                        })),
                arguments("something behind", Reason.IMAGE_FORMAT, concat(rehashed(plain), new byte[] {1})),
                arguments("two images in a row", Reason.IMAGE_FORMAT, concat(rehashed(plain), rehashed(longBody))),
                arguments("spoilt trailer", Reason.IMAGE_FORMAT, flip(load("padded.bin"), 8_191)),
                arguments("mark in the wrong place", Reason.IMAGE_FORMAT, flip(load("padded.bin"), 8_000)),
                arguments("not an image at all", Reason.IMAGE_FORMAT, new byte[64]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, Reason reason, byte[] file) {
        FotaException refusal = assertThrows(FotaException.class, () -> inspect(file));
        assertEquals(reason, refusal.reason(), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("."), refusal.getMessage());
    }

    /** Of any length: a file that is shorter than an image's header is no truncated image. */
    @ParameterizedTest
    @CsvSource({
        "':020000040001F9', Intel HEX",
        "':00000001FF\r\n', Intel HEX",
        "'\u00ef\u00bb\u00bf:00000001FF', Intel HEX",
        "'S00600004844521B', S-records",
        "'<?xml version=', text",
        "'PK\u0003\u0004', ZIP",
        "'\u001f\u008b\b', gzip",
        "'\u007fELF', ELF",
        "'UF2\n', UF2"
    })
    void namesFilesGivenByMistake(String start, String word) {
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] file : List.of(bytes, Arrays.copyOf(bytes, 64))) {
            FotaException refusal = assertThrows(FotaException.class, () -> inspect(file));
            assertEquals(Reason.IMAGE_FORMAT, refusal.reason());
            assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
        }
    }

    /** A build for MCUboot leaves room for the header, in zeros or erased. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0x200, 0", "0x200, 0xFF", "0x400, 0", "0x1000, 0"})
    void namesAnApplicationThatIsNotSigned(String room, String fill) {
        int at = Integer.decode(room);
        byte[] file = new byte[at + 64];
        Arrays.fill(file, 0, at, Integer.decode(fill).byteValue());
        byte[] vectors = with32(with32(file, at, 0x20008000), at + 4, 0x10301);
        FotaException refusal = assertThrows(FotaException.class, () -> inspect(vectors));
        assertTrue(refusal.getMessage().contains("not signed"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("zephyr.signed.bin"), refusal.getMessage());
    }

    @Test
    void knowsAModemDelta() throws Exception {
        byte[] file = with32(new byte[4_096], 4, 0x7544656D);
        assertEquals("meDu", new String(file, 4, 4, StandardCharsets.US_ASCII));
        ImageDescriptor delta = inspect(file);
        assertEquals(ImageKind.MODEM_DELTA, delta.kind());
        assertEquals(Optional.empty(), delta.imageHash());
        assertEquals(4_096, delta.payloadSize());
    }

    @Test
    void refusesAFileThatNoBoardCanHold(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("huge.bin");
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(ImageInspector.MAX_FILE_BYTES).write(ByteBuffer.wrap(new byte[1]));
        }
        ImageInspector inspector = new ImageInspector(Optional.empty());
        assertEquals(
                Reason.IMAGE_SIZE,
                assertThrows(FotaException.class, () -> inspector.inspect(file)).reason());
        Path missing = directory.resolve("missing.bin");
        assertEquals(
                Reason.IMAGE_UNREADABLE,
                assertThrows(FotaException.class, () -> inspector.inspect(missing))
                        .reason());
    }

    /** Whatever the bytes, the answer is a description or a refusal, never another exception. */
    @Test
    void survivesAnyDamage() {
        byte[][] samples = {load("protected.bin"), load("rsa-2048.bin"), load("confirmed.bin")};
        for (int seed = 0; seed < 3_000; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            byte[] file = samples[seed % samples.length].clone();
            int areas = random.nextBoolean() ? 32 : file.length;
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                int at = random.nextBoolean() ? random.nextInt(areas) : 0x200 + 2_000 + random.nextInt(100);
                file[at] = (byte) random.nextInt();
            }
            byte[] damaged = random.nextBoolean() ? file : Arrays.copyOf(file, random.nextInt(file.length));
            try {
                inspect(damaged, "root-ec-p256-pub.pem");
            } catch (FotaException e) {
                assertEquals(8, e.reason().exitCode(), "seed " + seed);
            }
        }
    }
}
