-- Which folder the database belongs to: the file seas.id beside it says the same.
CREATE TABLE data_folder
(
    identity TEXT NOT NULL PRIMARY KEY,
    made_utc TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The files that a run was given (its models, its prompts where they lie in a file), as they were when it first opened them.
CREATE TABLE run_given_files
(
    run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    part        TEXT NOT NULL CHECK (part IN ('red', 'target', 'guard', 'seeds')),
    file        TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    PRIMARY KEY (run_id, part, file)
) STRICT, WITHOUT ROWID;

-- The file that holds a set's rows, as it was made; sets of earlier versions have no row here.
CREATE TABLE imported_set_files
(
    set_id      INTEGER NOT NULL PRIMARY KEY REFERENCES imported_sets (id) ON DELETE CASCADE,
    file_sha256 TEXT NOT NULL
) STRICT;
