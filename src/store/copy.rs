//! Copies of the database that somebody may change without changing it.

use std::path::Path;
use std::sync::Arc;

use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use super::watch::Watch;
use super::{Store, StoreError, options, pool};

impl Store {
    /// A copy of the database as it is now, in `folder`. Its file has no name: it is gone with the last user of the copy,
    /// also where the program is killed. So there can be one connection and no other, and readers take turns.
    ///
    /// # Errors
    /// When there is no room for it, or the database fails.
    pub async fn copy(&self, folder: &Path) -> Result<Store, StoreError> {
        let scratch = tempfile::Builder::new().prefix(".constat-copy-").tempdir_in(folder).map_err(sqlx::Error::Io)?;
        let path = scratch.path().join("copy.db");
        let to = path.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO ?").bind(to).execute(&self.pool).await?;
        // Whoever fails to change the copy throws it away.
        let options = options(&path).journal_mode(SqliteJournalMode::Off).synchronous(SqliteSynchronous::Off);
        let pool = pool().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect_with(options).await?;
        let watch = Arc::new(Watch::new(&path));
        Ok(Store { pool, path: path.into(), catalog: Arc::default(), time_limit: self.time_limit, watch })
    }

    /// The moments at which events were recorded, the first one first, RFC 3339; and the generation they are of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn moments(&self) -> Result<(i64, Vec<String>), StoreError> {
        let mut transaction = self.pool.begin().await?;
        let generation = sqlx::query_scalar!("SELECT value FROM generation").fetch_one(&mut *transaction).await?;
        let moments = sqlx::query_scalar!("SELECT DISTINCT recorded FROM event_version ORDER BY recorded");
        let moments = moments.fetch_all(&mut *transaction).await?;
        Ok((generation, moments))
    }
}
