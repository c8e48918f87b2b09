-- What each optimizer step learnt: the way from a pair to the weights that it changed.

-- pairs and general are JSON arrays of places: of the round's pairs of that model, and of the plain rows mixed in.
CREATE TABLE tuning_steps
(
    run_id  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    round   INTEGER NOT NULL CHECK (round >= 0),
    role    TEXT NOT NULL,
    step    INTEGER NOT NULL CHECK (step > 0),
    pairs   TEXT NOT NULL CHECK (json_valid(pairs)),
    general TEXT NOT NULL CHECK (json_valid(general)),
    PRIMARY KEY (run_id, round, role, step)
) STRICT, WITHOUT ROWID;
