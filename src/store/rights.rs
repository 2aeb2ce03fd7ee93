//! What may be passed on as files and what is for reading only.

use std::collections::HashSet;

use roaring::RoaringBitmap;

use super::catalog::{Catalog, Dataset};
use super::{Snapshot, StoreError};

impl Catalog {
    /// The dataset of a row, if its licence forbids passing it on.
    pub fn withheld(&self, row: i64) -> Option<&Dataset> {
        self.dataset_at(row).filter(|dataset| !dataset.redistributable)
    }

    /// The events of such datasets, by ordinal.
    pub fn withheld_events(&self) -> RoaringBitmap {
        let withheld = self.datasets.iter().filter(|dataset| !dataset.redistributable);
        withheld
            .filter_map(|dataset| self.index.source.get(&dataset.row))
            .fold(RoaringBitmap::new(), |all, set| all | set)
    }
}

impl Snapshot {
    /// The dataset of an event, live or not: its row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dataset_of_event(&mut self, id: &str) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar!("SELECT dataset FROM event WHERE id = ?", id).fetch_optional(self.db()).await?)
    }

    /// Those of some reports whose dataset's licence forbids passing it on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withheld_reports<'a>(
        &mut self,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> Result<HashSet<String>, StoreError> {
        if self.catalog.datasets.iter().all(|dataset| dataset.redistributable) {
            return Ok(HashSet::new());
        }
        let ids: Vec<&str> = ids.into_iter().collect();
        let wanted = serde_json::to_string(&ids).unwrap_or_else(|_| "[]".to_owned());
        let found = sqlx::query_scalar!(
            "SELECT r.id FROM report r JOIN dataset d ON d.pk = r.dataset
             WHERE d.redistributable = 0 AND r.id IN (SELECT value FROM json_each(?))",
            wanted
        );
        Ok(found.fetch_all(self.db()).await?.into_iter().collect())
    }
}
