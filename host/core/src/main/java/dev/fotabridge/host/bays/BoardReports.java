package dev.fotabridge.host.bays;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.link.PortInfo;
import dev.fotabridge.host.update.BoardVersion;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.board.SlotInfo;
import dev.fotabridge.protocol.modem.ModemCode;
import dev.fotabridge.protocol.modem.ModemResult;

/** Turns a WELCOME, or a port in the list, into what applications see of it. Tested by BoardBayIT. */
final class BoardReports {
    private BoardReports() {}

    static BoardReport of(BoardInfo board) {
        return new BoardReport(
                board.identity().board(),
                board.identity().unit(),
                board.identity().bootId(),
                board.identity().stubVersion(),
                board.link().protocolVersion(),
                new BoardReport.Running(
                        BoardVersion.of(board),
                        board.running().imageHash(),
                        board.running().state().name(),
                        board.running().applicationConfirms()),
                slot(board.slot()),
                board.modem().map(BoardReports::modem));
    }

    static PortReport of(PortInfo port) {
        return new PortReport(
                port.path(),
                port.serialNumber(),
                port.interfaceNumber(),
                port.product(),
                port.usbPath(),
                port.isBoardConsole(),
                PortReport.State.valueOf(port.state().name()),
                port.why());
    }

    private static BoardReport.Slot slot(SlotInfo slot) {
        return new BoardReport.Slot(
                slot.base(),
                slot.size(),
                slot.pageSize(),
                slot.imageOffset(),
                slot.sizeLimit(),
                slot.swapMode().name(),
                slot.state().name());
    }

    private static BoardReport.Modem modem(ModemInfo modem) {
        return new BoardReport.Modem(
                modem.error() == 0 ? "" : ModemCode.name(modem.error()),
                modem.result() == ModemResult.NONE.code() ? "" : ModemResult.name(modem.result()),
                modem.version(),
                modem.uuid(),
                modem.areaBytes(),
                modem.offset(),
                modem.offset() == ModemInfo.DIRTY);
    }
}
