-- Datasets taken in from files. Their rows lie in a file of their own for each set (stored_as, relative to the data folder), so that taking
-- in a million rows keeps nobody from writing here: the file is made beside, and one row here makes it part of the store.

CREATE TABLE imported_sets
(
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL UNIQUE,
    purpose      TEXT NOT NULL CHECK (purpose IN ('Seeds', 'Instructions', 'Preferences', 'Evaluation', 'Labels')),
    format       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    sha256       TEXT NOT NULL,                            -- of the file
    content      TEXT NOT NULL,                            -- of what its rows say, in whatever order
    source       TEXT NOT NULL,
    licence      TEXT NOT NULL,
    row_count    INTEGER NOT NULL CHECK (row_count > 0),
    train        INTEGER NOT NULL CHECK (train >= 0),
    validation   INTEGER NOT NULL CHECK (validation >= 0),
    test         INTEGER NOT NULL CHECK (test >= 0),
    created_utc  TEXT NOT NULL,
    stored_as    TEXT NOT NULL UNIQUE,
    CHECK (train + validation + test = row_count)
) STRICT;

-- A mapping of other sets' types to ours, by the name that a person gave it.
CREATE TABLE type_profiles
(
    name      TEXT NOT NULL PRIMARY KEY,
    json      TEXT NOT NULL CHECK (json_valid(json)),
    saved_utc TEXT NOT NULL
) STRICT, WITHOUT ROWID;
