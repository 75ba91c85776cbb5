package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fotabridge.host.agent.AgentConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AgentCommandTest {
    private static AgentConfig config(Map<String, String> environment, String endpoint, String... more)
            throws Exception {
        CommandLine line = new CommandLine(
                AgentCommand.class, new CommandFactory(new Streams(System.out, System.err), environment));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        List<String> arguments = new ArrayList<>(
                List.of("--endpoint", endpoint, "--thing", "dk-1", "--cert", "c.pem", "--key", "k.pem"));
        arguments.addAll(List.of(more));
        line.parseArgs(arguments.toArray(String[]::new));
        return ((AgentCommand) line.getCommand()).config();
    }

    /** Never on the command line, where everybody on the machine can read it; and nothing prints it. */
    @Test
    void takesTheKeysPasswordFromTheEnvironment() throws Exception {
        AgentConfig config = config(Map.of("FOTA_BRIDGE_KEY_PASSWORD", "hidden"), "localhost");
        assertEquals(Optional.of("hidden"), config.files().keyPassword());
        assertFalse(config.toString().contains("hidden"));
        assertEquals(Optional.empty(), config(Map.of(), "localhost").files().keyPassword());
    }

    @Test
    void theEndpointMayNameAPort() throws Exception {
        assertEquals(
                8883, config(Map.of(), "a1-ats.iot.eu-central-1.amazonaws.com").port());
        assertEquals(
                443,
                config(Map.of(), "a1-ats.iot.eu-central-1.amazonaws.com:443").port());
    }

    @Test
    void theClientIdIsTheThingUnlessOneIsGiven() throws Exception {
        assertEquals("dk-1", config(Map.of(), "localhost").clientId());
        AgentConfig config = config(Map.of(), "localhost", "--client-id", "station-7");
        assertEquals("station-7", config.clientId());
        assertEquals("dk-1", config.thing());
    }
}
