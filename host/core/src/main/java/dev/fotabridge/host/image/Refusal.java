package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;

/** Makes the refusals of this package, numbers written in one way. */
final class Refusal {
    private Refusal() {}

    static FotaException format(String sentence) {
        return new FotaException(Reason.IMAGE_FORMAT, sentence);
    }

    static FotaException truncated(long fileSize, long needed) {
        return new FotaException(
                Reason.IMAGE_TRUNCATED,
                "The file has " + fileSize + " bytes, but its header speaks of at least " + needed + ".");
    }

    static FotaException signature(String sentence) {
        return new FotaException(Reason.IMAGE_SIGNATURE, sentence);
    }
}
