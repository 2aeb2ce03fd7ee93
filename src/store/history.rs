//! The versions an event has been through.

use std::collections::HashMap;

use crate::domain::record::EventRecord;

use super::events::ReportBrief;
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

    /// The reports a record cites, as they are now, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_briefs(&mut self, record: &EventRecord) -> Result<HashMap<String, ReportBrief>, StoreError> {
        let ids: Vec<&str> = record.passages.iter().map(|p| p.report.as_str()).collect();
        let wanted = serde_json::to_string(&ids).unwrap_or_else(|_| "[]".to_owned());
        let rows = sqlx::query_as!(
            ReportBrief,
            "SELECT id, title, publisher, published, url, language FROM report WHERE id IN (SELECT value FROM json_each(?))",
            wanted
        );
        Ok(rows.fetch_all(self.db()).await?.into_iter().map(|report| (report.id.clone(), report)).collect())
    }
}
