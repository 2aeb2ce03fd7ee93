//! The database as it was: a copy in which each event is in the version that stood at a moment. All that reads a database
//! reads such a copy the same way, so that a list of then is made by the code that makes the list of now.
//!
//! Events have versions; names of actors, regions and reports have none and are those of now.

use std::path::Path;

use serde_json::json;
use sqlx::SqliteConnection;

use super::events::{Change, own_rows};
use super::{ROWS_PER_STATEMENT, expect_rows, json, parts};
use crate::domain::record::EventRecord;
use crate::ingest::ImportError;
use crate::store::{Store, history};

/// An event that is not now as it was.
struct Moved {
    id: String,
    /// The version that stood; none where there was none yet, or it had been withdrawn.
    version: Option<i64>,
}

/// Copies the database as it was at `end` (RFC 3339, as the record writes times) to a file without a name in `folder`,
/// which goes with the last user of the copy.
///
/// # Errors
/// When there is no room for the copy, or the database fails.
pub async fn as_it_was(store: &Store, end: &str, folder: &Path) -> Result<Store, ImportError> {
    let past = store.copy(folder).await?;
    let mut tx = past.write().await?;
    let moved = moved(&mut tx, end).await?;
    for chunk in moved.chunks(ROWS_PER_STATEMENT) {
        put_back(&mut tx, chunk).await?;
    }
    // Ties may lead to events of later chunks.
    for chunk in moved.chunks(ROWS_PER_STATEMENT) {
        let changes = changes(&mut tx, chunk).await?;
        parts::actors(&mut tx, &changes).await?;
        parts::claims(&mut tx, &changes).await?;
        parts::links(&mut tx, &changes).await?;
    }
    revive(&mut tx).await?;
    date_back(&mut tx, end).await?;
    crate::search::rebuild(&mut tx).await?;
    tx.commit().await?;
    Ok(past)
}

/// The events of which a version was recorded after the moment.
async fn moved(db: &mut SqliteConnection, end: &str) -> Result<Vec<Moved>, ImportError> {
    let rows = sqlx::query!(
        r#"SELECT e.id, v.version AS "version?: i64"
           FROM event e
           LEFT JOIN event_version v ON v.event = e.pk AND v.change <> 'withdrawn' AND v.version = (
               SELECT max(w.version) FROM event_version w WHERE w.event = e.pk AND w.recorded <= ?1)
           WHERE e.updated > ?1
           ORDER BY e.pk"#,
        end
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| Moved { id: row.id, version: row.version }).collect())
}

/// What stood of some of them.
async fn changes(db: &mut SqliteConnection, moved: &[Moved]) -> Result<Vec<Change>, ImportError> {
    let mut changes = Vec::new();
    for Moved { id, version } in moved {
        if let Some(version) = *version {
            let record = history::record_of_version(db, id, version).await?;
            changes.push(Change { record, version, change: "", document: String::new() });
        }
    }
    Ok(changes)
}

/// Puts the rows of events back, and the passages they cite, which may have gone since.
async fn put_back(db: &mut SqliteConnection, moved: &[Moved]) -> Result<(), ImportError> {
    let changes = changes(db, moved).await?;
    let ids = json(moved, |moved| json!(moved.id));
    parts::clear(db, &ids).await?;
    sqlx::query!("UPDATE event SET live = 0 WHERE id IN (SELECT j.value FROM json_each(?) AS j)", ids)
        .execute(&mut *db)
        .await?;
    // All of them have rows, so that the dataset and the time of new ones are nobody's.
    own_rows(db, 0, "", &changes).await?;
    sqlx::query!(
        "UPDATE event SET updated = (SELECT v.recorded FROM event_version v
                                     WHERE v.event = event.pk AND v.version = event.version)
         WHERE live = 1 AND id IN (SELECT j.value FROM json_each(?) AS j)",
        ids
    )
    .execute(&mut *db)
    .await?;
    let records: Vec<&EventRecord> = changes.iter().map(|change| &change.record).collect();
    passages(db, &records).await
}

async fn passages(db: &mut SqliteConnection, records: &[&EventRecord]) -> Result<(), ImportError> {
    let rows: Vec<serde_json::Value> = records
        .iter()
        .flat_map(|record| {
            let passages = record.passages.iter();
            passages.map(|p| json!([record.id.as_str(), p.report.as_str(), p.id, p.anchor, p.gist.en, p.gist.fr]))
        })
        .collect();
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, Clone::clone);
        let written = sqlx::query!(
            "INSERT INTO passage (report, dataset, id, seq, anchor, gist, gist_fr)
             SELECT r.pk, e.dataset, j.value ->> 2, 0, j.value ->> 3, j.value ->> 4, j.value ->> 5
             FROM json_each(?) AS j
             CROSS JOIN event e ON e.id = j.value ->> 0
             CROSS JOIN report r ON r.id = j.value ->> 1
             WHERE true
             ON CONFLICT (report, id) DO UPDATE
             SET anchor = excluded.anchor, gist = excluded.gist, gist_fr = excluded.gist_fr",
            rows
        )
        .execute(&mut *db)
        .await?;
        expect_rows(written.rows_affected(), chunk.len(), "passage")?;
    }
    Ok(())
}

/// Actors, regions and reports that events of then name stood then.
async fn revive(db: &mut SqliteConnection) -> Result<(), ImportError> {
    sqlx::query!(
        "UPDATE actor SET live = 1 WHERE live = 0 AND EXISTS (SELECT 1 FROM event_actor p WHERE p.actor = actor.pk)"
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "WITH RECURSIVE used (pk) AS (
             SELECT region FROM event WHERE live = 1
             UNION SELECT r.parent FROM used u JOIN region r ON r.pk = u.pk WHERE r.parent IS NOT NULL
         )
         UPDATE region SET live = 1 WHERE live = 0 AND pk IN (SELECT pk FROM used)"
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "UPDATE report SET live = 1
         WHERE live = 0 AND EXISTS (SELECT 1 FROM passage p JOIN claim c ON c.passage = p.pk WHERE p.report = report.pk)"
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}

/// The versions that the datasets had, and when the record had last changed.
async fn date_back(db: &mut SqliteConnection, end: &str) -> Result<(), ImportError> {
    sqlx::query!(
        "WITH was (dataset, version, recorded) AS (
             SELECT e.dataset, v.dataset_version, max(v.recorded)
             FROM event_version v JOIN event e ON e.pk = v.event WHERE v.recorded <= ?1 GROUP BY e.dataset
         )
         UPDATE dataset SET version = was.version, imported_at = was.recorded
         FROM was WHERE was.dataset = dataset.pk",
        end
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "UPDATE generation SET changed_at = coalesce((SELECT max(recorded) FROM event_version WHERE recorded <= ?1), '')",
        end
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}
