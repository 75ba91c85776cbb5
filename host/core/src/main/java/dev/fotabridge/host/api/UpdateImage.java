package dev.fotabridge.host.api;

import java.util.List;
import java.util.Optional;

/**
 * An image or a modem delta in memory, which has passed every check that needs no board. {@link FotaBridge#image} makes one. Immutable;
 * any thread may call.
 */
public interface UpdateImage {
    /** {@return whether it is a delta for the modem's own firmware, and no MCUboot image} */
    boolean isModemDelta();

    /** {@return size of the file in bytes} */
    int fileSize();

    /** {@return SHA-256 of the whole file, 64 lower-case hex digits} */
    String fileSha256();

    /** {@return MCUboot's hash, which a board reports of what it runs: 64 lower-case hex digits; empty for a modem delta} */
    Optional<String> imageHash();

    /** {@return the version in the image's header, such as 1.2.0; empty for a modem delta} */
    Optional<String> version();

    /** {@return whether the image contains the stub, so that it can answer after the swap; false for a modem delta} */
    boolean hasStub();

    /** {@return what is known of the signature} */
    Signature signature();

    /** {@return sentences for people, such as that a well-known test key signed it; may be empty} */
    List<String> warnings();

    /** What is known of a signature. A wrong one is never described: it is refused. */
    enum Signature {
        /** There is nothing to check. */
        NONE,
        /** There is one, but no public key was given to check it with. */
        NOT_CHECKED,
        /** The owner of the given public key made it over this very image. */
        VALID
    }
}
