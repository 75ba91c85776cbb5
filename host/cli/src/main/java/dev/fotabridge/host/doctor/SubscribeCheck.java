package dev.fotabridge.host.doctor;

import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Each filter that the agent subscribes to, one by one: AWS may end the connection at a filter that the policy does not
 * allow, and would not say at which of several.
 */
final class SubscribeCheck implements Check {
    static final String NAME = "MQTT subscribe";

    private final JobsTopics topics;
    private final String thing;
    private final Walk walk;

    SubscribeCheck(String thing, Walk walk) {
        this.topics = new JobsTopics(thing);
        this.thing = thing;
        this.walk = walk;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(ConnectCheck.NAME);
    }

    @Override
    public Finding run() throws FotaException {
        List<PolicyStatement> missing = new ArrayList<>();
        for (String filter : topics.filters()) {
            if (!isAllowed(filter)) {
                missing.add(PolicyStatement.subscribe(walk.endpoint, filter));
            }
        }
        if (missing.isEmpty()) {
            return Finding.ok(
                    this,
                    "All " + topics.filters().size() + " filters are granted; whether what AWS announces there"
                            + " may be received (iot:Receive) shows with the next job.");
        }
        return Finding.fail(this, Reason.CLOUD_POLICY, sentence(missing), advice(missing));
    }

    private boolean isAllowed(String filter) throws FotaException {
        try {
            walk.transport.subscribe(filter);
            return true;
        } catch (FotaException e) {
            if (e.reason() != Reason.CLOUD_POLICY) {
                throw e;
            }
            walk.transport.connect();
            return false;
        }
    }

    private String sentence(List<PolicyStatement> missing) {
        String list = missing.stream().map(PolicyStatement::toString).collect(Collectors.joining(" and "));
        return missing.size() == topics.filters().size()
                ? "The policy allows none of the subscriptions for " + thing
                        + ", as if the certificate were another thing's: it lacks " + list + "."
                : "The policy lacks " + list + ".";
    }

    private static String advice(List<PolicyStatement> missing) {
        String list = missing.stream().map(PolicyStatement::json).collect(Collectors.joining(", "));
        return "Add to the certificate's policy: " + list + "; see docs/aws-setup.md.";
    }
}
