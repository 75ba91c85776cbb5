package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.Subscription;
import dev.fotabridge.host.api.UpdateRecord;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The update of one of several boards, from its beginning until its bay is closed. Tested by FlashBoardsIT. */
final class BoardRun implements Callable<BoardEnd> {
    private final Bay bay;
    private final Function<Bay, UpdateRecord> work;
    private final EventPrinter printer;
    private volatile String board = "";

    BoardRun(Bay bay, Function<Bay, UpdateRecord> work, EventPrinter printer) {
        this.bay = bay;
        this.work = work;
        this.printer = printer;
    }

    @Override
    public BoardEnd call() {
        try (bay;
                Subscription events = bay.observe(this::onEvent)) {
            UpdateRecord record = recorded(events);
            events.awaitDelivered();
            return new BoardEnd(bay.name(), unit(), record);
        }
    }

    private void onEvent(EventOrigin origin, BayEvent event) {
        board = origin.board();
        printer.onEvent(origin, event);
    }

    /** A bug that one board meets must not keep the others' results back. */
    private UpdateRecord recorded(Subscription events) {
        try {
            return work.apply(bay);
        } catch (RuntimeException | Error e) {
            UpdateRecord record = UpdateRecord.early(Reason.INTERNAL_ERROR, "Something unforeseen happened: " + e);
            events.awaitDelivered();
            printer.result(record);
            return record;
        }
    }

    /** Until a board has told its id, it has the name of its port. */
    private String unit() {
        return bay.port().filter(board::equals).isPresent() ? "" : board;
    }
}
