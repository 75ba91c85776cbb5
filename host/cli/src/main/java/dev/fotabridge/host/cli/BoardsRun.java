package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.host.thread.WatchedThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Updates several boards at once, each by a thread of its own. Tested by FlashBoardsIT. */
final class BoardsRun {
    private BoardsRun() {}

    /**
     * Blocks until all boards have ended, and prints how.
     *
     * @param bays are closed, each as soon as its board has ended
     * @return the exit code
     */
    static int of(List<Bay> bays, Function<Bay, UpdateRecord> work, UpdateImage image, BoardsPrinter printer) {
        long begun = System.nanoTime();
        List<BoardEnd> ends = ends(bays, work, printer);
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        UpdateRecord all = all(ends, image, seconds);
        printer.end(ends, all);
        return all.reason().exitCode();
    }

    private static List<BoardEnd> ends(List<Bay> bays, Function<Bay, UpdateRecord> work, BoardsPrinter printer) {
        // A run tells its own failures; what comes here has no board that it could be told of.
        ExecutorService threads = WatchedThreads.pool("board", e -> {});
        try {
            List<Future<BoardEnd>> runs = new ArrayList<>();
            bays.forEach(bay -> runs.add(threads.submit(new BoardRun(bay, work, printer.of(bay)))));
            List<BoardEnd> ends = new ArrayList<>();
            for (Future<BoardEnd> run : runs) {
                ends.add(run.get());
            }
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a board's run ended without a record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the command's thread was interrupted", e);
        } finally {
            threads.shutdown();
        }
    }

    /** Returns the record of the whole: what the boards have in common, and sums. */
    private static UpdateRecord all(List<BoardEnd> ends, UpdateImage image, double seconds) {
        List<UpdateRecord> records = ends.stream().map(BoardEnd::record).toList();
        return new UpdateRecord(
                OverallEnd.of(records.stream().map(UpdateRecord::reason).toList()),
                Optional.empty(),
                "",
                image.imageHash().orElse(""),
                image.fileSha256(),
                "",
                image.version().orElse(""),
                "",
                seconds,
                Map.of(),
                records.stream().mapToDouble(UpdateRecord::hostCpuSeconds).sum(),
                records.stream().map(UpdateRecord::wire).reduce(WireTotals.NONE, BoardsRun::sum));
    }

    /** Of two boards; {@link WireTotals#plus} is for two sessions of one. */
    private static WireTotals sum(WireTotals one, WireTotals other) {
        return new WireTotals(
                one.sentBytes() + other.sentBytes(),
                one.receivedBytes() + other.receivedBytes(),
                one.retransmittedBytes() + other.retransmittedBytes(),
                one.damagedFrames() + other.damagedFrames(),
                one.pagesSent() + other.pagesSent(),
                one.pagesSkipped() + other.pagesSkipped(),
                one.pagesErased() + other.pagesErased());
    }
}
