//! Writes a dataset of rows: what is new goes in by the thousand, what changed goes the way of every other dataset's
//! events.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::SqliteConnection;
use tokio::sync::mpsc;

use super::events::{Change, heads, highest, withdraw};
use super::{Import, Outcome, insert_dataset, new_generation, parts, retire, stamp, update_dataset};
use crate::domain::ids::ReportId;
use crate::domain::record::EventRecord;
use crate::domain::vocab::Vocabulary;
use crate::ingest::ImportError;
use crate::ingest::descriptor::Meta;
use crate::ingest::model::{Dataset, Translation};
use crate::ingest::problem::Problem;
use crate::ingest::rows::{Cited, Format, Progress, Survey, Watcher, slug};
use crate::store::{Store, StoreError, history};

mod batch;
mod known;
mod names;

use batch::{Batch, Changed, Producer, Release};
use known::{KnownEvents, KnownSources};

/// How many batches may wait to be written: each holds a few megabytes.
const WAITING: usize = 2;

/// What an import of rows did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowsOutcome {
    /// As of every dataset.
    pub outcome: Outcome,
    /// Live events of the dataset that the file does not have, and that stay because it is not the whole of it.
    pub not_in_file: usize,
}

/// Writes what differs between a file and the database, in one transaction. `now` is the time of the change.
///
/// # Errors
/// When the file is no longer the one that was surveyed, ids of it are another dataset's, or the database fails.
/// Nothing is written then.
pub async fn import_rows<F: Format>(
    store: &Store,
    survey: &Arc<Survey>,
    now: DateTime<Utc>,
    watch: &Watcher,
) -> Result<RowsOutcome, ImportError> {
    let mut tx = store.write().await?;
    // The indexes of the larger tables are written all over; the little cache of a reader would write each page often.
    sqlx::query("PRAGMA cache_size = -65536").execute(&mut *tx).await?;
    let data = dataset::<F>(F::meta(&survey.release, &survey.options)?);
    let done = write::<F>(&mut tx, &data, survey, stamp(now), watch).await?;
    if done.outcome.changed {
        super::pause_for_test();
        tx.commit().await?;
    }
    Ok(done)
}

/// A dataset of which only what it says of itself is known: its rows come from the file.
fn dataset<F: Format>(meta: Meta) -> Dataset {
    let translations =
        F::TRANSLATIONS.iter().map(|(text, fr)| Translation { text: (*text).to_owned(), fr: (*fr).to_owned() });
    Dataset {
        meta,
        regions: Vec::new(),
        actors: Vec::new(),
        actor_links: Vec::new(),
        reports: Vec::new(),
        passages: Vec::new(),
        events: Vec::new(),
        mentions: Vec::new(),
        translations: translations.collect(),
        retired: Vec::new(),
        corrections: Vec::new(),
        texts: Vec::new(),
    }
}

