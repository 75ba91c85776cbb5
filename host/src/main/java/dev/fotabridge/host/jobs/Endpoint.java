package dev.fotabridge.host.jobs;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the cloud is, and what its name tells before anything is connected to.
 *
 * @param host without port
 * @param port 1 to 65 535
 */
public record Endpoint(String host, int port) {
    /** MQTT with a certificate, the usual one. */
    public static final int MQTT_PORT = 8883;

    /** MQTT too, told from HTTPS by ALPN. */
    public static final int ALPN_PORT = 443;

    private static final Pattern AWS =
            Pattern.compile("([a-z0-9-]+)\\.(?:([a-z]+)\\.)?iot\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._-]{1,255}");

    /**
     * Reads what a user wrote.
     *
     * @param text HOST, which means port 8883, or HOST:PORT
     * @throws FotaException CONFIGURATION, with a sentence about {@code --endpoint}
     */
    public static Endpoint parse(String text) throws FotaException {
        if (text.contains("/")) {
            throw wrong(
                    "--endpoint is a host, not a URL: leave out what is before and behind the name in " + text + ".");
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (!HOST.matcher(host).matches()) {
            throw wrong("--endpoint must be HOST or HOST:PORT, not " + text + ".");
        }
        return new Endpoint(host, colon < 0 ? MQTT_PORT : port(text.substring(colon + 1)));
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
    public boolean isAws() {
        return aws().isPresent();
    }

    /** {@code jobs} or {@code credentials} for those endpoints of AWS that speak no MQTT; empty for the data endpoint. */
    public String kind() {
        return aws().map(matcher -> matcher.group(2)).orElse("");
    }

    /**
     * Whether an AWS name is of the kind whose certificate Amazon's own roots have signed; the older kind's comes from a
     * root that has left the lists of trusted roots. True for names that are not AWS's.
     */
    public boolean isAts() {
        return aws().map(matcher -> matcher.group(1).endsWith("-ats")).orElse(true);
    }

    /** The AWS region, or the word that stands for it in statements. */
    public String region() {
        return aws().map(matcher -> matcher.group(3)).orElse("REGION");
    }

    /** A sentence for people about the older kind of endpoint. */
    public Optional<String> warning() {
        if (isAts() || !kind().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "The endpoint " + host + " has no -ats in its name, so AmazonRootCA1.pem does not fit it; ask"
                        + " for the right one: aws iot describe-endpoint --endpoint-type iot:Data-ATS.");
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
