-- Feeds show what changed last. Without this they would read every row of the largest table.
CREATE INDEX event_updated ON event (updated) WHERE live = 1;
