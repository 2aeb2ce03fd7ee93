//! Full text: what is indexed, and how a visitor's words become a search that cannot fail.

use sqlx::SqliteConnection;

use crate::query::EventFilter;
use crate::store::filter::{FilterError, Hits, Selection};
use crate::store::index::{self, EventIndex};
use crate::store::{Snapshot, StoreError};

mod names;
mod passages;
mod words;

pub use self::names::{NamesFound, actors, names, regions};
pub use self::passages::{PassageHit, passages};
pub use self::words::wanted as tokens;

/// The form of what [`rebuild`] makes. To be raised whenever another program would not read it.
pub const FORM: i64 = 3;

/// Makes anew all that filters and searches read. The importer calls it after the tables are written, in its
/// transaction.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn rebuild(db: &mut SqliteConnection) -> Result<(), StoreError> {
    let index: EventIndex = index::rebuild(db).await?;
    words::rebuild(db, &index).await?;
    sqlx::query!("UPDATE generation SET index_form = ?", FORM).execute(db).await?;
    Ok(())
}

/// The events of a filter, its words included.
///
/// # Errors
/// When the filter names an unknown id or the database fails.
pub async fn select(snapshot: &mut Snapshot, filter: &EventFilter) -> Result<Selection, FilterError> {
    let hits = match &filter.q {
        Some(words) => Some(events(snapshot, words).await?),
        None => None,
    };
    snapshot.select(filter, hits).await
}

/// The events that match some words, best first. A word that no event has stands for the word of a name that is like
/// it, if there is one; the hits say so.
///
/// # Errors
/// When the database fails.
pub async fn events(snapshot: &mut Snapshot, text: &str) -> Result<Hits, StoreError> {
    let catalog = snapshot.catalog.clone();
    let mend = |word: &str| catalog.names.nearest_word(word).map(str::to_owned);
    let found = words::find(snapshot.as_mut(), words::Space::Events, words::wanted(text), mend).await?;
    let any = found.tiers.iter().any(|tier| !tier.is_empty());
    Ok(Hits { tiers: found.tiers.into(), instead: found.mended.filter(|_| any).map(|words| words.join(" ")) })
}
