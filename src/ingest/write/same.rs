//! The list of events that are the same, put in place of the one before.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::SqliteConnection;

use super::{json, pause_for_test, stamp};
use crate::ingest::acled::Acled;
use crate::ingest::ged::Ged;
use crate::ingest::problem::{Collector, Problem};
use crate::ingest::rows::Format as _;
use crate::ingest::same::{Same, SameList};
use crate::ingest::{ImportError, embedded};
use crate::store::Store;

/// The datasets of rows that the program can import: an id that begins with one of these is of that dataset.
const OF_ROWS: [&str; 2] = [Ged::DATASET, Acled::DATASET];

/// Among how many ids the nearest one is looked for.
const CANDIDATES: i64 = 2_000;

/// What an import of such a list did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SameOutcome {
    /// How many pairs are accepted now.
    pub pairs: usize,
    /// New ones.
    pub added: u64,
    /// With another note, or another event for the same record.
    pub changed: u64,
    /// No longer in the list.
    pub removed: u64,
    /// How many wait for a dataset that has not been imported, by what is known of it.
    pub waiting: BTreeMap<String, usize>,
    /// How many name an event that was withdrawn: nothing is shown of them.
    pub withdrawn: usize,
}

impl SameOutcome {
    /// Whether a reader can see that anything changed.
    pub fn is_change(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

impl fmt::Display for SameOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SameOutcome { pairs, added, changed, removed, waiting, withdrawn } = self;
        let noun = if *pairs == 1 { "pair" } else { "pairs" };
        match self.is_change() {
            false => write!(f, "same events: nothing changed ({pairs} {noun})")?,
            true => write!(f, "same events: {pairs} {noun}; {added} added, {changed} changed, {removed} removed")?,
        }
        for (dataset, n) in waiting {
            let wait = if *n == 1 { "waits" } else { "wait" };
            write!(f, "\n{n} {wait} for {dataset}, which has not been imported")?;
        }
        if *withdrawn > 0 {
            let name = if *withdrawn == 1 { "names" } else { "name" };
            write!(f, "\n{withdrawn} {name} an event that was withdrawn, of which nothing is shown")?;
        }
        Ok(())
    }
}

/// Puts a list in place of the one before. `now` is the time of the change, if there is one.
///
/// # Errors
/// When an id of it stands for nothing although its dataset is here, or for an event of the wrong kind of dataset; or
/// the database fails. Nothing is written then.
pub async fn import_same_events(
    store: &Store,
    list: &SameList,
    now: DateTime<Utc>,
) -> Result<SameOutcome, ImportError> {
    write(store, list, &list.file, now).await
}

/// Brings the list up to the one that ships in the program, unless an operator put another in its place. Asks for the
/// write lock only if there is something to write.
///
/// # Errors
/// When the database fails.
pub(in crate::ingest) async fn keep_embedded(store: &Store, now: DateTime<Utc>) -> Result<(), ImportError> {
    let list = crate::ingest::same::embedded()?;
    let mut snapshot = store.read().await?;
    let held = sqlx::query!("SELECT source, digest FROM same_event_list").fetch_one(snapshot.as_mut()).await?;
    drop(snapshot);
    if held.source == embedded::SOURCE && held.digest != list.digest {
        write(store, &list, embedded::SOURCE, now).await?;
    }
    Ok(())
}

async fn write(store: &Store, list: &SameList, source: &str, now: DateTime<Utc>) -> Result<SameOutcome, ImportError> {
    let mut tx = store.write().await?;
    let mut outcome = SameOutcome { pairs: list.pairs.len(), ..SameOutcome::default() };
    look_up(&mut tx, list, source == embedded::SOURCE, &mut outcome).await?;
    let rows = json(&list.pairs, |pair| json!([pair.event.as_str(), pair.other.as_str(), pair.note.en, pair.note.fr]));
    let removed = sqlx::query!(
        "DELETE FROM same_event WHERE other_id NOT IN (SELECT j.value ->> 1 FROM json_each(?) AS j)",
        rows
    );
    outcome.removed = removed.execute(&mut *tx).await?.rows_affected();
    let before = sqlx::query_scalar!("SELECT count(*) FROM same_event").fetch_one(&mut *tx).await?;
    let written = sqlx::query!(
        "INSERT INTO same_event (event_id, other_id, note, note_fr)
         SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3 FROM json_each(?) AS j WHERE true
         ON CONFLICT (other_id) DO UPDATE
         SET event_id = excluded.event_id, note = excluded.note, note_fr = excluded.note_fr
         WHERE (same_event.event_id, same_event.note, same_event.note_fr)
               IS NOT (excluded.event_id, excluded.note, excluded.note_fr)",
        rows
    );
    let written = written.execute(&mut *tx).await?.rows_affected();
    outcome.added = list.pairs.len() as u64 - u64::try_from(before).unwrap_or(0);
    outcome.changed = written - outcome.added;
    sqlx::query!("UPDATE same_event_list SET source = ?, digest = ?", source, list.digest).execute(&mut *tx).await?;
    if outcome.is_change() {
        // Filters and searches do not know of these pairs, so what they read stays as it is.
        let now = stamp(now);
        sqlx::query!("UPDATE generation SET value = value + 1, changed_at = ?", now).execute(&mut *tx).await?;
    }
    pause_for_test();
    tx.commit().await?;
    Ok(outcome)
}

