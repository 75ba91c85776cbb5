package dev.fotabridge.host.doctor;

import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.proxy.ProxyRules;

/** The endpoint's form, and what its name tells. */
final class EndpointCheck implements Check {
    static final String NAME = "endpoint";
    private static final String ASK = "aws iot describe-endpoint --endpoint-type iot:Data-ATS prints the right one.";
    private static final String REGION = "[a-z]{2,4}(-[a-z]+)+-[0-9]+";

    private final String text;
    private final ProxyRules proxies;
    private final Walk walk;

    EndpointCheck(String text, ProxyRules proxies, Walk walk) {
        this.text = text;
        this.proxies = proxies;
        this.walk = walk;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Finding run() throws FotaException {
        Endpoint endpoint = Endpoint.parse(text);
        walk.endpoint = endpoint;
        walk.proxy = proxies.forTls(endpoint.host());
        if (!endpoint.kind().isEmpty()) {
            return Finding.fail(
                    this,
                    Reason.CONFIGURATION,
                    endpoint.host() + " is the account's " + endpoint.kind() + " endpoint, which speaks no MQTT.",
                    ASK);
        }
        if (!endpoint.isAws()) {
            return Finding.ok(this, endpoint + ", which is not a name of AWS IoT's own.");
        }
        return aws(endpoint);
    }

    private Finding aws(Endpoint endpoint) {
        if (!endpoint.region().matches(REGION)) {
            return Finding.warn(this, "AWS has no region of the form '" + endpoint.region() + "'.", ASK);
        }
        if (!endpoint.isAts()) {
            return Finding.warn(
                    this,
                    endpoint.host() + " has no -ats in its name: its certificate comes from an old root that"
                            + " AmazonRootCA1.pem does not hold.",
                    ASK);
        }
        boolean served = endpoint.port() == Endpoint.MQTT_PORT || endpoint.port() == Endpoint.ALPN_PORT;
        if (!served) {
            return Finding.warn(
                    this,
                    "AWS IoT serves MQTT on ports 8883 and 443, not on " + endpoint.port() + ".",
                    "Leave the port out of --endpoint.");
        }
        return Finding.ok(this, endpoint + ", region " + endpoint.region() + ".");
    }
}
