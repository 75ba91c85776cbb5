package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RigSettingsTest {
    private static RigSettings of(Map<String, String> parameters) {
        return RigSettings.of(name -> Optional.ofNullable(parameters.get(name)));
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        RigSettings settings = of(Map.of("fotabridge.rig", " "));
        assertEquals(Optional.empty(), settings.rig());
        assertEquals(false, settings.required());
        assertEquals(Duration.ofMinutes(5), settings.claim());
        assertEquals(Duration.ofMinutes(5), settings.flash());
        assertEquals(Duration.ofSeconds(60), settings.test());
        assertEquals(Path.of("target", "fota-rig"), settings.reports());
    }

    @Test
    void whatIsGivenCounts() {
        RigSettings settings = of(Map.of(
                "fotabridge.rig", "virtual",
                "fotabridge.rig.required", "true",
                "fotabridge.home", "/opt/fota-bridge",
                "fotabridge.rig.claim-timeout", "1500ms",
                "fotabridge.rig.flash-timeout", "2h",
                "fotabridge.rig.test-timeout", "3m",
                "fotabridge.rig.reports", "logs"));
        assertEquals(Optional.of("virtual"), settings.rig());
        assertTrue(settings.required());
        assertEquals(Optional.of(Path.of("/opt/fota-bridge")), settings.home());
        assertEquals(Duration.ofMillis(1500), settings.claim());
        assertEquals(Duration.ofHours(2), settings.flash());
        assertEquals(Duration.ofMinutes(3), settings.test());
        assertEquals(Path.of("logs"), settings.reports());
    }

    @ParameterizedTest
    @CsvSource({"rig.required, yes", "rig.claim-timeout, 5 minutes", "rig.test-timeout, -1s"})
    void anotherValueIsNamed(String name, String value) {
        Map<String, String> parameters = Map.of("fotabridge." + name, value);
        String message = assertThrows(ExtensionConfigurationException.class, () -> of(parameters))
                .getMessage();
        assertTrue(message.startsWith("fotabridge." + name + " is '" + value + "': "), message);
    }
}
