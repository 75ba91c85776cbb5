package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.PlaceScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the board at each bay what it is. Tested by StationCheckIT. */
record BoardsCheck(List<BayPlace> bays, PlaceScan scan, StationDoctor.Surroundings surroundings, Optional<String> type)
        implements Check<List<BayBoard>> {
    @Override
    public CheckResult<List<BayBoard>> run() throws FotaException {
        List<BayBoard> boards = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (BayPlace bay : bays) {
            if (surroundings.isInterrupted()) {
                throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
            }
            if (isThere(bay)) {
                ask(bay, boards, silent);
            }
        }
        return result(boards, silent).with(boards);
    }

    private boolean isThere(BayPlace bay) {
        return bay.kind() == BayPlace.Kind.PORT
                ? scan.devices().containsKey(bay.bay())
                : port(bay).isPresent();
    }

    private Optional<PortReport> port(BayPlace bay) {
        String path = bay.kind() == BayPlace.Kind.PORT && scan.devices().containsKey(bay.bay())
                ? scan.devices().get(bay.bay()).path()
                : "";
        return scan.ports().stream()
                .filter(PortReport::boardConsole)
                .filter(port ->
                        port.usbPath().equals(bay.address()) || port.path().equals(path))
                .findFirst();
    }

    private void ask(BayPlace bay, List<BayBoard> boards, List<String> silent) throws FotaException {
        try {
            BoardReport report = surroundings.hello(bay);
            boards.add(new BayBoard(bay, port(bay).map(PortReport::serialNumber).orElse(""), report));
        } catch (FotaException e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
            silent.add("Bay " + bay.bay() + ": " + e.getMessage());
        }
    }

    private CheckResult<List<BayBoard>> result(List<BayBoard> boards, List<String> silent) {
        for (BayBoard board : boards) {
            if (type.isPresent() && !board.report().isOf(type.get())) {
                return CheckResult.fail(
                        Reason.BOARD_TYPE,
                        "The release is for " + type.get() + ", but the board at bay "
                                + board.bay().bay() + " is " + board.report().type() + ".",
                        Reason.BOARD_TYPE.whatToTry());
            }
        }
        String answered = boards.size() + (boards.size() == 1 ? " board answers." : " boards answer.");
        return silent.isEmpty()
                ? CheckResult.ok(answered)
                : CheckResult.warn(
                        answered + " " + String.join(" ", silent),
                        "Put in boards whose application contains the stub, and look at their cables; 'doctor --port usb:PLACE' looks"
                                + " at one alone.");
    }
}
