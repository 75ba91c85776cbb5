package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A board at a port that is there already, as one is that is plugged in. */
@Tag("real")
@Timeout(60)
class RealPlaceIT {
    private static final Duration TIME = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private VirtualDk dk;
    private Rig rig;

    @BeforeEach
    void plugIn() throws Exception {
        dk = VirtualDk.start(VirtualDkOptions.in(directory).withoutTiming());
        RigSettings settings = new RigSettings(Optional.empty(), false, Optional.empty(), TIME, TIME, TIME, directory);
        rig = new Rig(new RigFinder.Found(List.of(), "a rig"), settings);
    }

    @AfterEach
    void unplug() {
        rig.close();
        dk.close();
    }

    private RealPlace place(String... powerCycle) {
        BayConfig config = new BayConfig(Optional.of(dk.link().toString()), Optional.empty(), 1_000_000);
        return new RealPlace(config, List.of(powerCycle));
    }

    private ClaimedBoard claim(RealPlace place) throws FotaException {
        RigBoard board = new RigBoard("dk", Set.of(Capability.POWER_CYCLE), place);
        return ClaimedBoard.start(
                board, FotaBridge.claim(place.lockName(), "").claim().orElseThrow(), rig, "AnyTest");
    }

    @Test
    void theProgramOfTheRigTakesThePowerAndGivesItBack() throws Exception {
        Path done = directory.resolve("done");
        try (ClaimedBoard board = claim(place("touch", done.toString()))) {
            assertEquals("1.0.0", board.powerCycle().running().version());
            assertTrue(Files.exists(done));
        }
    }

    @Test
    void aProgramThatFailsIsNamedWithWhatItSaid() throws Exception {
        try (ClaimedBoard board = claim(place("sh", "-c", "echo no hub; exit 3"))) {
            BoardFailure failure = assertThrows(BoardFailure.class, board::powerCycle);
            assertEquals(Optional.of(Reason.CONFIGURATION), failure.reason());
            assertTrue(failure.getMessage().contains("ends with exit code 3"), failure.getMessage());
            Path log = board.console().log().resolveSibling("power-cycle.log");
            assertTrue(failure.getMessage().contains(log.toString()), failure.getMessage());
            assertEquals("no hub\n", Files.readString(log));
        }
    }

    @Test
    void aLinkToThePortIsLockedAsThePort() {
        RealPlace direct =
                new RealPlace(new BayConfig(Optional.of(dk.pty().toString()), Optional.empty(), 1_000_000), List.of());
        assertEquals(direct.lockName(), place().lockName());
    }

    @Test
    void aPortThatAnotherProgramHoldsIsWaitedForAndTheBoardIsNotBroken() throws Exception {
        RigBoard board = new RigBoard("dk", Set.of(), new OtherLock(place()));
        RigSettings hasty = new RigSettings(
                Optional.empty(), false, Optional.empty(), Duration.ofMillis(500), TIME, TIME, directory);
        Rig waiting = new Rig(new RigFinder.Found(List.of(board), "a rig"), hasty);
        BoardRequest request = new BoardRequest(Set.of(), "", FotaBoard.Scope.METHOD, this, "WaitingTest.waits");
        try (ClaimedBoard other = claim(place())) {
            other.info();
            String message = assertThrows(BoardFailure.class, () -> waiting.claim(request))
                    .getMessage();
            assertTrue(message.contains("PORT_BUSY"), message);
            assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
            assertTrue(BrokenBoards.cause(board).isEmpty());
        }
        waiting.claim(request).close();
        waiting.close();
    }

    /** As if the port's user were no rig: it does not know the rig's lock. */
    private record OtherLock(RealPlace place) implements BoardPlace {
        @Override
        public String lockName() {
            return place.lockName() + " other";
        }

        @Override
        public String serialNumber() {
            return "";
        }

        @Override
        public ReadyPlace start(Bays bays, Path directory, Duration limit) {
            return place.start(bays, directory, limit);
        }
    }
}
