-- What a station has done. Rows are added, and never changed or deleted. Times are UTC, texts are empty where nothing is known.

-- A start that was taken.
CREATE TABLE run (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    bay           INTEGER NOT NULL,
    started       TEXT NOT NULL,
    clock_suspect INTEGER NOT NULL,
    start_kind    TEXT NOT NULL,
    source        TEXT NOT NULL,
    file_sha256   TEXT NOT NULL,
    image_hash    TEXT NOT NULL,
    to_version    TEXT NOT NULL,
    thing         TEXT NOT NULL,
    job_id        TEXT NOT NULL,
    execution     TEXT NOT NULL,
    continues     TEXT NOT NULL,
    station       TEXT NOT NULL,
    line          TEXT NOT NULL,
    fixture       TEXT NOT NULL,
    operator      TEXT NOT NULL,
    part          TEXT NOT NULL,
    revision      TEXT NOT NULL,
    work_order    TEXT NOT NULL,
    lot           TEXT NOT NULL,
    tool_version  TEXT NOT NULL
) STRICT;

CREATE INDEX run_by_bay ON run (bay, seq);
CREATE INDEX run_by_thing ON run (thing);
CREATE INDEX run_by_job ON run (job_id);

-- The board of a run. A start may be taken before its board has said who it is; then this comes later, and before the board is touched.
CREATE TABLE run_board (
    run_id TEXT PRIMARY KEY REFERENCES run (id),
    unit   TEXT NOT NULL,
    probe  TEXT NOT NULL,
    scan   TEXT NOT NULL
) STRICT;

CREATE INDEX board_by_unit ON run_board (unit);
CREATE INDEX board_by_probe ON run_board (probe);
CREATE INDEX board_by_scan ON run_board (scan);

-- A run's tries. The first is added with its run.
CREATE TABLE attempt (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    run_id        TEXT NOT NULL REFERENCES run (id),
    number        INTEGER NOT NULL,
    started       TEXT NOT NULL,
    clock_suspect INTEGER NOT NULL,
    UNIQUE (run_id, number)
) STRICT;

-- How an attempt ended. Exactly one end of a run is final.
CREATE TABLE attempt_end (
    attempt_seq         INTEGER PRIMARY KEY REFERENCES attempt (seq),
    end_seq             INTEGER NOT NULL UNIQUE,
    run_id              TEXT NOT NULL REFERENCES run (id),
    final               INTEGER NOT NULL,
    ended               TEXT NOT NULL,
    clock_suspect       INTEGER NOT NULL,
    duration_ms         INTEGER,
    verdict             TEXT NOT NULL CHECK (verdict IN ('PASS', 'FAIL', 'ERROR', 'ABORTED', 'UNKNOWN')),
    reason              TEXT NOT NULL,
    message             TEXT NOT NULL,
    stage               TEXT NOT NULL,
    board_gone          INTEGER NOT NULL,
    image_hash_observed TEXT NOT NULL,
    from_version        TEXT NOT NULL,
    stub_version        TEXT NOT NULL,
    phases              TEXT NOT NULL,
    bytes_sent          INTEGER NOT NULL,
    bytes_received      INTEGER NOT NULL,
    bytes_retransmitted INTEGER NOT NULL,
    pages_sent          INTEGER NOT NULL,
    evidence            TEXT NOT NULL,
    cloud_intended      TEXT NOT NULL CHECK (cloud_intended IN ('', 'SUCCEEDED', 'FAILED', 'REJECTED')),
    CHECK (verdict <> 'PASS' OR final = 1)
) STRICT;

CREATE UNIQUE INDEX one_final_end ON attempt_end (run_id) WHERE final = 1;
CREATE INDEX end_with_cloud ON attempt_end (attempt_seq) WHERE cloud_intended <> '';

-- No PASS without the board's own word.
CREATE TRIGGER pass_needs_the_hash BEFORE INSERT ON attempt_end
WHEN NEW.verdict = 'PASS' AND NEW.image_hash_observed IS NOT (SELECT image_hash FROM run WHERE id = NEW.run_id)
BEGIN
    SELECT RAISE(ABORT, 'PASS without the hash that the run was to bring');
END;

-- What AWS said to the end of an attempt. Its absence means: not yet.
CREATE TABLE cloud_answer (
    attempt_seq INTEGER PRIMARY KEY REFERENCES attempt_end (attempt_seq),
    at          TEXT NOT NULL,
    answered    TEXT NOT NULL,
    problem     TEXT NOT NULL,
    message     TEXT NOT NULL
) STRICT;

-- The key of a start that was taken.
CREATE TABLE idempotency (
    key    TEXT PRIMARY KEY,
    bay    INTEGER NOT NULL,
    run_id TEXT NOT NULL UNIQUE REFERENCES run (id)
) STRICT;

-- What changed at a place without a run. after_run is the newest run of the station then.
CREATE TABLE place_mark (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    bay       INTEGER NOT NULL,
    mark      TEXT NOT NULL CHECK (mark IN ('CLEARED', 'LOCKED', 'UNLOCKED')),
    at        TEXT NOT NULL,
    who       TEXT NOT NULL,
    after_run INTEGER NOT NULL
) STRICT;

CREATE INDEX place_mark_by_bay ON place_mark (bay, mark, seq);

