//! One import: one transaction in which everything that differs is written, or nothing.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use sqlx::SqliteConnection;

use super::ImportError;
use super::model::Dataset;
use super::problem::{Collector, Problem};
use crate::store::{Store, StoreError};

mod documents;
mod events;
mod foreign;
mod names;
mod number;
mod parts;
pub(super) mod past;
mod retire;
pub(super) mod rows;
pub(super) mod same;
mod texts;

/// How many rows go into one statement. More gain nothing; each statement's rows stand in memory as JSON.
const ROWS_PER_STATEMENT: usize = 1_000;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The dataset's id.
    pub dataset: String,
    /// Its version.
    pub version: String,
    /// What became of its events.
    pub events: EventCounts,
    /// How many rows of other tables were added, changed or removed.
    pub rows: u64,
    /// Whether anything at all changed.
    pub changed: bool,
}

/// What became of the events of a dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventCounts {
    /// New.
    pub added: usize,
    /// In a new version.
    pub changed: usize,
    /// Back after they had been withdrawn.
    pub restored: usize,
    /// No longer in the package.
    pub withdrawn: usize,
    /// As they were.
    pub unchanged: usize,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outcome { dataset, version, events: e, rows, changed } = self;
        if !changed {
            return write!(f, "{dataset} {version}: nothing changed ({} events)", e.unchanged);
        }
        write!(f, "{dataset} {version}: events {} added, {} changed, {} withdrawn, ", e.added, e.changed, e.withdrawn)?;
        if e.restored > 0 {
            write!(f, "{} restored, ", e.restored)?;
        }
        write!(f, "{} unchanged; {rows} other rows written", e.unchanged)
    }
}

/// What an import of a text did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOutcome {
    /// The report.
    pub report: String,
    /// How many paragraphs its text has.
    pub paragraphs: usize,
    /// How many passages were found in it.
    pub passages: usize,
    /// Whether anything changed.
    pub changed: bool,
}

impl fmt::Display for TextOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TextOutcome { report, paragraphs, passages, changed } = self;
        let what = if *changed { "attached" } else { "nothing changed" };
        write!(f, "{report}: {what} ({paragraphs} paragraphs, {passages} passages found in them)")
    }
}

/// What the writing of every table needs to know.
struct Import<'a> {
    data: &'a Dataset,
    /// The dataset's row.
    dataset: i64,
    /// RFC 3339, UTC.
    now: String,
}

/// Time as it is stored.
fn stamp(now: DateTime<Utc>) -> String {
    now.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Writes a validated dataset. `source` says where it came from, `now` is the time of the change.
///
/// # Errors
/// When it and the database do not go together (an id is another dataset's, an anchor is not in an attached text),
/// or the database fails. Nothing is written then.
pub async fn import_dataset(
    store: &Store,
    data: &Dataset,
    source: &str,
    now: DateTime<Utc>,
) -> Result<Outcome, ImportError> {
    let digest = data.digest();
    let mut tx = store.write().await?;
    let outcome = write(&mut tx, data, source, &digest, stamp(now)).await?;
    if outcome.changed {
        pause_for_test();
        tx.commit().await?;
    }
    Ok(outcome)
}

async fn write(
    db: &mut SqliteConnection,
    data: &Dataset,
    source: &str,
    digest: &str,
    now: String,
) -> Result<Outcome, ImportError> {
    let meta = &data.meta;
    let id = meta.id.as_str();
    let mut outcome = Outcome { dataset: id.to_owned(), version: meta.version.clone(), ..Outcome::default() };
    let known = sqlx::query!("SELECT pk, digest FROM dataset WHERE id = ?", id).fetch_optional(&mut *db).await?;
    let same = known.as_ref().is_some_and(|known| known.digest == digest);
    let dataset = match &known {
        Some(known) => known.pk,
        None => insert_dataset(db, id).await?,
    };
    let import = Import { data, dataset, now };
    if same {
        outcome.events.unchanged = data.events.len();
    } else {
        foreign::check(db, &import).await?;
        outcome.rows += names::regions(db, &import).await?;
        outcome.rows += names::actors(db, &import).await?;
        outcome.rows += documents::reports(db, &import).await?;
        outcome.rows += documents::passages(db, &import).await?;
        outcome.events = events::write(db, &import).await?;
        outcome.rows += names::actor_links(db, &import).await?;
        outcome.rows += documents::mentions(db, &import).await?;
        outcome.rows += documents::translations(db, &import).await?;
        outcome.rows += documents::drop_passages(db, &import).await?;
        outcome.rows += retire::vanished(db, &import).await?;
        outcome.rows += retire::listed(db, &import).await?;
    }
    let problems = Collector::default();
    for text in &data.texts {
        outcome.rows += texts::store(db, text.report.as_str(), &text.paragraphs).await?;
    }
    outcome.rows += texts::place_all(db, &import, &problems).await?;
    problems.finish(())?;
    let e = outcome.events;
    outcome.changed = outcome.rows > 0 || e.added + e.changed + e.restored + e.withdrawn > 0;
    outcome.changed |= update_dataset(db, &import, source, digest, outcome.changed).await?;
    if outcome.changed {
        new_generation(db, &import.now).await?;
    }
    Ok(outcome)
}

/// A row for a dataset that is new; what it says of itself is filled in when all is written.
async fn insert_dataset(db: &mut SqliteConnection, id: &str) -> Result<i64, ImportError> {
    let inserted = sqlx::query!(
        "INSERT INTO dataset (id, title, title_fr, description, description_fr, source, licence, licence_url, version,
                              imported_at, digest)
         VALUES (?, '', '', '', '', '', '', '', '', '', '')",
        id
    );
    Ok(inserted.execute(db).await?.last_insert_rowid())
}

