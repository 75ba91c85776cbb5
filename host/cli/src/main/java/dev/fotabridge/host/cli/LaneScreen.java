package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.thread.WatchedThreads;
import dev.fotabridge.host.value.PlainText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Several boards on a terminal: a lane each, drawn over itself; what the boards say scrolls by above the lanes. At the end the
 * table takes the place of the lanes. Tested by LaneScreenTest.
 */
final class LaneScreen implements BoardsPrinter {
    private static final long REDRAW_MILLIS = 200;

    /** A resize shows after two seconds: asking for the size starts a process. */
    private static final int DRAWINGS_PER_SIZE = 10;

    private final PrintStream err;
    private final TextStyle style;
    private final LongSupplier nanos;
    private final Supplier<TerminalSize> terminal;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final LaneArea area = new LaneArea();
    private final ScheduledExecutorService redraws;
    private TerminalSize size = TerminalSize.STANDARD;
    private int drawings;

    /** @param names of the boards' bays, in their order */
    LaneScreen(
            PrintStream err, TextStyle style, LongSupplier nanos, Supplier<TerminalSize> terminal, List<String> names) {
        this.err = err;
        this.style = style;
        this.nanos = nanos;
        this.terminal = terminal;
        names.forEach(name -> lanes.put(name, new Lane(name, nanos.getAsLong())));
        redraws = WatchedThreads.executor("lanes", e -> err.println("Error: the lanes cannot be drawn: " + e));
    }

    /** Begins to draw, now and then. */
    LaneScreen start() {
        redraws.scheduleAtFixedRate(this::redraw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Draws the lanes as they are now. */
    void redraw() {
        TerminalSize now = drawings++ % DRAWINGS_PER_SIZE == 0 ? terminal.get() : size;
        synchronized (this) {
            if (!now.equals(size)) {
                // What is drawn may stand on other rows now.
                area.abandon();
            }
            size = now;
            draw("");
        }
    }

    private void draw(String above) {
        List<String> lines = new Lanes(List.copyOf(lanes.values())).lines(size, style, nanos.getAsLong());
        err.print(area.draw(above, lines));
        err.flush();
    }

    private synchronized void above(String line) {
        draw(line);
    }

    @Override
    public EventPrinter of(Bay bay) {
        return new OneLane(bay.name(), lanes.get(bay.name()));
    }

    /** Puts what happens at a board into its lane. */
    private final class OneLane implements EventPrinter {
        private final String name;
        private final Lane lane;

        OneLane(String name, Lane lane) {
            this.name = name;
            this.lane = lane;
        }

        @Override
        public void board(String unit) {
            // The table has it.
        }

        @Override
        public void event(BayEvent event) {
            if (event instanceof BayEvent.Log log) {
                above(PlainText.line(name) + " " + style.dim("| " + PlainText.line(log.line())));
            } else {
                synchronized (LaneScreen.this) {
                    lane.event(event, nanos.getAsLong());
                }
            }
        }

        @Override
        public void result(UpdateRecord result) {
            synchronized (LaneScreen.this) {
                lane.end(result, nanos.getAsLong());
            }
        }
    }

    @Override
    public void end(List<BoardEnd> ends, UpdateRecord all) {
        close();
        new BoardsText(err, style, nanos, false).end(ends, all);
    }

    /** Ends the drawing and takes the lanes away. */
    @Override
    public void close() {
        redraws.shutdown();
        synchronized (this) {
            lanes.clear();
            draw("");
        }
    }
}
