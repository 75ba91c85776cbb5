package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.proxy.ProxyRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an agent would be started with, and what else is to be looked at.
 *
 * @param endpoint as the user wrote it: HOST or HOST:PORT
 * @param thing 1 to 128 letters, digits, colon, underscore and hyphen
 * @param clientId the agent's
 * @param clientIdSuffix goes behind the client id, so that a running agent is not evicted; may be empty
 * @param files certificate, key and roots
 * @param url an object to ask for its first byte
 * @param allowHosts hosts that a download URL may name although their addresses are not public
 * @param proxies which proxy leads to which host
 * @param stateDirectory the agent's
 */
public record DoctorConfig(
        String endpoint,
        String thing,
        String clientId,
        String clientIdSuffix,
        ClientFiles files,
        Optional<DownloadUrl> url,
        List<String> allowHosts,
        ProxyRules proxies,
        Path stateDirectory) {
    String connectingId() {
        return clientId + clientIdSuffix;
    }
}
