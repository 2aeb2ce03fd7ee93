//! Copies of the database that somebody may change without changing it.

use std::path::Path;
use std::sync::Arc;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::watch::Watch;
use super::{Store, StoreError};

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
        let options = SqliteConnectOptions::new()
            .filename(&path)
            // Whoever fails to change the copy throws it away.
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(true)
            .pragma("cache_size", "-12288")
            .row_buffer_size(512)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.lock_handle().await?.remove_progress_handler();
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
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
