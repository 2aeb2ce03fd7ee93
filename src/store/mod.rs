//! SQLite: one file, opened here and nowhere else. Readers work in a [`Snapshot`] (one read transaction and the
//! in-memory [`Catalog`] of the same moment); writers hold the one write lock from their first statement on.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Sqlite, SqlitePool, Transaction};

use self::catalog::Catalog;
use self::watch::Watch;

pub mod actors;
pub mod addresses;
pub mod catalog;
pub mod cells;
pub mod changes;
mod copy;
pub mod events;
pub mod extent;
pub mod facets;
pub mod filter;
pub mod history;
pub mod index;
pub mod killed;
pub mod list;
pub mod names;
pub mod on_map;
pub mod regions;
pub mod reports;
mod rights;
pub mod rows;
pub mod same;
pub mod timeline;
mod watch;
mod whole;

/// What can go wrong between the program and its database. None of it is a reader's doing, and none of its text
/// is shown to one.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite or sqlx says so.
    #[error(transparent)]
    Sql(sqlx::Error),
    /// The statement took longer than the store allows and was interrupted.
    #[error("the query was interrupted after its time limit")]
    Interrupted,
    /// The schema could not be brought up to date.
    #[error("the database {path} could not be brought up to date: {source}")]
    Migrate {
        /// The file.
        path: PathBuf,
        /// Why.
        source: MigrateError,
    },
    /// Something in the database is not what the importer writes.
    #[error("the database holds something unreadable: {0}")]
    Corrupt(String),
}

impl StoreError {
    /// Whether another program that opens the same file may be the reason.
    fn may_pass(&self) -> bool {
        match self {
            StoreError::Migrate { source, .. } => {
                matches!(source, MigrateError::Execute(_) | MigrateError::ExecuteMigration(..))
            }
            // The low byte is the kind of error, the rest says more of it.
            StoreError::Sql(error) => {
                let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
                code.is_some_and(|code| matches!(code & 0xff, SQLITE_BUSY | SQLITE_LOCKED))
            }
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        let interrupted = error.as_database_error().is_some_and(|e| e.code().as_deref() == Some(SQLITE_INTERRUPT));
        if interrupted { StoreError::Interrupted } else { StoreError::Sql(error) }
    }
}

/// <https://www.sqlite.org/rescode.html#busy>
const SQLITE_BUSY: u32 = 5;

/// <https://www.sqlite.org/rescode.html#locked>
const SQLITE_LOCKED: u32 = 6;

/// How often a file that another program is just opening is tried again, and how long after.
const TRIES_TO_OPEN: u32 = 100;
const PAUSE_TO_OPEN: Duration = Duration::from_millis(20);

/// <https://www.sqlite.org/rescode.html#interrupt>
const SQLITE_INTERRUPT: &str = "9";

/// How many steps of SQLite's virtual machine pass between two looks at the clock: some tens of microseconds.
const STEPS_BETWEEN_CHECKS: i32 = 5_000;

/// The database and what is remembered of it between requests.
#[derive(Clone)]
pub struct Store {
    pool: SqlitePool,
    path: Arc<Path>,
    catalog: Arc<RwLock<Option<Arc<Catalog>>>>,
    time_limit: Duration,
    watch: Arc<Watch>,
}

impl Store {
    /// Opens the file, creates it where it is missing, and brings its schema up to date. `time_limit` is how long a
    /// reader's queries may take in all before SQLite itself stops them.
    ///
    /// # Errors
    /// When the file cannot be opened or its schema cannot be brought up to date.
    pub async fn open(path: &Path, time_limit: Duration) -> Result<Store, StoreError> {
        // Of two programs that start at once on a new file one may find it locked (a change to WAL does not wait), or a
        // table made under its hands. When it tries again the other is further, and at last done.
        let mut tries_left = TRIES_TO_OPEN;
        loop {
            match Store::try_open(path, time_limit).await {
                Err(error) if tries_left > 0 && error.may_pass() => {
                    tries_left -= 1;
                    tokio::time::sleep(PAUSE_TO_OPEN).await;
                }
                opened => return opened,
            }
        }
    }

