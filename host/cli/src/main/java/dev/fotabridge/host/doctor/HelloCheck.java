package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.value.PlainText;
import dev.fotabridge.protocol.board.BoardInfo;

/** Whether a stub answers at the other end, and which. Tested by DoctorIT. */
record HelloCheck(BoardProbe board, String port) implements Check<Void> {
    @Override
    public CheckResult<Void> run() throws FotaException {
        BoardInfo info = hello();
        String version = info.running().version().map(Object::toString).orElse("an unknown version");
        String named = PlainText.name(info.identity().board()) + " runs " + version + ", its stub is "
                + PlainText.name(info.identity().stubVersion());
        return switch (info.running().state()) {
            case ON_TRIAL ->
                CheckResult.warn(
                        named + ". The image is on trial: no update until it is confirmed or has reverted.",
                        "Confirm it, or reset the board.");
            case CONFIRMED, UNKNOWN -> CheckResult.ok(named + ".");
        };
    }

    private BoardInfo hello() throws FotaException {
        try {
            return board.hello();
        } catch (FotaException e) {
            throw new FotaException(e.reason(), "The board at " + port + " does not say HELLO: " + e.getMessage(), e);
        }
    }
}
