package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(strings = {"a1b2.iot.eu-central-1.amazonaws.com", "A1B2.IOT.cn-north-1.amazonaws.com.cn"})
    void warnsOfTheOlderKind(String host) {
        assertTrue(Endpoint.warning(host).orElseThrow().contains("iot:Data-ATS"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1b2-ats.iot.eu-central-1.amazonaws.com",
                "localhost",
                "iot.example.org",
                "broker-1.plant.example"
            })
    void isSilentAboutAllOthers(String host) {
        assertEquals(Optional.empty(), Endpoint.warning(host));
    }
}
