package dev.fotabridge.host.sequence;

import dev.fotabridge.fixtures.lockstep.LockstepDk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Play many stories at the same time, each on a board of its own process; no story knows of another. */
final class Players implements AutoCloseable {
    private final int count = Runtime.getRuntime().availableProcessors();
    private final BlockingQueue<LockstepDk> boards = new ArrayBlockingQueue<>(count);
    private final ExecutorService threads = Executors.newFixedThreadPool(count);

    Players() {
        Path program = program();
        IntStream.range(0, count).forEach(i -> boards.add(LockstepDk.start(program)));
    }

    /** Made on demand, so that one test can be run alone. */
    private static Path program() {
        Path stub = Path.of(System.getProperty("fota.repository")).resolve("firmware-stub");
        Path program = stub.resolve("build/lockstep/lockstep");
        if (!Files.isExecutable(program)) {
            try {
                new ProcessBuilder("make", "-s", "-C", stub.toString(), "lockstep")
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new AssertionError("cannot run make", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return program;
    }

    /**
     * Plays one.
     *
     * @return how many points it came by
     */
    int play(SequenceCase story) {
        LockstepDk board = boards.remove();
        try {
            return SequenceRun.play(story, board);
        } finally {
            boards.add(board);
        }
    }

    /** Plays until one fails: then it is that one's failure, else empty. */
    Optional<AssertionError> firstFailure(Stream<SequenceCase> stories) throws InterruptedException {
        Iterator<SequenceCase> rest = stories.iterator();
        List<Future<Optional<AssertionError>>> results = IntStream.range(0, count)
                .mapToObj(i -> threads.submit(() -> playSome(rest)))
                .toList();
        Optional<AssertionError> first = Optional.empty();
        for (Future<Optional<AssertionError>> result : results) {
            Optional<AssertionError> failure = get(result);
            first = first.isPresent() ? first : failure;
        }
        return first;
    }

    private static <T> T get(Future<T> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private Optional<AssertionError> playSome(Iterator<SequenceCase> rest) {
        try {
            for (SequenceCase story = next(rest); story != null; story = next(rest)) {
                play(story);
            }
            return Optional.empty();
        } catch (AssertionError e) {
            synchronized (rest) {
                while (rest.hasNext()) {
                    rest.next();
                }
            }
            return Optional.of(e);
        }
    }

    private static SequenceCase next(Iterator<SequenceCase> rest) {
        synchronized (rest) {
            return rest.hasNext() ? rest.next() : null;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        boards.forEach(LockstepDk::close);
    }
}
