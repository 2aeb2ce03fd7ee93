//! The versions an event has been through.

use crate::domain::record::EventRecord;

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
            "SELECT v.version, v.recorded, v.change, v.dataset_version, v.document FROM event_version v
             JOIN event e ON e.pk = v.event WHERE e.id = ? ORDER BY v.version",
            id
        );
        rows.fetch_all(self.db())
            .await?
            .into_iter()
            .map(|v| {
                let record = serde_json::from_str(&v.document)
                    .map_err(|error| StoreError::Corrupt(format!("version {} of {id}: {error}", v.version)))?;
                Ok(Version {
                    n: v.version as u32,
                    recorded: v.recorded,
                    change: v.change,
                    dataset_version: v.dataset_version,
                    record,
                })
            })
            .collect()
    }
}
