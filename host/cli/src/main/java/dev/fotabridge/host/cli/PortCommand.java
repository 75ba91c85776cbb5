package dev.fotabridge.host.cli;

import dev.fotabridge.host.link.PortInfo;
import dev.fotabridge.host.link.serial.PortList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code port list}. */
@Command(
        name = "port",
        mixinStandardHelpOptions = true,
        description = "Boards and their ports.",
        subcommands = PortCommand.ListCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {"  fota-bridge port list"})
final class PortCommand extends CommandGroup {
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists USB serial ports without opening them; the console of an nRF9160 DK is marked.",
            footerHeading = "%nExamples:%n",
            footer = {"  fota-bridge port list", "  fota-bridge port list --json"})
    static final class ListCommand extends BaseCommand {
        @Override
        int execute() {
            List<PortInfo> ports = new PortList().list();
            if (common.json) {
                ports.forEach(this::printJson);
            } else {
                ports.forEach(port -> streams().data(line(port)));
                if (ports.isEmpty()) {
                    streams().note("No USB serial port is plugged in. Simulators are opened by --port PATH.");
                }
            }
            return done();
        }

        static String line(PortInfo port) {
            String serial = port.serialNumber().isEmpty() ? "-" : port.serialNumber();
            String at = port.interfaceNumber() < 0 ? "-" : String.format(Locale.ROOT, "if%02d", port.interfaceNumber());
            String board = port.isBoardConsole() ? "  nRF9160 console" : "";
            String place = port.isBoardConsole() && !port.usbPath().isEmpty() ? " at " + port.usbPath() : "";
            String why = port.why().isEmpty() ? "" : "  (" + port.why() + ")";
            return String.format(
                    Locale.ROOT,
                    "%-16s %-14s %-5s %-9s %s%s%s%s",
                    port.path(),
                    serial,
                    at,
                    port.state(),
                    port.product(),
                    board,
                    place,
                    why);
        }

        private void printJson(PortInfo port) {
            json().line("PORT", g -> {
                g.writeStringField("path", port.path());
                JsonEvents.text(g, "serialNumber", port.serialNumber());
                if (port.interfaceNumber() < 0) {
                    g.writeNullField("interface");
                } else {
                    g.writeNumberField("interface", port.interfaceNumber());
                }
                JsonEvents.text(g, "product", port.product());
                JsonEvents.text(g, "usbPath", port.usbPath());
                g.writeBooleanField("boardConsole", port.isBoardConsole());
                g.writeStringField("state", port.state().name());
                JsonEvents.text(g, "why", port.why());
            });
        }
    }
}
