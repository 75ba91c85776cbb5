package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host's process and a virtual DK's climb together, over a pty whose rate both of them set. */
@Tag("real")
final class LineRateIT {
    private static final int LIMIT_SECONDS = 60;
    private static final String GARBLED = "1000000:500000000";

    private final BuiltImage image =
            new ImageBuilder().size(100_000).version("2.0.0").seed(3).build();

    @TempDir
    Path directory;

    private VirtualDkOptions board() {
        return VirtualDkOptions.in(directory).withoutTiming().with("--swap-time", "short", "--unit-id", "unit 7");
    }

    private HostProcess flash(VirtualDk board, BuiltImage file, String... more) throws IOException {
        Path path = file.writeTo(directory.resolve(file.imageHash() + ".bin"));
        List<String> arguments = new ArrayList<>(List.of("flash", path.toString(), "--json"));
        arguments.addAll(List.of("--port", board.link().toString()));
        arguments.addAll(List.of("--state-dir", directory.resolve("state").toString()));
        arguments.addAll(Arrays.asList(more));
        return HostProcess.start(directory, arguments);
    }

    private void assertSucceeds(HostProcess host) throws InterruptedException {
        assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
    }

    private static List<String> rates(VirtualDk board) {
        return board.log().stream().filter(line -> line.endsWith(" baud")).toList();
    }

    private static void assertTold(HostProcess host, String sentence) {
        assertTrue(
                host.events().stream()
                        .anyMatch(event -> event.path("line").asText().equals(sentence)),
                () -> sentence + "\n" + host);
    }

    @Test
    void flashClimbsToTheHighestRate() throws Exception {
        try (VirtualDk board = VirtualDk.start(board());
                HostProcess host = flash(board, image)) {
            assertSucceeds(host);
            assertEquals(List.of("dk: 1000000 baud"), rates(board));
            assertTold(host, "The line runs at 1000000 baud.");
        }
    }

    @Test
    void theCeilingKeepsTheLineWhereItIs() throws Exception {
        try (VirtualDk board = VirtualDk.start(board());
                HostProcess host = flash(board, image, "-b", "115200")) {
            assertSucceeds(host);
            assertEquals(List.of(), rates(board));
            assertTold(host, "The line runs at 115200 baud: a higher rate is not allowed.");
        }
    }

    @Test
    void aRateThatGarblesIsLeftForTheNextLowerAndNotTriedAgain() throws Exception {
        VirtualDkOptions garbled = board().with("--rate-fault", GARBLED);
        try (VirtualDk board = VirtualDk.start(garbled);
                HostProcess host = flash(board, image)) {
            assertSucceeds(host);
            assertEquals(List.of("dk: 1000000 baud", "dk: 115200 baud", "dk: 460800 baud"), rates(board));
            assertTold(host, "The line runs at 460800 baud: 1000000 does not carry its probes.");
        }
        Files.delete(directory.resolve("flash.bin"));
        try (VirtualDk board = VirtualDk.start(garbled);
                HostProcess host = flash(board, image)) {
            assertSucceeds(host);
            assertEquals(List.of("dk: 460800 baud"), rates(board));
            assertTold(host, "The line runs at 460800 baud: 1000000 failed not long ago.");
        }
    }

    @Test
    void aHostThatIsKilledAtOneMegabaudIsFollowedByOneThatFindsTheBoard() throws Exception {
        VirtualDkOptions slow = VirtualDkOptions.in(directory).with("--swap-time", "short", "--unit-id", "unit 7");
        BuiltImage large =
                new ImageBuilder().size(300_000).version("2.0.0").seed(3).build();
        try (VirtualDk board = VirtualDk.start(slow)) {
            try (HostProcess host = flash(board, large)) {
                host.awaitEvent(
                        LIMIT_SECONDS,
                        event -> event.path("type").asText().equals("TRANSFER")
                                && event.path("bytes").asLong() > 50_000);
                host.kill();
                assertEquals(List.of("dk: 1000000 baud"), rates(board));
            }
            try (HostProcess host = flash(board, large)) {
                assertSucceeds(host);
                assertTold(host, "The line runs at 1000000 baud.");
                assertTrue(host.result().at("/wire/pagesSkipped").asInt() > 5, host::toString);
            }
        }
    }

    @Test
    void aBoardThatStartsAtTheCeilingIsFoundThere() throws Exception {
        try (VirtualDk board = VirtualDk.start(board().with("--baud", "1000000"));
                HostProcess host = flash(board, image)) {
            assertSucceeds(host);
            assertEquals(List.of(), rates(board));
            assertTold(host, "The line runs at 1000000 baud: the board offers no other.");
        }
    }

    @Test
    void aBoardThatIsNotAtTheRateThatIsNamedIsFoundWhereBoardsStart() throws Exception {
        try (VirtualDk board = VirtualDk.start(board().with("--rates", "none"));
                HostProcess host = flash(board, image, "-b", "1000000")) {
            assertSucceeds(host);
            assertTold(host, "The line runs at 115200 baud: the board offers no other.");
        }
    }
}
