package dev.fotabridge.host.download;

import dev.fotabridge.host.value.Sha256;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to fetch.
 *
 * @param url where it is
 * @param size bytes that the job document promises; a different size at the server is an error
 * @param sha256 of the file as the job document promises it; with it, a cached file needs no request at all
 */
public record DownloadRequest(DownloadUrl url, OptionalLong size, Optional<Sha256> sha256) {}
