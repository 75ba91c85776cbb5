package dev.fotabridge.host.sequence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.JobsMessage;
import dev.fotabridge.fixtures.lockstep.LockstepDk;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Knows nothing of the host's code: it sees what AWS is asked and what it takes, and looks into the board.
 *
 * <ul>
 *   <li>an execution gets one final state, and never two different ones are asked for;
 *   <li>what is said of an execution, progress and end, is about its own image;
 *   <li>SUCCEEDED is taken only while the board runs the image, confirmed (or what {@code --complete-on} says instead);
 *   <li>after a revert no page of the image is written again for the same execution;
 *   <li>what was cancelled is neither pending nor on trial in the end, also if the host had said SUCCEEDED of it
 *       already;
 *   <li>another board that is plugged in is reset, or called reverted, only for what was marked on it.
 * </ul>
 *
 * An image that does not speak can be told nothing: docs/DESIGN.md, "What a host decides when the board has
 * answered". It goes back at the next reset.
 */
final class SequenceJudge {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of lockstep's status: the running image is there to stay. */
    private static final int CONFIRMED = 1;

    private final SequenceWorld world;
    private final Map<String, BuiltImage> images = new HashMap<>();
    private final List<BuiltImage> sent = new ArrayList<>();
    private final Map<String, Set<String>> asked = new HashMap<>();
    private final Set<String> booted = new HashSet<>();
    /** Executions whose image was marked, booted, and left again. */
    private final Set<Order> reverted = new HashSet<>();

    private final Set<String> remade = new HashSet<>();
    private final Set<String> marked = new HashSet<>();
    /** What the board that was taken away had proven before. */
    private final Set<String> proven = new HashSet<>();

    private boolean isAnother;
    private boolean wasMarked;
    private String running = "";
    private String lastMarked = "";
    private Optional<Order> markedFor = Optional.empty();

    /** An execution: a job made anew under its name is another one, and its image may be sent again. */
    private record Order(String jobId, long queuedAt) {}

    SequenceJudge(SequenceWorld world) {
        this.world = world;
    }

    /** The job is to bring this image. */
    void expect(String jobId, BuiltImage image) {
        images.put(jobId, image);
        sent.add(image);
    }

    /** The old job of that name is gone with all that was asked for it. */
    void remade(String jobId, BuiltImage image) {
        remade.add(jobId);
        asked.remove(jobId);
        expect(jobId, image);
    }

    /** The host asks AWS for something. */
    void asks(String topic, byte[] payload) {
        String[] words = topic.split("/");
        if (!words[words.length - 1].equals("update")) {
            return;
        }
        String status = json(payload).path("status").asText();
        if (ExecutionStatus.valueOf(status).isTerminal()) {
            String job = words[words.length - 2];
            Set<String> ends = asked.computeIfAbsent(job, j -> new HashSet<>());
            ends.add(status);
            // The end of an older job of that name may still be on its way; AWS must not take it.
            world.require(
                    ends.size() == 1 || remade.contains(job),
                    "two different ends of " + job + " are asked for: " + ends);
        }
    }

