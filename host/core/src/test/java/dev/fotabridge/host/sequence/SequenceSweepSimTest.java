package dev.fotabridge.host.sequence;

import dev.fotabridge.fixtures.sweep.Sweep;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole sequence in one world and in virtual time: job offered, accepted, downloaded, checked, sent page by page,
 * verified, journalled, marked, swapped, confirmed, reported, accepted. The agent is the shipped one, wired by the
 * shipped wiring, over a board that runs the shipped C core; {@link SequenceWorld} is all that is around them.
 * Between any two of its points (a change on the disk, a packet or its effect, some bytes of a download, an event on
 * the board, a phase) the process, a connection, the line, the board's power, or the job itself may go;
 * {@link SequenceJudge} says what must hold.
 *
 * <p>What is not the product's here: Paho, HttpClient and jSerialComm are replaced behind their ports, the file
 * system is one in memory in which what a process wrote survives it, and threads take turns. Real processes, sockets
 * and disks are killed by {@code KillIT}.
 *
 * <p>Found with each of these faults planted: the journal not on disk when MARK goes out; SUCCEEDED said of an image
 * on trial; a cached file taken without its hash; a download that goes on one byte too far; what is pending not taken
 * back when its job was cancelled while the host was dead; a job lost that was offered right behind the end of
 * another.
 *
 * <p>{@link Sweep} says how to choose the seeds; {@code -Dfota.sequence.replay='LINE'} plays one case, as a failure
 * prints it. What ever failed stands in {@code failed-seeds.txt} and is played first.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("sim")
class SequenceSweepSimTest {
    private static final String REPLAY = "fota.sequence.replay";
    private static final long SEEDS = 300;

    @Test
    @EnabledIfSystemProperty(named = REPLAY, matches = ".+")
    void replays() {
        CasePlayer.points(SequenceCase.parse(System.getProperty(REPLAY)));
    }

    @Test
    @Order(1)
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    void whatEverFailedDoesNotFailAgain() throws IOException, InterruptedException {
        CasePlayer.requireAllWell(
                Sweep.onceFailed(getClass(), "failed-seeds.txt").stream().map(SequenceCase::parse));
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "kill@0:0",
                "mqtt@0:2000",
                "http@0:2000",
                "power@0:500",
                "line@0:3000",
                "cancel@0:1",
                "kill@0:0 cancel@0:50",
                "kill@0:0 power@0:500",
                "remake@0:1",
                "kill@0:0 remake@0:50",
                "rot@0:0 kill@0:0",
                "swap@0:0",
                "nameless@0:0",
                "kill@0:0 swap@0:0",
                "kill@0:0 nameless@0:0",
                "swap@0:0 cancel@0:50",
                "nameless@0:0 cancel@0:50"
            })
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    void everyPointMayBeStruck(String strikes) throws InterruptedException {
        CasePlayer.requireAllWell(atEveryPoint(strikes));
    }

    /** In the plain set-up, whose points an undisturbed case counts. */
    static Stream<SequenceCase> atEveryPoint(String strikes) {
        int points = CasePlayer.points(SequenceCase.parse("seed=0"));
        Assertions.assertTrue(points > 100, "only " + points + " points");
        return IntStream.rangeClosed(1, points)
                .mapToObj(point -> SequenceCase.parse("seed=0 " + strikes.replace("@0", "@" + point)));
    }

    @Test
    @Order(2)
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    void everySeedEndsWell() throws InterruptedException {
        Sweep.play("sequence", SEEDS, SequenceCase::of, CasePlayer::new);
    }
}
