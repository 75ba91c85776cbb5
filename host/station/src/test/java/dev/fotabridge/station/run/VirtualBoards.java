package dev.fotabridge.station.run;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.ledger.OpenRun;
import dev.fotabridge.station.verdict.RunStage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The library and the boards behind it: what it does to a board in an update, step by step in virtual time. The library itself is played
 * over the shipped C core in {@code SequenceSweepSimTest}; here only what a station sees of it counts.
 */
final class VirtualBoards implements BoardsPort {
    private static final long TENTH = 100_000_000L;
    private static final long SECOND = 10 * TENTH;

    private final StationWorld world;
    /** By bay. */
    final Map<Integer, PlacedBoard> places = new TreeMap<>();
    /** Journals on disk, by run: how far it had come. */
    final Map<String, String> journals = new HashMap<>();

    /** Runs that ever had a journal. */
    final Set<String> journaled = new HashSet<>();

    private final Map<String, Update> updates = new HashMap<>();

    VirtualBoards(StationWorld world) {
        this.world = world;
    }

    /** The process is gone, and what it did with it. */
    void killed() {
        updates.clear();
    }

    @Override
    public void identify(int bay) {
        PlacedBoard board = places.get(bay);
        boolean silent = board == null || board.silent;
        world.inStation(silent ? 10 * SECOND : 3 * TENTH, station -> {
            PlacedBoard now = places.get(bay);
            if (now != null && now == board) {
                UnitIdentity probe = new UnitIdentity("", now.identity.probe(), "");
                station.happens(
                        bay,
                        silent ? new BayInput.BoardSilent(probe) : new BayInput.BoardAnswered(now.identity),
                        world.now());
            }
        });
    }

    @Override
    public void begin(Order order) {
        world.point("board");
        Update update;
        try {
            update = new Update(order, world.image(order));
        } catch (FotaException e) {
            world.inStation(0, station -> world.boardEnded(order, outcome(e.reason(), order, UnitIdentity.NONE, "")));
            return;
        }
        updates.put(order.run(), update);
        if (world.planted == Planted.STORE_BEFORE_BOARD) {
            world.inStation(
                    0,
                    station -> world.boardEnded(
                            order, outcome(Reason.SUCCEEDED, order, order.board(), order.imageHash())));
        }
        world.inStation(2 * TENTH, station -> update.hello());
    }

    @Override
    public void stop(String run, Reason reason, String message) {
        Update update = updates.get(run);
        if (update != null) {
            world.inStation(TENTH, station -> update.stop(reason));
        }
    }

    @Override
    public void forget(String run) {
        world.point("forget");
        if (world.planted != Planted.ANSWER_BEFORE_FORGET) {
            journals.remove(run);
        }
        world.point("forgotten");
    }

    @Override
    public String evidence(OpenRun run) {
        return journals.getOrDefault(run.run(), "");
    }

    private void note(String run, String stage) {
        journals.put(run, stage);
        journaled.add(run);
    }

    private static BoardOutcome outcome(Reason reason, Order order, UnitIdentity who, String hash) {
        AttemptEnd.Seen seen = new AttemptEnd.Seen(hash, "", "", "{}", WireTotals.NONE);
        return new BoardOutcome(reason, "run " + order.run(), who, seen);
    }

    /** One attempt. */
    private final class Update {
        private final Order order;
        private final String image;
        private RunStage stage = RunStage.WRITING;
        private boolean over;
        private PlacedBoard board;
        private Reason stopping;

        Update(Order order, String image) {
            this.order = order;
            this.image = image;
        }

        private void in(long nanos, Runnable step) {
            world.inStation(nanos, station -> {
                if (!over) {
                    step.run();
                }
            });
        }

        /** The board that answers now; null if none does, or one that can be told from the order's. */
        private PlacedBoard answering() {
            PlacedBoard there = places.get(order.bay());
            boolean answers = there != null && !there.silent;
            if (answers) {
                there.says();
            }
            return answers ? there : null;
        }

