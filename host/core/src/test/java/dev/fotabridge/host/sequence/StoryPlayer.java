package dev.fotabridge.host.sequence;

import dev.fotabridge.fixtures.lockstep.LockstepDk;
import dev.fotabridge.fixtures.lockstep.LockstepProgram;
import dev.fotabridge.fixtures.sweep.ParallelPlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Plays stories on a board in a process of its own; no story knows of another. */
final class StoryPlayer implements ParallelPlay.Player<SequenceCase> {
    private final LockstepDk board;

    StoryPlayer() {
        try {
            board = LockstepDk.start(LockstepProgram.built());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays one; returns how many points it came by. */
    static int points(SequenceCase story) {
        try (StoryPlayer player = new StoryPlayer()) {
            return SequenceRun.play(story, player.board);
        }
    }

    /** Plays until one fails. */
    static void requireAllWell(Stream<SequenceCase> stories) throws InterruptedException {
        ParallelPlay.firstFailure(stories.iterator(), StoryPlayer::new).ifPresent(failure -> {
            throw new AssertionError(failure.getMessage(), failure);
        });
    }

    @Override
    public void play(SequenceCase story) {
        SequenceRun.play(story, board);
    }

    @Override
    public void close() {
        board.close();
    }
}
