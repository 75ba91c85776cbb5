package dev.fotabridge.host.sequence;

import dev.fotabridge.fixtures.lockstep.LockstepDk;
import dev.fotabridge.fixtures.lockstep.LockstepProgram;
import dev.fotabridge.fixtures.sweep.ParallelPlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Plays cases on a board in a process of its own; no case knows of another. */
final class CasePlayer implements ParallelPlay.Player<SequenceCase> {
    private final LockstepDk board;

    CasePlayer() {
        try {
            board = LockstepDk.start(LockstepProgram.built());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays one; returns how many points it came by. */
    static int points(SequenceCase testCase) {
        try (CasePlayer player = new CasePlayer()) {
            return SequenceRun.play(testCase, player.board);
        }
    }

    /** Plays until one fails. */
    static void requireAllWell(Stream<SequenceCase> cases) throws InterruptedException {
        ParallelPlay.firstFailure(cases.iterator(), CasePlayer::new).ifPresent(failure -> {
            throw new AssertionError(failure.getMessage(), failure);
        });
    }

    @Override
    public void play(SequenceCase testCase) {
        SequenceRun.play(testCase, board);
    }

    @Override
    public void close() {
        board.close();
    }
}
