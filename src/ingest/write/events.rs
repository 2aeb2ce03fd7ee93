//! Events and their versions. An event whose document is the stored one is left alone.

use std::collections::HashMap;

use serde_json::json;
use sqlx::SqliteConnection;

use super::{EventCounts, Import, ROWS_PER_STATEMENT, expect_rows, foreign, json, number, parts, retire};
use crate::domain::record::{EventRecord, Passage};
use crate::ingest::ImportError;
use crate::ingest::model::{Event, PassageIndex};
use crate::ingest::problem::Collector;
use crate::store::{StoreError, history};

/// What is stored of an event.
struct Stored {
    dataset: i64,
    owner: String,
    live: bool,
    version: i64,
    document: String,
    record: EventRecord,
}

/// An event to write.
pub(super) struct Change {
    /// Its new state, every claim with its number.
    pub record: EventRecord,
    pub version: i64,
    pub change: &'static str,
    pub document: String,
}

pub(super) async fn write(db: &mut SqliteConnection, import: &Import<'_>) -> Result<EventCounts, ImportError> {
    let passages = import.data.passage_index();
    let problems = Collector::default();
    let mut counts = EventCounts::default();
    let mut changes = Vec::new();
    for chunk in import.data.events.chunks(ROWS_PER_STATEMENT) {
        let stored = stored(db, chunk).await?;
        let numbered = numbered(db, chunk, &stored, &passages).await?;
        let mut of_chunk = Vec::new();
        for (event, record) in chunk.iter().zip(numbered) {
            let stored = stored.get(record.id.as_str());
            let document = serde_json::to_string(&record).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            let same = stored.is_some_and(|stored| stored.is(&record, &document));
            let (version, change, count) = match stored {
                Some(stored) if stored.dataset != import.dataset => {
                    if !(same && stored.live) {
                        problems.add(|| foreign::problem("events.csv", event.line, record.id.as_str(), &stored.owner));
                    }
                    counts.unchanged += 1;
                    continue;
                }
                Some(stored) if stored.live && same => {
                    counts.unchanged += 1;
                    continue;
                }
                Some(stored) if stored.live => (stored.version + 1, "changed", &mut counts.changed),
                Some(stored) => (stored.version + 1, "restored", &mut counts.restored),
                None => (1, "added", &mut counts.added),
            };
            *count += 1;
            of_chunk.push(Change { record, version, change, document });
        }
        heads(db, import, &of_chunk).await?;
        changes.extend(of_chunk);
    }
    problems.finish(())?;
    // Ties may lead to events of later chunks, so all heads are written before.
    for chunk in changes.chunks(ROWS_PER_STATEMENT) {
        parts::clear(db, &json(chunk, |change| json!(change.record.id.as_str()))).await?;
        parts::actors(db, chunk).await?;
        parts::claims(db, chunk).await?;
        parts::links(db, chunk).await?;
    }
    let gone = vanished(db, import).await?;
    history::write_out(db, &gone).await?;
    withdraw(db, import, &gone).await?;
    counts.withdrawn = gone.len();
    Ok(counts)
}

impl Stored {
    /// Whether the record is the stored one. A document that an older version of the program wrote may differ in
    /// form only, so what it says is compared, both read the same way.
    fn is(&self, record: &EventRecord, document: &str) -> bool {
        self.document == document
            || serde_json::from_str::<EventRecord>(document)
                .is_ok_and(|read| read == self.record && read.id == record.id)
    }
}

