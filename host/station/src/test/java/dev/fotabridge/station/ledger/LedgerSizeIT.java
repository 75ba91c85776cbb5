package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger of many rows: {@code -Dfota.station.rows=1000000} for the figures in docs/performance.md, which go to standard output. Without it
 * there are few rows, and only what is found counts.
 */
@Tag("real")
final class LedgerSizeIT {
    private static final int ROWS = Integer.getInteger("fota.station.rows", 30_000);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private final List<String> figures = new ArrayList<>();

    /** Something that is measured. */
    private interface Measured<T> {
        T get() throws FotaException;
    }

    private <T> T measure(String name, Measured<T> what) throws FotaException {
        long began = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        T found = what.get();
        long cpuUsed = THREADS.getCurrentThreadCpuTime() - cpu;
        figures.add(name + " " + (System.nanoTime() - began) / 1_000_000 + " ms, CPU " + cpuUsed / 1_000_000 + " ms");
        return found;
    }

    @Test
    void aPageCostsTheSameEverywhere() throws Exception {
        fill();
        try (LedgerFile file = measure("open", () -> LedgerFile.open(directory))) {
            Records records = file.records();
            page(records, "newest page", Long.MAX_VALUE, "", ROWS);
            page(records, "page in the middle", ROWS / 2, "", ROWS / 2 - 1);
            page(records, "rare prefix", Long.MAX_VALUE, "unit-" + ROWS / 2, ROWS / 2);
            page(records, "prefix of all", Long.MAX_VALUE, "unit-", ROWS);
            assertEquals(
                    0,
                    measure("prefix of none", () -> records.page(new Records.Page(Long.MAX_VALUE, 50, "zz")))
                            .size());
            Ledger ledger = measure("ledger", () -> file.ledger(new LockRule(3), new StopRule(3)));
            assertEquals(0, measure("open runs", ledger::open).size());
            assertEquals(0, measure("untold ends", ledger::untold).size());
            measure("place", () -> ledger.place(1));
            measure("begin", () -> ledger.begin(LedgerTest.run("new", 1, "unit-new")));
            measure("end", () -> ledger.end(LedgerTest.end("new", Reason.REVERTED)));
            assertEquals(ROWS + 1, measure("export", () -> export(records)));
        }
        System.out.println(
                ROWS + " rows, " + Files.size(directory.resolve("ledger.sqlite")) / 1_000_000 + " MB: " + figures);
    }

    private void page(Records records, String name, long before, String prefix, int first) throws FotaException {
        List<Map<String, Object>> rows = measure(name, () -> records.page(new Records.Page(before, 50, prefix)));
        assertTrue(!rows.isEmpty(), name);
        assertEquals(first, rows.get(0).get("seq"), name);
    }

    private long export(Records records) throws FotaException {
        try (Writer csv = Files.newBufferedWriter(directory.resolve("records.csv"), StandardCharsets.UTF_8)) {
            return records.export(rows -> {
                try {
                    for (Map<String, Object> row : rows) {
                        csv.write(CsvText.line(row.values()));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By SQL, since a million runs one by one would take an hour of waiting for the disk. */
    private void fill() throws FotaException {
        LedgerFile.open(directory).close();
        try (Handle handle = Jdbi.create(LedgerConnections.writer(directory.resolve("ledger.sqlite")))
                .open()) {
            String numbers = " FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < " + ROWS
                    + ") SELECT n FROM c)";
            handle.execute("BEGIN IMMEDIATE");
            handle.execute(
                    "INSERT INTO run SELECT n, 'r' || n, n % 64, '2026-11-30T08:00:00.000Z', 0, 'INSERT', '2.0.0', '"
                            + LedgerTest.FILE + "', '" + LedgerTest.HASH
                            + "', '2.0.0', 'dk-' || n, 'job-' || (n / 100), '1', '', 'line-1',"
                            + " 'L', 'F', 'Ann', 'P', 'B', 'WO-1', 'LOT-1', '0.1.0'" + numbers);
            handle.execute("INSERT INTO run_board SELECT 'r' || n, 'unit-' || n, 'probe-' || n, 'SN-' || n" + numbers);
            handle.execute(
                    "INSERT INTO attempt SELECT n, 'a' || n, 'r' || n, 1, '2026-11-30T08:00:00.000Z', 0" + numbers);
            handle.execute("INSERT INTO idempotency SELECT 'k' || n, n % 64, 'r' || n" + numbers);
            handle.execute(
                    "INSERT INTO attempt_end SELECT n, n, 'r' || n, 1, '2026-11-30T08:00:20.000Z', 0, 20000, 'PASS', 'SUCCEEDED',"
                            + " 'The board runs the image.', 'PROVEN', 0, '" + LedgerTest.HASH + "', '1.0.0', '1.0',"
                            + " '{\"TRANSFER\":8.1,\"SWAP\":4.2}', 300000, 20000, 0, 75, '', 'SUCCEEDED'" + numbers);
            handle.execute(
                    "INSERT INTO cloud_answer SELECT n, '2026-11-30T08:00:21.000Z', 'SUCCEEDED', '', ''" + numbers);
            handle.execute("COMMIT");
        }
    }
}
