//! Making the index anew from the tables. Tables are read row by row: what is held is the index itself, about 40 bytes
//! for each event and two for each bit of a bitmap, and never a table.

use std::collections::HashMap;

use chrono::Datelike;
use futures_util::TryStreamExt;
use sqlx::SqliteConnection;

use crate::domain::figure::Figure;
use crate::domain::record::span;
use crate::domain::toll::{Account, Toll};
use crate::domain::vocab::{EventKind, PlacePrecision};

use super::super::StoreError;
use super::super::rows::{people, word};
use super::EventIndex;

/// What the index needs of an event's row.
struct Row {
    start: i32,
    row: i64,
    end: i32,
    years: (i32, i32),
    dataset: i64,
    kind: EventKind,
    region: i64,
    point: Option<(f64, f64)>,
    precision: PlacePrecision,
}

/// Builds the index anew from the tables and keeps it in the database, and the counts of each dataset with it. The
/// importer calls it last, in its transaction.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn rebuild(db: &mut SqliteConnection) -> Result<EventIndex, StoreError> {
    let mut index = EventIndex::default();
    events(db, &mut index).await?;
    tolls(db, &mut index).await?;
    parts(db, &mut index).await?;
    origins(db, &mut index).await?;
    index.save(db).await?;
    counts(db).await?;
    Ok(index)
}

async fn events(db: &mut SqliteConnection, index: &mut EventIndex) -> Result<(), StoreError> {
    let parents: HashMap<i64, Option<i64>> = sqlx::query!("SELECT pk, parent FROM region")
        .fetch(&mut *db)
        .map_ok(|region| (region.pk, region.parent))
        .try_collect()
        .await?;
    let mut rows = Vec::new();
    let mut stored = sqlx::query!(
        "SELECT pk, dataset, kind, start_date, end_date, date_precision, region, latitude, longitude, place_precision
             FROM event WHERE live = 1"
    )
    .fetch(&mut *db);
    while let Some(e) = stored.try_next().await? {
        let span = span(&e.start_date, e.end_date.as_deref(), word(&e.date_precision)?);
        let (start, end) = (span.earliest(), span.latest());
        rows.push(Row {
            start: start.num_days_from_ce(),
            row: e.pk,
            end: end.num_days_from_ce(),
            years: (start.year(), end.year()),
            dataset: e.dataset,
            kind: word(&e.kind)?,
            region: e.region,
            point: e.latitude.zip(e.longitude),
            precision: word(&e.place_precision)?,
        });
    }
    rows.sort_unstable_by_key(|e| (e.start, e.row));
    for (ordinal, e) in (0u32..).zip(&rows) {
        index.push(e.row, e.start, e.end, e.point);
        index.precision.entry(e.precision).or_default().insert(ordinal);
        index.kind.entry(e.kind).or_default().insert(ordinal);
        index.source.entry(e.dataset).or_default().insert(ordinal);
        for year in e.years.0..=e.years.1 {
            index.year.entry(year).or_default().insert(ordinal);
        }
        let mut place = Some(e.region);
        while let Some(at) = place {
            index.region.entry(at).or_default().insert(ordinal);
            place = parents.get(&at).copied().flatten();
        }
    }
    index.number();
    Ok(())
}

/// The tolls of all events that have accounts of one.
async fn tolls(db: &mut SqliteConnection, index: &mut EventIndex) -> Result<(), StoreError> {
    let mut claims = sqlx::query!(
        "SELECT event, n, low, high, about, origin, stance, preferred FROM claim
         WHERE topic = 'killed' AND part IS NULL AND part_region IS NULL AND part_actor IS NULL
         ORDER BY event, n"
    )
    .fetch(db);
    let mut accounts: Vec<Account> = Vec::new();
    let mut event = None;
    while let Some(claim) = claims.try_next().await? {
        if event != Some(claim.event) {
            put_toll(index, event, &accounts);
            accounts.clear();
            event = Some(claim.event);
        }
        let Ok(figure) = Figure::new(people(claim.low), people(claim.high), claim.about != 0) else { continue };
        accounts.push(Account {
            n: claim.n as u32,
            figure,
            origin: word(&claim.origin)?,
            stance: word(&claim.stance)?,
            preferred: claim.preferred != 0,
        });
    }
    put_toll(index, event, &accounts);
    Ok(())
}

fn put_toll(index: &mut EventIndex, event: Option<i64>, accounts: &[Account]) {
    let Some(ordinal) = event.and_then(|row| index.ordinal(row)).filter(|_| !accounts.is_empty()) else { return };
    let toll = Toll::of(accounts);
    index.set_toll(ordinal, &toll);
    if let Some(accounts) = toll.accounts {
        index.accounts.entry(accounts).or_default().insert(ordinal);
    }
}

async fn parts(db: &mut SqliteConnection, index: &mut EventIndex) -> Result<(), StoreError> {
    let mut stored = sqlx::query!("SELECT event, actor, role, certainty FROM event_actor").fetch(db);
    while let Some(part) = stored.try_next().await? {
        if let Some(ordinal) = index.ordinal(part.event) {
            let key = (part.actor, word(&part.role)?, word(&part.certainty)?);
            index.parts.entry(key).or_default().insert(ordinal);
        }
    }
    drop(stored);
    index.gather_parts();
    Ok(())
}

async fn origins(db: &mut SqliteConnection, index: &mut EventIndex) -> Result<(), StoreError> {
    let mut claims = sqlx::query!("SELECT event, origin FROM claim").fetch(db);
    while let Some(claim) = claims.try_next().await? {
        if let Some(ordinal) = index.ordinal(claim.event) {
            index.origin.entry(word(&claim.origin)?).or_default().insert(ordinal);
        }
    }
    Ok(())
}

async fn counts(db: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM dataset_count").execute(&mut *db).await?;
    sqlx::query!(
        "INSERT INTO dataset_count (dataset, events, reports, passages, claims, actors, regions)
         SELECT d.pk,
                (SELECT count(*) FROM event e WHERE e.dataset = d.pk AND e.live = 1),
                (SELECT count(*) FROM report r WHERE r.dataset = d.pk AND r.live = 1),
                (SELECT count(*) FROM passage p JOIN report r ON r.pk = p.report WHERE r.dataset = d.pk AND r.live = 1),
                (SELECT count(*) FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset = d.pk AND e.live = 1),
                (SELECT count(*) FROM actor a WHERE a.dataset = d.pk AND a.live = 1),
                (SELECT count(*) FROM region g WHERE g.dataset = d.pk AND g.live = 1)
         FROM dataset d"
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}
