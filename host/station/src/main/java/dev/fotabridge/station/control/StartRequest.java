package dev.fotabridge.station.control;

import java.util.Optional;

/**
 * A start that somebody asks for.
 *
 * @param bay number of the bay
 * @param key the caller's own name for this request, 1 to 64 characters; the same key again means the same run
 * @param after id of the last run that the caller has seen at this bay, or an empty text for none; empty if that does not matter
 * @param isEngineer whether an engineer asks, who may also start a board again that has passed
 */
public record StartRequest(int bay, String key, Optional<String> after, boolean isEngineer) {}
