-- Which event of a curated dataset and which record of another one are the same, as a curator accepted it
-- (data/same-events.csv, or a file of the operator's). By published id: it holds across imports, and for datasets
-- that come later.

CREATE TABLE same_event (
    event_id TEXT NOT NULL,              -- the curated event
    other_id TEXT NOT NULL PRIMARY KEY,  -- the other record: the same as one curated event at most
    note     TEXT NOT NULL,              -- why they are one
    note_fr  TEXT NOT NULL,
    CHECK (event_id <> other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_event_event ON same_event (event_id);

-- One row: where the list came from, so that the one in the program is not put over an operator's.
CREATE TABLE same_event_list (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    source TEXT NOT NULL,                -- 'embedded', or the file the operator imported
    digest TEXT NOT NULL                 -- of the file, so that the same list is recognised
) STRICT;
INSERT INTO same_event_list VALUES (1, 'embedded', '');
