package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What an application may not give is refused at once, by name. */
final class AwsFotaArgumentsTest {
    private static final Path STATE = Path.of("state");
    private static final AwsFotaConfig GOOD = AwsFotaConfig.of("localhost", 8883, "dk-1", "/dev/ttyACM0", STATE);

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> refusesWhatCannotBe() {
        return Stream.of(
                refused("host", () -> AwsFotaConfig.of(null, 8883, "dk-1", "/dev/x", STATE)),
                refused("host", () -> AwsFotaConfig.of("a b", 8883, "dk-1", "/dev/x", STATE)),
                refused("port", () -> AwsFotaConfig.of("localhost", 0, "dk-1", "/dev/x", STATE)),
                refused("port", () -> AwsFotaConfig.of("localhost", 65_536, "dk-1", "/dev/x", STATE)),
                refused("thing", () -> AwsFotaConfig.of("localhost", 8883, null, "/dev/x", STATE)),
                refused("thing", () -> AwsFotaConfig.of("localhost", 8883, "", "/dev/x", STATE)),
                refused("thing", () -> AwsFotaConfig.of("localhost", 8883, "dk/1", "/dev/x", STATE)),
                refused("thing", () -> AwsFotaConfig.of("localhost", 8883, "x".repeat(129), "/dev/x", STATE)),
                refused("serialPort", () -> AwsFotaConfig.of("localhost", 8883, "dk-1", null, STATE)),
                refused("board", () -> AwsFotaConfig.of("localhost", 8883, "dk-1", " ", STATE)),
                refused("stateDirectory", () -> AwsFotaConfig.of("localhost", 8883, "dk-1", "/dev/x", null)),
                refused("rate", () -> GOOD.withBaud(0)),
                refused("rate", () -> GOOD.withBaud(Integer.MAX_VALUE)),
                refused("update", () -> GOOD.withUpdate(null)),
                refused("ca", () -> GOOD.withCa(null)),
                refused("allowHosts", () -> GOOD.withAllowedHosts(null)),
                refused("client", () -> FotaBridge.attach(null)),
                refused("callback", () -> transport().beside(null)),
                refused("mqtt", () -> AwsFota.attach(null, GOOD, event -> {})),
                refused("config", () -> AwsFota.attach(transport(), null, event -> {})),
                refused("listener", () -> AwsFota.attach(transport(), GOOD, null)),
                refused("mqtt", () -> AwsFotaStation.attach((JobsTransport) null, (thing, event) -> {})),
                refused("mqtt", () -> AwsFotaStation.attach((IntFunction<JobsTransport>) null, (thing, event) -> {})),
                refused("listener", () -> AwsFotaStation.attach(transport(), null)),
                refused("listener", () -> AwsFotaStation.attach(number -> null, null)),
                refused("config", () -> station((thing, event) -> {}).add(null)));
    }

    @Test
    void anotherCeilingKeepsTheRestOfTheBoard() {
        BayConfig board = new BayConfig(Optional.of("/dev/x"), Optional.of("960012345"), 460_800, 230_400);
        AwsFotaConfig config = new AwsFotaConfig(
                "localhost",
                8883,
                "dk-1",
                board,
                STATE,
                GOOD.update(),
                Optional.empty(),
                List.of(),
                ProxySettings.NONE);

        assertEquals(
                new BayConfig(Optional.of("/dev/x"), Optional.of("960012345"), 1_000_000, 230_400),
                config.withBaud(1_000_000).board());
    }

    private static DynamicTest refused(String name, Executable call) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertTrue(assertThrows(IllegalArgumentException.class, call)
                        .getMessage()
                        .toLowerCase(Locale.ROOT)
                        .contains(name.toLowerCase(Locale.ROOT))));
    }

    private static AwsFotaStation station(AwsFotaStationListener listener) throws Exception {
        return AwsFotaStation.attach(transport(), listener);
    }

    private static AttachedClient transport() throws Exception {
        return FotaBridge.attach(client());
    }

    private static MqttAsyncClient client() throws Exception {
        return new MqttAsyncClient("tcp://localhost:1", "nobody", new MemoryPersistence());
    }

    @Test
    void aPortThatIsNotThereIsAnErrorAndTheEnd() throws Exception {
        var told = new LinkedBlockingQueue<AwsFotaEvent>();
        String nowhere = directory.resolve("nowhere").toString();
        AwsFotaConfig config = AwsFotaConfig.of("localhost", 1, "dk-none", nowhere, directory);
        AwsFota fota = AwsFota.attach(transport(), config, told::add);
        AwsFotaEvent event = told.poll(20, TimeUnit.SECONDS);
        fota.close();
        assertEquals("PORT_MISSING", event.reason().orElseThrow().name());
        assertFalse(fota.isActive());
        assertTrue(fota.jobId().isEmpty());
    }
}
