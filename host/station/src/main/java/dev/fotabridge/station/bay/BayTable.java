package dev.fotabridge.station.bay;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a bay answers to each input in each state. docs/station.md shows this table; {@link BayMachine} carries it out.
 * Tested by BayMachineTest.
 */
final class BayTable {
    /** Inputs down, states across. */
    private static final String TABLE = """
            -             EMPTY           IDENTIFYING      NEEDS_SCAN  READY       QUEUED            RUNNING         STORING         ENDED
            BOARD_CAME    IDENTIFY        NOTHING          NOTHING     NOTHING     NOTE              NOTE            NOTE            NOTHING
            BOARD_ANSWERED NOTHING        RECOGNISE        COMPARE     COMPARE     COMPARE_IN_RUN    COMPARE_IN_RUN  NOTHING         COMPARE
            BOARD_SILENT  NOTHING         RECOGNISE_SILENT NOTHING     NOTHING     NOTHING           NOTHING         NOTHING         NOTHING
            BOARD_LEFT    NOTHING         LEAVE            LEAVE       LEAVE       END_WITHOUT_BOARD LOSE_BOARD      NOTE            LEAVE
            SCANNED       NOTHING_TO_SCAN KEEP_SCAN        TAKE_SCAN   RESCAN      SCANNED_ALREADY   SCANNED_ALREADY SCANNED_ALREADY RESCAN
            START         NO_BOARD        KEEP_START       SCAN_FIRST  ACCEPT      BUSY              BUSY            BUSY            ACCEPT
            ABORT         NOT_RUNNING     END_KEPT         END_KEPT    NOT_RUNNING END_QUEUED        STOP_RUN        TOO_LATE        NOT_RUNNING
            UNLOCK        UNLOCKED        UNLOCKED         UNLOCKED    UNLOCKED    UNLOCKED          UNLOCKED        UNLOCKED        UNLOCKED
            SLOT_FREE     RETURN_SLOT     RETURN_SLOT      RETURN_SLOT RETURN_SLOT BEGIN_RUN         NOTHING         RETURN_SLOT     RETURN_SLOT
            STAGE_REACHED NOTHING         NOTHING          NOTHING     NOTHING     NOTHING           NOTE_STAGE      NOTHING         NOTHING
            RUN_ENDED     NOTHING         NOTHING          NOTHING     NOTHING     NOTHING           STORE_END       NOTHING         NOTHING
            RUN_STORED    NOTHING         NOTHING          NOTHING     NOTHING     NOTHING           NOTHING         SHOW_VERDICT    NOTHING
            NOT_STORED    NOTHING         NOTHING          NOTHING     NOTHING     NOTHING           NOTHING         CALL_HANDS      NOTHING
            JOB_ENDED     NOTHING         END_JOB          END_JOB     NOTHING     END_JOB           STOP_JOB        NOTHING         NOTHING
            TIME          NOTHING         EXPIRE           EXPIRE      NOTHING     NOTHING           NOTHING         NOTHING         NOTHING
            """;

    private static final Map<BayInput.Kind, Map<BayState, BayAnswer>> ROWS = rows(TABLE);

    private BayTable() {}

    static BayAnswer answer(BayState state, BayInput.Kind input) {
        return ROWS.get(input).get(state);
    }

    private static Map<BayInput.Kind, Map<BayState, BayAnswer>> rows(String table) {
        Map<BayInput.Kind, Map<BayState, BayAnswer>> rows = new EnumMap<>(BayInput.Kind.class);
        List<String[]> lines = table.lines().map(line -> line.split(" +")).toList();
        String[] states = lines.get(0);
        for (String[] line : lines.subList(1, lines.size())) {
            Map<BayState, BayAnswer> row = new EnumMap<>(BayState.class);
            for (int column = 1; column < states.length; column++) {
                row.put(BayState.valueOf(states[column]), BayAnswer.valueOf(line[column]));
            }
            rows.put(BayInput.Kind.valueOf(line[0]), row);
        }
        return rows;
    }

    /** {@return the table for the documentation, and below it what each word means} */
    static String markdown() {
        StringBuilder text = new StringBuilder("| input |");
        for (BayState state : BayState.values()) {
            text.append(' ').append(state).append(" |");
        }
        text.append("\n|").append(" --- |".repeat(BayState.values().length + 1)).append('\n');
        for (BayInput.Kind input : BayInput.Kind.values()) {
            text.append("| ").append(input.words()).append(" |");
            ROWS.get(input)
                    .values()
                    .forEach(answer -> text.append(' ').append(cell(answer)).append(" |"));
            text.append('\n');
        }
        text.append("\n| word | answer |\n| --- | --- |\n");
        Arrays.stream(BayAnswer.values())
                .filter(BayTable::isInTable)
                .forEach(answer -> text.append("| ")
                        .append(answer)
                        .append(" | ")
                        .append(answer.words())
                        .append(" |\n"));
        return text.toString();
    }

    private static String cell(BayAnswer answer) {
        return answer == BayAnswer.NOTHING ? "-" : answer.name();
    }

    private static boolean isInTable(BayAnswer answer) {
        return answer != BayAnswer.NOTHING && ROWS.values().stream().anyMatch(row -> row.containsValue(answer));
    }
}