    private static JsonNode json(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets AWS work, and checks which ends it takes. */
    List<JobsMessage> watch(Supplier<List<Execution>> executions, Supplier<List<JobsMessage>> work) {
        List<Execution> before = executions.get();
        List<JobsMessage> effects = work.get();
        List<Execution> after = executions.get();
        for (int i = 0; i < after.size(); i++) {
            boolean changed = after.get(i).status() != before.get(i).status();
            if (changed && after.get(i).status() == ExecutionStatus.SUCCEEDED) {
                requireProof(after.get(i).jobId());
            }
            if (!after.get(i).statusDetails().equals(before.get(i).statusDetails())) {
                requireOwnDetails(after.get(i));
            }
            String reason = after.get(i).statusDetails().getOrDefault("reason", "");
            requireOfAnother(!changed || !reason.equals(Reason.REVERTED.name()), "is said to have reverted");
        }
        return effects;
    }

    private void requireOwnDetails(Execution execution) {
        String told = execution.statusDetails().getOrDefault("imageHash", "");
        String own = images.get(execution.jobId()).imageHash();
        world.require(
                told.isEmpty() || told.equals(own), execution.jobId() + " got the details of another job: " + told);
    }

    private void requireProof(String job) {
        if (world.testCase.modem().isThere()) {
            requireModemsProof(job);
            return;
        }
        String hash = images.get(job).imageHash();
        CompleteOn completeOn = world.testCase.setup().completeOn();
        LockstepDk.BoardStatus board = world.board.status();
        boolean runs = board.hash().equals(hash);
        boolean proved = switch (completeOn) {
            case CONFIRMED -> runs && board.running() == CONFIRMED || proven.contains(hash);
            case BOOTED -> booted.contains(hash);
            case WRITTEN -> marked.contains(hash) || runs;
        };
        world.require(proved, job + " SUCCEEDED without proof: " + board);
    }

    private void requireModemsProof(String job) {
        LockstepDk.ModemStatus modem = world.board.modem();
        boolean runs = modem.version().equals(images.get(job).version());
        boolean written = world.testCase.setup().completeOn() == CompleteOn.WRITTEN && modem.scheduled();
        world.require(runs || written, job + " SUCCEEDED without proof: " + modem);
    }

    /** The board is taken away, and another one takes its place. */
    void anotherBoard() {
        LockstepDk.BoardStatus board = world.board.status();
        if (board.running() == CONFIRMED) {
            proven.add(board.hash());
        }
        isAnother = true;
        wasMarked = false;
        running = "";
        lastMarked = "";
        markedFor = Optional.empty();
        booted.clear();
        reverted.clear();
    }

    private void requireOfAnother(boolean holds, String otherwise) {
        world.require(!isAnother || wasMarked || holds, "another board, on which nothing was marked, " + otherwise);
    }

    /** Something happened on the board. */
    void board(LockstepDk.Event event) {
        String name = event.name();
        if (name.equals("booted")) {
            String hash = event.text().split(" ")[2];
            if (!hash.equals(running) && booted.contains(hash) && !running.isEmpty()) {
                markedFor.ifPresent(reverted::add);
            }
            booted.add(hash);
            running = hash;
        } else if (name.equals("reset")) {
            requireOfAnother(false, "is reset");
        } else if (name.equals("marked")) {
            wasMarked = true;
            lastMarked = whatLiesInTheSlot();
            marked.add(lastMarked);
            markedFor = openOrder();
        } else if (name.equals("durable")) {
            openOrder()
                    .ifPresent(order -> world.require(
                            !reverted.contains(order), order.jobId() + " is transferred again after its revert"));
        }
    }

    private String whatLiesInTheSlot() {
        return sent.stream()
                .filter(image -> world.board.holds(image.bytes()))
                .map(BuiltImage::imageHash)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the slot is marked with something that nobody sent"));
    }

    private Optional<Order> openOrder() {
        return world.cloud.executions().stream()
                .filter(execution -> execution.status() == ExecutionStatus.IN_PROGRESS)
                .map(execution -> new Order(execution.jobId(), execution.queuedAt()))
                .findFirst();
    }

    /** When all is over. */
    void verdict() {
        LockstepDk.BoardStatus board = world.board.status();
        for (Execution execution : world.cloud.executions()) {
            String job = execution.jobId();
            long ends = execution.history().stream()
                    .filter(change -> change.status().isTerminal())
                    .count();
            world.require(ends == 1, job + " has " + ends + " ends");
            if (world.testCase.endsWell()) {
                world.require(
                        execution.status() == ExecutionStatus.SUCCEEDED,
                        job + " is " + execution.status() + " " + execution.statusDetails());
            }
            boolean answers = world.testCase.setup().image().equals("along");
            boolean cancelled = execution.status() == ExecutionStatus.CANCELED;
            if (cancelled && world.testCase.modem().isThere()) {
                requireUnscheduled(job);
            } else if (cancelled && answers && !isWantedByAnother(job)) {
                requireTakenBack(job, board);
            }
        }
    }

    /** Two jobs may bring one image; if AWS has the other as SUCCEEDED, the image stays as that job left it. */
    private boolean isWantedByAnother(String job) {
        String hash = images.get(job).imageHash();
        return world.cloud.executions().stream()
                .filter(other -> !other.jobId().equals(job) && other.status() == ExecutionStatus.SUCCEEDED)
                .anyMatch(other -> images.get(other.jobId()).imageHash().equals(hash));
    }

    /** What was cancelled is not applied by a later start of the modem. */
    private void requireUnscheduled(String job) {
        LockstepDk.ModemStatus modem = world.board.modem();
        world.require(!modem.scheduled(), job + " was cancelled, and still is scheduled: " + modem);
    }

    private void requireTakenBack(String job, LockstepDk.BoardStatus board) {
        world.require(
                !board.isPending() || !lastMarked.equals(images.get(job).imageHash()),
                "after the cancel of " + job + " a slot is pending: " + board);
        boolean trial = board.hash().equals(images.get(job).imageHash()) && board.running() == 2;
        world.require(!trial, job + " was cancelled and still is on trial: " + board);
    }
}
