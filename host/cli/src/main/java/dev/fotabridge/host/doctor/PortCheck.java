package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;

/** The serial port: present, free, and ours to open. Hands on its name. Tested by DoctorIT. */
record PortCheck(BoardProbe board) implements Check<String> {
    @Override
    public CheckResult<String> run() throws FotaException {
        String port;
        try {
            port = board.choose();
        } catch (FotaException e) {
            if (e.reason() != Reason.PORT_BUSY) {
                throw e;
            }
            // Not a fault of the set-up: an agent at work has its port.
            return CheckResult.warnAndBlock(
                    e.getMessage() + " The board is left alone.", "End that one to have the board looked at.");
        }
        board.open();
        return CheckResult.ok(port + " can be opened.").with(port);
    }
}
