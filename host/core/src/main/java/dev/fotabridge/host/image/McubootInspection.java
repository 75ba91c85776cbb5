package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All checks of one MCUboot image, in MCUboot's order: structure, hash, signature. Tested by ImageInspectorTest. */
final class McubootInspection {
    /** In the .rodata of every image that contains the stub. */
    private static final byte[] MARKER = "DKLINK-STUB-V001".getBytes(StandardCharsets.US_ASCII);

    private McubootInspection() {}

    static ImageDescriptor inspect(ByteBuffer bytes, Optional<PublicKeyFile> publicKey) throws FotaException {
        McubootImage image = McubootImage.parse(bytes);
        List<String> warnings = new ArrayList<>();
        TrailerPadding.examine(image.rest()).ifPresent(warnings::add);
        Sha256 imageHash = checkHash(image);
        SignatureType type = SignatureVerifier.typeOf(image);
        if (publicKey.isPresent()) {
            new SignatureVerifier(image, imageHash, publicKey.get()).verify();
        }
        Optional<Sha256> keyHash = keyHash(image);
        keyHash.flatMap(KnownKeys::nameOf).ifPresent(name -> warnings.add(testKeyWarning(name)));
        return new ImageDescriptor(
                ImageKind.MCUBOOT,
                bytes.limit(),
                Sha256.over(bytes),
                image.end(),
                Optional.of(imageHash),
                Optional.of(image.header()),
                image.tlvs(),
                type,
                check(type, publicKey.isPresent()),
                keyHash,
                contains(image.body(), MARKER),
                warnings);
    }

    private static SignatureCheck check(SignatureType type, boolean checked) {
        if (type == SignatureType.NONE) {
            return SignatureCheck.NO_SIGNATURE;
        }
        return checked ? SignatureCheck.VALID : SignatureCheck.NOT_CHECKED;
    }

    private static Sha256 checkHash(McubootImage image) throws FotaException {
        Sha256 computed = Sha256.over(image.hashed());
        boolean found = false;
        for (Tlv tlv : image.tlvs()) {
            if (tlv.type() == TlvType.SHA256 && !tlv.isProtected()) {
                if (!Arrays.equals(image.data(tlv), computed.bytes())) {
                    throw new FotaException(
                            Reason.IMAGE_HASH, "The image's bytes do not match the SHA-256 that it carries.");
                }
                found = true;
            }
        }
        if (!found) {
            throw Refusal.format("The image carries no SHA-256" + otherHash(image)
                    + ", so nothing can tell whether it arrived and which image runs.");
        }
        return computed;
    }

    private static String otherHash(McubootImage image) {
        return image.tlvs().stream()
                .filter(tlv -> tlv.type() == TlvType.SHA384 || tlv.type() == TlvType.SHA512)
                .findFirst()
                .map(tlv -> " (only " + tlv.name() + ", which MCUboot on the nRF9160 does not use)")
                .orElse("");
    }

    private static Optional<Sha256> keyHash(McubootImage image) {
        return image.tlvs().stream()
                .filter(tlv -> tlv.type() == TlvType.KEYHASH && tlv.length() == Sha256.LENGTH)
                .findFirst()
                .map(tlv -> Sha256.ofDigest(image.data(tlv)));
    }

    private static String testKeyWarning(String name) {
        return "The image is signed with " + name
                + ", a test key whose private half everybody can download: not for products.";
    }

    private static boolean contains(ByteBuffer body, byte[] wanted) {
        int last = body.limit() - wanted.length;
        for (int at = 0; at <= last; at++) {
            if (body.get(at) == wanted[0] && body.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                return true;
            }
        }
        return false;
    }
}
