package dev.fotabridge.host.sequence;

import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.image.ModemDelta;
import dev.fotabridge.fixtures.lockstep.LockstepDk;
import dev.fotabridge.host.agent.SequenceHost;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;

/** Plays one {@link SequenceCase}: the host lives, dies and is started again until every job has its end. */
final class SequenceRun {
    private static final int MAX_LIVES = 30;
    private static final int OLD_BYTES = 4_700;
    private static final int NEW_BYTES = 9_000;

    private static final BuiltImage OLD = image(OLD_BYTES, "1.0.0", 1);
    private static final BuiltImage FIRST = image(NEW_BYTES, "2.0.0", 2);
    /** Of a job that is made anew. */
    static final BuiltImage OTHER = image(NEW_BYTES + 500, "4.0.0", 4);

    /** What another board runs. */
    static final BuiltImage OTHER_BOARD_IMAGE = image(OLD_BYTES + 300, "9.0.0", 9);

    private static final BuiltImage SECOND = image(NEW_BYTES + 900, "3.0.0", 3);

    private static final int DELTA_BYTES = 20_000;
    /** What the modem runs before. */
    static final String MODEM_OLD = "mfw_1.3.5";

    private static final BuiltImage DELTA = delta();

    private final SequenceCase testCase;
    private final SequenceWorld world;
    private int lives;

    private SequenceRun(SequenceCase testCase, LockstepDk dk) {
        this.testCase = testCase;
        this.world = new SequenceWorld(testCase, dk);
    }

    private static BuiltImage image(int bytes, String version, long seed) {
        return new ImageBuilder().size(bytes).version(version).seed(seed).build();
    }

    /** Its version is that of the firmware that the modem runs then. */
    private static BuiltImage delta() {
        byte[] file =
                ModemDelta.between(MODEM_OLD, "mfw_1.3.6").size(DELTA_BYTES).build();
        return new BuiltImage(file, "", Sha256.over(ByteBuffer.wrap(file)).hex(), "mfw_1.3.6");
    }

    /**
     * @return how many points the case came by
     * @throws AssertionError with one line that replays the case, and its last points
     */
    static int play(SequenceCase testCase, LockstepDk dk) {
        SequenceRun run = new SequenceRun(testCase, dk);
        try {
            run.play();
            return run.world.points();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\nreplay with -Dfota.sequence.replay='" + testCase + "'\n" + testCase.setup()
                            + "\nlife " + run.lives + "\n" + run.world,
                    e);
        }
    }

    private void play() {
        world.board.begin(OLD);
        job("job-1", testCase.modem().isThere() ? DELTA : FIRST);
        if (!testCase.modem().isThere() && testCase.setup().secondJob()) {
            job("job-2", SECOND);
        }
        do {
            world.require(lives < MAX_LIVES, "the host is started again and again");
            lives++;
            world.hostStarts();
            live();
            world.hostEnded();
            rest(world.between(100, 20_000));
        } while (!world.isOver());
        world.cloud.judge().verdict();
    }

    private void job(String id, BuiltImage image) {
        world.cloud.judge().expect(id, image);
        world.cloud.create(id, image);
    }

    private void live() {
        try {
            UpdateRecord result = SequenceHost.live(
                    world, lives, testCase.setup().once(), testCase.setup().completeOn());
            world.note("host: exits " + result.reason());
        } catch (HostKilled e) {
            world.note("host: is dead");
        } catch (FotaException e) {
            world.note("host: exits " + e.reason() + " " + e.getMessage());
        }
    }

    private void rest(long nanos) {
        long until = world.now() + nanos;
        while (world.now() < until) {
            world.live(until);
        }
    }
}
