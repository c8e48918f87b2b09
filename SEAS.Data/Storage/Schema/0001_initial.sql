-- The first schema. Instants are UTC in ISO 8601 with seven decimals, enums are stored by name, truth values as 0 and 1.
-- Tables are strict: a value of the wrong type is an error here, not a surprise later.

CREATE TABLE runs
(
    id             TEXT NOT NULL PRIMARY KEY,
    preset         TEXT NOT NULL,
    seed           INTEGER NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('Queued', 'Running', 'Stopped', 'Failed', 'Finished')),
    plan_json      TEXT NOT NULL CHECK (json_valid(plan_json)),
    config_hash    TEXT NOT NULL,
    created_utc    TEXT NOT NULL,
    started_utc    TEXT,
    finished_utc   TEXT,
    error          TEXT,
    active_seconds REAL NOT NULL DEFAULT 0
) STRICT;

-- The ledger: what is in here is done and is never done again.
CREATE TABLE units
(
    run_id       TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    round        INTEGER NOT NULL CHECK (round >= 0),
    stage        TEXT NOT NULL,
    idx          INTEGER NOT NULL CHECK (idx >= 0),
    result_json  TEXT NOT NULL CHECK (json_valid(result_json)),
    finished_utc TEXT NOT NULL,
    PRIMARY KEY (run_id, round, stage, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE prompts
(
    run_id       TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    round        INTEGER NOT NULL,
    seed_index   INTEGER NOT NULL,
    prompt_index INTEGER NOT NULL,
    category     TEXT NOT NULL,
    text         TEXT NOT NULL,
    tokens       INTEGER NOT NULL,
    stopped      INTEGER NOT NULL CHECK (stopped IN (0, 1)),
    asks_harm    INTEGER CHECK (asks_harm IN (0, 1)),
    seed_text    TEXT NOT NULL,
    PRIMARY KEY (run_id, round, seed_index, prompt_index)
) STRICT;

-- The key grows with each answer, so that pages can ask for the newest and for those before a key.
CREATE TABLE responses
(
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id       TEXT NOT NULL,
    round        INTEGER NOT NULL,
    seed_index   INTEGER NOT NULL,
    prompt_index INTEGER NOT NULL,
    answer_index INTEGER NOT NULL,
    text         TEXT NOT NULL,
    tokens       INTEGER NOT NULL,
    stopped      INTEGER NOT NULL CHECK (stopped IN (0, 1)),
    UNIQUE (run_id, round, seed_index, prompt_index, answer_index),
    FOREIGN KEY (run_id, round, seed_index, prompt_index)
        REFERENCES prompts (run_id, round, seed_index, prompt_index) ON DELETE CASCADE
) STRICT;

CREATE INDEX responses_by_age ON responses (run_id, key);

CREATE TABLE verdicts
(
    run_id       TEXT NOT NULL,
    round        INTEGER NOT NULL,
    seed_index   INTEGER NOT NULL,
    prompt_index INTEGER NOT NULL,
    answer_index INTEGER NOT NULL,
    score        REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    unsafe       INTEGER NOT NULL CHECK (unsafe IN (0, 1)),
    categories   TEXT,
    true_kind    TEXT,
    truly_unsafe INTEGER CHECK (truly_unsafe IN (0, 1)),
    PRIMARY KEY (run_id, round, seed_index, prompt_index, answer_index),
    FOREIGN KEY (run_id, round, seed_index, prompt_index, answer_index)
        REFERENCES responses (run_id, round, seed_index, prompt_index, answer_index) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE pairs
(
    run_id   TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    round    INTEGER NOT NULL,
    role     TEXT NOT NULL,
    idx      INTEGER NOT NULL,
    prompt   TEXT NOT NULL,
    chosen   TEXT NOT NULL,
    rejected TEXT NOT NULL,
    source   TEXT NOT NULL,
    PRIMARY KEY (run_id, round, role, idx)
) STRICT;

CREATE TABLE checkpoints
(
    run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    role        TEXT NOT NULL,
    iteration   INTEGER NOT NULL,
    folder      TEXT NOT NULL,
    parent      TEXT,
    sha256      TEXT NOT NULL,
    created_utc TEXT NOT NULL,
    PRIMARY KEY (run_id, role, iteration)
) STRICT, WITHOUT ROWID;

-- value is null where the metric was not defined (not a number).
CREATE TABLE metrics
(
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name   TEXT NOT NULL,
    round  INTEGER NOT NULL,
    step   INTEGER NOT NULL,
    value  REAL,
    at_utc TEXT NOT NULL,
    PRIMARY KEY (run_id, name, round, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE events
(
    run_id   TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    at_utc   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    json     TEXT NOT NULL CHECK (json_valid(json)),
    PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluations
(
    run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    iteration   INTEGER NOT NULL,
    json        TEXT NOT NULL CHECK (json_valid(json)),
    created_utc TEXT NOT NULL,
    PRIMARY KEY (run_id, iteration)
) STRICT;
