package dev.fotabridge.protocol.upload;

/**
 * One image for slot 1, and what the host knows of the slot.
 *
 * @param image the whole file; not copied, must not change
 * @param fileSha256 its SHA-256, 32 bytes
 * @param imageHash its hash TLV, 32 bytes
 * @param trust what is known of the slot's contents
 * @param knownDurablePages number of image pages, from page 0 on, that this host saw durable with this very file in the
 *     session that ended uncleanly; 0 if nothing is known
 * @param packing how the form of each page is chosen
 */
public record Upload(
        byte[] image, byte[] fileSha256, byte[] imageHash, Trust trust, int knownDurablePages, Packing packing) {
    /** Sends every page as it is. */
    public Upload(byte[] image, byte[] fileSha256, byte[] imageHash, Trust trust, int knownDurablePages) {
        this(image, fileSha256, imageHash, trust, knownDurablePages, Packing.NONE);
    }

    /** How far the host trusts the slot's digests; SPEC.md section 6.1. */
    public enum Trust {
        /** The last session ended cleanly: a page with the right digest is right. */
        CLEAN,
        /** Nothing is known: pages at the frontier between right and wrong ones are rewritten; a slot without a frontier is not. */
        UNKNOWN,
        /** The last session may have ended inside a flash operation: the frontier is rewritten, also at the last page. */
        UNCLEAN,
        /** The whole image did not verify: every page is sent and written. */
        NOTHING
    }
}
