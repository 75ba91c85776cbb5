package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.Events;

/** Tests in several threads of one process. */
@Timeout(60)
class ParallelTest {
    private static final int TESTS = 24;

    @TempDir
    Path reports;

    private FakeRig rig() {
        return FakeRig.in(reports)
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "8");
    }

    /** Counts who uses a board at the same time as another. */
    private static final class Users {
        private final Map<String, AtomicInteger> now = new ConcurrentHashMap<>();
        private final AtomicInteger most = new AtomicInteger();

        void use(Board board) {
            AtomicInteger users = now.computeIfAbsent(board.name(), name -> new AtomicInteger());
            most.accumulateAndGet(users.incrementAndGet(), Math::max);
            board.info();
            users.decrementAndGet();
        }
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    static class ManyCase {
        static final Users USERS = new Users();
        static final CountDownLatch TWO_AT_ONCE = new CountDownLatch(2);

        @RepeatedTest(TESTS)
        void uses(Board board) throws InterruptedException {
            TWO_AT_ONCE.countDown();
            assertTrue(TWO_AT_ONCE.await(10, TimeUnit.SECONDS), "no two tests run at once");
            USERS.use(board);
        }
    }

    @Test
    void eachTestHasItsBoardForItself() {
        FakeRig rig = rig().board("a").board("b");
        Events tests = rig.run(ManyCase.class).testEvents();
        tests.assertStatistics(s -> s.succeeded(TESTS));
        assertEquals(1, ManyCase.USERS.most.get());
        assertTrue(rig.done.contains("start a") && rig.done.contains("start b"), rig.done.toString());
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.CLASS)
    static class SharedCase {
        static final Users USERS = new Users();

        @RepeatedTest(TESTS)
        void uses(Board board) {
            USERS.use(board);
        }
    }

    @Test
    void testsThatShareABoardRunOneAfterTheOther() {
        FakeRig rig = rig().board("a").board("b");
        rig.run(SharedCase.class).testEvents().assertStatistics(s -> s.succeeded(TESTS));
        assertEquals(1, SharedCase.USERS.most.get());
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.SESSION)
    static class SessionOneCase {
        static final Users USERS = new Users();

        @RepeatedTest(TESTS)
        void uses(Board board) {
            USERS.use(board);
        }
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.SESSION)
    static class SessionTwoCase {
        @RepeatedTest(TESTS)
        void uses(Board board) {
            SessionOneCase.USERS.use(board);
        }
    }

    @Test
    void classesThatShareABoardRunOneAfterTheOther() {
        FakeRig rig = rig().board("a").board("b");
        rig.run(SessionOneCase.class, SessionTwoCase.class).testEvents().assertStatistics(s -> s.succeeded(2 * TESTS));
        assertEquals(1, SessionOneCase.USERS.most.get());
        assertEquals(2, rig.done.size());
    }
}
