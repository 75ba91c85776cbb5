package dev.fotabridge.host.image;

import static dev.fotabridge.host.image.SampleImages.flip;
import static dev.fotabridge.host.image.SampleImages.headerAndBody;
import static dev.fotabridge.host.image.SampleImages.inspect;
import static dev.fotabridge.host.image.SampleImages.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureVerifierTest {
    @ParameterizedTest
    @CsvSource({
        "ecdsa-p256.bin, root-ec-p256-pub.pem",
        "rsa-2048.bin, root-rsa-2048-pub.pem",
        "rsa-3072.bin, root-rsa-3072-pub.pem",
        "ed25519.bin, root-ed25519-pub.pem"
    })
    void refusesASpoiltSignature(String name, String key) {
        byte[] file = load(name);
        FotaException refusal = assertThrows(FotaException.class, () -> inspect(flip(file, file.length - 10), key));
        assertEquals(Reason.IMAGE_SIGNATURE, refusal.reason());
        assertTrue(refusal.getMessage().contains("signature is wrong"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "wrong-key.bin, root-ec-p256-pub.pem, another key",
        "ecdsa-p256.bin, root-ed25519-pub.pem, root-ec-p256.pem",
        "rsa-2048.bin, root-rsa-3072-pub.pem, root-rsa-2048.pem",
        "ecdsa-p256.bin, root-ed25519-pub.pem, 'signed with ECDSA-P256, but root-ed25519-pub.pem is a key of another kind, Ed25519 ('",
        "rsa-2048.bin, root-rsa-3072-pub.pem, 'RSA-2048, but root-rsa-3072-pub.pem is a key of another kind, RSA-3072 ('",
        "unsigned.bin, root-ec-p256-pub.pem, not signed"
    })
    void namesTheWrongKey(String name, String key, String words) {
        FotaException refusal = assertThrows(FotaException.class, () -> inspect(load(name), key));
        assertEquals(Reason.IMAGE_SIGNATURE, refusal.reason());
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    /** A signature is not accepted merely because the image claims the right key. */
    @Test
    void refusesTheRightKeyHashWithASignatureOfAnother() throws Exception {
        KeyPair stranger = ec();
        byte[] hashed = headerAndBody(64, 0);
        byte[] signature = sign("SHA256withECDSA", stranger.getPrivate(), hashed);
        byte[] rootHash = SampleImages.key("root-ec-p256-pub.pem").keyHash().bytes();
        byte[] file = image(hashed, new int[] {0x01, 0x22}, rootHash, signature);
        assertEquals(
                Reason.IMAGE_SIGNATURE,
                assertThrows(FotaException.class, () -> inspect(file, "root-ec-p256-pub.pem"))
                        .reason());
    }

    @Test
    void acceptsTheSecondOfTwoSignatures() throws Exception {
        KeyPair first = ec();
        KeyPair second = ec();
        byte[] hashed = headerAndBody(64, 0);
        byte[] file = image(
                hashed,
                new int[] {0x01, 0x22, 0x01, 0x22},
                spkiHash(first.getPublic()),
                sign("SHA256withECDSA", first.getPrivate(), hashed),
                spkiHash(second.getPublic()),
                sign("SHA256withECDSA", second.getPrivate(), hashed));
        assertEquals(SignatureCheck.VALID, inspectWith(file, second.getPublic()).signatureCheck());
    }

    @Test
    void acceptsTheZerosOfOlderImgtool() throws Exception {
        KeyPair pair = ec();
        byte[] hashed = headerAndBody(64, 0);
        byte[] padded = Arrays.copyOf(sign("SHA256withECDSA", pair.getPrivate(), hashed), 80);
        byte[] file = image(hashed, new int[] {0x01, 0x22}, spkiHash(pair.getPublic()), padded);
        assertEquals(SignatureCheck.VALID, inspectWith(file, pair.getPublic()).signatureCheck());
    }

    @Test
    void readsPureEd25519WhenThereIsAlsoAHash() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] hashed = headerAndBody(64, 0);
        byte[] signature = sign("Ed25519", pair.getPrivate(), hashed);
        byte[] file =
                image(hashed, new int[] {0x25, 0x01, 0x24}, new byte[] {1}, spkiHash(pair.getPublic()), signature);
        ImageDescriptor image = inspectWith(file, pair.getPublic());
        assertEquals(SignatureType.ED25519_PURE, image.signatureType());
        assertEquals(SignatureCheck.VALID, image.signatureCheck());
        byte[] claimsNoPure =
                image(hashed, new int[] {0x25, 0x01, 0x24}, new byte[] {0}, spkiHash(pair.getPublic()), signature);
        assertThrows(FotaException.class, () -> inspectWith(claimsNoPure, pair.getPublic()));
    }

    private static KeyPair ec() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] spkiHash(PublicKey key) {
        return Sha256.newDigest().digest(key.getEncoded());
    }

    private static byte[] sign(String algorithm, PrivateKey key, byte[] message) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static ImageDescriptor inspectWith(byte[] file, PublicKey key) throws FotaException {
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return new ImageInspector(Optional.of(PublicKeyFile.parse(pem, "key.pem"))).inspect(ByteBuffer.wrap(file));
    }

    private static byte[] image(byte[] hashed, int[] types, byte[]... values) {
        ByteArrayOutputStream tlvs = new ByteArrayOutputStream();
        put(tlvs, 0x10, Sha256.newDigest().digest(hashed));
        for (int i = 0; i < types.length; i++) {
            put(tlvs, types[i], values[i]);
        }
        ByteBuffer info = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        info.putShort((short) 0x6907).putShort((short) (4 + tlvs.size()));
        return SampleImages.concat(SampleImages.concat(hashed, info.array()), tlvs.toByteArray());
    }

    private static void put(ByteArrayOutputStream out, int type, byte[] value) {
        ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(
                head.putShort((short) type).putShort((short) value.length).array());
        out.writeBytes(value);
    }
}
