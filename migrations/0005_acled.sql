-- Whether a dataset may be passed on as files. ACLED's terms forbid it: the operator's own file is for reading here,
-- unless the operator says under which licence it may go out.
ALTER TABLE dataset ADD COLUMN redistributable INTEGER NOT NULL DEFAULT 1 CHECK (redistributable IN (0, 1));

-- A figure that a dataset's coders made of other reports has an origin of its own. A CHECK cannot be changed in place,
-- so the table is made anew; nothing refers to it. Figures that came before keep the word they came with until their
-- dataset is imported again: the index is made of the words, and no migration can make it anew.
CREATE TABLE claim_0005 (
    pk           INTEGER PRIMARY KEY,
    event        INTEGER NOT NULL REFERENCES event (pk),
    n            INTEGER NOT NULL CHECK (n > 0), -- in permalinks (#claim-3): never given to another claim of the event
    passage      INTEGER NOT NULL REFERENCES passage (pk),
    topic        TEXT NOT NULL CHECK (topic IN ('killed', 'injured', 'abducted', 'missing', 'dead_or_missing', 'arrested', 'displaced',
                 'attackers', 'when', 'where', 'perpetrator', 'victims', 'motive', 'responsibility', 'damage', 'method', 'context', 'response')),
    part         TEXT,                   -- words; or one of the two below; all null: the whole event
    part_region  INTEGER REFERENCES region (pk),
    part_actor   INTEGER REFERENCES actor (pk),
    low          INTEGER CHECK (low >= 0),
    high         INTEGER CHECK (high >= 0),
    about        INTEGER NOT NULL DEFAULT 0 CHECK (about IN (0, 1)),
    value        TEXT,                   -- words, a date, or the note of a number; null where one of the two below stands
    value_region INTEGER REFERENCES region (pk),
    value_actor  INTEGER REFERENCES actor (pk),
    said_by      TEXT,
    origin       TEXT NOT NULL CHECK (origin IN ('government', 'security_forces', 'armed_group', 'foreign_state', 'un', 'rights_group',
                 'justice', 'medical', 'civil_society', 'local_official', 'witness', 'media', 'dataset', 'unnamed')),
    stance       TEXT NOT NULL CHECK (stance IN ('asserts', 'denies')),
    preferred    INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
    UNIQUE (event, n),
    CHECK (low IS NULL OR high IS NULL OR low <= high),
    CHECK ((part IS NOT NULL) + (part_region IS NOT NULL) + (part_actor IS NOT NULL) <= 1),
    CHECK ((value IS NOT NULL) + (value_region IS NOT NULL) + (value_actor IS NOT NULL) <= 1),
    CHECK ((topic IN ('killed', 'injured', 'abducted', 'missing', 'dead_or_missing', 'arrested', 'displaced', 'attackers'))
           = (low IS NOT NULL OR high IS NOT NULL))
) STRICT;
INSERT INTO claim_0005 (pk, event, n, passage, topic, part, part_region, part_actor, low, high, about, value, value_region,
                        value_actor, said_by, origin, stance, preferred)
SELECT pk, event, n, passage, topic, part, part_region, part_actor, low, high, about, value, value_region, value_actor,
       said_by, origin, stance, preferred FROM claim;
DROP TABLE claim;
ALTER TABLE claim_0005 RENAME TO claim;
CREATE INDEX claim_passage ON claim (passage);
CREATE UNIQUE INDEX claim_preferred ON claim (event, topic) WHERE preferred = 1;