/// Puts down what the dataset says of itself, if that or anything else changed; whether that did.
async fn update_dataset(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    source: &str,
    digest: &str,
    rows_changed: bool,
) -> Result<bool, ImportError> {
    let meta = &import.data.meta;
    let (title, title_fr) = (&meta.title.en, &meta.title.fr);
    let (description, description_fr) = (&meta.description.en, &meta.description.fr);
    let updated = sqlx::query!(
        "UPDATE dataset
         SET title = ?1, title_fr = ?2, description = ?3, description_fr = ?4, licence = ?5, licence_url = ?6,
             version = ?7, source = ?8, imported_at = ?9, digest = ?10, redistributable = ?13
         WHERE pk = ?11 AND (?12 OR (title, title_fr, description, description_fr, licence, licence_url, version,
                                     redistributable)
                                    IS NOT (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?13))",
        title,
        title_fr,
        description,
        description_fr,
        meta.licence,
        meta.licence_url,
        meta.version,
        source,
        import.now,
        digest,
        import.dataset,
        rows_changed,
        meta.redistributable
    );
    Ok(updated.execute(db).await?.rows_affected() > 0)
}

/// Lets readers know of the change, and makes anew what they filter and search by.
async fn new_generation(db: &mut SqliteConnection, now: &str) -> Result<(), ImportError> {
    sqlx::query!("UPDATE generation SET value = value + 1, changed_at = ?", now).execute(&mut *db).await?;
    Ok(crate::search::rebuild(db).await?)
}

/// Makes anew what readers filter and search by, where the database holds it in the form of another version of the
/// program. Does nothing where it does not.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn keep_index(store: &Store) -> Result<(), ImportError> {
    // Without the write lock first: an import that is under way holds it for a while.
    if store.index_form().await?.is_none_or(|form| form == crate::search::FORM) {
        return Ok(());
    }
    tracing::info!("the index is of another version of the program, and is made anew");
    let mut tx = store.write().await?;
    let form = sqlx::query_scalar!("SELECT index_form FROM generation").fetch_one(&mut *tx).await?;
    if form != crate::search::FORM {
        sqlx::query!("UPDATE generation SET value = value + 1").execute(&mut *tx).await?;
        crate::search::rebuild(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Attaches the text of a report: its paragraphs, as [`super::texts::read`] gives them. `file` stands for the text in
/// messages, `now` is the time of the change.
///
/// # Errors
/// When there is no such report, an anchor of its passages has no one place in the text, or the database fails.
/// Nothing is written then.
pub async fn import_text(
    store: &Store,
    report: &str,
    file: &str,
    paragraphs: &[String],
    now: DateTime<Utc>,
) -> Result<TextOutcome, ImportError> {
    let mut tx = store.write().await?;
    known_report(&mut tx, report).await?;
    let problems = Collector::default();
    let mut rows = texts::store(&mut tx, report, paragraphs).await?;
    let (passages, placed) = texts::place(&mut tx, report, file, &problems).await?;
    rows += placed;
    problems.finish(())?;
    let changed = rows > 0;
    if changed {
        new_generation(&mut tx, &stamp(now)).await?;
        pause_for_test();
        tx.commit().await?;
    }
    Ok(TextOutcome { report: report.to_owned(), paragraphs: paragraphs.len(), passages, changed })
}

async fn known_report(db: &mut SqliteConnection, wanted: &str) -> Result<(), ImportError> {
    let ids = sqlx::query_scalar!("SELECT id FROM report WHERE live = 1 ORDER BY id").fetch_all(db).await?;
    if ids.iter().any(|id| id == wanted) {
        return Ok(());
    }
    Err(Problem::file(wanted, "is no report of this database").nearest(wanted, ids.iter().map(String::as_str)).into())
}

/// That as many rows were written as there were to write: a reference that was not found would drop one silently.
fn expect_rows(written: u64, expected: usize, what: &str) -> Result<(), StoreError> {
    if written == expected as u64 {
        return Ok(());
    }
    Err(StoreError::Corrupt(format!("{written} rows of {what} were written where {expected} were to be")))
}

/// Rows as the JSON array of arrays that a statement takes apart with `json_each`.
fn json<T>(rows: &[T], row: impl FnMut(&T) -> serde_json::Value) -> String {
    serde_json::Value::Array(rows.iter().map(row).collect()).to_string()
}

/// In tests of a crash: says through one pipe that everything but the commit is done, and waits at another.
fn pause_for_test() {
    #[cfg(debug_assertions)]
    #[expect(clippy::disallowed_methods, reason = "no setting, and not there in a release")]
    if let Some(pipe) = std::env::var_os("CONSTAT_TEST_PAUSE_BEFORE_COMMIT") {
        let mut resume = pipe.clone();
        resume.push(".resume");
        // Both block until the test opens the other end; if it does not, the import goes on.
        let _ = std::fs::write(pipe, "paused");
        let _ = std::fs::read(resume);
    }
}
