package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.image.ImageKind;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.upload.Packing;
import dev.fotabridge.protocol.upload.SlotContents;
import dev.fotabridge.protocol.upload.Upload;
import dev.fotabridge.protocol.upload.UploadEstimate;
import java.util.List;

/**
 * What it takes to bring one image to an nRF9160 DK that has another one; without a board.
 * Tested by ForecastIT.
 *
 * @param pageBytes bytes of a page
 * @param pages of the new image
 * @param equalPages pages that the old image holds at the same place
 * @param ifRuns if the board runs the old image, and its slot 1 holds nothing of use: the old one is the dictionary of the new one
 * @param ifInSlot if slot 1 holds the old image, as after a revert: equal pages are not sent
 */
public record ImageDiff(
        int pageBytes, int pages, int equalPages, List<RateEstimate> ifRuns, List<RateEstimate> ifInSlot) {
    private static final byte[] NOTHING = new byte[0];

    /**
     * Compares two images; takes as long as it takes to deflate the new one a few times.
     *
     * @throws FotaException IMAGE_FORMAT when one is a modem delta, whose parts nobody can compare; IMAGE_SIZE when the new one fits no
     *     such board
     */
    public static ImageDiff of(PreparedImage before, PreparedImage after) throws FotaException {
        BoardInfo board = ReferenceBoard.info();
        requireImage(before);
        requireImage(after);
        after.check(List.of(), List.of(), false).require(board);
        byte[] old = before.payload();
        int pageBytes = board.slot().pageSize();
        SlotContents holdsOld = SlotContents.of(old, after.payload(), pageBytes);
        // A byte that is 0 in every page: no page is blank, and none is right.
        SlotContents holdsOther = SlotContents.of(new byte[after.payload().length], after.payload(), pageBytes);
        return new ImageDiff(
                pageBytes,
                holdsOld.pages(),
                holdsOld.equalPages(),
                estimates(board, after, holdsOther, old),
                estimates(board, after, holdsOld, NOTHING));
    }

    private static void requireImage(PreparedImage image) throws FotaException {
        if (image.descriptor().kind() != ImageKind.MCUBOOT) {
            throw new FotaException(
                    Reason.IMAGE_FORMAT, "A modem delta is encrypted, so that nothing in it can be compared.");
        }
    }

    private static List<RateEstimate> estimates(
            BoardInfo board, PreparedImage image, SlotContents slot, byte[] running) {
        int start = board.link().rates().get(0);
        return RateEstimate.rates(board, start, Integer.MAX_VALUE).stream()
                .map(baud -> new RateEstimate(baud, UploadEstimate.of(upload(image, baud, running), board, slot)))
                .toList();
    }

    private static Upload upload(PreparedImage image, int baud, byte[] running) {
        return new Upload(
                image.payload(),
                image.payloadSha256().bytes(),
                image.imageHash().bytes(),
                Upload.Trust.CLEAN,
                0,
                Packing.at(baud, running));
    }
}
