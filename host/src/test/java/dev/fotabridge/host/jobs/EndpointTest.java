package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(strings = {"a1b2.iot.eu-central-1.amazonaws.com", "A1B2.IOT.cn-north-1.amazonaws.com.cn"})
    void warnsOfTheOlderKind(String host) {
        assertTrue(
                new Endpoint(host, Endpoint.MQTT_PORT).warning().orElseThrow().contains("iot:Data-ATS"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1b2-ats.iot.eu-central-1.amazonaws.com",
                "localhost",
                "iot.example.org",
                "broker-1.plant.example",
                "a1b2.jobs.iot.eu-central-1.amazonaws.com"
            })
    void isSilentAboutAllOthers(String host) {
        assertEquals(Optional.empty(), new Endpoint(host, Endpoint.MQTT_PORT).warning());
    }

    @Test
    void takesAHostWithAPortOrWithout() throws Exception {
        assertEquals(new Endpoint("localhost", 8883), Endpoint.parse("localhost"));
        assertEquals(new Endpoint("a1b2-ats.iot.eu-central-1.amazonaws.com", 443), awsEndpoint());
        assertEquals("eu-central-1", awsEndpoint().region());
    }

    private static Endpoint awsEndpoint() throws FotaException {
        return Endpoint.parse("a1b2-ats.iot.eu-central-1.amazonaws.com:443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":8883", "localhost:", "localhost:0", "localhost:65536", "a b", "https://localhost", "::1"})
    void refusesWhatIsNoHost(String text) {
        FotaException refusal = assertThrows(FotaException.class, () -> Endpoint.parse(text));
        assertEquals(Reason.CONFIGURATION, refusal.reason());
        assertTrue(refusal.getMessage().contains("--endpoint"), refusal.getMessage());
    }
}