-- What changed for all bays. after_end is the newest end then.
CREATE TABLE station_mark (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    mark      TEXT NOT NULL CHECK (mark IN ('STOPPED', 'RESUMED', 'RELEASE')),
    detail    TEXT NOT NULL,
    at        TEXT NOT NULL,
    who       TEXT NOT NULL,
    after_end INTEGER NOT NULL
) STRICT;

-- A wrong field of a run, put right by an engineer. The run's own row stays as it was.
CREATE TABLE correction (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id TEXT NOT NULL REFERENCES run (id),
    field  TEXT NOT NULL,
    value  TEXT NOT NULL,
    why    TEXT NOT NULL,
    who    TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

CREATE INDEX correction_by_run ON correction (run_id);

-- Ends that the plant's own record is to get, in order.
CREATE TABLE plant_outbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt_seq INTEGER NOT NULL UNIQUE REFERENCES attempt_end (attempt_seq)
) STRICT;

-- The record that others see: an attempt with its end.
CREATE VIEW record AS
SELECT attempt.seq, attempt.id, attempt.run_id, attempt.number AS attempt, attempt_end.final, run.bay, attempt_end.verdict,
       attempt_end.reason, attempt_end.message, attempt.started, attempt_end.ended, attempt_end.duration_ms,
       max(run.clock_suspect, attempt.clock_suspect, coalesce(attempt_end.clock_suspect, 0)) AS clock_suspect,
       run.start_kind, run.source, run.file_sha256, run.image_hash, attempt_end.image_hash_observed, attempt_end.from_version,
       run.to_version, coalesce(run_board.unit, '') AS unit,
       coalesce(run_board.probe, '') AS probe, coalesce(run_board.scan, '') AS scan, run.thing, run.job_id, run.execution, attempt_end.cloud_intended,
       cloud_answer.answered AS cloud_answered, cloud_answer.problem AS cloud_problem, cloud_answer.message AS cloud_message,
       attempt_end.stage, attempt_end.board_gone, attempt_end.phases, attempt_end.bytes_sent, attempt_end.bytes_received,
       attempt_end.bytes_retransmitted, attempt_end.pages_sent, attempt_end.evidence, attempt_end.stub_version, run.continues,
       run.station, run.line, run.fixture, run.operator, run.part, run.revision, run.work_order, run.lot, run.tool_version
FROM attempt
JOIN run ON run.id = attempt.run_id
LEFT JOIN run_board ON run_board.run_id = run.id
LEFT JOIN attempt_end ON attempt_end.attempt_seq = attempt.seq
LEFT JOIN cloud_answer ON cloud_answer.attempt_seq = attempt.seq;

-- Rows are never changed or deleted.
CREATE TRIGGER run_no_update BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'rows of run are never changed'); END;
CREATE TRIGGER run_no_delete BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'rows of run are never changed'); END;
CREATE TRIGGER run_board_no_update BEFORE UPDATE ON run_board BEGIN SELECT RAISE(ABORT, 'rows of run_board are never changed'); END;
CREATE TRIGGER run_board_no_delete BEFORE DELETE ON run_board BEGIN SELECT RAISE(ABORT, 'rows of run_board are never changed'); END;
CREATE TRIGGER attempt_no_update BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'rows of attempt are never changed'); END;
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'rows of attempt are never changed'); END;
CREATE TRIGGER attempt_end_no_update BEFORE UPDATE ON attempt_end BEGIN SELECT RAISE(ABORT, 'rows of attempt_end are never changed'); END;
CREATE TRIGGER attempt_end_no_delete BEFORE DELETE ON attempt_end BEGIN SELECT RAISE(ABORT, 'rows of attempt_end are never changed'); END;
CREATE TRIGGER cloud_answer_no_update BEFORE UPDATE ON cloud_answer BEGIN SELECT RAISE(ABORT, 'rows of cloud_answer are never changed'); END;
CREATE TRIGGER cloud_answer_no_delete BEFORE DELETE ON cloud_answer BEGIN SELECT RAISE(ABORT, 'rows of cloud_answer are never changed'); END;
CREATE TRIGGER idempotency_no_update BEFORE UPDATE ON idempotency BEGIN SELECT RAISE(ABORT, 'rows of idempotency are never changed'); END;
CREATE TRIGGER idempotency_no_delete BEFORE DELETE ON idempotency BEGIN SELECT RAISE(ABORT, 'rows of idempotency are never changed'); END;
CREATE TRIGGER place_mark_no_update BEFORE UPDATE ON place_mark BEGIN SELECT RAISE(ABORT, 'rows of place_mark are never changed'); END;
CREATE TRIGGER place_mark_no_delete BEFORE DELETE ON place_mark BEGIN SELECT RAISE(ABORT, 'rows of place_mark are never changed'); END;
CREATE TRIGGER station_mark_no_update BEFORE UPDATE ON station_mark BEGIN SELECT RAISE(ABORT, 'rows of station_mark are never changed'); END;
CREATE TRIGGER station_mark_no_delete BEFORE DELETE ON station_mark BEGIN SELECT RAISE(ABORT, 'rows of station_mark are never changed'); END;
CREATE TRIGGER correction_no_update BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'rows of correction are never changed'); END;
CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'rows of correction are never changed'); END;
CREATE TRIGGER plant_outbox_no_update BEFORE UPDATE ON plant_outbox BEGIN SELECT RAISE(ABORT, 'rows of plant_outbox are never changed'); END;
CREATE TRIGGER plant_outbox_no_delete BEFORE DELETE ON plant_outbox BEGIN SELECT RAISE(ABORT, 'rows of plant_outbox are never changed'); END;
