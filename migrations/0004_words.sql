-- What a search reads: of each word, the events or passages that have it, as roaring bitmaps. FTS5 ranks by looking at
-- every match, which takes 200 ms and more for a word that 100,000 events have; sets of them cost a few.
DROP TABLE event_text;
DROP TABLE passage_text;

CREATE TABLE word (
    space INTEGER NOT NULL CHECK (space IN (0, 1)), -- 0: ordinals of events, 1: rows of passages
    word  TEXT NOT NULL,                 -- folded (domain::names::fold); 'ba*' stands for all words that begin with ba
    batch INTEGER NOT NULL,              -- words are put down some hundred thousand events or passages at a time
    data  BLOB NOT NULL,                 -- one bitmap for each field, best field first: search::words says which
    PRIMARY KEY (space, word, batch)
) STRICT, WITHOUT ROWID;

-- Which form of index the database holds; a program that makes another one makes it anew when it starts.
ALTER TABLE generation ADD COLUMN index_form INTEGER NOT NULL DEFAULT 0;

-- How much each dataset holds that a reader can see. Counting it takes half a second where there are 400,000 events.
CREATE TABLE dataset_count (
    dataset  INTEGER PRIMARY KEY REFERENCES dataset (pk) ON DELETE CASCADE,
    events   INTEGER NOT NULL,
    reports  INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    claims   INTEGER NOT NULL,
    actors   INTEGER NOT NULL,
    regions  INTEGER NOT NULL
) STRICT;