async fn write<F: Format>(
    db: &mut SqliteConnection,
    data: &Dataset,
    survey: &Arc<Survey>,
    now: String,
    watch: &Watcher,
) -> Result<RowsOutcome, ImportError> {
    let mut outcome = Outcome { dataset: F::DATASET.to_owned(), version: survey.release.clone(), ..Outcome::default() };
    let id = F::DATASET;
    let known = sqlx::query_scalar!("SELECT pk FROM dataset WHERE id = ?", id).fetch_optional(&mut *db).await?;
    let dataset = match known {
        Some(pk) => pk,
        None => insert_dataset(db, id).await?,
    };
    let import = Import { data, dataset, now };
    let (resolver, new_names) = names::resolve::<F>(db, dataset, survey).await?;
    outcome.rows += new_names;
    let (release, new) = release::<F>(db, &import).await?;
    outcome.rows += new;
    outcome.rows += translations(db, &import, &data.translations).await?;

    let (send, mut batches) = mpsc::channel(WAITING);
    let producer = Producer {
        survey: survey.clone(),
        resolver,
        release: release.clone(),
        known: KnownEvents::load::<F>(db, dataset).await?,
        sources: KnownSources::load::<F>(db, dataset).await?,
        next_event: next(sqlx::query_scalar!("SELECT max(pk) FROM event").fetch_one(&mut *db).await?),
        next_report: next(sqlx::query_scalar!("SELECT max(pk) FROM report").fetch_one(&mut *db).await?),
        next_passage: next(sqlx::query_scalar!("SELECT max(pk) FROM passage").fetch_one(&mut *db).await?),
    };
    // Reading and making events takes about as long as writing them, so that each has a thread.
    let reading = tokio::task::spawn_blocking(move || producer.run::<F>(&send));
    let mut rows = 0;
    while let Some(batch) = batches.recv().await {
        watch(Progress::Writing(rows, survey.rows));
        rows += batch.rows;
        outcome.rows += batch.reports_written as u64;
        outcome.rows += write_batch(db, &import, &batch).await?;
        outcome.events.added += batch.added;
        outcome.events.unchanged += batch.unchanged;
        for change in &batch.changed {
            let count = if change.live { &mut outcome.events.changed } else { &mut outcome.events.restored };
            *count += 1;
        }
        changed::<F>(db, &import, batch.changed, &release).await?;
    }
    let read = reading.await.map_err(|error| StoreError::Corrupt(format!("the reading thread: {error}")))??;
    if read.digest != survey.digest {
        return Err(Problem::file(survey.path.display().to_string(), "was changed while it was imported").into());
    }
    let mut not_in_file = read.vanished.len();
    if survey.options.complete {
        history::write_out(db, &read.vanished).await?;
        withdraw(db, &import, &read.vanished).await?;
        own::<F>(db, &import, &read.vanished, false).await?;
        outcome.events.withdrawn = std::mem::take(&mut not_in_file);
    }
    let e = outcome.events;
    outcome.changed = e.added + e.changed + e.restored + e.withdrawn > 0;
    let digest: String = survey.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let source = survey.path.display().to_string();
    outcome.changed |= update_dataset(db, &import, &source, &digest, outcome.changed).await?;
    if outcome.changed {
        watch(Progress::Indexing);
        new_generation(db, &import.now).await?;
    }
    Ok(RowsOutcome { outcome, not_in_file })
}

fn next(highest: Option<i64>) -> i64 {
    highest.unwrap_or_default() + 1
}

/// The report that stands for this release, made if it is new and the dataset's figures cite it.
async fn release<F: Format>(db: &mut SqliteConnection, import: &Import<'_>) -> Result<(Release, u64), ImportError> {
    let version = &import.data.meta.version;
    let Some(cited) = F::release_report(version) else {
        let id = format!("{}{}", F::EVENT_PREFIX, slug(version));
        let report: ReportId = id.parse().map_err(|_| StoreError::Corrupt(id))?;
        return Ok((Release { report, cited: None }, 0));
    };
    let (id, kind) = (cited.report.as_str(), cited.kind.as_str());
    let inserted = sqlx::query!(
        "INSERT INTO report (id, dataset, title, publisher, published, url, language, kind, agency)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '')
         ON CONFLICT (id) DO NOTHING",
        id,
        import.dataset,
        cited.title,
        cited.publisher,
        cited.published,
        cited.url,
        cited.language,
        kind
    );
    let new = inserted.execute(&mut *db).await?.rows_affected();
    sqlx::query!(
        "INSERT INTO passage (report, dataset, id, seq, anchor, gist, gist_fr)
         SELECT pk, ?2, 'p1', 1, ?3, ?4, ?5 FROM report WHERE id = ?1
         ON CONFLICT (report, id) DO NOTHING",
        id,
        import.dataset,
        cited.anchor,
        cited.gist.en,
        cited.gist.fr
    )
    .execute(&mut *db)
    .await?;
    let passage = sqlx::query_scalar!(
        "SELECT p.pk FROM passage p JOIN report r ON r.pk = p.report WHERE r.id = ? AND p.id = 'p1'",
        id
    )
    .fetch_one(db)
    .await?;
    Ok((Release { report: cited.report.clone(), cited: Some((cited, passage)) }, new))
}

