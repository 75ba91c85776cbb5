package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.Optional;

/** The serial port: present, free, and ours to open. */
final class PortCheck implements Check {
    static final String NAME = "port";

    private final BoardProbe board;
    private Optional<String> open = Optional.empty();

    PortCheck(BoardProbe board) {
        this.board = board;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Finding run() throws FotaException {
        String port;
        try {
            port = board.choose();
        } catch (FotaException e) {
            if (e.reason() != Reason.PORT_BUSY) {
                throw e;
            }
            // Not a fault of the set-up: an agent at work has its port.
            return Finding.warn(
                    this, e.getMessage() + " The board is left alone.", "End that one to have the board looked at.");
        }
        board.open();
        open = Optional.of(port);
        return Finding.ok(this, port + " can be opened.");
    }

    /** The port's name, if the board may be asked there. */
    Optional<String> open() {
        return open;
    }
}
