package dev.fotabridge.host.proxy;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy leads to a host, by the habits of curl and git: {@code --proxy} is for everything; without it {@code
 * https_proxy} is for MQTT and https, {@code http_proxy} for http, and {@code all_proxy} for what neither is set for, in
 * lower case first. {@code --no-proxy}, else {@code no_proxy}, names hosts that are connected to directly. A
 * proxy of the environment is never asked for this machine itself, so that the local world works beside one. HTTP_PROXY in
 * capitals is not read: a server that runs programs for requests sets it from a request's header. Pure and immutable; its
 * text shows no password.
 */
public final class ProxyRules {
    /** Everything directly. */
    public static final ProxyRules NONE = new ProxyRules(Optional.empty(), Optional.empty(), DirectHosts.NONE);

    private static final String OPTION = "--proxy";

    private final Optional<ProxyServer> secure;
    private final Optional<ProxyServer> plain;
    private final DirectHosts direct;

    private ProxyRules(Optional<ProxyServer> secure, Optional<ProxyServer> plain, DirectHosts direct) {
        this.secure = secure;
        this.plain = plain;
        this.direct = direct;
    }

    /**
     * Puts settings before the environment.
     *
     * @throws FotaException CONFIGURATION if a proxy that would be used is named wrongly; says by what, without a password
     */
    public static ProxyRules of(ProxySettings settings) throws FotaException {
        try {
            return parse(settings);
        } catch (IllegalArgumentException e) {
            throw new FotaException(Reason.CONFIGURATION, e.getMessage());
        }
    }

    private static ProxyRules parse(ProxySettings settings) {
        Map<String, String> environment = settings.environment();
        DirectHosts direct = settings.direct()
                .or(() -> variable(environment, "no_proxy", "NO_PROXY").map(name -> environment.get(name)))
                .map(DirectHosts::parse)
                .orElse(DirectHosts.NONE);
        if (direct.isAll()) {
            return NONE;
        }
        if (settings.proxy().isPresent()) {
            ProxyServer one = ProxyUrl.parse(settings.proxy().get(), OPTION, settings.password());
            return new ProxyRules(Optional.of(one), Optional.of(one), direct);
        }
        Optional<String> all = variable(environment, "all_proxy", "ALL_PROXY");
        Optional<String> secure =
                variable(environment, "https_proxy", "HTTPS_PROXY").or(() -> all);
        Optional<String> plain = variable(environment, "http_proxy").or(() -> all);
        return new ProxyRules(
                secure.map(name -> ProxyUrl.parse(environment.get(name), name, settings.password())),
                plain.map(name -> ProxyUrl.parse(environment.get(name), name, settings.password())),
                direct.andLoopback());
    }

    private static Optional<String> variable(Map<String, String> environment, String... names) {
        for (String name : names) {
            if (!environment.getOrDefault(name, "").isBlank()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** The way to a host that is spoken with over TLS. */
    public Optional<ProxyServer> forTls(String host) {
        return secure.filter(proxy -> !direct.contains(host));
    }

    /** The way to a host that is spoken with in plain HTTP. */
    public Optional<ProxyServer> forPlain(String host) {
        return plain.filter(proxy -> !direct.contains(host));
    }

    @Override
    public String toString() {
        return "TLS " + secure.map(ProxyServer::toString).orElse("direct") + ", plain "
                + plain.map(ProxyServer::toString).orElse("direct");
    }
}
