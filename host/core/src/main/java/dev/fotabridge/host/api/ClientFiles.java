package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that AWS issues for a thing, all PEM. They are read when the connection is made.
 *
 * @param certificate the thing's own certificate first, then those that issued it, if any
 * @param key private key: PKCS#1, PKCS#8 or SEC1, encrypted or not
 * @param keyPassword password of an encrypted key
 * @param ca roots that the endpoint's certificate is checked against; the system's roots if empty
 */
public record ClientFiles(Path certificate, Path key, Optional<String> keyPassword, Optional<Path> ca) {
    /** {@return the paths, without the password} */
    @Override
    public String toString() {
        return certificate + ", " + key + ", " + ca.map(Path::toString).orElse("system roots");
    }
}
