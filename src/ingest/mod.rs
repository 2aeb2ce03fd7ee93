//! A dataset comes in: it is read and validated as a whole, then written in one transaction. A package that was
//! imported before changes nothing; one that differs changes what differs.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::store::{Store, StoreError};

pub mod acled;
pub mod check;
pub mod csv;
pub mod descriptor;
pub mod embedded;
pub mod files;
pub mod ged;
pub mod model;
pub mod problem;
pub mod rows;
pub mod same;
pub mod schema;
pub mod table;
pub mod texts;
mod validate;
mod write;

pub use self::validate::package as validate;
pub use self::write::past::as_it_was;
pub use self::write::rows::{RowsOutcome, import_rows};
pub use self::write::same::{SameOutcome, import_same_events};
pub use self::write::{Outcome, TextOutcome, import_dataset, import_text, keep_index};

use self::files::Files;
use self::problem::{Problem, Problems};

/// Why an import changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Something is wrong with what was to be imported.
    #[error("{0}")]
    Problems(Problems),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> ImportError {
        ImportError::Store(error.into())
    }
}

impl From<Problems> for ImportError {
    fn from(problems: Problems) -> ImportError {
        ImportError::Problems(problems)
    }
}

impl From<Problem> for ImportError {
    fn from(problem: Problem) -> ImportError {
        ImportError::Problems(problem.into())
    }
}

/// Imports the dataset that ships in the binary, and which records of other datasets are the same events. `now` is the time of the change, if there is one.
///
/// # Errors
/// When the database fails, or holds ids of it for another dataset.
pub async fn import_embedded(store: &Store, now: DateTime<Utc>) -> Result<Outcome, ImportError> {
    let dataset = validate(&embedded::files())?;
    let outcome = import_dataset(store, &dataset, embedded::SOURCE, now).await?;
    write::same::keep_embedded(store, now).await?;
    Ok(outcome)
}

/// Brings a database up to the dataset that ships in the binary, if it has no dataset at all or an earlier state of
/// that one; a dataset that an operator imported is the operator's. Does not ask for the write lock unless there is
/// something to write, so that a site can start while an import is under way.
///
/// # Errors
/// When the database fails, or holds ids of it for another dataset.
pub async fn keep_embedded(store: &Store, now: DateTime<Utc>) -> Result<(), ImportError> {
    let catalog = store.read().await?.catalog.clone();
    let held = catalog.datasets.iter().find(|dataset| dataset.source == embedded::SOURCE);
    if held.is_none() && !catalog.datasets.is_empty() {
        return Ok(());
    }
    let dataset = validate(&embedded::files())?;
    if held.is_none_or(|held| held.digest != dataset.digest()) {
        import_dataset(store, &dataset, embedded::SOURCE, now).await?;
    }
    write::same::keep_embedded(store, now).await
}

/// Imports a package from a folder or a zip archive. `now` is the time of the change, if there is one.
///
/// # Errors
/// All that is wrong with the package, or with it and the database together; or what failed.
pub async fn import_package(store: &Store, path: &Path, now: DateTime<Utc>) -> Result<Outcome, ImportError> {
    let dataset = validate(&Files::open(path)?)?;
    import_dataset(store, &dataset, &path.display().to_string(), now).await
}
