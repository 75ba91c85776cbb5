package dev.fotabridge.station.config;

import java.nio.file.Path;
import java.util.Optional;

/** What boards get. */
public sealed interface ImageSource {
    /**
     * An approved release on disk.
     *
     * @param directory its folder
     */
    record ReleaseFolder(Path directory) implements ImageSource {}

    /**
     * Jobs of AWS: each board is a thing.
     *
     * @param endpoint NAME or NAME:PORT
     * @param certificate PEM file of the station
     * @param key PEM file of its private key
     * @param ca PEM file of trusted roots; Amazon's if empty
     * @param thing name of a board's thing
     */
    record AwsJobs(String endpoint, Path certificate, Path key, Optional<Path> ca, ThingName thing)
            implements ImageSource {}
}
