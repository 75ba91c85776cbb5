package dev.fotabridge.host.api;

/**
 * What a file says about itself after every check that needs no board. Texts are empty where a file has no such value.
 *
 * @param modemDelta whether it is a delta for the modem's firmware, and not an MCUboot image
 * @param version version in MCUboot's form {@code MAJOR.MINOR.REVISION+BUILD}; empty for a modem delta
 * @param imageHash MCUboot's hash of the image, 64 hex digits, which a board reports once it runs the image; empty for a modem
 *     delta
 * @param fileSha256 SHA-256 of the file, 64 hex digits
 * @param size size of the file in bytes
 */
public record ImageReport(boolean modemDelta, String version, String imageHash, String fileSha256, int size) {}
