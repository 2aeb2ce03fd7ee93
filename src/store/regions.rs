//! One region. Its place in the tree, its names and its point are in the catalog.

use super::actors::PassageRef;
use super::events::Found;
use super::{Snapshot, StoreError};

/// A region beside what the catalog holds of it.
pub struct RegionFull {
    /// Its row.
    pub row: i64,
    /// Passages that name it without a claim on an event.
    pub mentions: Vec<PassageRef>,
}

impl Snapshot {
    /// The region with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn region(&mut self, id: &str) -> Result<Found<RegionFull>, StoreError> {
        match self.catalog.region(id).map(|r| r.row) {
            Some(row) => Ok(Found::Live(RegionFull { row, mentions: self.mentions(None, Some(row)).await? })),
            None => self.retired("region", id).await,
        }
    }
}
