package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistyped word finds the one that was meant, and a strange one finds none. */
final class NearestWordTest {
    private static final List<String> KNOWN =
            List.of("flash", "agent", "device", "image", "doctor", "--port", "--proxy", "--baud", "--public-key", "-p");

    @ParameterizedTest
    @CsvSource({
        "flahs, flash",
        "FLASH, flash",
        "flsh, flash",
        "devices, device",
        "docter, doctor",
        "--prot, --port",
        "--prxy, --proxy",
        "--publickey, --public-key",
        "-P, -p",
        "frobnicate, ''",
        "xy, ''",
        "--verify, ''"
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertEquals(meant, NearestWord.of(typed, KNOWN).orElse(""));
    }
}
