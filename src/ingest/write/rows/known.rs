//! What is there already of a dataset of rows, a few bytes for each event and source.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use sqlx::SqliteConnection;

use crate::domain::ids::ReportId;
use crate::ingest::ImportError;
use crate::ingest::rows::Format;

/// What is known of an event that is there.
pub(super) struct Known {
    /// The key of its row.
    key: u64,
    /// The digest of its row.
    pub digest: i64,
    /// Its current version.
    pub version: u32,
    /// Whether it is of this dataset.
    pub ours: bool,
    /// Whether it is live.
    pub live: bool,
    /// Whether the file has it.
    pub met: bool,
}

/// The events that are there, by key.
pub(super) struct KnownEvents(Vec<Known>);

impl KnownEvents {
    /// Reads them.
    pub async fn load<F: Format>(db: &mut SqliteConnection, dataset: i64) -> Result<KnownEvents, ImportError> {
        let (from, to) = (F::EVENT_PREFIX, format!("{}\u{7f}", F::EVENT_PREFIX));
        let mut events = Vec::new();
        let mut rows =
            sqlx::query!("SELECT id, live, version, dataset, row_digest FROM event WHERE id >= ? AND id < ?", from, to)
                .fetch(db);
        while let Some(row) = rows.try_next().await? {
            let Some(key) = row.id.strip_prefix(F::EVENT_PREFIX).and_then(F::key_of) else { continue };
            events.push(Known {
                key,
                digest: row.row_digest.unwrap_or_default(),
                version: u32::try_from(row.version).unwrap_or_default(),
                ours: row.dataset == dataset,
                live: row.live == 1,
                met: false,
            });
        }
        events.sort_unstable_by_key(|event| event.key);
        Ok(KnownEvents(events))
    }

    /// The event of a key, if it is there.
    pub fn get_mut(&mut self, key: u64) -> Option<&mut Known> {
        let at = self.0.binary_search_by_key(&key, |event| event.key).ok()?;
        self.0.get_mut(at)
    }

    /// Ids of live events of the dataset that were not met.
    pub fn vanished<F: Format>(&self) -> Vec<String> {
        let gone = self.0.iter().filter(|event| event.ours && event.live && !event.met);
        gone.map(|event| format!("{}{}", F::EVENT_PREFIX, F::id_of(event.key))).collect()
    }
}

/// The sources that are there, by the digest in their id: the row of the passage of each.
#[derive(Default)]
pub(super) struct KnownSources(HashMap<[u8; 10], i64>);

impl KnownSources {
    /// Reads them.
    pub async fn load<F: Format>(db: &mut SqliteConnection, dataset: i64) -> Result<KnownSources, ImportError> {
        let (from, to) = (format!("{}-src-", F::PREFIX), format!("{}-src.", F::PREFIX));
        let mut sources = KnownSources::default();
        let mut rows = sqlx::query!(
            "SELECT r.id, p.pk FROM report r JOIN passage p ON p.report = r.pk AND p.id = 'p1'
             WHERE r.dataset = ? AND r.id >= ? AND r.id < ?",
            dataset,
            from,
            to
        )
        .fetch(db);
        while let Some(row) = rows.try_next().await? {
            if let Some(digest) = digest(&row.id) {
                sources.0.insert(digest, row.pk);
            }
        }
        Ok(sources)
    }

    /// The passage of a source, if it is there.
    pub fn get(&self, report: &ReportId) -> Option<i64> {
        self.0.get(&digest(report.as_str())?).copied()
    }

    /// Notes a source that is made.
    pub fn insert(&mut self, report: &ReportId, passage: i64) {
        if let Some(digest) = digest(report.as_str()) {
            self.0.insert(digest, passage);
        }
    }
}

/// The ten bytes whose digits a source's id ends with.
fn digest(id: &str) -> Option<[u8; 10]> {
    let hex = id.rsplit('-').next().filter(|hex| hex.len() == 20)?;
    let mut bytes = [0; 10];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
