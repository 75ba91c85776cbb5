package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the cloud is.
 *
 * @param host without port
 * @param port 1 to 65 535
 */
record EndpointAddress(String host, int port) {
    static final int MQTT_PORT = 8883;
    static final int ALPN_PORT = 443;

    private static final Pattern AWS =
            Pattern.compile("([a-z0-9-]+)\\.(?:([a-z]+)\\.)?iot\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._-]{1,255}");

    static EndpointAddress parse(String text) throws FotaException {
        if (text.contains("/")) {
            throw wrong(
                    "--endpoint is a host, not a URL: leave out what is before and behind the name in " + text + ".");
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (!HOST.matcher(host).matches()) {
            throw wrong("--endpoint must be HOST or HOST:PORT, not " + text + ".");
        }
        return new EndpointAddress(host, colon < 0 ? MQTT_PORT : port(text.substring(colon + 1)));
    }

    private static int port(String text) throws FotaException {
        int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > 65_535) {
            throw wrong("--endpoint has no valid port: " + text + ".");
        }
        return number;
    }

    private static FotaException wrong(String sentence) {
        return new FotaException(Reason.CONFIGURATION, sentence);
    }

    /** Whether this is the name of one of AWS's endpoints, of whatever kind. */
    boolean isAws() {
        return aws().isPresent();
    }

    /** {@code jobs} or {@code credentials} for those endpoints of AWS that speak no MQTT; empty for the data endpoint. */
    String kind() {
        return aws().map(matcher -> matcher.group(2)).orElse("");
    }

    /** Whether an AWS name is of the kind whose certificate Amazon's own roots have signed. */
    boolean isAts() {
        return aws().map(matcher -> matcher.group(1).endsWith("-ats")).orElse(true);
    }

    /** The AWS region, or the word that stands for it in statements. */
    String region() {
        return aws().map(matcher -> matcher.group(3)).orElse("REGION");
    }

    private Optional<Matcher> aws() {
        Matcher matcher = AWS.matcher(host.toLowerCase(Locale.ROOT));
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
