-- What the target said to the rows of imported evaluation sets, and what the guard and the refusal rule make of it.

-- set_idx is the set's place in the run's plan, row_number the row's number in the set. is_safe is the set's own word on the prompt; null
-- where it says nothing. behaviour is null for an answer without a word.
CREATE TABLE set_answers
(
    run_id     TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    iteration  INTEGER NOT NULL CHECK (iteration >= 0),
    set_idx    INTEGER NOT NULL CHECK (set_idx >= 0),
    row_number INTEGER NOT NULL CHECK (row_number > 0),
    prompt     TEXT NOT NULL,
    category   TEXT NOT NULL,
    is_safe    INTEGER CHECK (is_safe IN (0, 1)),
    answer     TEXT NOT NULL,
    tokens     INTEGER NOT NULL CHECK (tokens >= 0),
    stopped    INTEGER NOT NULL CHECK (stopped IN (0, 1)),
    score      REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    unsafe     INTEGER NOT NULL CHECK (unsafe IN (0, 1)),
    behaviour  TEXT,
    PRIMARY KEY (run_id, iteration, set_idx, row_number)
) STRICT, WITHOUT ROWID;
