package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.PortReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether a debugger's serial number names one board. */
record SharedProbesCheck(List<PortReport> ports) implements Check<Void> {
    @Override
    public CheckResult<Void> run() {
        Map<String, List<String>> places = ports.stream()
                .filter(PortReport::boardConsole)
                .filter(port -> !port.serialNumber().isEmpty())
                .collect(Collectors.groupingBy(
                        PortReport::serialNumber,
                        TreeMap::new,
                        Collectors.mapping(PortReport::path, Collectors.toList())));
        for (Map.Entry<String, List<String>> serial : places.entrySet()) {
            if (serial.getValue().size() > 1) {
                return CheckResult.warn(
                        serial.getValue().size() + " debuggers have the serial number " + serial.getKey() + ": "
                                + String.join(", ", serial.getValue()) + ".",
                        "They run side by side only if their boards tell different unit ids; give each debugger its own number.");
            }
        }
        return CheckResult.ok(places.isEmpty() ? "No board has one." : "No two boards have the same one.");
    }
}
