package dev.fotabridge.host.download;

import dev.fotabridge.host.value.Sha256;
import java.nio.file.Path;

/**
 * A whole file in the cache.
 *
 * @param path of the file; read-only for everyone
 * @param fileSha256 over its bytes, checked when it was found or stored
 * @param size bytes
 */
public record CachedImage(Path path, Sha256 fileSha256, long size) {}
