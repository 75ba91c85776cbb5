package dev.fotabridge.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Finds the boards that the settings mean. Tested by RigFinderTest. */
final class RigFinder {
    static final Set<String> VIRTUAL_CAPABILITIES =
            Set.of(Capability.VIRTUAL, Capability.MODEM, Capability.POWER_CYCLE, Capability.CUT_LINE);

    /** The version of a virtual board's modem: any will do, and this is one that Nordic has released. */
    static final List<String> VIRTUAL_MODEM = List.of("--modem", "mfw_nrf9160_1.3.6");

    private static final String PROGRAM = "fota-bridge";
    private static final String FILE = "rig.yaml";
    private static final Pattern VIRTUAL = Pattern.compile("virtual(?::([1-9][0-9]?))?");
    private static final int VIRTUAL_BOARDS = 4;

    private final RigSettings settings;
    private final Map<String, String> environment;
    private final Path workingDirectory;

    /**
     * What was found.
     *
     * @param boards empty if there is no rig
     * @param name what to call it in a sentence
     */
    record Found(List<RigBoard> boards, String name) {}

    RigFinder(RigSettings settings, Map<String, String> environment, Path workingDirectory) {
        this.settings = settings;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    /** @throws ExtensionConfigurationException if what the settings name cannot be used */
    Found find() {
        String named = settings.rig().orElse("");
        Matcher virtual = VIRTUAL.matcher(named);
        if (virtual.matches()) {
            int count = virtual.group(1) == null ? VIRTUAL_BOARDS : Integer.parseInt(virtual.group(1));
            return new Found(virtual(count), "the virtual rig");
        }
        if (named.equals("none")) {
            return new Found(List.of(), "fotabridge.rig is none");
        }
        return named.isEmpty() ? standard() : file(workingDirectory.resolve(named));
    }

    private List<RigBoard> virtual(int count) {
        List<RigBoard> boards = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = "virtual-" + i;
            boards.add(new RigBoard(name, VIRTUAL_CAPABILITIES, new VirtualPlace(program(), name, VIRTUAL_MODEM)));
        }
        return boards;
    }

    private Found standard() {
        List<Path> places = List.of(
                workingDirectory.resolve(FILE),
                configurationDirectory().resolve(PROGRAM).resolve(FILE));
        return places.stream()
                .filter(Files::exists)
                .findFirst()
                .map(this::file)
                .orElseGet(
                        () -> new Found(
                                List.of(),
                                "there is no rig: neither " + places.get(0) + " nor " + places.get(1)
                                        + ". 'fota-bridge rig scan' writes one; -Dfotabridge.rig=virtual takes virtual boards"));
    }

    private Path configurationDirectory() {
        String named = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return named.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(named);
    }

    private Found file(Path file) {
        return new Found(new RigFile(file, this::program).read(), file.toString());
    }

    /** Returns the program of virtual boards. */
    private Path program() {
        if (settings.home().isPresent()) {
            Path program = workingDirectory.resolve(settings.home().get()).resolve(PROGRAM);
            return Optional.of(program)
                    .filter(Files::isExecutable)
                    .orElseThrow(() -> new ExtensionConfigurationException("fotabridge.home is "
                            + settings.home().get() + ", but there is no program " + program + "."));
        }
        return onPath().orElseThrow(() -> new ExtensionConfigurationException(
                "Virtual boards need the program fota-bridge: neither is fotabridge.home set nor is it on the PATH."));
    }

    private Optional<Path> onPath() {
        for (String directory : environment.getOrDefault("PATH", "").split(":")) {
            Path program = workingDirectory.resolve(directory).resolve(PROGRAM);
            if (!directory.isEmpty() && Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }
}
