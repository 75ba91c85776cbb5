package dev.fotabridge.host.update;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.image.ImageRules;
import dev.fotabridge.host.value.BoardName;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.FlashRange;
import java.util.List;
import java.util.OptionalLong;

/** Holds one image against a board: size limit, board type, version. */
public final class ImageBoardCheck implements BoardCheck {
    private final ImageDescriptor image;
    private final List<String> boardTypes;
    private final boolean noDowngrade;

    /**
     * Sets the rules.
     *
     * @param boardTypes every one of them must name the board; may be empty; see {@link BoardName}
     * @param noDowngrade whether an older version is refused
     */
    public ImageBoardCheck(ImageDescriptor image, List<String> boardTypes, boolean noDowngrade) {
        this.image = image;
        this.boardTypes = List.copyOf(boardTypes);
        this.noDowngrade = noDowngrade;
    }

    @Override
    public void require(BoardInfo board) throws FotaException {
        requireType(board);
        ImageRules.requireFits(image, board.slot().sizeLimit());
        requireReadableHash(board);
        if (noDowngrade) {
            ImageRules.requireNoDowngrade(image, board.running().version());
        }
    }

    @Override
    public void requireType(BoardInfo board) throws FotaException {
        for (String type : boardTypes) {
            if (!new BoardName(type).names(board.identity().board())) {
                throw new FotaException(
                        Reason.BOARD_TYPE,
                        "The image is for " + Printable.of(type) + ", but this board is "
                                + board.identity().board() + ".");
            }
        }
    }

    /**
     * The stub reads the hash of what it runs out of the running image's TLVs. An application beside TF-M cannot read TF-M's part
     * of the slot, so an image that ends there could never say that it runs.
     */
    private void requireReadableHash(BoardInfo board) throws FotaException {
        if (board.running().address() == BoardInfo.Running.UNKNOWN_ADDRESS
                || image.header().isEmpty()) {
            return;
        }
        long tlvs = board.running().address() + image.header().get().tlvOffset();
        long end = board.running().address() + image.payloadSize();
        boolean readable =
                board.flash().readable().stream().anyMatch(range -> range.base() <= tlvs && end <= range.end());
        OptionalLong next = board.flash().readable().stream()
                .mapToLong(FlashRange::base)
                .filter(base -> base > tlvs)
                .min();
        if (!readable && next.isPresent()) {
            throw new FotaException(
                    Reason.IMAGE_SIZE,
                    "The image is too small for this board: its TLVs begin at byte "
                            + image.header().get().tlvOffset()
                            + ", where the board's application cannot read the image's hash"
                            + " once it runs. They must not begin before byte "
                            + (next.getAsLong() - board.running().address())
                            + " (on an nRF9160 TF-M lies in front of the application).");
        }
    }
}
