package dev.fotabridge.station.http;

import dev.fotabridge.station.control.CommandAnswer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Refuses what a foreign web page sends through the browser of somebody who works here. The loopback address alone is no protection:
 * such a page can name it, or let its own name point at it.
 */
final class RequestGuard {
    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final String JSON = "application/json";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private final Set<String> names;

    /**
     * Makes one.
     *
     * @param host where the server listens
     * @param port where the server listens
     * @param others further names, as in the Host header
     */
    RequestGuard(String host, int port, Set<String> others) {
        names = new LinkedHashSet<>(List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port));
        names.add(lower(host) + ":" + port);
        others.forEach(other -> names.add(lower(other)));
    }

    /**
     * Returns why a request is refused; empty if it is not.
     *
     * @param method of HTTP
     * @param header value of a header, or null
     */
    Optional<CommandAnswer> refusal(String method, UnaryOperator<String> header) {
        String host = header.apply("Host");
        if (host == null || !names.contains(lower(host))) {
            return refused(
                    "HOST_NOT_ALLOWED",
                    "The station does not answer to the name '" + host + "', only to " + names
                            + ". If a proxy calls it so, add the name to `names` in station.yaml.");
        }
        String origin = header.apply("Origin");
        if (origin != null && !isOurs(origin)) {
            return refused(
                    "ORIGIN_NOT_ALLOWED", "The request comes from a page of '" + origin + "', not of the station.");
        }
        return SAFE_METHODS.contains(method) ? Optional.empty() : refusalOfCommand(header);
    }

    private static Optional<CommandAnswer> refusalOfCommand(UnaryOperator<String> header) {
        String site = header.apply("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return refused("ORIGIN_NOT_ALLOWED", "The request comes from a page of another site.");
        }
        String type = header.apply("Content-Type");
        if (type != null && !isJson(type)) {
            return Optional.of(CommandAnswer.of(
                    UNSUPPORTED_MEDIA_TYPE, "NOT_JSON", "The body must be application/json, not '" + type + "'."));
        }
        return Optional.empty();
    }

    private boolean isOurs(String origin) {
        int authority = origin.indexOf("://");
        return authority > 0 && names.contains(lower(origin.substring(authority + "://".length())));
    }

    private static boolean isJson(String type) {
        return lower(type).equals(JSON) || lower(type).startsWith(JSON + ";");
    }

    private static Optional<CommandAnswer> refused(String code, String message) {
        return Optional.of(CommandAnswer.of(FORBIDDEN, code, message));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