        private boolean isOther(PlacedBoard there) {
            return order.board().isOtherBoard(there.identity);
        }

        private void hello() {
            board = answering();
            if (board == null) {
                in(10 * SECOND, () -> end(Reason.NO_ANSWER, UnitIdentity.NONE, ""));
            } else if (isOther(board)) {
                end(Reason.LINK_LOST, board.identity, "");
            } else if (board.running.equals(image) && board.confirmed) {
                reach(RunStage.PROVEN);
                end(Reason.UP_TO_DATE, board.identity, board.running);
            } else {
                in(world.strikes(order.bay(), 3) ? 60 * SECOND : 2 * TENTH, this::page);
            }
        }

        private void page() {
            PlacedBoard there = answering();
            if (there != board) {
                // It was pulled: another one at this place gets nothing.
                in(2 * SECOND, () -> end(Reason.LINK_LOST, UnitIdentity.NONE, ""));
            } else if (board.holds(image)) {
                reach(RunStage.MARKED);
                note(order.run(), "MARKING");
                world.progress(order, Phase.MARK);
                in(TENTH, this::mark);
            } else {
                note(order.run(), "SENDING, " + board.pages + " pages");
                world.progress(order, Phase.TRANSFER);
                world.judge.written(order, image, board);
                board.write(image);
                in(2 * TENTH, this::page);
            }
        }

        private void mark() {
            PlacedBoard there = answering();
            if (there != board) {
                in(2 * SECOND, () -> end(Reason.LINK_LOST, UnitIdentity.NONE, ""));
                return;
            }
            board.pending = true;
            note(order.run(), "MARKED");
            board.reset();
            in(2 * SECOND, this::awake);
        }

        /** After the reset: whoever answers is asked what it runs. */
        private void awake() {
            PlacedBoard there = answering();
            boolean isOther = there != null && isOther(there);
            if (there == null || isOther && world.planted != Planted.OTHER_BOARD_ACCEPTED && !world.isSloppy()) {
                in(5 * SECOND, () -> end(Reason.NOT_VERIFIED, UnitIdentity.NONE, ""));
            } else if (isOther) {
                // The station itself must see that this is another board.
                boolean hidden = world.planted == Planted.OTHER_BOARD_ACCEPTED;
                reach(RunStage.PROVEN);
                end(Reason.SUCCEEDED, hidden ? order.board() : there.identity, image);
            } else if (!there.running.equals(image)) {
                board = there;
                reach(RunStage.PROVEN);
                end(stopping == null ? Reason.REVERTED : stopping, there.identity, there.running);
            } else {
                board = there;
                reach(RunStage.CONFIRMING);
                in(TENTH, this::confirm);
            }
        }

        private void confirm() {
            if (answering() != board) {
                in(2 * SECOND, () -> end(Reason.NOT_VERIFIED, UnitIdentity.NONE, ""));
                return;
            }
            board.confirm();
            board.says();
            reach(RunStage.PROVEN);
            end(Reason.SUCCEEDED, board.identity, board.running);
        }

        private void stop(Reason reason) {
            if (over || stopping != null || stage.compareTo(RunStage.CONFIRMING) >= 0) {
                return;
            }
            stopping = reason;
            boolean there = board != null && places.get(order.bay()) == board;
            if (stage == RunStage.WRITING) {
                if (there) {
                    board.makeSlotHarmless();
                }
                end(reason, board == null ? UnitIdentity.NONE : board.identity, "");
            } else if (there) {
                board.makeSlotHarmless();
                board.reset();
                // Goes on in awake(), which finds the old image.
            }
        }

        private void reach(RunStage next) {
            stage = next;
            world.station().stage(order.bay(), order.run(), next, world.now());
        }

        private void end(Reason reason, UnitIdentity who, String hash) {
            if (!over) {
                over = true;
                world.boardEnded(order, outcome(reason, order, who, hash));
            }
        }
    }
}