/// Brings the reports that stand for one row each back, or retires them, with the events of these rows.
async fn own<F: Format>(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    events: &[String],
    live: bool,
) -> Result<(), ImportError> {
    let ids = super::json(events, |id| json!(F::own_report(id)));
    let state = i64::from(live);
    let changed = sqlx::query_scalar!(
        r#"UPDATE report SET live = ?1 WHERE live <> ?1 AND id IN (SELECT j.value FROM json_each(?2) AS j) RETURNING id AS "id!""#,
        state,
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    let changed = super::json(&changed, |id| json!(id));
    if live {
        retire::back(db, import, "report", &changed).await?;
    } else {
        retire::put(db, import, "report", &changed).await?;
    }
    Ok(())
}

/// Adds the French of texts; what is there stays.
async fn translations(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    texts: &[Translation],
) -> Result<u64, ImportError> {
    let rows = super::json(texts, |t| json!([t.text, t.fr]));
    let written = sqlx::query!(
        "INSERT INTO translation (dataset, text, fr)
         SELECT ?1, j.value ->> 0, j.value ->> 1 FROM json_each(?2) AS j WHERE true
         ON CONFLICT (dataset, text) DO NOTHING",
        import.dataset,
        rows
    );
    Ok(written.execute(db).await?.rows_affected())
}

/// The rows of a batch that are new. They carry the row numbers they are to have, so that nothing is looked up; and
/// `jsonb_each` takes each row apart only once, where `json_each` gives it out as text for every column anew.
async fn write_batch(db: &mut SqliteConnection, import: &Import<'_>, batch: &Batch) -> Result<u64, ImportError> {
    let mut other = 0;
    if batch.reports_written > 0 {
        sqlx::query!(
            "INSERT INTO report (pk, id, dataset, title, publisher, published, url, language, kind, agency)
             SELECT j.value -> 0 ->> 0, j.value -> 0 ->> 2, ?1, j.value -> 0 ->> 3, j.value -> 0 ->> 4, j.value -> 0 ->> 5,
                    j.value -> 0 ->> 6, j.value -> 0 ->> 7, j.value -> 0 ->> 8, ''
             FROM jsonb_each(?2) AS j",
            import.dataset,
            batch.reports
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            "INSERT INTO passage (pk, report, dataset, id, seq, anchor, gist, gist_fr)
             SELECT j.value -> 0 ->> 1, j.value -> 0 ->> 0, ?1, 'p1', 1, j.value -> 1 ->> 0, j.value -> 1 ->> 1, j.value -> 1 ->> 2
             FROM jsonb_each(?2) AS j",
            import.dataset,
            batch.reports
        )
        .execute(&mut *db)
        .await?;
    }
    if !batch.notes.is_empty() {
        other += translations(db, import, &batch.notes).await?;
    }
    if batch.added == 0 {
        return Ok(other);
    }
    let written = sqlx::query!(
        "INSERT INTO event (pk, id, dataset, title, title_fr, kind, start_date, end_date, date_precision, region, latitude,
                            longitude, place_precision, summary, summary_fr, version, updated, row_digest)
         SELECT j.value ->> 0, j.value ->> 1, ?1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6,
                j.value ->> 7, j.value ->> 8, j.value ->> 9, j.value ->> 10, j.value ->> 11, j.value ->> 12, j.value ->> 13,
                1, ?2, j.value ->> 14
         FROM jsonb_each(?3) AS j",
        import.dataset,
        import.now,
        batch.events
    );
    super::expect_rows(written.execute(&mut *db).await?.rows_affected(), batch.added, "event")?;
    // The first version is what the tables say, as long as it is the current one.
    let (first, last) = (batch.first_event, batch.first_event + batch.added as i64);
    sqlx::query!(
        "INSERT INTO event_version (event, version, recorded, change, dataset_version, document)
         SELECT pk, 1, ?1, 'added', ?2, '' FROM event WHERE pk >= ?3 AND pk < ?4",
        import.now,
        import.data.meta.version,
        first,
        last
    )
    .execute(&mut *db)
    .await?;
    let written = sqlx::query!(
        "INSERT INTO event_actor (event, actor, role, certainty, seq)
         SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4 FROM jsonb_each(?) AS j",
        batch.actors
    );
    super::expect_rows(written.execute(&mut *db).await?.rows_affected(), batch.actors_written, "event_actor")?;
    let written = sqlx::query!(
        "INSERT INTO claim (event, n, passage, topic, part, part_actor, low, high, value, said_by, origin, stance, preferred, about)
         SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6,
                j.value ->> 7, j.value ->> 8, j.value ->> 9, j.value ->> 10, 'asserts', j.value ->> 11, j.value ->> 12
         FROM jsonb_each(?) AS j",
        batch.claims
    );
    super::expect_rows(written.execute(&mut *db).await?.rows_affected(), batch.claims_written, "claim")?;
    Ok(other)
}

