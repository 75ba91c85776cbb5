package dev.fotabridge.station.run;

import dev.fotabridge.station.verdict.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Knows none of the station's code: it reads the ledger's tables, looks into the boards, into AWS's ledger, onto the disk and at the
 * screen, and remembers what people asked for and were answered.
 *
 * <ul>
 *   <li>PASS is shown only once it is a row, and is a row only once that board has said that it runs the approved image;
 *   <li>every start that was taken has exactly one final end, and a start that was asked for twice is one run;
 *   <li>a board is written only at a bay, for a run that is a row, with the approved image, and for a job that is IN_PROGRESS;
 *   <li>a bay shows after a restart what it showed before;
 *   <li>an end that AWS has not answered is on disk twice, and one that it has answered is not: a killed station's disk is one of those
 *       that the table of crashes names;
 *   <li>AWS hears of an execution only what its own rows say, and has what the last attempt of it intended, or a row says why not;
 *   <li>a row says that AWS has answered only what AWS has;
 *   <li>a job that has SUCCEEDED is not carried out once more;
 *   <li>a bay where nothing goes wrong has nothing but PASS, whatever goes wrong elsewhere.
 * </ul>
 */
final class StationJudge {
    private final StationWorld world;
    private final Handle tables;

    /** Runs that people were told of, by what they meant. */
    private final Map<String, Set<String>> answered = new HashMap<>();

    private final Map<String, Map<String, Object>> openRuns = new HashMap<>();
    private long judgedRuns;
    private final Set<Long> judgedAnswers = new HashSet<>();