async fn stored(db: &mut SqliteConnection, events: &[Event]) -> Result<HashMap<String, Stored>, ImportError> {
    let ids: Vec<String> = events.iter().map(|event| event.record.id.to_string()).collect();
    history::write_out(db, &ids).await?;
    let ids = json(&ids, |id| json!(id));
    let rows = sqlx::query!(
        r#"SELECT e.id, e.dataset, d.id AS owner, e.live, e.version, v.document
           FROM json_each(?) AS j
           CROSS JOIN event e ON e.id = j.value
           JOIN dataset d ON d.pk = e.dataset
           JOIN event_version v ON v.event = e.pk AND v.version = e.version"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let read = |document: &str| serde_json::from_str(document);
    rows.into_iter()
        .map(|row| {
            let record = read(&row.document)
                .map_err(|error| StoreError::Corrupt(format!("version {} of {}: {error}", row.version, row.id)))?;
            let (dataset, owner, live, version) = (row.dataset, row.owner, row.live == 1, row.version);
            Ok((row.id, Stored { dataset, owner, live, version, document: row.document, record }))
        })
        .collect()
}

/// The records of a chunk with all claims numbered and the passages filled in.
async fn numbered(
    db: &mut SqliteConnection,
    events: &[Event],
    stored: &HashMap<String, Stored>,
    passages: &PassageIndex<'_>,
) -> Result<Vec<EventRecord>, ImportError> {
    let mut records: Vec<EventRecord> = events.iter().map(|event| event.record.clone()).collect();
    let mut unnumbered = Vec::new();
    for record in &mut records {
        if let Some(stored) = stored.get(record.id.as_str())
            && number::from_stored(&mut record.claims, &stored.record.claims)
        {
            unnumbered.push(record.id.to_string());
        }
    }
    let highest = highest(db, &unnumbered).await?;
    for record in &mut records {
        number::rest(&mut record.claims, highest.get(record.id.as_str()).copied().unwrap_or_default());
        record.passages = cited(record, passages);
    }
    Ok(records)
}

/// The highest claim number each of the events ever used, in whatever version.
pub(super) async fn highest(db: &mut SqliteConnection, ids: &[String]) -> Result<HashMap<String, u32>, ImportError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = json(ids, |id| json!(id));
    let rows = sqlx::query!(
        r#"SELECT e.id AS "id!", max(c.value ->> 'n') AS "highest: u32"
           FROM json_each(?) AS j
           CROSS JOIN event e ON e.id = j.value
           CROSS JOIN event_version v ON v.event = e.pk
           CROSS JOIN json_each(v.document, '$.claims') AS c
           GROUP BY e.id"#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.highest.unwrap_or_default())).collect())
}

/// The passages that claims and ties name, each once, in the order in which they are first named.
fn cited(record: &EventRecord, passages: &PassageIndex<'_>) -> Vec<Passage> {
    let of_claims = record.claims.iter().map(|claim| (claim.report.as_str(), claim.passage.as_str()));
    let of_links = record.links.iter().map(|link| (link.report.as_str(), link.passage.as_str()));
    let mut seen = std::collections::HashSet::new();
    let keys = of_claims.chain(of_links).filter(|key| seen.insert(*key));
    keys.filter_map(|key| passages.get(&key).map(|passage| (*passage).clone())).collect()
}

/// Writes the events' own rows and their new versions.
pub(super) async fn heads(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    changes: &[Change],
) -> Result<(), ImportError> {
    own_rows(db, import.dataset, &import.now, changes).await?;
    let rows = json(changes, |c| json!([c.record.id.as_str(), c.version, c.change, c.document]));
    let written = sqlx::query!(
        "INSERT INTO event_version (event, version, recorded, change, dataset_version, document)
         SELECT e.pk, j.value ->> 1, ?1, j.value ->> 2, ?2, j.value ->> 3
         FROM json_each(?3) AS j
         CROSS JOIN event e ON e.id = j.value ->> 0
         ORDER BY j.key",
        import.now,
        import.data.meta.version,
        rows
    )
    .execute(&mut *db)
    .await?;
    expect_rows(written.rows_affected(), changes.len(), "event_version")?;
    Ok(())
}

/// Writes the events' own rows, which are live then. The dataset is that of events that are new.
pub(super) async fn own_rows(
    db: &mut SqliteConnection,
    dataset: i64,
    now: &str,
    changes: &[Change],
) -> Result<(), ImportError> {
    let rows = json(changes, |Change { record: r, version, .. }| {
        let (latitude, longitude) = r.point.unzip();
        json!([
            r.id.as_str(),
            r.title.en,
            r.title.fr,
            r.kind,
            r.start,
            r.end,
            r.date_precision,
            r.region.as_str(),
            latitude,
            longitude,
            r.place_precision,
            r.summary.en,
            r.summary.fr,
            version
        ])
    });
    let written = sqlx::query!(
        "INSERT INTO event (id, dataset, title, title_fr, kind, start_date, end_date, date_precision, region, latitude,
                            longitude, place_precision, summary, summary_fr, version, updated)
         SELECT j.value ->> 0, ?1, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5,
                j.value ->> 6, r.pk, j.value ->> 8, j.value ->> 9, j.value ->> 10, j.value ->> 11, j.value ->> 12,
                j.value ->> 13, ?2
         FROM json_each(?3) AS j
         CROSS JOIN region r ON r.id = j.value ->> 7
         WHERE true
         ORDER BY j.key
         ON CONFLICT (id) DO UPDATE
         SET title = excluded.title, title_fr = excluded.title_fr, kind = excluded.kind,
             start_date = excluded.start_date, end_date = excluded.end_date, date_precision = excluded.date_precision,
             region = excluded.region, latitude = excluded.latitude, longitude = excluded.longitude,
             place_precision = excluded.place_precision, summary = excluded.summary, summary_fr = excluded.summary_fr,
             version = excluded.version, updated = excluded.updated, live = 1",
        dataset,
        now,
        rows
    )
    .execute(&mut *db)
    .await?;
    Ok(expect_rows(written.rows_affected(), changes.len(), "event")?)
}

/// The ids of the events that are no longer in the package.
async fn vanished(db: &mut SqliteConnection, import: &Import<'_>) -> Result<Vec<String>, ImportError> {
    let live = json(&import.data.events, |event| json!(event.record.id.as_str()));
    let gone = sqlx::query_scalar!(
        "SELECT id FROM event
         WHERE dataset = ?1 AND live = 1 AND id NOT IN (SELECT j.value FROM json_each(?2) AS j)",
        import.dataset,
        live
    )
    .fetch_all(&mut *db)
    .await?;
    Ok(gone)
}

/// Withdraws events: the row and its versions stay, with a last version that says so; what hangs on it goes, since no
/// page shows it any more. Their current versions have been written out.
pub(super) async fn withdraw(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    gone: &[String],
) -> Result<(), ImportError> {
    for chunk in gone.chunks(ROWS_PER_STATEMENT) {
        let ids = json(chunk, |id| json!(id));
        parts::clear(db, &ids).await?;
        sqlx::query!(
            "INSERT INTO event_version (event, version, recorded, change, dataset_version, document)
             SELECT e.pk, e.version + 1, ?1, 'withdrawn', ?2, v.document
             FROM json_each(?3) AS j
             CROSS JOIN event e ON e.id = j.value
             CROSS JOIN event_version v ON v.event = e.pk AND v.version = e.version",
            import.now,
            import.data.meta.version,
            ids
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            "UPDATE event SET live = 0, version = version + 1, updated = ?1
             WHERE id IN (SELECT j.value FROM json_each(?2) AS j)",
            import.now,
            ids
        )
        .execute(&mut *db)
        .await?;
        retire::put(db, import, "event", &ids).await?;
    }
    Ok(())
}
