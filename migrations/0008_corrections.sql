-- Why an event was changed by a version of its dataset, in the words of who did it. By the event's published id: a reason
-- stands for good, also when the event no longer does.
CREATE TABLE correction (
    event   TEXT NOT NULL,
    version TEXT NOT NULL,               -- of the dataset, as event_version.dataset_version
    dataset INTEGER NOT NULL REFERENCES dataset (pk),
    why     TEXT NOT NULL,
    why_fr  TEXT NOT NULL,
    PRIMARY KEY (event, version)
) STRICT, WITHOUT ROWID;
