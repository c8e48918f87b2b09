-- Datasets: what was frozen of each round, who accepted the notice about it, and who took it away.

-- The files lie in the data folder; they and their row here are never changed. Labels that come later make the next version.
CREATE TABLE dataset_versions
(
    run_id          TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    round           INTEGER NOT NULL CHECK (round > 0),
    version         INTEGER NOT NULL CHECK (version > 0),
    folder          TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    row_count       INTEGER NOT NULL CHECK (row_count >= 0),
    bytes           INTEGER NOT NULL CHECK (bytes >= 0),
    labels_mark     TEXT NOT NULL,                      -- what people had decided of the run by then
    frozen_utc      TEXT NOT NULL,
    reason          TEXT NOT NULL,
    PRIMARY KEY (run_id, round, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dataset_versions_stay BEFORE UPDATE ON dataset_versions
BEGIN
    SELECT raise(ABORT, 'frozen datasets are never changed; a later version stands beside them');
END;

-- Who has read that the rows may be harmful. Across runs.
CREATE TABLE dataset_notices
(
    person       TEXT NOT NULL,
    notice       INTEGER NOT NULL CHECK (notice > 0),   -- the version of the text that they read
    accepted_utc TEXT NOT NULL,
    PRIMARY KEY (person, notice)
) STRICT, WITHOUT ROWID;

-- Who took what away. Append-only, and it outlives its run: that something was taken stays true.
CREATE TABLE dataset_exports
(
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id      TEXT NOT NULL,
    round       INTEGER,                                -- null: all rounds
    version     INTEGER,                                -- null: the newest of each round
    format      TEXT NOT NULL,
    file        TEXT NOT NULL,
    filter_json TEXT NOT NULL CHECK (json_valid(filter_json)),
    sha256      TEXT NOT NULL,
    bytes       INTEGER NOT NULL CHECK (bytes >= 0),
    person      TEXT NOT NULL,
    way         TEXT NOT NULL,                          -- page, program, command
    at_utc      TEXT NOT NULL
) STRICT;

CREATE INDEX dataset_exports_by_run ON dataset_exports (run_id, id);
CREATE INDEX dataset_exports_by_content ON dataset_exports (sha256, person);

CREATE TRIGGER dataset_exports_stay BEFORE UPDATE ON dataset_exports
BEGIN
    SELECT raise(ABORT, 'what was exported stays in the log');
END;

CREATE TRIGGER dataset_exports_are_kept BEFORE DELETE ON dataset_exports
BEGIN
    SELECT raise(ABORT, 'what was exported stays in the log');
END;
