package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** DNS. Blocks for as long as the system's resolver does. */
final class NameCheck implements Check {
    static final String NAME = "DNS";

    private final Walk walk;

    NameCheck(Walk walk) {
        this.walk = walk;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(EndpointCheck.NAME);
    }

    @Override
    public Finding run() throws FotaException {
        String host = walk.endpoint.host();
        try {
            String addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
            return Finding.ok(this, host + " is " + addresses + ".");
        } catch (UnknownHostException e) {
            throw new FotaException(
                    Reason.CLOUD_UNREACHABLE,
                    "DNS does not know the endpoint " + host + ": the name is misspelt, or DNS does not work here.");
        }
    }
}
