package dev.fotabridge.protocol.upload;

/**
 * One image on its way into slot 1.
 *
 * @param image the whole file; not copied, must not change
 * @param fileSha256 its SHA-256, 32 bytes
 * @param imageHash its hash TLV, 32 bytes
 * @param trust what is known of the slot's contents
 * @param knownDurablePages image pages 0 to n-1 of this very file that this host saw durable in the session that ended
 *     uncleanly; 0 if nothing is known
 * @param packing what the forms are chosen by in which the pages travel
 */
public record Upload(
        byte[] image, byte[] fileSha256, byte[] imageHash, Trust trust, int knownDurablePages, Packing packing) {
    /** Every page travels as it is. */
    public Upload(byte[] image, byte[] fileSha256, byte[] imageHash, Trust trust, int knownDurablePages) {
        this(image, fileSha256, imageHash, trust, knownDurablePages, Packing.NONE);
    }

    /** How far the slot's digests are believed; SPEC.md section 6.1. */
    public enum Trust {
        /** The last session ended cleanly: what reads right is right. */
        CLEAN,
        /** Nothing is known: a frontier between right and wrong pages is written again, a slot that is all right is left. */
        UNKNOWN,
        /** It ended, or may have ended, inside a flash operation: the frontier is written again, at the last page too. */
        UNCLEAN,
        /** The whole image did not verify: every page is sent and written. */
        NOTHING
    }
}
