package dev.fotabridge.host.download;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells public unicast addresses by IANA's special-purpose registries (RFC 6890 and its successors).
 * Tested by AllowedHostsTest.
 */
final class PublicAddress {
    private static final List<Block> NOT_PUBLIC_V4 = List.of(
            new Block(8, 0),
            new Block(8, 10),
            new Block(10, 100, 64),
            new Block(8, 127),
            new Block(16, 169, 254),
            new Block(12, 172, 16),
            new Block(24, 192, 0, 0),
            new Block(24, 192, 0, 2),
            new Block(24, 192, 88, 99),
            new Block(16, 192, 168),
            new Block(15, 198, 18),
            new Block(24, 198, 51, 100),
            new Block(24, 203, 0, 113),
            new Block(3, 224));
    private static final List<Block> NOT_PUBLIC_V6 = List.of(
            new Block(23, 0x20, 0x01, 0x00, 0x00), // IETF protocol assignments, Teredo among them
            new Block(32, 0x20, 0x01, 0x0D, 0xB8), // documentation
            new Block(20, 0x3F, 0xFF, 0x00)); // documentation
    private static final Block GLOBAL_UNICAST_V6 = new Block(3, 0x20);
    private static final Block NAT64_V6 = new Block(96, 0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final Block SIX_TO_FOUR_V6 = new Block(16, 0x20, 0x02);

    private PublicAddress() {}

    static boolean test(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_V4.stream().noneMatch(block -> block.contains(bytes));
        }
        if (NAT64_V6.contains(bytes)) {
            return testEmbedded(bytes, 12);
        }
        if (SIX_TO_FOUR_V6.contains(bytes)) {
            return testEmbedded(bytes, 2);
        }
        return GLOBAL_UNICAST_V6.contains(bytes) && NOT_PUBLIC_V6.stream().noneMatch(block -> block.contains(bytes));
    }

    /** Addresses that carry an IPv4 one lead to where that one leads. */
    private static boolean testEmbedded(byte[] bytes, int at) {
        try {
            return test(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes always are an address", e);
        }
    }

    private record Block(int prefixLength, int... prefix) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < prefixLength; bit++) {
                int expected = bit / 8 < prefix.length ? prefix[bit / 8] : 0;
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (expected & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
