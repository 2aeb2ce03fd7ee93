-- The tables of the data package (data/mali/datapackage.json says what each column means), keyed by small
-- integers inside and by their published ids outside. Dates stay as written: 2022, 2022-06 or 2022-06-18.

CREATE TABLE dataset (
    pk          INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    title       TEXT NOT NULL,
    title_fr    TEXT NOT NULL,
    description TEXT NOT NULL,
    description_fr TEXT NOT NULL,
    source      TEXT NOT NULL,           -- 'embedded', or what the operator imported
    licence     TEXT NOT NULL,
    licence_url TEXT NOT NULL,
    version     TEXT NOT NULL,
    imported_at TEXT NOT NULL,           -- RFC 3339, UTC; of the import that last changed something
    digest      TEXT NOT NULL            -- of the package's files, so that the same package is recognised
) STRICT;

-- One row: the version of everything a reader can see. Every import that changes something adds one.
CREATE TABLE generation (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    value      INTEGER NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;
INSERT INTO generation VALUES (1, 0, '1970-01-01T00:00:00Z');

-- Ids that once were given out and no longer stand for a live row. The row itself stays where it was.
CREATE TABLE retired (
    kind      TEXT NOT NULL CHECK (kind IN ('event', 'actor', 'region', 'report')),
    id        TEXT NOT NULL,
    dataset   INTEGER NOT NULL REFERENCES dataset (pk),
    successor TEXT,                      -- merged into this id; null: withdrawn
    reason    TEXT NOT NULL,
    reason_fr TEXT NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE region (
    pk        INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    dataset   INTEGER NOT NULL REFERENCES dataset (pk),
    parent    INTEGER REFERENCES region (pk) DEFERRABLE INITIALLY DEFERRED,
    name      TEXT NOT NULL,
    name_fr   TEXT NOT NULL,
    level     TEXT NOT NULL CHECK (level IN ('country', 'admin1', 'admin2', 'admin3', 'place')),
    pcode     TEXT,
    latitude  REAL CHECK (latitude BETWEEN -90 AND 90),
    longitude REAL CHECK (longitude BETWEEN -180 AND 180),
    alt_names TEXT NOT NULL,             -- separated by '|'
    live      INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;
CREATE INDEX region_parent ON region (parent);

CREATE TABLE actor (
    pk           INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    dataset      INTEGER NOT NULL REFERENCES dataset (pk),
    name         TEXT NOT NULL,
    name_fr      TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('state_forces', 'jihadist_group', 'rebel_group', 'self_defence_group',
                 'private_military', 'international_mission', 'foreign_forces', 'community', 'government',
                 'civil_society', 'unidentified')),
    country      TEXT,                   -- ISO 3166-1 alpha-2, lower case
    active_from  TEXT,
    active_until TEXT,
    summary      TEXT NOT NULL,
    summary_fr   TEXT NOT NULL,
    alt_names    TEXT NOT NULL,
    live         INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1))
) STRICT;

CREATE TABLE report (
    pk        INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    dataset   INTEGER NOT NULL REFERENCES dataset (pk),
    title     TEXT NOT NULL,
    publisher TEXT NOT NULL,
    author    TEXT,
    published TEXT,
    url       TEXT,
    language  TEXT NOT NULL,             -- BCP 47
    kind      TEXT NOT NULL CHECK (kind IN ('news', 'un_report', 'ngo_report', 'analysis', 'encyclopedia', 'statement', 'dataset')),
    agency    TEXT NOT NULL,             -- separated by '|'
    note      TEXT,
    live      INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1))
) STRICT;

CREATE TABLE passage (
    pk      INTEGER PRIMARY KEY,
    report  INTEGER NOT NULL REFERENCES report (pk),
    dataset INTEGER NOT NULL REFERENCES dataset (pk), -- two datasets may share a report and quote it apart
    id      TEXT NOT NULL,               -- unique within its report: p1, p2 ...
    seq     INTEGER NOT NULL,            -- order within the report
    anchor  TEXT NOT NULL,
    gist    TEXT NOT NULL,
    gist_fr TEXT NOT NULL,
    UNIQUE (report, id)
) STRICT;

