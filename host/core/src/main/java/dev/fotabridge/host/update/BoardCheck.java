package dev.fotabridge.host.update;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.protocol.board.BoardInfo;

/** What an image asks of a board; pure. */
@FunctionalInterface
public interface BoardCheck {
    /**
     * Returns if the board will do.
     *
     * @throws FotaException IMAGE_SIZE, BOARD_TYPE or DOWNGRADE
     */
    void require(BoardInfo board) throws FotaException;

    /**
     * Returns if the image is meant for this type of board; asked of a board that runs the image already, too.
     *
     * @throws FotaException BOARD_TYPE
     */
    default void requireType(BoardInfo board) throws FotaException {
        // Who names no type takes every board.
    }
}
