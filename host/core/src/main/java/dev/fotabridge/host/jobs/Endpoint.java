package dev.fotabridge.host.jobs;

import com.google.common.net.InetAddresses;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.PlainText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * Names of AWS IoT in all partitions: FIPS ({@code iot-fips}), dual-stack ({@code api.aws}), China, where the ATS
     * endpoint is {@code PREFIX.ats.iot…}, and {@code PREFIX.deviceadvisor.iot…} for Device Advisor. The second line has the isolated
     * partitions, for hosts that stand in them (suffixes: partitions.json of AWS's SDKs).
     */
    private static final Pattern AWS =
            Pattern.compile("(?:([a-z0-9-]+)\\.)?(?:([a-z]+)\\.)?iot(-fips)?\\.([a-z0-9-]+)\\."
                    + "(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|api\\.aws|api\\.amazonwebservices\\.(?:com\\.cn|eu)"
                    + "|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov|csp\\.hci\\.ic\\.gov|cloud\\.adc-e\\.uk"
                    + "|api\\.aws(?:\\.hci)?\\.ic\\.gov|api\\.aws\\.scloud|api\\.cloud-aws\\.adc-e\\.uk)");

    private static final Set<String> NO_MQTT = Set.of("jobs", "credentials");

    /** First words of regions, and the partition of ARNs there; all others are in {@code aws}. */
    private static final Map<String, String> PARTITIONS = Map.of(
            "cn-", "aws-cn",
            "us-gov-", "aws-us-gov",
            "eusc-", "aws-eusc",
            "us-iso-", "aws-iso",
            "us-isob-", "aws-iso-b",
            "us-isof-", "aws-iso-f",
            "eu-isoe-", "aws-iso-e");

    /** Labels of letters, digits and hyphens (RFC 1123, 2.1): TLS sends no other name. */
    private static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?(?:\\.[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?)*");

    /** Resolvers read such a host in different ways, and {@link java.net.URI} and so Paho in none. */
    private static final Pattern LIKE_AN_ADDRESS = Pattern.compile(".*\\.[0-9][^.]*|[0-9]+|0[xX][0-9A-Fa-f]*");

    /**
     * Reads what a user wrote.
     *
     * @param text HOST, which means port 8883, or HOST:PORT
     * @throws FotaException CONFIGURATION, with a sentence about {@code --endpoint}
     */
    public static Endpoint parse(String text) throws FotaException {
        requireHostOnly(text);
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (!HOST.matcher(host).matches()) {
            throw wrong("--endpoint must be HOST or HOST:PORT, a name of letters, digits, hyphens and dots, not '"
                    + PlainText.name(text) + "'.");
        }
        if (LIKE_AN_ADDRESS.matcher(host).matches() && !InetAddresses.isInetAddress(host)) {
            throw wrong(
                    "--endpoint '" + PlainText.name(host) + "' looks like an address and is none: an IPv4 address is"
                            + " four numbers from 0 to 255 without zeros in front, and the last part of a name begins with a letter.");
        }
        return new Endpoint(host, colon < 0 ? MQTT_PORT : port(text.substring(colon + 1)));
    }

    /** Never shows what may be a password: all that is before an {@code @}. */
    private static void requireHostOnly(String text) throws FotaException {
        int scheme = text.indexOf("://");
        String rest = text.substring(text.lastIndexOf('@') + 1);
        if (scheme >= 0) {
            throw wrong("--endpoint is a host, not a URL: leave the scheme '"
                    + PlainText.name(text.substring(0, scheme)) + "://' out" + instead(rest));
        }
        if (text.contains("@")) {
            throw wrong("--endpoint has a user before an @, and AWS IoT knows none: leave it out" + instead(rest));
        }
        if (text.matches("(?s).*[/?#\\\\].*")) {
            throw wrong("--endpoint has a path behind the host: leave it out" + instead(rest));
        }
        if (text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw wrong("--endpoint has a space in it: leave it out" + instead(text.strip()));
        }
        if (text.matches(".+\\.(:[0-9]*)?")) {
            throw wrong("--endpoint has a dot at the end of the host: leave it out"
                    + instead(text.replaceFirst("\\.+(:[0-9]*)?$", "$1")));
        }
    }

    /** What the option should be, where that can be told. */
    private static String instead(String text) {
        String host = text.replaceFirst("^[^:/]*://", "").replaceFirst("[/?#\\\\].*$", "");
        boolean good = HOST.matcher(host.replaceFirst(":[0-9]{1,5}$", "")).matches();
        return good ? ": --endpoint " + host + "." : ".";
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

    /** What an endpoint of AWS that speaks no MQTT is for: jobs, credentials or control plane; else empty. */
    public String kind() {
        if (aws().filter(matcher -> matcher.group(1) == null).isPresent()) {
            return "control plane";
        }
        return aws().map(matcher -> matcher.group(2)).filter(NO_MQTT::contains).orElse("");
    }

    /**
     * Whether an AWS name is of the kind whose certificate Amazon's own roots have signed; the older kind's comes from a
     * root that has left the lists of trusted roots. True for names that are not AWS's, and for the newer kinds (FIPS,
     * Device Advisor), which have no older certificates.
     */
    public boolean isAts() {
        return aws().filter(matcher -> matcher.group(2) == null && matcher.group(3) == null)
                .map(matcher -> String.valueOf(matcher.group(1)).endsWith("-ats"))
                .orElse(true);
    }

    /** The AWS region, or the word that stands for it in statements. */
    public String region() {
        return aws().map(matcher -> matcher.group(4)).orElse("REGION");
    }

    /** The beginning of the ARNs of this endpoint's account: partition, region and {@code ACCOUNT} with a colon behind. */
    public String arn() {
        String partition = PARTITIONS.entrySet().stream()
                .filter(entry -> region().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("aws");
        return "arn:" + partition + ":iot:" + region() + ":ACCOUNT:";
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
