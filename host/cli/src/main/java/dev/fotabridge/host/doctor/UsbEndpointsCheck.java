package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.place.BayPlace;
import java.util.List;

/** Whether a controller has endpoints for a board in each of its bays: they run out before sockets do. */
record UsbEndpointsCheck(UsbController controller, List<BayPlace> bays) implements Check<Void> {
    /** One Intel xHCI, measured by makers and users of hubs (acroname; uhubctl issue 276). */
    private static final int MOST = 96;

    /** An nRF9160 DK: control, three serial ports with three each, J-Link and mass storage with two each. */
    private static final int OF_A_DK = 14;

    private static final String LESS =
            "Plug hubs into another controller, or switch off the debuggers' mass storage (J-Link Commander, MSDDisable).";

    @Override
    public CheckResult<Void> run() {
        if (!controller.unconfigured().isEmpty()) {
            return CheckResult.fail(
                    Reason.PORT_MISSING,
                    "The kernel could not configure the device at port "
                            + controller.unconfigured().get(0) + where()
                            + "; the controller has no endpoints left (the kernel's log says error -12). " + used(),
                    LESS);
        }
        long mine = bays.stream()
                .filter(bay -> bay.kind() == BayPlace.Kind.USB && bay.address().contains(controller.name() + "-usb-"))
                .count();
        boolean isTight = mine * OF_A_DK > MOST || controller.endpoints() > MOST;
        return controller.intel() && isTight ? CheckResult.warn(forecast(mine), LESS) : CheckResult.ok(used());
    }

    private String where() {
        return bays.stream()
                .filter(bay -> bay.address()
                        .endsWith(controller.name() + "-usb-0:"
                                + controller.unconfigured().get(0)))
                .findFirst()
                .map(bay -> ", bay " + bay.bay())
                .orElse("");
    }

    private String used() {
        return controller.endpoints() + " endpoints in " + controller.devices() + " devices"
                + (controller.intel() ? "; it has about " + MOST + "." : ".");
    }

    private String forecast(long mine) {
        return "A board in each of its " + mine + " bays takes about " + mine * OF_A_DK + " endpoints. Now it has "
                + used();
    }
}
