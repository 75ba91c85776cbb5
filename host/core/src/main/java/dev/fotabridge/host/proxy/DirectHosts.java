package dev.fotabridge.host.proxy;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A NO_PROXY list, read as curl does: {@code *} is every host (see {@link #isAll}); a name is that host and all below it, with or without a
 * leading dot; an address is that address, and with a slash and a length its whole block. Pure; asks no DNS.
 * Tested by ProxyRulesTest.
 */
record DirectHosts(List<String> entries) {
    static final DirectHosts NONE = new DirectHosts(List.of());

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.0/8", "::1");

    /** Reads names that commas or blanks part. */
    static DirectHosts parse(String list) {
        return new DirectHosts(Arrays.stream(list.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .toList());
    }

    /** Whether it names all hosts. */
    boolean isAll() {
        return entries.contains("*");
    }

    /** These and the names and addresses of this machine itself. */
    DirectHosts andLoopback() {
        return new DirectHosts(
                Stream.concat(entries.stream(), LOOPBACK.stream()).toList());
    }

    /** Whether this host, a name or an address without brackets, is to be connected to directly. */
    boolean contains(String host) {
        String wanted = withoutLastDot(host.toLowerCase(Locale.ROOT));
        Optional<byte[]> address = address(wanted);
        return entries.stream()
                .anyMatch(
                        entry -> address.isPresent() ? coversAddress(entry, address.get()) : coversName(entry, wanted));
    }

    private static boolean coversName(String entry, String host) {
        String name = withoutLastDot(entry.startsWith(".") ? entry.substring(1) : entry);
        return !name.isEmpty() && address(name).isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    private static boolean coversAddress(String entry, byte[] address) {
        int slash = entry.indexOf('/');
        String text = (slash < 0 ? entry : entry.substring(0, slash)).replaceAll("[\\[\\]]", "");
        Optional<byte[]> block = address(text).filter(bytes -> bytes.length == address.length);
        if (block.isEmpty()) {
            return false;
        }
        int bits = address.length * 8;
        if (slash < 0) {
            return Arrays.equals(block.get(), address);
        }
        String length = entry.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
            return false;
        }
        int shift = bits - Integer.parseInt(length);
        return new BigInteger(1, block.get()).shiftRight(shift).equals(new BigInteger(1, address).shiftRight(shift));
    }

    /** The bytes of a literal address; empty for a name, which is never looked up. */
    private static Optional<byte[]> address(String text) {
        return InetAddresses.isInetAddress(text)
                ? Optional.of(InetAddresses.forString(text).getAddress())
                : Optional.empty();
    }

    private static String withoutLastDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
