package dev.fotabridge.host.update;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.protocol.session.BoardInfo;

/** What an image asks of a board; pure. */
@FunctionalInterface
public interface BoardCheck {
    /**
     * Returns if the board will do.
     *
     * @throws FotaException IMAGE_SIZE, BOARD_TYPE or DOWNGRADE
     */
    void require(BoardInfo board) throws FotaException;
}