/// Events that differ from what is stored: a new version each, with the state before it written out.
async fn changed<F: Format>(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    changed: Vec<Changed>,
    release: &Release,
) -> Result<(), ImportError> {
    if changed.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = changed.iter().map(|change| change.made.record.id.to_string()).collect();
    history::write_out(db, &ids).await?;
    let highest = highest(db, &ids).await?;
    let mut changes = Vec::with_capacity(changed.len());
    let mut digests = Vec::with_capacity(changed.len());
    let mut own_texts = Vec::new();
    for Changed { made, version, live } in changed {
        let id = made.record.id.to_string();
        digests.push((id.clone(), made.digest));
        let before = history::record_of_version(db, &id, version).await?;
        let mut record = made.record;
        number(&mut record, F::FIRST_SOURCE, &before, highest.get(&id).copied().unwrap_or_default());
        let of_release = release.cited.iter().map(|(cited, _)| cited);
        let cites = |cited: &&Cited| record.claims.iter().any(|claim| claim.report == cited.report);
        record.passages = of_release.chain(&made.cited).filter(cites).map(Cited::passage).collect();
        own_texts.extend(made.cited.into_iter().filter(|cited| cited.own));
        let document = serde_json::to_string(&record).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let change = if live { "changed" } else { "restored" };
        changes.push(Change { record, version: version + 1, change, document });
    }
    own::<F>(db, import, &ids, true).await?;
    texts(db, &own_texts).await?;
    heads(db, import, &changes).await?;
    let ids_json = super::json(&ids, |id| json!(id));
    parts::clear(db, &ids_json).await?;
    parts::actors(db, &changes).await?;
    parts::claims(db, &changes).await?;
    retire::back(db, import, "event", &ids_json).await?;
    let rows = super::json(&digests, |(id, digest)| json!([id, digest]));
    sqlx::query!(
        "UPDATE event SET row_digest = j.value ->> 1 FROM json_each(?) AS j WHERE event.id = j.value ->> 0",
        rows
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Brings the texts of the reports that stand for one row each up to date.
async fn texts(db: &mut SqliteConnection, own: &[Cited]) -> Result<(), ImportError> {
    let rows = super::json(own, |c| json!([c.report.as_str(), c.title, c.anchor, c.gist.en, c.gist.fr]));
    sqlx::query!(
        "UPDATE report SET title = j.value ->> 1 FROM json_each(?) AS j WHERE report.id = j.value ->> 0",
        rows
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "UPDATE passage SET anchor = j.value ->> 2, gist = j.value ->> 3, gist_fr = j.value ->> 4
         FROM json_each(?) AS j JOIN report r ON r.id = j.value ->> 0 WHERE passage.report = r.pk",
        rows
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}

/// Numbers the claims for sources: those that were there keep their numbers, the others get new ones. Numbers below
/// `first` mean the same in every version.
fn number(record: &mut EventRecord, first: u32, before: &EventRecord, highest: u32) {
    let mut free: Vec<(u32, &ReportId)> =
        before.claims.iter().filter(|c| c.n >= first).map(|claim| (claim.n, &claim.report)).collect();
    let mut next = highest.max(first - 1);
    for claim in record.claims.iter_mut().filter(|claim| claim.n >= first) {
        claim.n = match free.iter().position(|(_, report)| **report == claim.report) {
            Some(at) => free.remove(at).0,
            None => {
                next += 1;
                next
            }
        };
    }
    record.claims.sort_by_key(|claim| claim.n);
}
