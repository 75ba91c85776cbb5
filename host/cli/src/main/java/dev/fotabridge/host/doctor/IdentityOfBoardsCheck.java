package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.StartKind;
import java.util.List;
import java.util.Locale;

/** Whether boards can be told from one another: what plugging in starts must know a new board from the one that was there. */
record IdentityOfBoardsCheck(StartKind start, List<BayBoard> boards) implements Check<Void> {
    @Override
    public CheckResult<Void> run() {
        for (int i = 0; i < boards.size(); i++) {
            for (BayBoard other : boards.subList(i + 1, boards.size())) {
                if (boards.get(i).isLike(other)) {
                    return alike(boards.get(i), other);
                }
            }
        }
        for (BayBoard board : boards) {
            if (!board.hasIdentity()) {
                return nameless(board);
            }
        }
        return boards.isEmpty() ? none() : CheckResult.ok("Each board can be told from the others.");
    }

    private static CheckResult<Void> alike(BayBoard one, BayBoard other) {
        return CheckResult.fail(
                Reason.CONFIGURATION,
                "The boards at bay " + one.bay().bay() + " and bay "
                        + other.bay().bay()
                        + " cannot be told from one another: "
                        + (one.probe().equals(other.probe()) && !one.probe().isEmpty()
                                ? "both debuggers have the serial number " + one.probe()
                                        + ", and not both boards tell a unit id of their own."
                                : "both have the unit id " + one.report().unit() + "."),
                "Build the application with CONFIG_HWINFO, by which the stub tells a unit id, or give each debugger a serial"
                        + " number of its own.");
    }

    private CheckResult<Void> nameless(BayBoard board) {
        String what = "The board at bay " + board.bay().bay()
                + " tells no unit id, and its port has no debugger with a serial number.";
        return start == StartKind.INSERT
                ? CheckResult.fail(
                        Reason.CONFIGURATION,
                        what + " With 'start: insert' nobody could tell the next board from this one.",
                        "Use 'start: button' or 'start: scan', or build the application with CONFIG_HWINFO, by"
                                + " which the stub tells a unit id.")
                : CheckResult.warn(
                        what + " Its records will not say which board it was.",
                        "Scan labels ('scan:'), or build the application with CONFIG_HWINFO, by"
                                + " which the stub tells a unit id.");
    }

    private CheckResult<Void> none() {
        return start == StartKind.INSERT
                ? CheckResult.warn(
                        "No board has answered, so nobody knows whether boards have an identity, which 'start: "
                                + start.name().toLowerCase(Locale.ROOT) + "' needs.",
                        "Plug in a board and check again.")
                : CheckResult.ok("No board has answered.");
    }
}
