package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
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
                refused("port", () -> AwsFotaConfig.of("localhost", 8883, "dk-1", " ", STATE)),
                refused("stateDirectory", () -> AwsFotaConfig.of("localhost", 8883, "dk-1", "/dev/x", null)),
                refused("baud", () -> GOOD.withBaud(0)),
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

    @TestFactory
    Stream<DynamicTest> refusesABoardThatCannotBe() {
        Optional<String> port = Optional.of("/dev/x");
        Optional<String> none = Optional.empty();
        return Stream.of(
                refused("port", () -> new BayConfig(null, none, 115_200)),
                refused("port", () -> new BayConfig(Optional.of(""), none, 115_200)),
                refused("port", () -> new BayConfig(Optional.of(" "), none, 115_200)),
                refused("serialNumber", () -> new BayConfig(port, null, 115_200)),
                refused("baud must be at least 1200, not 1199", () -> new BayConfig(port, none, 1_199)),
                refused("startBaud must be at least 1200, not -1", () -> new BayConfig(port, none, 115_200, -1)));
    }

    @TestFactory
    Stream<DynamicTest> refusesAnEndpointAndAnEndThatCannotBe() {
        ExecutionKey key = new ExecutionKey("job-1", 1, 1);
        return Stream.of(
                refused("host", () -> endpoint("a b", 8883, List.of())),
                refused("port", () -> endpoint("localhost", 0, List.of())),
                refused("allowHosts", () -> endpoint("localhost", 8883, Collections.singletonList(null))),
                refused("ca", () -> new JobsEndpoint("localhost", 8883, null, List.of(), ProxySettings.NONE)),
                refused("intended", () -> new JobEnd(key, AtAws.NOTHING, Reason.NO_JOB, "", "", "", "", 0)),
                refused("intended", () -> new JobEnd(key, null, Reason.NO_JOB, "", "", "", "", 0)));
    }

    private static JobsEndpoint endpoint(String host, int port, List<String> allowed) {
        return new JobsEndpoint(host, port, Optional.empty(), allowed, ProxySettings.NONE);
    }

    @Test
    void theLowestRateAndAnyHigherOneMayBe() {
        assertEquals(1_200, new BayConfig(Optional.empty(), Optional.empty(), 1_200, 1_200).baud());
        assertEquals(Integer.MAX_VALUE, new BayConfig(Optional.empty(), Optional.empty(), Integer.MAX_VALUE).baud());
    }

    @TestFactory
    Stream<DynamicTest> refusesJobsThatCannotBe() {
        List<String> nullHost = Collections.singletonList(null);
        return Stream.of(
                refused("host", () -> jobs(null, 8883, "dk-1", List.of())),
                refused("host", () -> jobs("a b", 8883, "dk-1", List.of())),
                refused("port", () -> jobs("localhost", 0, "dk-1", List.of())),
                refused("port", () -> jobs("localhost", 65_536, "dk-1", List.of())),
                refused("thing", () -> jobs("localhost", 8883, null, List.of())),
                refused("thing", () -> jobs("localhost", 8883, "dk/1", List.of())),
                refused("allowHosts", () -> jobs("localhost", 8883, "dk-1", null)),
                refused("allowHosts", () -> jobs("localhost", 8883, "dk-1", nullHost)),
                refused("connection", () -> jobs(null, ThingJobs.Until.REFUSED, Optional.empty(), ProxySettings.NONE)),
                refused("until", () -> jobs(attached(), null, Optional.empty(), ProxySettings.NONE)),
                refused("ca", () -> jobs(attached(), ThingJobs.Until.REFUSED, null, ProxySettings.NONE)),
                refused("proxies", () -> jobs(attached(), ThingJobs.Until.REFUSED, Optional.empty(), null)));
    }

    private static ThingJobs jobs(String host, int port, String thing, List<String> allowHosts) throws Exception {
        return new ThingJobs(
                host,
                port,
                thing,
                attached(),
                ThingJobs.Until.REFUSED,
                Optional.empty(),
                allowHosts,
                ProxySettings.NONE);
    }

    private static ThingJobs jobs(
            ThingJobs.Connection connection, ThingJobs.Until until, Optional<Path> ca, ProxySettings proxies) {
        return new ThingJobs("localhost", 8883, "dk-1", connection, until, ca, List.of(), proxies);
    }

    private static ThingJobs.Connection attached() throws Exception {
        return new ThingJobs.Connection.Attached(transport());
    }

    @TestFactory
    Stream<DynamicTest> refusesASessionThatCannotBe() {
        return Stream.of(null, "", "a-1", "a b", "x".repeat(33))
                .map(session -> refused(
                        "session must be 1 to 32 letters and digits, not " + session,
                        () -> FotaBridge.open(STATE, "test", session)));
    }

    @Test
    void aSessionOfLettersAndDigitsIsKept() {
        try (Bays bays = FotaBridge.open(STATE, "test", "Ab1".repeat(10))) {
            assertEquals("Ab1".repeat(10), bays.session());
        }
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
