package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.protocol.board.BoardInfo;

/** Port: the board's place. Methods block for a bounded time. */
public interface BoardProbe extends AutoCloseable {
    /**
     * Chooses the port and locks it against other processes of ours; opens nothing.
     *
     * @return its name
     * @throws FotaException NO_BOARD, SEVERAL_BOARDS, or PORT_BUSY when a process of ours has it
     */
    String choose() throws FotaException;

    /**
     * Opens the port.
     *
     * @throws FotaException PORT_MISSING, PORT_FORBIDDEN or PORT_BUSY
     */
    void open() throws FotaException;

    /**
     * Says HELLO, which changes nothing on a board that is not being updated.
     *
     * @throws FotaException LINK_LOST, NOT_A_STUB or STUB_VERSION
     */
    BoardInfo hello() throws FotaException;

    /** Gives the port back. */
    @Override
    void close();
}
