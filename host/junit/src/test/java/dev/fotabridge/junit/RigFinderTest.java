package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

class RigFinderTest {
    private static final String ONE_BOARD = "boards: [{name: %s, port: /dev/ttyX}]";

    @TempDir
    Path directory;

    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void elsewhere() {
        environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    }

    private RigFinder.Found find() {
        RigSettings settings = RigSettings.of(name -> Optional.ofNullable(parameters.get(name)));
        return new RigFinder(settings, environment, directory).find();
    }

    private List<String> names() {
        return find().boards().stream().map(RigBoard::name).toList();
    }

    private Path program(String place) throws IOException {
        Path program = Files.createDirectories(directory.resolve(place)).resolve("fota-bridge");
        assertTrue(Files.writeString(program, "#!/bin/sh\n").toFile().setExecutable(true));
        return program;
    }

    @Test
    void aRigOfThisDirectoryComesBeforeThatOfTheUser() throws IOException {
        Path user =
                Files.createDirectories(directory.resolve("config/fota-bridge")).resolve("rig.yaml");
        Files.writeString(user, ONE_BOARD.formatted("of-user"));
        assertEquals(List.of("of-user"), names());
        assertEquals(user.toString(), find().name());
        Files.writeString(directory.resolve("rig.yaml"), ONE_BOARD.formatted("of-directory"));
        assertEquals(List.of("of-directory"), names());
    }

    @Test
    void withoutAFileThereIsNoRigAndItIsSaidWhatToDo() {
        RigFinder.Found found = find();
        assertEquals(List.of(), found.boards());
        assertTrue(found.name().contains("fota-bridge rig scan"), found.name());
        assertTrue(found.name().contains(directory.resolve("rig.yaml").toString()), found.name());
    }

    @Test
    void aNamedFileMustBeThere() throws IOException {
        parameters.put("fotabridge.rig", "mine.yaml");
        assertThrows(ExtensionConfigurationException.class, this::find);
        Files.writeString(directory.resolve("mine.yaml"), ONE_BOARD.formatted("mine"));
        assertEquals(List.of("mine"), names());
    }

    @Test
    void virtualBoardsAreFourOrAsManyAsIsSaid() throws IOException {
        Path program = program("bin");
        environment.put("PATH", "/nowhere:" + program.getParent());
        parameters.put("fotabridge.rig", "virtual");
        assertEquals(List.of("virtual-1", "virtual-2", "virtual-3", "virtual-4"), names());
        parameters.put("fotabridge.rig", "virtual:2");
        VirtualPlace place = (VirtualPlace) find().boards().get(1).place();
        assertEquals(program, place.program());
        assertEquals(2, names().size());
    }

    @Test
    void theNamedHomeHasTheProgram() throws IOException {
        parameters.put("fotabridge.rig", "virtual:1");
        parameters.put("fotabridge.home", "checkout");
        String message =
                assertThrows(ExtensionConfigurationException.class, this::find).getMessage();
        assertTrue(message.startsWith("fotabridge.home is checkout, but there is no program "), message);
        Path program = program("checkout");
        assertEquals(program, ((VirtualPlace) find().boards().get(0).place()).program());
    }

    @Test
    void withoutTheProgramItIsSaidWhereItIsLookedFor() {
        parameters.put("fotabridge.rig", "virtual");
        environment.put("PATH", directory.toString());
        String message =
                assertThrows(ExtensionConfigurationException.class, this::find).getMessage();
        assertTrue(message.contains("fotabridge.home"), message);
        assertTrue(message.contains("PATH"), message);
    }

    @Test
    void noneIsNoRig() {
        parameters.put("fotabridge.rig", "none");
        assertEquals(List.of(), find().boards());
    }
}
