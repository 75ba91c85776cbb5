package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.PlaceClash;
import dev.fotabridge.station.place.PlaceDevice;
import dev.fotabridge.station.place.PlaceScan;
import dev.fotabridge.station.place.PlaceWatch;
import dev.fotabridge.station.place.UnmappedPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether each bay has a place of its own, whether its port can be opened, and which boards stand at no bay. */
record PlacesCheck(List<BayPlace> bays, PlaceScan scan, Map<Integer, PlaceDevice> devices) implements Check<Void> {
    @Override
    public CheckResult<Void> run() throws FotaException {
        Optional<String> clash = PlaceClash.find(bays, devices);
        if (clash.isPresent()) {
            return CheckResult.fail(
                    Reason.CONFIGURATION,
                    clash.get(),
                    "Give each bay its own 'usb' or 'port'; 'station learn' finds them.");
        }
        for (BayPlace bay : bays) {
            requireUsable(bay);
        }
        return numbered().or(this::unmapped).orElseGet(this::summary);
    }

    private void requireUsable(BayPlace bay) throws FotaException {
        Optional<PortReport> port = port(bay);
        if (port.isPresent() && port.get().state() != PortReport.State.FREE) {
            boolean isBusy = port.get().state() == PortReport.State.BUSY;
            throw new FotaException(
                    isBusy ? Reason.PORT_BUSY : Reason.PORT_FORBIDDEN,
                    "The port " + port.get().path() + " of bay " + bay.bay() + " cannot be opened: "
                            + port.get().why() + ".");
        }
    }

    private Optional<PortReport> port(BayPlace bay) {
        PlaceDevice device = devices.get(bay.bay());
        return scan.ports().stream()
                .filter(port -> bay.kind() == BayPlace.Kind.USB
                        ? port.boardConsole() && port.usbPath().equals(bay.address())
                        : device != null && port.path().equals(device.path()))
                .findFirst();
    }

    /** The kernel gives such a number to whatever comes first. */
    private Optional<CheckResult<Void>> numbered() {
        return bays.stream()
                .filter(bay -> bay.kind() == BayPlace.Kind.PORT && bay.address().matches("/dev/tty(ACM|USB)[0-9]+"))
                .findFirst()
                .map(bay -> CheckResult.warn(
                        "Bay " + bay.bay() + " is the port " + bay.address()
                                + ", which is another board's after the next restart.",
                        "Write 'usb: …' instead; 'station learn' and 'port list' show it."));
    }

    private Optional<CheckResult<Void>> unmapped() {
        PlaceWatch watch = new PlaceWatch(bays);
        watch.scan(scan, 0);
        List<UnmappedPort> boards = watch.unmapped().stream()
                .filter(unmapped -> unmapped.port().boardConsole())
                .toList();
        return boards.stream()
                .findFirst()
                .map(first -> CheckResult.warn(
                        (boards.size() == 1 ? "A board stands" : boards.size() + " boards stand") + " at no bay: "
                                + first.port().path() + ". " + first.why(),
                        "Add the place to the map, or take the board out. It is never touched."));
    }

    private CheckResult<Void> summary() {
        long present =
                bays.stream().filter(bay -> devices.containsKey(bay.bay())).count();
        return CheckResult.ok(present + " of " + bays.size() + " bays have a port now.");
    }
}
