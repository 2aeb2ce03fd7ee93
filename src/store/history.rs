//! The versions an event has been through. The first one of an event that came as a row of a large dataset has no
//! document while it is current: the tables say the same, and hundreds of thousands of documents would be as large as
//! all the rest. It is written out before anything of it changes.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use crate::domain::lang::Bilingual;
use crate::domain::record::{EventRecord, Passage};

use super::events::{Found, ReportBrief, Retired};
use super::rows::{id, json_rows, word};
use super::whole::{claims, participations};
use super::{Snapshot, StoreError};

/// One version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number, from 1.
    pub n: u32,
    /// When it was recorded, RFC 3339.
    pub recorded: String,
    /// `added`, `changed`, `withdrawn` or `restored`.
    pub change: String,
    /// The version of the dataset that brought it.
    pub dataset_version: String,
    /// Why the event was changed, where that was put down.
    pub why: Option<Bilingual>,
    /// The event as it was.
    pub record: EventRecord,
}

impl Snapshot {
    /// All versions of an event, live or withdrawn, the first one first; empty where there never was such an id.
    ///
    /// # Errors
    /// When the database fails or a document cannot be read.
    pub async fn versions(&mut self, id: &str) -> Result<Vec<Version>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT v.event, v.version, v.recorded, v.change, v.dataset_version, v.document,
                      c.why AS "why?", c.why_fr AS "why_fr?"
               FROM event_version v JOIN event e ON e.pk = v.event
               LEFT JOIN correction c ON c.event = e.id AND c.version = v.dataset_version AND c.dataset = e.dataset
               WHERE e.id = ? ORDER BY v.version"#,
            id
        );
        let mut versions = Vec::new();
        for v in rows.fetch_all(self.db()).await? {
            versions.push(Version {
                n: v.version as u32,
                recorded: v.recorded,
                change: v.change,
                dataset_version: v.dataset_version,
                why: v.why.zip(v.why_fr).map(|(en, fr)| Bilingual::new(en, fr)),
                record: record(self.db(), id, v.event, v.version, &v.document).await?,
            });
        }
        Ok(versions)
    }

    /// Why an event is no longer live, if that was put down.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retired_event(&mut self, id: &str) -> Result<Option<Retired>, StoreError> {
        match self.retired::<()>("event", id).await? {
            Found::Retired(retired) => Ok(Some(retired)),
            _ => Ok(None),
        }
    }

    /// The reports a record cites, as they are now, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_briefs(&mut self, record: &EventRecord) -> Result<HashMap<String, ReportBrief>, StoreError> {
        let ids: Vec<&str> = record.passages.iter().map(|p| p.report.as_str()).collect();
        let wanted = serde_json::to_string(&ids).unwrap_or_else(|_| "[]".to_owned());
        let rows = sqlx::query_as!(
            ReportBrief,
            "SELECT id, title, publisher, published, url, language FROM report WHERE id IN (SELECT value FROM json_each(?))",
            wanted
        );
        Ok(rows.fetch_all(self.db()).await?.into_iter().map(|report| (report.id.clone(), report)).collect())
    }
}

/// What a version says: its document, or the tables where it has none.
async fn record(
    db: &mut SqliteConnection,
    event_id: &str,
    event: i64,
    version: i64,
    document: &str,
) -> Result<EventRecord, StoreError> {
    if document.is_empty() {
        return current(db, event).await;
    }
    serde_json::from_str(document)
        .map_err(|error| StoreError::Corrupt(format!("version {version} of {event_id}: {error}")))
}

/// One version of an event, by the event's id.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn record_of_version(
    db: &mut SqliteConnection,
    event_id: &str,
    version: i64,
) -> Result<EventRecord, StoreError> {
    let stored = sqlx::query!(
        "SELECT v.event, v.document FROM event_version v JOIN event e ON e.pk = v.event WHERE e.id = ? AND v.version = ?",
        event_id,
        version
    )
    .fetch_one(&mut *db)
    .await?;
    record(db, event_id, stored.event, version, &stored.document).await
}

/// Writes out the documents of current versions that have none, of the events of some ids: before they change.
///
/// # Errors
/// When the database fails.
pub async fn write_out(db: &mut SqliteConnection, ids: &[String]) -> Result<(), StoreError> {
    let wanted = serde_json::to_string(ids).unwrap_or_else(|_| "[]".to_owned());
    let events = sqlx::query_scalar!(
        r#"SELECT e.pk AS "pk!" FROM json_each(?) AS j CROSS JOIN event e ON e.id = j.value
         JOIN event_version v ON v.event = e.pk AND v.version = e.version AND v.document = ''"#,
        wanted
    )
    .fetch_all(&mut *db)
    .await?;
    for event in events {
        let record = current(db, event).await?;
        let document = serde_json::to_string(&record).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        sqlx::query!("UPDATE event_version SET document = ? WHERE event = ? AND document = ''", document, event)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// An event as the tables hold it. Events without a document have no ties: no row of such a dataset gives any.
async fn current(db: &mut SqliteConnection, event: i64) -> Result<EventRecord, StoreError> {
    let e = sqlx::query!(
        "SELECT e.id, e.title, e.title_fr, e.kind, e.start_date, e.end_date, e.date_precision, r.id AS region,
                e.latitude, e.longitude, e.place_precision, e.summary, e.summary_fr
         FROM event e JOIN region r ON r.pk = e.region WHERE e.pk = ?",
        event
    )
    .fetch_one(&mut *db)
    .await?;
    let passages = sqlx::query!(
        "SELECT r.id AS report, p.id, p.anchor, p.gist, p.gist_fr
         FROM (SELECT passage, min(n) AS n FROM claim WHERE event = ? GROUP BY passage) c
         JOIN passage p ON p.pk = c.passage JOIN report r ON r.pk = p.report ORDER BY c.n",
        event
    )
    .fetch_all(&mut *db)
    .await?;
    let passages = passages.into_iter().map(|p| {
        Ok(Passage { report: id(&p.report)?, id: p.id, anchor: p.anchor, gist: Bilingual::new(p.gist, p.gist_fr) })
    });
    let wanted = json_rows(&[event]);
    Ok(EventRecord {
        id: id(&e.id)?,
        title: Bilingual::new(e.title, e.title_fr),
        kind: word(&e.kind)?,
        start: e.start_date,
        end: e.end_date,
        date_precision: word(&e.date_precision)?,
        region: id(&e.region)?,
        point: e.latitude.zip(e.longitude),
        place_precision: word(&e.place_precision)?,
        summary: Bilingual::new(e.summary, e.summary_fr),
        actors: participations(db, &wanted).await?.remove(&event).unwrap_or_default(),
        claims: claims(db, &wanted).await?.remove(&event).unwrap_or_default(),
        passages: passages.collect::<Result<_, StoreError>>()?,
        links: Vec::new(),
    })
}
