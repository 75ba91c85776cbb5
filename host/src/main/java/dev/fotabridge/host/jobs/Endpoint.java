package dev.fotabridge.host.jobs;

import java.util.Locale;
import java.util.Optional;

/** What an endpoint's name tells before anything is connected to. */
public final class Endpoint {
    private Endpoint() {}

    /**
     * Warns of AWS's older kind of endpoint: its certificate comes from a root that has left the lists of trusted roots.
     *
     * @param host without port
     * @return a sentence for people
     */
    public static Optional<String> warning(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean aws = name.matches("[^.]+\\.iot\\.[^.]+\\.amazonaws\\.com(\\.cn)?");
        if (!aws || name.substring(0, name.indexOf('.')).endsWith("-ats")) {
            return Optional.empty();
        }
        return Optional.of(
                "The endpoint " + host + " has no -ats in its name, so AmazonRootCA1.pem does not fit it; ask"
                        + " for the right one: aws iot describe-endpoint --endpoint-type iot:Data-ATS.");
    }
}
