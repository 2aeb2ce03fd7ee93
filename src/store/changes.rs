//! What changed last, for feeds.

use std::collections::HashMap;

use futures_util::TryStreamExt as _;

use super::filter::Selection;
use super::list::Card;
use super::rows::json_rows;
use super::{Snapshot, StoreError};

/// An event, and since when it is known.
pub struct Change {
    /// The event as it is now, with its version and when that was recorded.
    pub card: Card,
    /// When its first version was recorded, RFC 3339.
    pub added: String,
}

/// Up to so many events are sorted; of more, those that changed last are looked for among all.
const FEW: u64 = 4_000;

impl Snapshot {
    /// Of a selection those events that changed last, the latest first, from behind `after` (when an event changed, and
    /// its row); no more than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changed(
        &mut self,
        selection: &Selection,
        after: Option<(String, i64)>,
        most: usize,
    ) -> Result<Vec<Change>, StoreError> {
        let catalog = self.catalog.clone();
        let index = &catalog.index;
        let (when, row) = after.unwrap_or_else(|| ("~".to_owned(), i64::MAX));
        let mut rows = Vec::new();
        if selection.total() <= FEW {
            let all: Vec<i64> = selection.events.iter().map(|at| index.rows[at as usize]).collect();
            let all = json_rows(&all);
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            rows = sqlx::query_scalar!(
                "SELECT pk FROM event WHERE pk IN (SELECT value FROM json_each(?)) AND (updated, pk) < (?, ?)
                 ORDER BY updated DESC, pk DESC LIMIT ?",
                all,
                when,
                row,
                most
            )
            .fetch_all(self.db())
            .await?;
        } else {
            let mut latest = sqlx::query_scalar!(
                "SELECT pk FROM event INDEXED BY event_updated WHERE live = 1 AND (updated, pk) < (?, ?)
                 ORDER BY updated DESC, pk DESC",
                when,
                row
            )
            .fetch(self.db());
            while rows.len() < most
                && let Some(row) = latest.try_next().await?
            {
                if index.ordinal(row).is_some_and(|at| selection.events.contains(at)) {
                    rows.push(row);
                }
            }
        }
        let wanted = json_rows(&rows);
        let added = sqlx::query!(
            "SELECT event AS \"event!\", min(recorded) AS \"recorded!: String\" FROM event_version
             WHERE event IN (SELECT value FROM json_each(?)) GROUP BY event",
            wanted
        );
        let mut added: HashMap<i64, String> =
            added.fetch_all(self.db()).await?.into_iter().map(|first| (first.event, first.recorded)).collect();
        let cards = self.cards(&rows).await?.into_iter();
        Ok(cards.map(|card| Change { added: added.remove(&card.row).unwrap_or_default(), card }).collect())
    }
}
