package dev.fotabridge.host.update;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import java.util.List;
import java.util.Optional;

/** Holds a modem delta against a board: board type, that there is a modem, its area, the firmware that it runs. */
public final class ModemBoardCheck implements BoardCheck {
    private final ImageDescriptor delta;
    private final ImageBoardCheck types;
    private final List<String> uuids;

    /**
     * Sets the rules.
     *
     * @param boardTypes every one of them must be the board's type; may be empty
     * @param uuids every one of them must be the UUID of the firmware that the modem runs; may be empty. What a delta itself
     *     says of it is encrypted: without a UUID here the modem is the first who knows
     */
    public ModemBoardCheck(ImageDescriptor delta, List<String> boardTypes, List<String> uuids) {
        this.delta = delta;
        this.types = new ImageBoardCheck(delta, boardTypes, false);
        this.uuids = List.copyOf(uuids);
    }

    @Override
    public void requireType(BoardInfo board) throws FotaException {
        types.requireType(board);
        if (board.modem().isEmpty()) {
            throw new FotaException(
                    Reason.BOARD_TYPE, "The file is a modem delta, but this board's stub has no modem to hand it to.");
        }
    }

    @Override
    public void require(BoardInfo board) throws FotaException {
        requireType(board);
        ModemInfo modem = board.modem().orElseThrow();
        if (delta.fileSize() > modem.areaBytes()) {
            throw new FotaException(
                    Reason.IMAGE_SIZE,
                    "The delta has " + delta.fileSize() + " bytes, but the modem's area takes at most "
                            + modem.areaBytes() + ".");
        }
        requireUuid(modem);
    }

    private void requireUuid(ModemInfo modem) throws FotaException {
        Optional<String> other = uuids.stream()
                .filter(uuid -> !uuid.equalsIgnoreCase(modem.uuid()))
                .findFirst();
        if (other.isPresent()) {
            throw new FotaException(
                    Reason.MODEM_BASE,
                    "The delta is for the modem firmware with the UUID " + Printable.of(other.get())
                            + ", but the modem runs " + modem.version() + " with the UUID " + modem.uuid() + ".");
        }
    }
}
