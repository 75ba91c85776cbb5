package dev.fotabridge.station.live;

import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;

/**
 * What a board gets: bytes in memory, whatever becomes of the file they were read from.
 *
 * @param image the image
 * @param options what a board must be to get it
 */
record Firmware(UpdateImage image, UpdateOptions options) {}
