package dev.fotabridge.host.update;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.modem.ModemCode;
import dev.fotabridge.protocol.modem.ModemResult;

/** What boards say of their modems in tests. */
final class Modems {
    static final String OLD_UUID = "11111111-1111-1111-1111-111111111111";
    static final String NEW_UUID = "22222222-2222-2222-2222-222222222222";
    static final int AREA = 10_000;

    private Modems() {}

    static BoardInfo old(long offset, ModemResult result, String bootId) {
        return Boards.board(new ModemInfo(0, result.code(), AREA, offset, OLD_UUID, "mfw_1"), bootId);
    }

    static BoardInfo old(long offset) {
        return old(offset, ModemResult.NONE, Boards.BOOT_1);
    }

    static BoardInfo renewed(ModemResult result, String bootId) {
        return Boards.board(new ModemInfo(0, result.code(), AREA, ModemInfo.DIRTY, NEW_UUID, "mfw_2"), bootId);
    }

    static BoardInfo mute(int error, ModemResult result, String bootId) {
        return Boards.board(new ModemInfo(error, result.code(), 0, 0, "", ""), bootId);
    }

    static BoardInfo erasing(String bootId) {
        return mute(ModemCode.ERASE_PENDING, ModemResult.NONE, bootId);
    }
}
