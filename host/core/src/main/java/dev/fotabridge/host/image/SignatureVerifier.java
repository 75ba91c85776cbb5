package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks an image's signature as MCUboot does: of the pairs KEYHASH (or PUBKEY), signature, those whose key is the given
 * one count; one that verifies is enough.
 */
final class SignatureVerifier {
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, Sha256.LENGTH, 1);

    private final McubootImage image;
    private final Sha256 imageHash;
    private final PublicKeyFile key;
    private final boolean pure;

    SignatureVerifier(McubootImage image, Sha256 imageHash, PublicKeyFile key) {
        this.image = image;
        this.imageHash = imageHash;
        this.key = key;
        pure = isPure(image);
    }

    /** Which kind of signature the image carries first. */
    static SignatureType typeOf(McubootImage image) {
        return signatures(image).stream()
                .findFirst()
                .map(tlv -> typeOf(image, tlv))
                .orElse(SignatureType.NONE);
    }

    /** Returns if the given key signed this image. */
    void verify() throws FotaException {
        List<Tlv> signatures = signatures(image);
        if (signatures.isEmpty()) {
            throw Refusal.signature("The image is not signed, but " + key.name() + " was given to check it with.");
        }
        requireKind(signatures);
        List<Tlv> ours = signaturesOfKey();
        if (ours.isEmpty()) {
            throw Refusal.signature("The image is signed with another key than " + key.name() + keysNamed() + ".");
        }
        for (Tlv tlv : ours) {
            if (isRight(image.data(tlv))) {
                return;
            }
        }
        throw Refusal.signature("The image names the key " + key.name() + ", but its signature is wrong.");
    }

    /** A key of another kind cannot have made any of them, whatever hash it has. */
    private void requireKind(List<Tlv> signatures) throws FotaException {
        if (signatures.stream().noneMatch(this::sameKind)) {
            throw Refusal.signature("The image is signed with "
                    + typeOf(image, signatures.get(0)).words() + ", but " + key.name() + " is a key of another kind, "
                    + key.signatureType().words() + keysNamed() + ".");
        }
    }

    private List<Tlv> signaturesOfKey() {
        List<Tlv> ours = new ArrayList<>();
        boolean keyMatches = false;
        for (Tlv tlv : image.tlvs()) {
            if (tlv.type() == TlvType.KEYHASH) {
                keyMatches = Arrays.equals(image.data(tlv), key.keyHash().bytes());
            } else if (tlv.type() == TlvType.PUBKEY) {
                keyMatches = Arrays.equals(
                        Sha256.newDigest().digest(image.data(tlv)),
                        key.keyHash().bytes());
            } else if (keyMatches && isSignature(tlv) && sameKind(tlv)) {
                ours.add(tlv);
            }
        }
        return ours;
    }

    private boolean sameKind(Tlv tlv) {
        SignatureType type = typeOf(image, tlv);
        return type == key.signatureType()
                || type == SignatureType.ED25519_PURE && key.signatureType() == SignatureType.ED25519;
    }

    private String keysNamed() {
        List<String> names = new ArrayList<>();
        for (Tlv tlv : image.tlvs()) {
            if (tlv.type() == TlvType.KEYHASH && tlv.length() == Sha256.LENGTH) {
                Sha256 hash = Sha256.ofDigest(image.data(tlv));
                names.add(KnownKeys.nameOf(hash).orElse(hash.hex().substring(0, 16) + "…"));
            }
        }
        return names.isEmpty()
                ? ""
                : " (it names " + String.join(", ", names) + "; yours is "
                        + key.keyHash().hex().substring(0, 16) + "…)";
    }

    private boolean isRight(byte[] signature) {
        try {
            Signature verifier = verifier();
            verifier.initVerify(key.key());
            verifier.update(signedBytes());
            return verifier.verify(key.signatureType() == SignatureType.ECDSA ? withoutPadding(signature) : signature);
        } catch (GeneralSecurityException e) {
            // A signature that cannot even be decoded is a wrong one.
            return false;
        }
    }

    private Signature verifier() throws GeneralSecurityException {
        switch (key.signatureType()) {
            case ECDSA:
                return Signature.getInstance("SHA256withECDSA");
            case RSA_2048, RSA_3072:
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(PSS);
                return pss;
            default:
                return Signature.getInstance("Ed25519");
        }
    }

    /** ECDSA and RSA sign the image's SHA-256 as their own digest; Ed25519 takes that hash as its message. */
    private ByteBuffer signedBytes() {
        boolean hashIsMessage = key.signatureType() == SignatureType.ED25519 && !pure;
        return hashIsMessage ? ByteBuffer.wrap(imageHash.bytes()) : image.hashed();
    }

    /** Older imgtool pads ECDSA signatures with zeros to a fixed length; the DER sequence knows its own. */
    private static byte[] withoutPadding(byte[] signature) {
        if (signature.length < 2 || signature[1] < 0) {
            return signature;
        }
        int length = Math.min(signature.length, 2 + signature[1]);
        for (int i = length; i < signature.length; i++) {
            if (signature[i] != 0) {
                return signature;
            }
        }
        return Arrays.copyOf(signature, length);
    }

    private static List<Tlv> signatures(McubootImage image) {
        return image.tlvs().stream().filter(SignatureVerifier::isSignature).toList();
    }

    private static boolean isSignature(Tlv tlv) {
        return tlv.type() == TlvType.RSA2048
                || tlv.type() == TlvType.RSA3072
                || tlv.type() == TlvType.ECDSASIG
                || tlv.type() == TlvType.ED25519;
    }

    private static SignatureType typeOf(McubootImage image, Tlv tlv) {
        switch (tlv.type()) {
            case TlvType.RSA2048:
                return SignatureType.RSA_2048;
            case TlvType.RSA3072:
                return SignatureType.RSA_3072;
            case TlvType.ECDSASIG:
                return SignatureType.ECDSA;
            default:
                return isPure(image) ? SignatureType.ED25519_PURE : SignatureType.ED25519;
        }
    }

    private static boolean isPure(McubootImage image) {
        return image.tlvs().stream()
                .anyMatch(tlv -> tlv.type() == TlvType.SIG_PURE && tlv.length() == 1 && image.data(tlv)[0] == 1);
    }
}
