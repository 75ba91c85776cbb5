package dev.fotabridge.host.api;

/**
 * How far an update had come that was cut off: what its journal says. Texts are empty where nothing is known.
 *
 * @param fileSha256 SHA-256 of the file, 64 hex digits
 * @param stage SENDING and REWRITING: pages travel, and nothing is pending; MARKING: MARK may have been sent; MARKED: the board has answered that
 *     the image is pending
 * @param durablePages pages of the image, from the first one on, that the board has said to be durable; one or two may be missing
 * @param from version that ran before
 * @param unit unit id of the board
 * @param probe serial number of the board's debugger
 */
public record UnfinishedUpdate(
        String fileSha256, String stage, int durablePages, String from, String unit, String probe) {}
