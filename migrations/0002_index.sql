-- What filters and searches read. Made anew from the tables above at the end of every import that changed
-- something, in the same transaction, so that a reader never sees one without the other.

-- Event columns by ordinal (the place of an event in date order), little-endian arrays: store::index says which.
CREATE TABLE index_column (
    name TEXT PRIMARY KEY,
    data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One roaring bitmap of ordinals for each facet value.
CREATE TABLE index_bitmap (
    dimension TEXT NOT NULL,
    value     TEXT NOT NULL,
    data      BLOB NOT NULL,
    PRIMARY KEY (dimension, value)
) STRICT, WITHOUT ROWID;

-- Full text; rowid is event.pk. Accents and case do not count.
CREATE VIRTUAL TABLE event_text USING fts5 (title, names, body,
    content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');

-- Full text of passages (gists, anchor, and the paragraph where it may be shown); rowid is passage.pk.
CREATE VIRTUAL TABLE passage_text USING fts5 (body,
    content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
