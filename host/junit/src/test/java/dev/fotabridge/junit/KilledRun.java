package dev.fotabridge.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A process that holds a virtual board until it is killed; prints a line when it has the board. Argument: a directory. */
final class KilledRun {
    private KilledRun() {}

    static RigBoard board(Path directory) throws IOException {
        String name = directory.getFileName().toString();
        return new RigBoard(
                name,
                RigFinder.VIRTUAL_CAPABILITIES,
                new VirtualPlace(directory.resolve("fota-bridge"), name, RigFinder.VIRTUAL_MODEM));
    }

    static Rig rig(Path directory, Duration claim) throws IOException {
        RigSettings settings = new RigSettings(
                Optional.empty(),
                false,
                Optional.empty(),
                claim,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                directory);
        return new Rig(new RigFinder.Found(List.of(board(directory)), "a rig of one"), settings);
    }

    static BoardRequest request(String holder) {
        return new BoardRequest(Set.of(), "", FotaBoard.Scope.METHOD, KilledRun.class, holder);
    }

    /** Holds a board. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        rig(directory, Duration.ofSeconds(60)).claim(request("com.acme.KilledTest"));
        System.out.println("held");
        System.in.read();
    }
}
