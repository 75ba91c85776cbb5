package dev.fotabridge.host.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRulesTest {
    private static ProxyRules option(String url) throws FotaException {
        return ProxyRules.of(new ProxySettings(Optional.of(url), Optional.empty(), Optional.empty(), Map.of()));
    }

    private static ProxyRules environment(String... variables) throws FotaException {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            map.put(variables[i], variables[i + 1]);
        }
        return ProxyRules.of(ProxySettings.ofEnvironment(map));
    }

    private static String tls(ProxyRules rules, String host) {
        return rules.forTls(host).map(ProxyServer::toString).orElse("direct");
    }

    private static String plain(ProxyRules rules, String host) {
        return rules.forPlain(host).map(ProxyServer::toString).orElse("direct");
    }

    @Test
    void theOptionIsForEverything() throws FotaException {
        ProxyRules rules = option("http://proxy.example:3128");
        assertEquals("proxy.example:3128", tls(rules, "a.example"));
        assertEquals("proxy.example:3128", plain(rules, "a.example"));
        assertEquals("proxy.example:3128", tls(rules, "localhost"));
    }

    @Test
    void withoutItTheEnvironmentIsReadAsCurlDoes() throws FotaException {
        assertEquals("direct", tls(ProxyRules.of(ProxySettings.NONE), "a.example"));
        ProxyRules secure = environment("https_proxy", "low:1", "HTTPS_PROXY", "high:2");
        assertEquals("low:1", tls(secure, "a.example"));
        assertEquals("direct", plain(secure, "a.example"));
        assertEquals("high:2", tls(environment("https_proxy", " ", "HTTPS_PROXY", "high:2"), "a.example"));
        ProxyRules all = environment("ALL_PROXY", "all:1", "http_proxy", "plain:2");
        assertEquals("all:1", tls(all, "a.example"));
        assertEquals("plain:2", plain(all, "a.example"));
    }

    /** A server that runs programs for requests sets HTTP_PROXY from the request's header Proxy. */
    @Test
    void httpProxyInCapitalsIsNotRead() throws FotaException {
        assertEquals("direct", plain(environment("HTTP_PROXY", "evil:1"), "a.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "::1"})
    void theEnvironmentsProxyIsNotAskedForThisMachine(String host) throws FotaException {
        ProxyRules rules = environment("all_proxy", "http://proxy.example:3128");
        assertEquals("direct", tls(rules, host));
        assertEquals("direct", plain(rules, host));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "example.com, EXAMPLE.com., true",
        "example.com, a.example.com, true",
        ".example.com, a.example.com, true",
        ".example.com, example.com, true",
        "example.com, badexample.com, false",
        "example.com, example.com.evil.org, false",
        "'a.org, example.com', example.com, true",
        "'a.org example.com', example.com, true",
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/33, 10.0.0.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.30, false",
        "10.1.2.3, x.10.1.2.3, false",
        "fd00::/8, fd12::1, true",
        "[fd12::1], fd12:0::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/8, 10.example.com, false",
        "., example.com, false",
        "*, anything.example, true"
    })
    void namesAddressesAndBlocksAreConnectedToDirectly(String list, String host, boolean direct) throws FotaException {
        ProxySettings settings = new ProxySettings(Optional.of("p:1"), Optional.of(list), Optional.empty(), Map.of());
        assertEquals(direct ? "direct" : "p:1", tls(ProxyRules.of(settings), host));
        assertEquals(direct ? "direct" : "p:1", tls(environment("https_proxy", "p:1", "NO_PROXY", list), host));
    }

    @Test
    void theOptionReplacesTheEnvironmentsList() throws FotaException {
        ProxySettings settings = new ProxySettings(
                Optional.of("p:1"), Optional.of("a.example"), Optional.empty(), Map.of("no_proxy", "b.example"));
        ProxyRules rules = ProxyRules.of(settings);
        assertEquals("direct", tls(rules, "a.example"));
        assertEquals("p:1", tls(rules, "b.example"));
    }

    /** A desktop that has a SOCKS proxy for all can still be told to go directly. */
    @Test
    void noProxyAtAllLooksAtNone() throws FotaException {
        ProxySettings settings = new ProxySettings(
                Optional.empty(), Optional.of("*"), Optional.empty(), Map.of("all_proxy", "socks5://x:1"));
        assertEquals("direct", tls(ProxyRules.of(settings), "a.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@p.example:1, user:secret",
        "user:secret@p.example:1/, user:secret",
        "http://us%40er:se%3Acr%25et@p.example:1, us@er:se:cr%et",
        "http://user:a@b@p.example:1, user:a@b",
        "http://user@p.example:1, user:from-environment",
        "http://user:@p.example:1, user:"
    })
    void userAndPasswordAreTakenAndNeverShown(String url, String login) throws FotaException {
        ProxyRules rules = ProxyRules.of(
                new ProxySettings(Optional.of(url), Optional.empty(), Optional.of("from-environment"), Map.of()));
        ProxyServer proxy = rules.forTls("a.example").orElseThrow();
        String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.of("Basic " + encoded), proxy.authorization());
        assertEquals("p.example:1", proxy.toString());
        assertFalse((rules
                        + proxy.name()
                        + new ProxySettings(Optional.of(url), Optional.empty(), Optional.of("secret"), Map.of()))
                .contains("se"));
    }

    @ParameterizedTest
    @CsvSource({
        "socks5://secret:secret@p:1, socks5 is not served",
        "https://secret:secret@p:1, https is not served",
        "http://secret:secret@p, no port",
        "http://secret:secret@[::1], no port",
        "http://secret:secret@p:0, port",
        "http://secret:secret@p:65536, port",
        "http://secret:secret@:1, host",
        "http://secret:secret@p q:1, host",
        "http://secret:secret@p:1/path, has a path",
        "http://:secret@p:1, user must not be empty",
        "http://secret%0d%0a:x@p:1, control characters",
        "http://secret:x%0a@p:1, control characters",
        "http://secret:x%2@p:1, percent",
        "http://secret:x%zz@p:1, percent",
        "http://secret:%ff@p:1, UTF-8"
    })
    void whatCannotBeUsedIsSaidWithoutThePassword(String url, String part) throws FotaException {
        String sentence = assertThrows(FotaException.class, () -> option(url)).getMessage();
        assertTrue(sentence.contains(part), sentence);
        assertFalse(sentence.contains("secret"), sentence);
        String variable = assertThrows(FotaException.class, () -> environment("HTTPS_PROXY", url))
                .getMessage();
        assertTrue(variable.contains("The proxy of HTTPS_PROXY"), variable);
    }

    @Test
    void anAddressOfVersion6StandsInBrackets() throws FotaException {
        ProxyServer proxy = option("http://[fd00::1]:3128").forTls("a.example").orElseThrow();
        assertEquals("fd00::1", proxy.host());
        assertEquals("[fd00::1]:3128", proxy.toString());
    }
}