    async fn try_open(path: &Path, time_limit: Duration) -> Result<Store, StoreError> {
        let options = options(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // In WAL mode a power cut may cost the last import, never the file: sqlite.org/pragma.html#pragma_synchronous
            .synchronous(SqliteSynchronous::Normal)
            // A second import waits for the first one to end.
            .busy_timeout(Duration::from_secs(120))
            .optimize_on_close(true, None);
        let pool = pool().max_connections(6).connect_with(options).await?;
        let watch = Arc::new(Watch::new(path));
        let store = Store { pool, path: path.into(), catalog: Arc::default(), time_limit, watch };
        store.migrate().await?;
        Ok(store)
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let migrated = sqlx::migrate!().run(&self.pool).await;
        migrated.map_err(|source| StoreError::Migrate { path: self.path.to_path_buf(), source })
    }

    /// Begins to read: everything read through the snapshot is of one moment, whatever is imported meanwhile.
    ///
    /// # Errors
    /// When no connection can be had, or the catalog cannot be loaded.
    pub async fn read(&self) -> Result<Snapshot, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let generation = sqlx::query_scalar!("SELECT value FROM generation").fetch_one(&mut *transaction).await?;
        let known = self.catalog.read().ok().and_then(|known| known.clone());
        let catalog = match known {
            Some(known) if known.generation == generation => known,
            _ => {
                let loaded = Arc::new(Catalog::load(&mut transaction, generation).await?);
                if let Ok(mut slot) = self.catalog.write() {
                    *slot = Some(loaded.clone());
                }
                loaded
            }
        };
        // An abandoned query would run on and hold its connection; this stops it inside SQLite. Only now: the first reader
        // of a new generation loads the catalog, which is not a query of its own choosing.
        let deadline = Instant::now() + self.time_limit;
        transaction.lock_handle().await?.set_progress_handler(STEPS_BETWEEN_CHECKS, move || Instant::now() < deadline);
        Ok(Snapshot { transaction, catalog })
    }

    /// Which generation a reader who began now would see. Costs a look at the files while nothing changes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn generation(&self) -> Result<i64, StoreError> {
        let (mark, known) = self.watch.look();
        if let Some(generation) = known {
            return Ok(generation);
        }
        let generation = sqlx::query_scalar!("SELECT value FROM generation").fetch_one(&self.pool).await?;
        self.watch.remember(mark, generation);
        Ok(generation)
    }

    /// Begins to write. The write lock is taken at once, so that what is read first still holds when it is written.
    ///
    /// # Errors
    /// When another writer holds the database for longer than the busy timeout.
    pub async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Which form of index the database holds, 0 before it held any; none where there is nothing to index.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn index_form(&self) -> Result<Option<i64>, StoreError> {
        let form = sqlx::query_scalar!("SELECT index_form FROM generation WHERE EXISTS (SELECT 1 FROM dataset)");
        Ok(form.fetch_optional(&self.pool).await?)
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder it is in, where files may stand that belong to it.
    pub fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Closes all connections, once what runs on them has ended.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// What holds for every database that is opened.
fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .pragma("cache_size", "-12288")
        // Rows wait for their reader in a channel; with room for a page's worth the two need not take turns.
        .row_buffer_size(512)
        // An import reads whole tables, which is no cause for alarm; a reader's query that takes too long is stopped.
        .disable_statement_logging()
}

/// Connections to it. The clock that stops a reader's queries goes with the reader.
fn pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(10)).after_release(|connection, _| {
        Box::pin(async move {
            connection.lock_handle().await?.remove_progress_handler();
            Ok(true)
        })
    })
}

/// A moment of the database: one read transaction, and the catalog that belongs to it.
pub struct Snapshot {
    transaction: Transaction<'static, Sqlite>,
    /// What is held in memory of this moment.
    pub catalog: Arc<Catalog>,
}

impl Snapshot {
    fn db(&mut self) -> &mut sqlx::SqliteConnection {
        &mut self.transaction
    }
}

/// For the layers after this one that have queries of their own.
impl AsMut<sqlx::SqliteConnection> for Snapshot {
    fn as_mut(&mut self) -> &mut sqlx::SqliteConnection {
        &mut self.transaction
    }
}
