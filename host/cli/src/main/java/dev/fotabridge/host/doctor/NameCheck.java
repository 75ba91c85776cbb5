package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.proxy.ProxyServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** DNS. Blocks for as long as the system's resolver does. Tested by DoctorProxyIT. */
record NameCheck(Route route) implements Check<Void> {
    @Override
    public CheckResult<Void> run() throws FotaException {
        return route.proxy().isPresent()
                ? proxy(route.proxy().get())
                : endpoint(route.endpoint().host());
    }

    private CheckResult<Void> endpoint(String host) throws FotaException {
        try {
            return CheckResult.ok(host + " is " + addresses(host) + ".");
        } catch (UnknownHostException e) {
            throw new FotaException(
                    Reason.CLOUD_UNREACHABLE,
                    "DNS does not know the endpoint " + host + ": the name is misspelt, or DNS does not work here.");
        }
    }

    /** It looks the endpoint up by itself. */
    private CheckResult<Void> proxy(ProxyServer proxy) throws FotaException {
        try {
            return CheckResult.ok("The way is through " + proxy.name() + ", which is " + addresses(proxy.host())
                    + " and looks names up itself.");
        } catch (UnknownHostException e) {
            throw new FotaException(
                    Reason.PROXY_UNREACHABLE,
                    "DNS does not know " + proxy.name() + ": the name is misspelt, or DNS does not work here.");
        }
    }

    private static String addresses(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(", "));
    }
}