/// An event as far as its pairing needs it.
struct Known {
    dataset: i64,
    curated: bool,
    live: bool,
}

/// Looks up every id. `lenient`: an id that stands for nothing only waits, wherever it may be from; the list that ships
/// cannot know which rows of a dataset an operator imports.
async fn look_up(
    db: &mut SqliteConnection,
    list: &SameList,
    lenient: bool,
    outcome: &mut SameOutcome,
) -> Result<(), ImportError> {
    let ids = list.pairs.iter().flat_map(|pair| [pair.event.as_str(), pair.other.as_str()]).collect::<Vec<_>>();
    let ids = json(&ids, |id| json!(id));
    let known: HashMap<String, Known> = sqlx::query!(
        r#"SELECT e.id, e.dataset, e.row_digest IS NULL AS "curated!: bool", e.live AS "live!: bool"
           FROM json_each(?) AS j CROSS JOIN event e ON e.id = j.value"#,
        ids
    )
    .fetch_all(&mut *db)
    .await?
    .into_iter()
    .map(|e| (e.id, Known { dataset: e.dataset, curated: e.curated, live: e.live }))
    .collect();
    let datasets = sqlx::query!("SELECT pk, id, title FROM dataset").fetch_all(&mut *db).await?;
    let here = Here {
        packages: datasets.iter().any(|dataset| !OF_ROWS.contains(&dataset.id.as_str())),
        datasets: datasets.iter().map(|dataset| dataset.id.clone()).collect(),
        titles: datasets.into_iter().map(|dataset| (dataset.pk, dataset.title)).collect(),
        file: &list.file,
    };
    let problems = Collector::default();
    for pair in &list.pairs {
        let (event, other) = (known.get(pair.event.as_str()), known.get(pair.other.as_str()));
        for (column, id, found) in [("event", &pair.event, event), ("other", &pair.other, other)] {
            if found.is_some() {
                continue;
            }
            match here.missing(id.as_str()) {
                Some(dataset) => *outcome.waiting.entry(dataset).or_default() += 1,
                None if lenient => *outcome.waiting.entry("rows of a dataset".to_owned()).or_default() += 1,
                None => {
                    let near = near(db, id.as_str()).await?;
                    problems.add(|| here.unknown(pair, column, id.as_str(), &near));
                }
            }
        }
        if let Some(wrong) = here.wrong(pair, event, other) {
            problems.add(|| wrong);
        }
        let gone = |found: Option<&Known>| found.is_some_and(|known| !known.live);
        outcome.withdrawn += usize::from(gone(event) || gone(other));
    }
    Ok(problems.finish(())?)
}

/// What the database has.
struct Here<'a> {
    file: &'a str,
    datasets: Vec<String>,
    titles: HashMap<i64, String>,
    packages: bool,
}

impl Here<'_> {
    /// The dataset an id is of, where it has not been imported. An id of a package does not say of which: it waits
    /// only where there is no package at all.
    fn missing(&self, id: &str) -> Option<String> {
        let of = |dataset: &str| id.strip_prefix(dataset).is_some_and(|rest| rest.starts_with('-'));
        match OF_ROWS.iter().find(|dataset| of(dataset)) {
            Some(dataset) => (!self.datasets.iter().any(|known| known == dataset)).then(|| (*dataset).to_owned()),
            None => (!self.packages).then(|| "a data package".to_owned()),
        }
    }

    fn unknown(&self, pair: &Same, column: &str, id: &str, near: &[String]) -> Problem {
        let expected = "is no event of the datasets that were imported";
        let problem = Problem::file(self.file, expected).at(pair.line).cell(column, id);
        problem.nearest(id, near.iter().map(String::as_str))
    }

    fn wrong(&self, pair: &Same, event: Option<&Known>, other: Option<&Known>) -> Option<Problem> {
        let event = event?;
        let title = self.titles.get(&event.dataset).map_or("", String::as_str);
        let (column, id, expected) = if !event.curated {
            let expected =
                format!("is a row of “{title}”; an event of a curated dataset was expected here, the row in \"other\"");
            ("event", &pair.event, expected)
        } else if other?.dataset == event.dataset {
            ("other", &pair.other, format!("is of “{title}” as well; the record of another dataset was expected"))
        } else {
            return None;
        };
        Some(Problem::file(self.file, expected).at(pair.line).cell(column, id.as_str()))
    }
}

/// Ids that begin like one that stands for nothing: all but the last two signs of a row's number, or the same year of a
/// curated event.
async fn near(db: &mut SqliteConnection, id: &str) -> Result<Vec<String>, ImportError> {
    let of_rows = OF_ROWS.iter().any(|dataset| id.starts_with(dataset));
    let from = if of_rows { id.get(..id.len().saturating_sub(2)) } else { id.get(..4) }.unwrap_or_default();
    // `~` comes after every sign an id may have.
    let to = format!("{from}~");
    let ids = sqlx::query_scalar!(
        "SELECT id FROM event WHERE live = 1 AND id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        from,
        to,
        CANDIDATES
    );
    Ok(ids.fetch_all(db).await?)
}
