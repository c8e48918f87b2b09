-- Review: what people are asked to label, what they said, and who is looking at what.
-- As in the first schema: instants are UTC text, enums are stored by name. Only reasons is a set of bits (ReviewReasons), so that it can be
-- counted and merged here.

-- One (prompt, answer), or one prompt with its answers (answer_index −1). The long texts come last, so that a row's beginning is enough
-- for everything that does not show them.
CREATE TABLE review_items
(
    key            INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id         TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    round          INTEGER NOT NULL CHECK (round >= 0),
    source         TEXT NOT NULL CHECK (source IN ('Attack', 'Harmless')),
    kind           TEXT NOT NULL CHECK (kind IN ('Answer', 'Prompt')),
    seed_index     INTEGER NOT NULL CHECK (seed_index >= 0),
    prompt_index   INTEGER NOT NULL CHECK (prompt_index >= 0),
    answer_index   INTEGER NOT NULL CHECK (answer_index >= -1),
    category       TEXT NOT NULL,
    score          REAL CHECK (score BETWEEN 0 AND 1),
    unsafe         INTEGER CHECK (unsafe IN (0, 1)),
    reasons        INTEGER NOT NULL,
    uncertainty    REAL NOT NULL CHECK (uncertainty BETWEEN 0 AND 1),
    pairs_at_stake INTEGER NOT NULL CHECK (pairs_at_stake >= 0),
    value          REAL NOT NULL,
    grp            TEXT NOT NULL,                       -- near-duplicate group; '' is none
    content_hash   TEXT NOT NULL,
    lot            INTEGER NOT NULL,                    -- drawn once, 0 to 999,999: below the overlap share it goes to two people
    wanted         INTEGER NOT NULL CHECK (wanted > 0), -- submissions asked for
    votes          INTEGER NOT NULL DEFAULT 0,          -- submissions and discards that stand
    submissions    INTEGER NOT NULL DEFAULT 0,
    state          TEXT NOT NULL CHECK (state IN ('Pending', 'Partial', 'Agreed', 'Conflict', 'Gold', 'Discarded')),
    open           INTEGER NOT NULL CHECK (open IN (0, 1)),   -- 1: the queue still hands it out
    gold           INTEGER,                             -- the adjudicating decision that stands
    worth          INTEGER NOT NULL,                    -- floor(log2(value)): equal within a factor of two
    group_turn     INTEGER NOT NULL DEFAULT 0,          -- 0 for the first of its group, 1 for the second, …
    category_turn  INTEGER NOT NULL DEFAULT 0,          -- its place among equals of its type
    created_utc    TEXT NOT NULL,
    prompt_text    TEXT NOT NULL,
    answer_text    TEXT NOT NULL,
    UNIQUE (run_id, round, source, kind, seed_index, prompt_index, answer_index),
    CHECK ((kind = 'Prompt') = (answer_index = -1))
) STRICT;

-- The queue's order. Only open items are in it, so that it stays short at its head however much is done.
CREATE INDEX review_items_in_order
    ON review_items (run_id, round DESC, group_turn, worth DESC, category_turn, value DESC, key, votes, wanted) WHERE open = 1;

CREATE INDEX review_items_by_state ON review_items (run_id, state, key, round, reasons);
CREATE INDEX review_items_by_group ON review_items (run_id, grp);
CREATE INDEX review_items_by_content ON review_items (run_id, content_hash);

