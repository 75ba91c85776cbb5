package dev.fotabridge.host.update;

import dev.fotabridge.host.value.BoardProfile;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import java.util.List;
import java.util.Optional;

/** What an update replaces on a board, and everything in which the two kinds differ. */
public enum UpdateTarget {
    /** The application in MCUboot's slot 0, by an image in slot 1. */
    APPLICATION("The image was marked pending, but the board has not answered since.") {
        @Override
        String versionOn(BoardInfo board) {
            return BoardVersion.of(board);
        }

        @Override
        String firmwareOn(BoardInfo board) {
            return "";
        }

        @Override
        long restartNanos(Optional<BoardInfo> board) {
            return board.map(b -> SwapTime.estimateNanos(b.slot(), b.flash().work()))
                    .orElse(SwapTime.LARGEST_NANOS);
        }

        @Override
        BoardFlow flow(UpdatePlan plan, List<UpdateJournal> left) {
            return new UpdateFlow(plan, left);
        }
    },
    /** The modem's firmware, by a delta that the modem applies. The plan's image hash is the file's SHA-256. */
    MODEM("The delta was scheduled, but the board has not answered since.") {
        @Override
        String versionOn(BoardInfo board) {
            return board.modem().map(ModemInfo::version).orElse("");
        }

        @Override
        String firmwareOn(BoardInfo board) {
            return board.modem().map(ModemInfo::uuid).orElse("");
        }

        @Override
        long restartNanos(Optional<BoardInfo> board) {
            return BoardProfile.NRF9160_DK.modemApplyNanos();
        }

        @Override
        BoardFlow flow(UpdatePlan plan, List<UpdateJournal> left) {
            return new ModemFlow(plan, left);
        }
    };

    private final String silence;

    UpdateTarget(String silence) {
        this.silence = silence;
    }

    /** Says what it means if no board answers after the reset. */
    String silence() {
        return silence;
    }

    /** Returns the version that the board runs now; empty if it does not say. */
    abstract String versionOn(BoardInfo board);

    /** Returns the UUID of the modem's firmware, which a delta must fit; empty for an application. */
    abstract String firmwareOn(BoardInfo board);

    /** Returns how long the board may take for its restart into what is new, nanoseconds. */
    abstract long restartNanos(Optional<BoardInfo> board);

    abstract BoardFlow flow(UpdatePlan plan, List<UpdateJournal> left);
}
