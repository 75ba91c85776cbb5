package dev.fotabridge.host.sequence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.sweep.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The world of {@link SequenceSweepSimTest} with a modem delta in the image's place: erase, write, schedule, restart,
 * result. A failure's line replays there; every case that ever failed stands in {@code failed-modem-seeds.txt}.
 */
@Timeout(600)
@Tag("sim")
class ModemSweepSimTest {
    private static final SequenceCase PLAIN = SequenceCase.parse("seed=0");
    private static final String DIRTY = "modem=" + SequenceRun.MODEM_OLD + " modem-area=dirty modem-apply-ms=2000";
    private static final int SEEDS = 60;

    /** Erase, ten blocks of 2 045 bytes, schedule and application. */
    private static final int OPERATIONS = 13;

    private static SequenceCase.Modem modem(int cut, boolean behind) {
        return new SequenceCase.Modem(DIRTY, cut, behind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill@0:0",
                "power@0:500",
                "line@0:3000",
                "mqtt@0:2000",
                "cancel@0:1",
                "kill@0:0 cancel@0:50",
                "kill@0:0 power@0:500"
            })
    void everyPointMayBeStruck(String strikes) throws InterruptedException {
        SequenceCase plain = PLAIN.ofModem(modem(0, false));
        int points = CasePlayer.points(plain);
        assertTrue(points > 40, "only " + points + " points");
        CasePlayer.requireAllWell(IntStream.rangeClosed(1, points)
                .mapToObj(point -> SequenceCase.parse("seed=0 " + strikes.replace("@0", "@" + point))
                        .ofModem(modem(0, false))));
    }

    /** Before each operation of the modem, and behind it, when nobody was informed. */
    @Test
    void powerMayGoAtEveryOperationOfTheModem() throws InterruptedException {
        CasePlayer.requireAllWell(IntStream.rangeClosed(1, OPERATIONS)
                .boxed()
                .flatMap(cut -> Stream.of(PLAIN.ofModem(modem(cut, false)), PLAIN.ofModem(modem(cut, true)))));
    }

    @Test
    void whatEverFailedDoesNotFailAgain() throws IOException, InterruptedException {
        CasePlayer.requireAllWell(
                Sweep.onceFailed(getClass(), "failed-modem-seeds.txt").stream().map(SequenceCase::parse));
    }

    @Test
    void everySeedEndsWell() throws InterruptedException {
        Sweep.play("modem", SEEDS, ModemSweepSimTest::testCase, CasePlayer::new);
    }

    private static SequenceCase testCase(long seed) {
        return withoutRemake(SequenceCase.of(seed)).ofModem(modem((int) (seed % OPERATIONS), seed % 2 == 0));
    }

    /** A job made anew is about another image, of which there is none here. */
    private static SequenceCase withoutRemake(SequenceCase testCase) {
        List<Strike> strikes = testCase.strikes().stream()
                .filter(strike -> strike.kind() != Strike.Kind.REMAKE)
                .toList();
        return new SequenceCase(testCase.seed(), strikes);
    }
}
