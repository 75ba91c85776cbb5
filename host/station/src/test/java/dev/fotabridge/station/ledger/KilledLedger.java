package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The process that {@link LedgerKillIT} kills: it writes a ledger by the shipped statements, stops before one of them, says how many
 * steps have returned, and waits.
 */
final class KilledLedger {
    static final int STEPS = 4;

    private static int steps;
    private static int statements;

    private KilledLedger() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0], "ledger.sqlite");
        int stopBefore = Integer.parseInt(args[1]);
        Jdbi jdbi = Jdbi.create(LedgerConnections.writer(file));
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                // Between a savepoint and what follows nothing changes.
                boolean counts = !context.getRawSql().matches("(SAVEPOINT|RELEASE) work");
                if (counts && ++statements == stopBefore) {
                    say(Integer.toString(steps));
                }
            }
        });
        try (Handle handle = jdbi.open()) {
            Ledger ledger = new Ledger(new Direct(handle), new LockRule(0), new StopRule(0));
            statements = 0;
            LedgerKillIT.play(ledger, () -> steps++);
        }
        say("DONE");
    }

    /** Tells the parent, which kills this process. */
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
        while (true) {
            java.util.concurrent.locks.LockSupport.park();
        }
    }

    private record Direct(Handle handle) implements LedgerAccess {
        @Override
        public <T> T write(LedgerWork<T> work) throws FotaException {
            LedgerTransaction.Outcome outcome =
                    new LedgerTransaction(handle).run(List.of(work)).get(0);
            if (outcome.failure() != null) {
                throw LedgerFailure.of("The ledger", outcome.failure());
            }
            @SuppressWarnings("unchecked")
            T value = (T) outcome.value();
            return value;
        }

        @Override
        public <T> T read(LedgerWork<T> work) {
            return work.on(handle);
        }
    }
}
