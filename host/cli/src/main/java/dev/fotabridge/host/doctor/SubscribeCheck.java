package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Each filter that the agent subscribes to, one by one: AWS may end the connection at a filter that the policy does not
 * allow, and would not say at which of several.
 * Tested by PolicyChecksTest.
 */
record SubscribeCheck(String thing, List<String> filters, BlockingTransport transport) implements Check<Void> {
    @Override
    public CheckResult<Void> run() throws FotaException {
        List<PolicyStatement> missing = new ArrayList<>();
        for (String filter : filters) {
            if (!isAllowed(filter)) {
                missing.add(PolicyStatement.subscribe(transport.endpoint(), filter));
            }
        }
        if (missing.isEmpty()) {
            return CheckResult.ok("All " + filters.size() + " filters are granted; whether what AWS announces there"
                    + " may be received (iot:Receive) shows with the next job.");
        }
        return CheckResult.fail(Reason.CLOUD_POLICY, sentence(missing), PolicyStatement.advice(missing));
    }

    private boolean isAllowed(String filter) throws FotaException {
        try {
            transport.subscribe(filter);
            return true;
        } catch (FotaException e) {
            if (e.reason() != Reason.CLOUD_POLICY) {
                throw e;
            }
            transport.connect();
            return false;
        }
    }

    private String sentence(List<PolicyStatement> missing) {
        String list = missing.stream().map(PolicyStatement::toString).collect(Collectors.joining(" and "));
        return missing.size() == filters.size()
                ? "The policy allows none of the subscriptions for " + thing
                        + ", as if the certificate were another thing's: it lacks " + list + "."
                : "The policy lacks " + list + ".";
    }
}
