package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What AWS issues for a thing, as files.
 *
 * @param certificate PEM, the thing's own certificate first
 * @param key PEM: PKCS#1, PKCS#8 or SEC1, encrypted or not
 * @param keyPassword for an encrypted key; never shown
 * @param ca PEM: the roots that the endpoint's certificate is checked against; the system's roots if empty
 */
public record ClientFiles(Path certificate, Path key, Optional<String> keyPassword, Optional<Path> ca) {
    /** Leaves the password out. */
    @Override
    public String toString() {
        return certificate + ", " + key + ", " + ca.map(Path::toString).orElse("system roots");
    }
}
