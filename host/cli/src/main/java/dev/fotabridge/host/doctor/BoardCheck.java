package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.PlainText;
import dev.fotabridge.protocol.board.BoardInfo;
import java.util.List;

/** Whether a stub answers at the other end, and which. */
final class BoardCheck implements Check {
    static final String NAME = "board";

    private final BoardProbe board;
    private final PortCheck port;

    BoardCheck(BoardProbe board, PortCheck port) {
        this.board = board;
        this.port = port;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(PortCheck.NAME);
    }

    private BoardInfo hello(String at) throws FotaException {
        try {
            return board.hello();
        } catch (FotaException e) {
            throw new FotaException(e.reason(), "The board at " + at + " does not say HELLO: " + e.getMessage(), e);
        }
    }

    @Override
    public Finding run() throws FotaException {
        if (port.open().isEmpty()) {
            return Finding.skipped(this, "Not looked at: see '" + PortCheck.NAME + "'.");
        }
        BoardInfo info = hello(port.open().get());
        String version = info.running().version().map(Object::toString).orElse("an unknown version");
        String named = PlainText.name(info.identity().board()) + " runs " + version + ", its stub is "
                + PlainText.name(info.identity().stubVersion());
        return switch (info.running().state()) {
            case ON_TRIAL ->
                Finding.warn(
                        this,
                        named + ". The image is on trial: no update until it is confirmed or has reverted.",
                        "Confirm it, or reset the board.");
            case CONFIRMED, UNKNOWN -> Finding.ok(this, named + ".");
        };
    }
}
