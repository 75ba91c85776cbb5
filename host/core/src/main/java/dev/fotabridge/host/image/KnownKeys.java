package dev.fotabridge.host.image;

import dev.fotabridge.host.value.Sha256;
import java.util.Map;
import java.util.Optional;

/**
 * Hashes of keys whose private halves are published in the MCUboot repository (github.com/mcu-tools/mcuboot, commit
 * 2d4bacc3): who uses them lets everybody sign firmware for the board. RSA keys are hashed as PKCS#1, others as
 * SubjectPublicKeyInfo, as imgtool does.
 */
final class KnownKeys {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("e30466f6b8470c1f29070b17f1e2d3e94d445e3f608087fdc711e4382bb538b6", "root-ec-p256.pem"),
            Map.entry("fc5701dc6135e1323847bdc40f04d2e5bee5833b23c29f93593d00018cfa9994", "root-rsa-2048.pem"),
            Map.entry("449793fb65cd7698753d5b3f35fab15f1e3a45111ff24e1d46741de5ae12d59e", "root-rsa-3072.pem"),
            Map.entry("c1907fa4eac7fae3840a78902b6f0710b037e9968e5c6274a12a28790c7d4e3c", "root-ed25519.pem"),
            Map.entry("6754edab1e29affef4a05935adecbeb1a7b8b62397b31e39a61b5bfcaafd63af", "root-ed25519-2.pem"),
            Map.entry("e6c097daf1458d0f8b8d43fc4b4b9d4425203484b3afe5570ed074073901bab0", "bad-ec-p256.pem"),
            Map.entry("e32a93d4ef8c5f4d503642e2cc7c5eece7693e3246c7766dbb4b54d79441db2a", "bad-rsa-2048.pem"),
            Map.entry("bb868a727f0ef75e890a6a52bccd1d936fb34438afd6f237e8af259865742446", "cypress-test-ec-p256.pem"));

    private KnownKeys() {}

    static Optional<String> nameOf(Sha256 keyHash) {
        return Optional.ofNullable(NAMES.get(keyHash.hex()));
    }
}
