package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.station.control.CommandAnswer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestGuardTest {
    private final RequestGuard guard = new RequestGuard("127.0.0.2", 8060, Set.of("Station.plant.example"));

    @ParameterizedTest
    @CsvSource({
        "GET, Host: 127.0.0.1:8060, -",
        "GET, Host: localhost:8060, -",
        "GET, Host: 127.0.0.2:8060, -",
        "GET, Host: LOCALHOST:8060, -",
        "GET, Host: [::1]:8060, -",
        "GET, Host: station.PLANT.example, -",
        "GET, Host: 127.0.0.1, HOST_NOT_ALLOWED",
        "GET, Host: 127.0.0.1:8061, HOST_NOT_ALLOWED",
        "GET, Host: rebound.example:8060, HOST_NOT_ALLOWED",
        "GET, Accept: x, HOST_NOT_ALLOWED",
        "GET, Host: localhost:8060 | Origin: http://localhost:8060, -",
        "GET, Host: station.plant.example | Origin: https://station.plant.example, -",
        "GET, Host: localhost:8060 | Origin: http://evil.example, ORIGIN_NOT_ALLOWED",
        "GET, Host: localhost:8060 | Origin: http://evil.example/localhost:8060, ORIGIN_NOT_ALLOWED",
        "GET, Host: localhost:8060 | Origin: null, ORIGIN_NOT_ALLOWED",
        "GET, Host: localhost:8060 | Sec-Fetch-Site: cross-site, -",
        "POST, Host: localhost:8060, -",
        "POST, Host: localhost:8060 | Sec-Fetch-Site: same-origin, -",
        "POST, Host: localhost:8060 | Sec-Fetch-Site: cross-site, ORIGIN_NOT_ALLOWED",
        "POST, Host: localhost:8060 | Sec-Fetch-Site: same-site, ORIGIN_NOT_ALLOWED",
        "POST, Host: localhost:8060 | Content-Type: application/json, -",
        "POST, Host: localhost:8060 | Content-Type: Application/JSON; charset=utf-8, -",
        "POST, Host: localhost:8060 | Content-Type: application/json-patch+json, NOT_JSON",
        "POST, Host: localhost:8060 | Content-Type: text/plain, NOT_JSON"
    })
    void whatAForeignPageSendsIsRefused(String method, String headers, String expected) {
        Map<String, String> values = Arrays.stream(headers.split(" \\| "))
                .map(header -> header.split(": ", 2))
                .collect(Collectors.toMap(header -> header[0], header -> header[1]));
        assertEquals(
                expected,
                guard.refusal(method, values::get).map(CommandAnswer::code).orElse("-"));
    }
}
