package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fotabridge.host.api.ThingJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AgentCommandTest {
    private static ThingJobs jobs(Map<String, String> environment, String endpoint, String... more) throws Exception {
        CommandLine line = new CommandLine(
                AgentCommand.class, new CommandFactory(new Streams(System.out, System.err), environment));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        List<String> arguments = new ArrayList<>(
                List.of("--endpoint", endpoint, "--thing", "dk-1", "--cert", "c.pem", "--key", "k.pem"));
        arguments.addAll(List.of(more));
        line.parseArgs(arguments.toArray(String[]::new));
        return ((AgentCommand) line.getCommand()).jobs();
    }

    private static ThingJobs.Connection.Own own(ThingJobs jobs) {
        return (ThingJobs.Connection.Own) jobs.connection();
    }

    /** Never on the command line, where everybody on the machine can read it; and nothing prints it. */
    @Test
    void takesTheKeysPasswordFromTheEnvironment() throws Exception {
        ThingJobs jobs = jobs(Map.of("FOTA_BRIDGE_KEY_PASSWORD", "hidden"), "localhost");
        assertEquals(Optional.of("hidden"), own(jobs).files().keyPassword());
        assertFalse(jobs.toString().contains("hidden"));
        assertEquals(Optional.empty(), own(jobs(Map.of(), "localhost")).files().keyPassword());
    }

    @Test
    void theEndpointMayNameAPort() throws Exception {
        assertEquals(
                8883, jobs(Map.of(), "a1-ats.iot.eu-central-1.amazonaws.com").port());
        assertEquals(
                443, jobs(Map.of(), "a1-ats.iot.eu-central-1.amazonaws.com:443").port());
    }

    @Test
    void theClientIdIsTheThingUnlessOneIsGiven() throws Exception {
        assertEquals("dk-1", own(jobs(Map.of(), "localhost")).clientId());
        ThingJobs jobs = jobs(Map.of(), "localhost", "--client-id", "station-7");
        assertEquals("station-7", own(jobs).clientId());
        assertEquals("dk-1", jobs.thing());
    }
}
