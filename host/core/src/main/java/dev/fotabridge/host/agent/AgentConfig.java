package dev.fotabridge.host.agent;

import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.tls.ClientFiles;
import java.util.List;

/**
 * How an agent reaches its cloud.
 *
 * @param host of the endpoint
 * @param port 8883 unless the user says otherwise
 * @param thing 1 to 128 letters, digits, colon, underscore and hyphen
 * @param clientId of the MQTT connection; the thing's name unless the user says otherwise
 * @param files certificate, key and roots
 * @param once whether to end after one job
 * @param allowHosts hosts that a download URL may name although their addresses are not public
 * @param proxies which proxy leads to which host
 */
public record AgentConfig(
        String host,
        int port,
        String thing,
        String clientId,
        ClientFiles files,
        boolean once,
        List<String> allowHosts,
        ProxyRules proxies) {}