-- Everything that anybody ever decided. Append-only: a decision is replaced or undone by a later row that names it.
CREATE TABLE review_decisions
(
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id            TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    item              INTEGER NOT NULL REFERENCES review_items (key) ON DELETE CASCADE,
    annotator         TEXT NOT NULL,
    kind              TEXT NOT NULL CHECK (kind IN ('Submit', 'Skip', 'Discard', 'Draft', 'Undo', 'Adjudicate')),
    origin            TEXT NOT NULL CHECK (origin IN ('Person', 'Bulk', 'Import', 'Carried', 'Simulated')),
    safety            TEXT CHECK (safety IN ('Safe', 'Unsafe', 'CannotTell')),
    behaviour         TEXT CHECK (behaviour IN ('Complied', 'PartlyRefused', 'Refused')),
    prompt            TEXT CHECK (prompt IN ('Harmful', 'Harmless', 'Ambiguous')),
    category          TEXT,
    style             TEXT,
    note              TEXT,
    corrected         TEXT,
    invalid           INTEGER NOT NULL CHECK (invalid IN (0, 1)),
    seconds           REAL NOT NULL CHECK (seconds >= 0),
    reason            TEXT,
    guideline_version INTEGER NOT NULL,
    suggestion_shown  INTEGER NOT NULL CHECK (suggestion_shown IN (0, 1)),
    batch             TEXT,
    at_utc            TEXT NOT NULL,
    replaces          INTEGER
) STRICT;

CREATE INDEX review_decisions_by_item ON review_decisions (item);
CREATE INDEX review_decisions_by_person ON review_decisions (run_id, annotator);
CREATE INDEX review_decisions_replaced ON review_decisions (replaces) WHERE replaces IS NOT NULL;

CREATE TRIGGER review_decisions_stay BEFORE UPDATE ON review_decisions
BEGIN
    SELECT raise(ABORT, 'a decision is never changed; a later one replaces it');
END;

-- They go with their run, and only with it.
CREATE TRIGGER review_decisions_are_kept BEFORE DELETE ON review_decisions
    WHEN EXISTS (SELECT 1 FROM runs WHERE id = OLD.run_id)
BEGIN
    SELECT raise(ABORT, 'a decision is never deleted while its run is there');
END;

-- Each person's decision on each item that stands now: what the log above adds up to. open repeats the item's, for counting.
CREATE TABLE review_standing
(
    item      INTEGER NOT NULL REFERENCES review_items (key) ON DELETE CASCADE,
    annotator TEXT NOT NULL,
    run_id    TEXT NOT NULL,
    decision  INTEGER NOT NULL REFERENCES review_decisions (id) ON DELETE CASCADE,
    open      INTEGER NOT NULL CHECK (open IN (0, 1)),
    PRIMARY KEY (item, annotator)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_standing_open ON review_standing (run_id, annotator) WHERE open = 1;
CREATE INDEX review_standing_by_run ON review_standing (run_id, item, decision);
CREATE INDEX review_standing_by_decision ON review_standing (decision);

-- Who has what in front of them. A lease that ran out stays until somebody else takes its place: till then its holder may still submit.
CREATE TABLE review_leases
(
    item      INTEGER NOT NULL REFERENCES review_items (key) ON DELETE CASCADE,
    annotator TEXT NOT NULL,
    run_id    TEXT NOT NULL,
    token     TEXT NOT NULL UNIQUE,
    until_utc TEXT NOT NULL,
    process   TEXT NOT NULL,                            -- the opening of the store that gave it
    PRIMARY KEY (item, annotator)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_leases_by_person ON review_leases (run_id, annotator);

CREATE TABLE review_settings
(
    run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    json   TEXT NOT NULL CHECK (json_valid(json))
) STRICT, WITHOUT ROWID;

CREATE TABLE review_guidelines
(
    run_id  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version > 0),
    text    TEXT NOT NULL,
    author  TEXT NOT NULL,
    at_utc  TEXT NOT NULL,
    PRIMARY KEY (run_id, version)
) STRICT;

-- People, across runs.
CREATE TABLE annotators
(
    name                TEXT NOT NULL PRIMARY KEY,
    created_utc         TEXT NOT NULL,
    shown               INTEGER NOT NULL DEFAULT 0,
    harmful             INTEGER NOT NULL DEFAULT 0,
    harmful_since_pause INTEGER NOT NULL DEFAULT 0,
    keys_json           TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(keys_json))
) STRICT, WITHOUT ROWID;
