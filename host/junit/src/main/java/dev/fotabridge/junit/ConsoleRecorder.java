package dev.fotabridge.junit;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/**
 * Keeps the lines of a board's console, in memory and in a file. A line has a number, from 0; old ones leave the memory and stay in
 * the file. Thread-safe. Tested by ConsoleRecorderTest.
 */
final class ConsoleRecorder implements AutoCloseable {
    static final int KEPT_LINES = 10_000;

    private final Path file;
    private final Writer writer;
    private final Deque<Line> kept = new ArrayDeque<>();
    private long first;
    private long end;
    private long testBegin;
    private long cursor;
    private boolean begun;
    private String fault = "";

    private record Line(Instant time, String text) {
        @Override
        public String toString() {
            return time.truncatedTo(ChronoUnit.MILLIS) + " " + text;
        }
    }

    /** What came of a wait. */
    sealed interface Waited {
        /** The line came. */
        record Found(ConsoleMatch match) implements Waited {}

        /** A line came that must not come. */
        record Unwanted(String line) implements Waited {}

        /** Neither came in time. */
        record TimeUp(int linesSeen) implements Waited {}
    }

    ConsoleRecorder(Path file) throws IOException {
        this.file = file;
        this.writer = Files.newBufferedWriter(file);
    }

    Path file() {
        return file;
    }

    /** Returns the file's path for people, with what is wrong with it. */
    synchronized String fileText() {
        return file + fault;
    }

    synchronized void add(Instant time, String text) {
        Line line = new Line(time, text);
        kept.add(line);
        end++;
        if (kept.size() > KEPT_LINES) {
            kept.remove();
            first++;
        }
        notifyAll();
        write(line.toString());
    }

    /** A test begins: what came before is history of another one. The first test sees how the board started. */
    synchronized void beginTest(String name) {
        if (begun) {
            testBegin = end;
            cursor = end;
        }
        begun = true;
        write("--- " + name + " begins");
    }

    private void write(String line) {
        try {
            writer.write(line);
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            // The test goes on with what is in memory, and a failure says so.
            fault = " (not complete: " + e.getMessage() + ")";
        }
    }

    /** Looks at the lines behind the last one that was found, then waits for more. */
    synchronized Waited await(ExpectedLine expected, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long from = Math.max(cursor, first);
        for (long at = from; ; at++) {
            while (at >= end) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return new Waited.TimeUp((int) (end - from));
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            }
            at = Math.max(at, first);
            Optional<Waited> answer = look(expected, from, at);
            if (answer.isPresent()) {
                cursor = at + 1;
                return answer.get();
            }
        }
    }

    private Optional<Waited> look(ExpectedLine expected, long from, long at) {
        String text = texts(at, at + 1).get(0);
        if (expected.isUnwanted(text)) {
            return Optional.of(new Waited.Unwanted(text));
        }
        return expected.find(text)
                .map(found -> new Waited.Found(new ConsoleMatch(text, groups(found), texts(from, at))));
    }

    private static List<String> groups(Matcher found) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i <= found.groupCount(); i++) {
            groups.add(found.group(i));
        }
        return Collections.unmodifiableList(groups);
    }

    private List<String> texts(long from, long to) {
        long begin = Math.max(from, first);
        return kept.stream()
                .skip(begin - first)
                .limit(Math.max(0, to - begin))
                .map(Line::text)
                .toList();
    }

    /** Returns the lines since the test began. */
    synchronized List<String> lines() {
        return texts(testBegin, end);
    }

    /** Returns the lines since the test began, with their times. */
    synchronized List<String> timedLines() {
        return timed(Math.max(testBegin, first));
    }

    /** Returns the last lines, with their times, whichever test they are of. */
    synchronized List<String> last(int count) {
        return timed(Math.max(end - count, first));
    }

    private List<String> timed(long from) {
        return kept.stream().skip(from - first).map(Line::toString).toList();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
