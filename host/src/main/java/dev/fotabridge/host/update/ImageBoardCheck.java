package dev.fotabridge.host.update;

import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.image.ImageRules;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.protocol.session.BoardInfo;
import java.util.List;

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
        if (noDowngrade) {
            ImageRules.requireNoDowngrade(image, BoardVersion.number(board));
        }
    }

    @Override
    public void requireType(BoardInfo board) throws FotaException {
        for (String type : boardTypes) {
            if (!new BoardName(type).names(board.board())) {
                throw new FotaException(
                        Reason.BOARD_TYPE,
                        "The image is for " + Printable.of(type) + ", but this board is " + board.board() + ".");
            }
        }
    }
}
