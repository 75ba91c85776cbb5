package dev.fotabridge.host.station;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an agent reaches its cloud.
 *
 * @param host of the endpoint
 * @param port 8883 unless the user says otherwise
 * @param thing 1 to 128 letters, digits, colon, underscore and hyphen
 * @param clientId of the MQTT connection; the thing's name unless the user says otherwise
 * @param certificate PEM file
 * @param key PEM file
 * @param ca PEM file of the roots that the endpoint's certificate must come from
 * @param once whether to end after one job
 * @param allowHosts hosts that a download URL may name although their addresses are not public
 */
public record AgentConfig(
        String host,
        int port,
        String thing,
        String clientId,
        Path certificate,
        Path key,
        Optional<Path> ca,
        boolean once,
        List<String> allowHosts) {}
