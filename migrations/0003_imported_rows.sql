-- Datasets of one row for each event (UCDP GED) have hundreds of thousands of them. Of each row its event keeps a
-- digest of what the program made of it, by which the next release finds what it changes without reading the rest.
ALTER TABLE event ADD COLUMN row_digest INTEGER;

-- The first version of such an event has an empty document in event_version as long as it is the current one: the
-- tables say the same. It is written out from them just before they change (store::history).