-- The report's own text, where its holder may show it; paragraphs are numbered from 1.
CREATE TABLE paragraph (
    report INTEGER NOT NULL REFERENCES report (pk),
    n      INTEGER NOT NULL CHECK (n > 0),
    text   TEXT NOT NULL,
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

-- Where the anchor of a passage was found in the text: bytes from, to within the paragraph.
CREATE TABLE passage_place (
    passage   INTEGER PRIMARY KEY REFERENCES passage (pk) ON DELETE CASCADE,
    report    INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    start_at  INTEGER NOT NULL CHECK (start_at >= 0),
    end_at    INTEGER NOT NULL CHECK (end_at > start_at),
    FOREIGN KEY (report, paragraph) REFERENCES paragraph (report, n) ON DELETE CASCADE
) STRICT;

CREATE TABLE event (
    pk              INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    dataset         INTEGER NOT NULL REFERENCES dataset (pk),
    title           TEXT NOT NULL,
    title_fr        TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('massacre', 'attack_on_civilians', 'attack_on_forces', 'armed_clash', 'air_strike',
                    'military_operation', 'abduction', 'arrest', 'looting', 'protest', 'agreement', 'political')),
    start_date      TEXT NOT NULL,
    end_date        TEXT,
    date_precision  TEXT NOT NULL CHECK (date_precision IN ('day', 'days', 'week', 'month', 'year')),
    region          INTEGER NOT NULL REFERENCES region (pk),
    latitude        REAL CHECK (latitude BETWEEN -90 AND 90),
    longitude       REAL CHECK (longitude BETWEEN -180 AND 180),
    place_precision TEXT NOT NULL CHECK (place_precision IN ('exact', 'place', 'admin3', 'admin2', 'admin1', 'country')),
    summary         TEXT NOT NULL,
    summary_fr      TEXT NOT NULL,
    version         INTEGER NOT NULL CHECK (version > 0),
    updated         TEXT NOT NULL,       -- RFC 3339, UTC; when this version was recorded
    live            INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;
CREATE INDEX event_region ON event (region);

CREATE TABLE event_actor (
    event     INTEGER NOT NULL REFERENCES event (pk),
    actor     INTEGER NOT NULL REFERENCES actor (pk),
    role      TEXT NOT NULL CHECK (role IN ('perpetrator', 'victim', 'target', 'participant', 'responder')),
    certainty TEXT NOT NULL CHECK (certainty IN ('claimed', 'attributed', 'suspected', 'disputed')),
    seq       INTEGER NOT NULL,
    PRIMARY KEY (event, actor, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor_actor ON event_actor (actor, event);

CREATE TABLE claim (
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
                 'justice', 'medical', 'civil_society', 'local_official', 'witness', 'media', 'unnamed')),
    stance       TEXT NOT NULL CHECK (stance IN ('asserts', 'denies')),
    preferred    INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
    UNIQUE (event, n),
    CHECK (low IS NULL OR high IS NULL OR low <= high),
    CHECK ((part IS NOT NULL) + (part_region IS NOT NULL) + (part_actor IS NOT NULL) <= 1),
    CHECK ((value IS NOT NULL) + (value_region IS NOT NULL) + (value_actor IS NOT NULL) <= 1),
    CHECK ((topic IN ('killed', 'injured', 'abducted', 'missing', 'dead_or_missing', 'arrested', 'displaced', 'attackers'))
           = (low IS NOT NULL OR high IS NOT NULL))
) STRICT;
CREATE INDEX claim_passage ON claim (passage);
CREATE UNIQUE INDEX claim_preferred ON claim (event, topic) WHERE preferred = 1;

CREATE TABLE event_link (
    event    INTEGER NOT NULL REFERENCES event (pk),
    relation TEXT NOT NULL CHECK (relation IN ('reprisal_for', 'response_to', 'part_of', 'followed_by')),
    other    INTEGER NOT NULL REFERENCES event (pk),
    passage  INTEGER NOT NULL REFERENCES passage (pk),
    PRIMARY KEY (event, relation, other, passage)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_link_other ON event_link (other);
CREATE INDEX event_link_passage ON event_link (passage);

CREATE TABLE actor_link (
    pk         INTEGER PRIMARY KEY,
    dataset    INTEGER NOT NULL REFERENCES dataset (pk),
    actor      INTEGER NOT NULL REFERENCES actor (pk),
    relation   TEXT NOT NULL CHECK (relation IN ('part_of', 'affiliated_with', 'allied_with', 'successor_of', 'split_from', 'opposes')),
    other      INTEGER NOT NULL REFERENCES actor (pk),
    from_date  TEXT,
    until_date TEXT,
    passage    INTEGER NOT NULL REFERENCES passage (pk)
) STRICT;
CREATE INDEX actor_link_actor ON actor_link (actor);
CREATE INDEX actor_link_other ON actor_link (other);
CREATE INDEX actor_link_passage ON actor_link (passage);

CREATE TABLE mention (
    pk      INTEGER PRIMARY KEY,
    dataset INTEGER NOT NULL REFERENCES dataset (pk),
    passage INTEGER NOT NULL REFERENCES passage (pk),
    actor   INTEGER REFERENCES actor (pk),
    region  INTEGER REFERENCES region (pk),
    CHECK (actor IS NOT NULL OR region IS NOT NULL)
) STRICT;
CREATE INDEX mention_passage ON mention (passage);
CREATE INDEX mention_actor ON mention (actor);
CREATE INDEX mention_region ON mention (region);

CREATE TABLE translation (
    dataset INTEGER NOT NULL REFERENCES dataset (pk),
    text    TEXT NOT NULL,
    fr      TEXT NOT NULL,
    PRIMARY KEY (dataset, text)
) STRICT, WITHOUT ROWID;

-- Every state an event has been in, as a JSON document (domain::record::EventRecord).
CREATE TABLE event_version (
    event    INTEGER NOT NULL REFERENCES event (pk),
    version  INTEGER NOT NULL CHECK (version > 0),
    recorded TEXT NOT NULL,
    change   TEXT NOT NULL CHECK (change IN ('added', 'changed', 'withdrawn', 'restored')),
    dataset_version TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (event, version)
) STRICT, WITHOUT ROWID;
