package dev.fotabridge.station.config;

/**
 * What each record says of the production in which it was made. Texts are empty where the file does not say it.
 *
 * @param line production line
 * @param part number of the part
 * @param revision of the part
 * @param workOrder order
 * @param lot lot
 * @param operator who works here, until another one is scanned
 */
public record ProductionColumns(
        String line, String part, String revision, String workOrder, String lot, String operator) {}