    StationJudge(StationWorld world, Handle tables) {
        this.world = world;
        this.tables = tables;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("at " + world.now() / 1_000_000 + " ms: " + otherwise);
        }
    }

    private List<Map<String, Object>> rows(String sql, Object... arguments) {
        return tables.select(sql, arguments).mapToMap().list();
    }

    private long count(String sql, Object... arguments) {
        return tables.select(sql, arguments).mapTo(Long.class).one();
    }

    // While it works.

    /** Somebody was answered that a start is taken. */
    void taken(String meant, String run) {
        require(
                count("SELECT count(*) FROM run WHERE id = ?", run) == 1,
                "run " + run + " is told to people and is no row");
        answered.computeIfAbsent(meant, key -> new HashSet<>()).add(run);
    }

    /** A page is written. */
    void written(BoardsPort.Order order, String image, PlacedBoard board) {
        require(world.boards.places.get(order.bay()) == board, board + " is written at another place");
        Map<String, Object> run = openRun(order.run());
        require(!run.isEmpty(), board + " is written without an open run");
        require(image.equals(approved(run)), board + " is written with what nobody approved");
        require(((Number) run.get("bay")).intValue() == order.bay(), board + " is written for another bay's run");
        requireInProgress(run, board);
    }

    /** Looked up again after each commit. */
    private Map<String, Object> openRun(String run) {
        return openRuns.computeIfAbsent(
                run,
                id -> rows(
                                "SELECT run.* FROM run JOIN attempt ON attempt.run_id = run.id WHERE run.id = ? AND attempt.seq NOT IN"
                                        + " (SELECT attempt_seq FROM attempt_end)",
                                id)
                        .stream()
                        .findFirst()
                        .orElse(Map.of()));
    }

    private void requireInProgress(Map<String, Object> run, PlacedBoard board) {
        String job = key(run);
        if (!job.isEmpty()) {
            VirtualAws.Seen seen = world.aws.seen(job);
            // What was cancelled meanwhile is not known at once.
            require(seen.states.contains("IN_PROGRESS"), board + " is written for a job that is " + seen.state);
            require(
                    world.isThingOf((String) run.get("thing"), ((Number) run.get("bay")).intValue(), board),
                    board + " is written for a job of " + run.get("thing"));
        }
    }

    /** The image that a run may bring: the release's, or that of its own job. */
    private String approved(Map<String, Object> run) {
        String job = key(run);
        return job.isEmpty() ? StationWorld.IMAGE : world.aws.seen(job).content.hash;
    }

    private static String key(Map<String, Object> run) {
        String job = (String) run.get("job_id");
        return job.isEmpty() ? "" : run.get("thing") + "/" + job + "/" + run.get("execution");
    }

    /** A verdict comes onto the screen. */
    void shown(int bay, String run, Verdict verdict) {
        require(
                count(
                                "SELECT count(*) FROM attempt_end WHERE run_id = ? AND final = 1 AND verdict = ?",
                                run,
                                verdict.name())
                        == 1,
                verdict + " of run " + run + " is shown, and no row says so");
    }

    /** Behind each commit. */
    void committed() {
        openRuns.clear();
        judgeStarts();
        judgeAnswers();
        for (Map<String, Object> end :
                rows("SELECT * FROM record WHERE verdict = 'PASS' AND seq > (SELECT max(seq) - 8 FROM attempt)")) {
            requireWord(end);
        }
    }

    private void judgeStarts() {
        for (Map<String, Object> run : rows("SELECT * FROM run WHERE seq > ? ORDER BY seq", judgedRuns)) {
            judgedRuns = ((Number) run.get("seq")).longValue();
            String job = key(run);
            require(
                    job.isEmpty()
                            || count(
                                            "SELECT count(*) FROM record WHERE cloud_intended = 'SUCCEEDED' AND thing = ? AND job_id = ?"
                                                    + " AND execution = ?",
                                            run.get("thing"),
                                            run.get("job_id"),
                                            run.get("execution"))
                                    == 0,
                    "run " + run.get("id") + " carries out " + job + " once more, which has SUCCEEDED");
        }
    }

    private void judgeAnswers() {
        if (count("SELECT count(*) FROM cloud_answer") == judgedAnswers.size()) {
            return;
        }
        for (Map<String, Object> row : rows("SELECT * FROM record WHERE cloud_answered IS NOT NULL")) {
            if (judgedAnswers.add(((Number) row.get("seq")).longValue())) {
                judgeAnswer(row);
            }
        }
    }

    /** AWS's refusal does not say which execution has the state that it names: it may be one that was made anew under the name. */
    private void judgeAnswer(Map<String, Object> row) {
        VirtualAws.Seen seen = world.aws.seen(key(row));
        Set<String> ofName = world.aws.statesUnder(row.get("thing") + "/" + row.get("job_id") + "/");
        String answered = (String) row.get("cloud_answered");
        String problem = (String) row.get("cloud_problem");
        boolean isTrue = switch (problem) {
            case "" -> answered.equals(row.get("cloud_intended")) && seen.states.contains(answered);
            case "JOB_CANCELED" -> answered.equals("CANCELED") && ofName.contains("CANCELED");
            case "JOB_TIMED_OUT" -> answered.equals("TIMED_OUT") && ofName.contains("TIMED_OUT");
            case "JOB_DELETED" -> ofName.contains("DELETED") || ofName.contains("REMOVED");
            case "JOB_TAKEN_OVER" -> seen.foreign;
            default -> false;
        };
        require(
                isTrue,
                "the row of " + row.get("run_id") + " says that AWS has answered " + answered + " " + problem
                        + ", and AWS never had that: " + seen.states);
    }

    /** AWS takes a state from a device. */
    void told(String key, VirtualAws.Seen seen) {
        String[] job = key.split("/");
        if (seen.is("IN_PROGRESS")) {
            require(
                    count(
                                    "SELECT count(*) FROM run WHERE thing = ? AND job_id = ? AND execution = ?",
                                    job[0],
                                    job[1],
                                    job[2])
                            > 0,
                    "the job " + key + " is IN_PROGRESS without a run");
        } else if (!seen.foreign) {
            require(
                    count(
                                    "SELECT count(*) FROM record WHERE thing = ? AND job_id = ? AND execution = ? AND cloud_intended = ?",
                                    job[0],
                                    job[1],
                                    job[2],
                                    seen.state)
                            > 0,
                    "AWS has " + seen.state + " for " + key + ", which no attempt intended");
        }
    }

    /** AWS takes details from a device. */
    void detailsTold(String key, VirtualAws.Seen seen, Map<String, String> details) {
        String image = details.getOrDefault("imageHash", "");
        require(
                image.isEmpty() || image.equals(seen.content.hash),
                "AWS is told of the image " + image + " for " + key + ", which is for " + seen.content);
    }

    private void requireWord(Map<String, Object> end) {
        String unit = (String) end.get("unit");
        String probe = (String) end.get("probe");
        boolean said = world.allBoards.stream()
                .filter(board -> !unit.isEmpty()
                        ? board.identity.unit().equals(unit)
                        : probe.isEmpty() || board.identity.probe().equals(probe))
                .anyMatch(board -> board.proven.contains(approved(end)));
        require(said, "run " + end.get("run_id") + " is PASS without the board's own word");
        require(
                approved(end).equals(end.get("image_hash_observed")),
                "run " + end.get("run_id") + " is PASS with another image");
    }

    // When it is killed.

    /** The disk of a station that was killed. */
    void killed() {
        for (Map<String, Object> row : rows("SELECT * FROM record")) {
            String run = (String) row.get("run_id");
            String intended = text(row.get("cloud_intended"));
            boolean isAnswered = row.get("cloud_answered") != null;
            boolean journal = world.boards.journals.containsKey(run);
            boolean outbox = world.aws.outboxHas(((Number) row.get("seq")).longValue());
            if (!intended.isEmpty() && !isAnswered) {
                boolean hadJournal = world.boards.journaled.contains(run);
                require(
                        outbox || journal || !hadJournal,
                        "the end of " + run + " is on no other disk than the ledger's");
            }
            require(!isAnswered || !journal, "the end of " + run + " is answered, and its journal is still there");
        }
    }

    // When it is started again.

    /** A station has opened; what its bays show. */
    void opened(Map<Integer, Optional<Verdict>> tiles) {
        require(
                count("SELECT count(*) FROM attempt WHERE seq NOT IN (SELECT attempt_seq FROM attempt_end)") == 0,
                "an attempt of a killed station is still open");
        tiles.forEach((bay, verdict) -> {
            Optional<Verdict> expected = standing(bay);
            require(
                    verdict.equals(expected),
                    "bay " + bay + " shows " + verdict + " after the restart, not " + expected);
        });
    }

    /** The verdict of the bay's last run, unless another board has come since. */
    private Optional<Verdict> standing(int bay) {
        return rows(
                        "SELECT verdict FROM run JOIN attempt_end ON run_id = run.id AND final = 1 WHERE bay = ? AND NOT EXISTS"
                                + " (SELECT 1 FROM place_mark WHERE place_mark.bay = run.bay AND mark = 'CLEARED' AND after_run >="
                                + " run.seq) AND run.seq = (SELECT max(seq) FROM run last WHERE last.bay = run.bay)",
                        bay)
                .stream()
                .map(row -> Verdict.valueOf((String) row.get("verdict")))
                .findFirst();
    }

    // In the end.

    void verdict() {
        for (Map<String, Object> run : rows("SELECT * FROM run")) {
            long ends = count("SELECT count(*) FROM attempt_end WHERE run_id = ? AND final = 1", run.get("id"));
            require(ends == 1, "run " + run.get("id") + " has " + ends + " final ends");
        }
        rows("SELECT * FROM record WHERE verdict = 'PASS'").forEach(this::requireWord);
        requireOneRunEach();
        requireAwsHasWhatWasIntended();
        requireNoFaultOfOthers();
        require(
                count("SELECT count(*) FROM plant_outbox") == count("SELECT count(*) FROM attempt_end WHERE final = 1"),
                "the plant's outbox lacks an end");
    }

    private void requireOneRunEach() {
        answered.forEach((meant, runs) -> {
            require(runs.size() == 1, "the start " + meant + " has several runs: " + runs);
        });
    }

    private void requireAwsHasWhatWasIntended() {
        Map<String, Map<String, Object>> last = new HashMap<>();
        for (Map<String, Object> row : rows("SELECT * FROM record WHERE cloud_intended <> '' ORDER BY seq")) {
            require(row.get("cloud_answered") != null, "the end of " + row.get("run_id") + " has no answer");
            last.put(key(row), row);
        }
        last.forEach((job, row) -> {
            boolean explained = !((String) row.get("cloud_problem")).isEmpty();
            Set<String> states = world.aws.seen(job).states;
            require(
                    explained || states.contains((String) row.get("cloud_intended")),
                    "AWS has " + states + " for " + job + ", and " + row.get("cloud_intended") + " was intended");
        });
    }

    private void requireNoFaultOfOthers() {
        if (world.hasCommonFaults()) {
            return;
        }
        for (Map<String, Object> row : rows("SELECT * FROM record WHERE verdict <> 'PASS'")) {
            int bay = ((Number) row.get("bay")).intValue();
            require(
                    world.isFaulty(bay),
                    "bay " + bay + ", where nothing went wrong, has " + row.get("verdict") + ": " + row.get("reason"));
        }
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
