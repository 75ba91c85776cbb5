package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.proxy.ProxyRules;

/** The endpoint's form, and what its name tells. Tested by PolicyChecksTest. */
record EndpointCheck(String text, ProxyRules proxies) implements Check<Route> {
    private static final String ASK = "aws iot describe-endpoint --endpoint-type iot:Data-ATS prints the right one.";
    private static final String REGION = "[a-z]{2,4}(-[a-z]+)+-[0-9]+";

    @Override
    public CheckResult<Route> run() throws FotaException {
        Endpoint endpoint = Endpoint.parse(text);
        return judge(endpoint).with(new Route(endpoint, proxies.forTls(endpoint.host())));
    }

    private static CheckResult<Void> judge(Endpoint endpoint) {
        if (!endpoint.kind().isEmpty()) {
            return CheckResult.fail(
                    Reason.CONFIGURATION,
                    endpoint.host() + " is the account's " + endpoint.kind() + " endpoint, which speaks no MQTT.",
                    ASK);
        }
        if (!endpoint.isAws()) {
            return CheckResult.ok(endpoint + ", which is not a name of AWS IoT's own.");
        }
        return aws(endpoint);
    }

    private static CheckResult<Void> aws(Endpoint endpoint) {
        if (!endpoint.region().matches(REGION)) {
            return CheckResult.warn("AWS has no region of the form '" + endpoint.region() + "'.", ASK);
        }
        if (!endpoint.isAts()) {
            return CheckResult.warn(
                    endpoint.host() + " has no -ats in its name: its certificate comes from an old root that"
                            + " AmazonRootCA1.pem does not hold.",
                    ASK);
        }
        boolean served = endpoint.port() == Endpoint.MQTT_PORT || endpoint.port() == Endpoint.ALPN_PORT;
        if (!served) {
            return CheckResult.warn(
                    "AWS IoT serves MQTT on ports 8883 and 443, not on " + endpoint.port() + ".",
                    "Leave the port out of --endpoint.");
        }
        return CheckResult.ok(endpoint + ", region " + endpoint.region() + ".");
    }
}
