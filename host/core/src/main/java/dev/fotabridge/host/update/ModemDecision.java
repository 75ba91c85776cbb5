package dev.fotabridge.host.update;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.modem.ModemResult;
import java.util.Optional;

/**
 * What a host does with a modem delta when a board has answered: journal × what the board says of its modem. The table
 * stands in docs/DESIGN.md; each of its rows has a test.
 */
enum ModemDecision {
    /** Bring the delta to the modem, or the rest of it, and schedule it. */
    SEND,
    /** It is scheduled: the board must restart (again). */
    RESET,
    /** The modem runs other firmware than before, and says nothing against it. */
    SUCCEEDED,
    /** The modem has tried, and runs what it ran before. */
    REVERTED,
    /** The modem has not tried: its supply is too low. */
    POSTPONED,
    /** The modem does not start any more. */
    DEAD,
    /** The modem says that it has done it, and runs what it ran before; or this may be another board's modem. */
    NOT_VERIFIED,
    /** The modem could not be asked. */
    NOT_READY;

    /**
     * @param journal of this very execution, if there is one
     * @param proven whether it is for certain that of this board
     */
    static ModemDecision of(Optional<UpdateJournal> journal, BoardInfo board, ModemInfo modem, boolean proven) {
        if (journal.filter(UpdateJournal::mayBePending).isEmpty()) {
            return modem.error() != 0 ? NOT_READY : SEND;
        }
        if (!proven) {
            return NOT_VERIFIED;
        }
        UpdateJournal begun = journal.get();
        if (board.identity().bootId().equals(begun.bootId())) {
            return begun.stage() == UpdateJournal.Stage.MARKED ? RESET : SEND;
        }
        return restarted(begun, modem);
    }

    private static ModemDecision restarted(UpdateJournal begun, ModemInfo modem) {
        boolean changed = modem.error() == 0 && !modem.uuid().equals(begun.modemUuid());
        return switch (ModemResult.of(modem.result())) {
            case INTERNAL_ERROR, HARDWARE_ERROR -> DEAD;
            case AUTH_ERROR, UUID_ERROR -> REVERTED;
            case VOLTAGE_LOW -> POSTPONED;
            case OK -> changed ? SUCCEEDED : NOT_VERIFIED;
            case NONE, UNKNOWN -> withoutResult(changed, modem);
        };
    }

    /** The result is said once, at the start that applied the delta; a later one shows the outcome only. */
    private static ModemDecision withoutResult(boolean changed, ModemInfo modem) {
        if (modem.error() != 0) {
            return NOT_READY;
        }
        if (changed) {
            return SUCCEEDED;
        }
        // The modem uses its area up when it applies a delta: one that is still there was never applied.
        return modem.offset() == ModemInfo.DIRTY ? REVERTED : SEND;
    }
}
