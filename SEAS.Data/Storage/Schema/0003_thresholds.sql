-- From which score on the guard's word is "unsafe", where people moved it away from the plan's.

-- Every change that anybody applied. Append-only; the newest is in force for rounds whose judging has not begun.
CREATE TABLE review_thresholds
(
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id     TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    from_value REAL NOT NULL CHECK (from_value BETWEEN 0 AND 1),
    to_value   REAL NOT NULL CHECK (to_value > 0 AND to_value < 1),
    who        TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at_utc     TEXT NOT NULL
) STRICT;

CREATE INDEX review_thresholds_by_run ON review_thresholds (run_id, id);

CREATE TRIGGER review_thresholds_stay BEFORE UPDATE ON review_thresholds
BEGIN
    SELECT raise(ABORT, 'a change of threshold is never rewritten; a later one takes its place');
END;

CREATE TRIGGER review_thresholds_are_kept BEFORE DELETE ON review_thresholds
    WHEN EXISTS (SELECT 1 FROM runs WHERE id = OLD.run_id)
BEGIN
    SELECT raise(ABORT, 'a change of threshold is never deleted while its run is there');
END;

-- What each round is judged by, written as its judging begins: a round that is half judged goes on by it.
CREATE TABLE review_round_thresholds
(
    run_id    TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    round     INTEGER NOT NULL CHECK (round >= 0),
    threshold REAL NOT NULL CHECK (threshold BETWEEN 0 AND 1),
    change    INTEGER,                                 -- the change that it rests on; null: the plan's
    begun_utc TEXT NOT NULL,
    PRIMARY KEY (run_id, round)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER review_round_thresholds_stay BEFORE UPDATE ON review_round_thresholds
BEGIN
    SELECT raise(ABORT, 'a round is judged by one threshold');
END;
