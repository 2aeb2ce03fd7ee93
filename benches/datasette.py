"""The same events for Datasette: one flat table with a column and an index for each facet."""

import sqlite3
import subprocess
import sys
from pathlib import Path

# Datasette has no facet over several actors of an event but a slower one, so each side is a column and a facet.
FACETS = ["kind", "country", "admin1", "side_a", "side_b", "year", "origin", "source"]

FLAT = """
CREATE TABLE events AS
WITH RECURSIVE above (place, region, parent, level, name) AS (
    SELECT pk, pk, parent, level, name FROM region
    UNION ALL
    SELECT a.place, r.pk, r.parent, r.level, r.name FROM above a JOIN region r ON r.pk = a.parent
),
place AS (
    SELECT place, max(name) FILTER (WHERE level = 'country') AS country,
           max(name) FILTER (WHERE level = 'admin1') AS admin1
    FROM above GROUP BY place
)
SELECT e.id, e.title, e.kind, e.start_date, e.end_date, CAST(substr(e.start_date, 1, 4) AS INTEGER) AS year,
       p.country, p.admin1, e.latitude, e.longitude, e.summary,
       (SELECT a.name FROM event_actor x JOIN actor a ON a.pk = x.actor WHERE x.event = e.pk ORDER BY x.seq LIMIT 1) AS side_a,
       (SELECT a.name FROM event_actor x JOIN actor a ON a.pk = x.actor WHERE x.event = e.pk ORDER BY x.seq LIMIT 1 OFFSET 1) AS side_b,
       (SELECT c.low FROM claim c WHERE c.event = e.pk AND c.preferred AND c.topic = 'killed') AS killed,
       (SELECT c.origin FROM claim c WHERE c.event = e.pk ORDER BY c.n LIMIT 1) AS origin, d.id AS source
FROM constat.event e JOIN place p ON p.place = e.region JOIN dataset d ON d.pk = e.dataset
WHERE e.live = 1 ORDER BY e.start_date DESC
"""


def flatten(database, into):
    """Makes the table in a file of its own, which is smaller than the whole and so the better for Datasette."""
    Path(into).unlink(missing_ok=True)
    db = sqlite3.connect(into)
    db.execute("ATTACH ? AS constat", (str(database),))
    db.execute(FLAT)
    for column in [*FACETS, "killed", "start_date"]:
        db.execute(f"CREATE INDEX events_{column} ON events ({column})")
    db.execute("ANALYZE")
    db.commit()
    db.close()


def install(folder):
    """Datasette in a virtual environment of its own; returns the program."""
    program = Path(folder) / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([Path(folder) / "bin" / "pip", "install", "--quiet", "datasette==0.65.*"], check=True)
    return program


def arguments(program, file, port):
    """Facets are not cut short, as Datasette would after 200 ms; none are proposed, which spares it work."""
    settings = {"facet_time_limit_ms": 300_000, "sql_time_limit_ms": 300_000, "suggest_facets": "off", "default_facet_size": 30}
    options = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    return [str(program), "serve", "--immutable", str(file), "--port", str(port), *options]


def address(file, query):
    facets = "&".join(f"_facet={facet}" for facet in FACETS)
    return f"/{Path(file).stem}/events?{query}&{facets}&_size=25"
