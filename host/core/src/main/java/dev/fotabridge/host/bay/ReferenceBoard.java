package dev.fotabridge.host.bay;

import dev.fotabridge.host.value.BoardProfile;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.BoardWork;
import dev.fotabridge.protocol.board.FlashRange;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.board.SlotInfo;
import dev.fotabridge.protocol.board.SlotState;
import dev.fotabridge.protocol.board.SwapMode;
import java.util.List;
import java.util.Optional;

/**
 * What an nRF9160 DK with TF-M and the stub's default options says of itself: for estimates without a board. ForecastIT holds it against
 * the virtual board. A board with other slots or options differs in the estimate only.
 */
final class ReferenceBoard {
    private static final BoardProfile PROFILE = BoardProfile.NRF9160_DK;

    /** The layout of nRF Connect SDK's partition manager with TF-M. */
    private static final long SLOT_0 = 0x10000;

    private static final long SLOT_1 = 0x80000;
    private static final int SLOT_BYTES = 0x70000;

    /** The swap needs two pages of the slot. */
    private static final int LARGEST_IMAGE = SLOT_BYTES - 2 * PROFILE.pageBytes();

    /** Behind MCUboot's header lies TF-M, which the application cannot read. */
    private static final int HEADER_BYTES = 0x200;

    private static final long SECRET_TO = 0x18000;

    /** Erase and program: nRF9160 product specification. The rest is counted instructions of a Cortex-M33 at 64 MHz. */
    private static final BoardWork WORK = new BoardWork(87_500, 44_032, 298, 3_796, 533);

    private ReferenceBoard() {}

    static BoardInfo info() {
        return new BoardInfo(
                new BoardInfo.Identity("00".repeat(8), "nrf9160dk_nrf9160_ns", "", ""),
                new BoardInfo.Link(
                        1,
                        4_096,
                        8_190,
                        16_384,
                        90,
                        List.of(PROFILE.startBaud(), PROFILE.ceilingBaud(), 460_800, 230_400),
                        new BoardInfo.Features(true, true)),
                new BoardInfo.Running("00".repeat(32), Optional.empty(), RunningState.CONFIRMED, false, SLOT_0),
                new SlotInfo(
                        SLOT_1, SLOT_BYTES, PROFILE.pageBytes(), 0, LARGEST_IMAGE, 4, SwapMode.MOVE, SlotState.DIRTY),
                new BoardInfo.Flash(readable(), true, WORK),
                Optional.empty());
    }

    private static List<FlashRange> readable() {
        return List.of(
                new FlashRange(SLOT_0, HEADER_BYTES),
                new FlashRange(SECRET_TO, SLOT_0 + SLOT_BYTES - SECRET_TO),
                new FlashRange(SLOT_1, SLOT_BYTES));
    }
}
