package dev.fotabridge.host.image;

import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.ImageVersion;
import java.util.List;
import java.util.Optional;

/**
 * All that a file says about itself, after every check of {@link ImageInspector} has passed.
 *
 * @param kind MCUboot image or modem delta
 * @param fileSize bytes in the file
 * @param fileSha256 over the whole file
 * @param payloadSize bytes that go to the board: the file's first {@code payloadSize} ones. Smaller than
 *     {@code fileSize} only for an image that imgtool padded with a trailer; the trailer is never sent, since marking an
 *     image pending is MARK's business
 * @param imageHash MCUboot's hash TLV, what a board reports of what it runs; empty for a modem delta
 * @param header of an MCUboot image; empty for a modem delta
 * @param tlvs in the order of the file, protected ones first; empty for a modem delta
 * @param signatureType what kind of signature there is
 * @param signatureCheck what is known about it
 * @param keyHash SHA-256 of the public key that signed, as the image says; may be empty
 * @param marker whether the image contains the stub's marker, so that it can answer after the swap
 * @param warnings sentences for people, such as a well-known test key; may be empty
 */
public record ImageDescriptor(
        ImageKind kind,
        int fileSize,
        Sha256 fileSha256,
        int payloadSize,
        Optional<Sha256> imageHash,
        Optional<ImageHeader> header,
        List<Tlv> tlvs,
        SignatureType signatureType,
        SignatureCheck signatureCheck,
        Optional<Sha256> keyHash,
        boolean marker,
        List<String> warnings) {
    /** Copies the lists. */
    public ImageDescriptor {
        tlvs = List.copyOf(tlvs);
        warnings = List.copyOf(warnings);
    }

    /** The version in the header; empty for a modem delta. */
    public Optional<ImageVersion> version() {
        return header.map(ImageHeader::version);
    }
}
