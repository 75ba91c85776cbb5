package dev.fotabridge.host.image;

/** What is known about an image's signature. A wrong one is never described: it is refused. */
public enum SignatureCheck {
    /** There is nothing to check. */
    NO_SIGNATURE,
    /** There is one, but no public key was given to check it with. */
    NOT_CHECKED,
    /** It was made by the owner of the given public key over this very image. */
    VALID
}
