//! The record as it stood at earlier times (`as_of`). There are as many states as imports that changed something; one that
//! is asked for is made as a copy of the database, once, and read like the database itself. A few are kept.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use crate::ingest::{ImportError, as_it_was};
use crate::query::AsOf;
use crate::store::{Snapshot, Store, StoreError};

use super::error::Failure;
use super::state::AppState;

/// How many states are kept. Each is a file as large as the database and an index in memory.
const KEPT: usize = 3;

/// How long a reader waits for one that is being made: of a small database it takes a moment, of the world's events longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// When it is worth asking again, in seconds.
const AGAIN: HeaderValue = HeaderValue::from_static("20");

/// What became of a state.
#[derive(Clone)]
enum Made {
    /// It can be read.
    There(Store),
    /// An import came in while it was made: it has the names of the generation after.
    Overtaken,
    /// It could not be made, which is logged.
    Failed,
}

/// A state that is there, or will be.
type Making = Shared<BoxFuture<'static, Made>>;

struct State {
    /// The generation whose names it has.
    generation: i64,
    /// The last moment that belongs to it.
    moment: String,
    store: Making,
}

/// The moments of a generation.
type Moments = Arc<(i64, Vec<String>)>;

/// The states that are kept.
pub struct Past {
    moments: Mutex<Option<Moments>>,
    states: Mutex<Vec<State>>,
    /// One is made at a time.
    turn: Arc<Semaphore>,
}

impl Default for Past {
    fn default() -> Past {
        Past { moments: Mutex::default(), states: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl AppState {
    /// The database, or the state of it that is asked for.
    ///
    /// # Errors
    /// The answer of a database that cannot be read, or that the state is still being made.
    pub async fn store_of(&self, as_of: Option<AsOf>) -> Result<Store, Response> {
        let Some(as_of) = as_of else { return Ok(self.store().clone()) };
        let fail = |error: StoreError| Failure::from(error).into_response();
        let moments = self.moments().await.map_err(fail)?;
        let (generation, moments) = (moments.0, &moments.1);
        let end = as_of.end();
        let then = moments.partition_point(|moment| *moment <= end);
        if then == moments.len() {
            return Ok(self.store().clone());
        }
        // Before the first moment nothing was on record; that is a state too.
        let moment = then.checked_sub(1).map_or("", |last| &moments[last]);
        self.state(generation, moment).await
    }

    /// Begins to read what an address asks for.
    ///
    /// # Errors
    /// See [`AppState::store_of`].
    pub async fn read_of(&self, as_of: Option<AsOf>) -> Result<Snapshot, Response> {
        let store = self.store_of(as_of).await?;
        store.read().await.map_err(|error| {
            // A copy cannot be opened again once its connection is lost: the next reader gets another.
            self.past().forget(store.path());
            Failure::from(error).into_response()
        })
    }

    async fn moments(&self) -> Result<Moments, StoreError> {
        let generation = self.store().generation().await?;
        let known = self.past().moments.lock().ok().and_then(|known| known.clone());
        match known {
            Some(known) if known.0 == generation => Ok(known),
            _ => {
                let found = Arc::new(self.store().moments().await?);
                if let Ok(mut known) = self.past().moments.lock() {
                    *known = Some(found.clone());
                }
                Ok(found)
            }
        }
    }

    async fn state(&self, generation: i64, moment: &str) -> Result<Store, Response> {
        let patience = Instant::now() + PATIENCE;
        let later = |()| (HeaderMap::from_iter([(RETRY_AFTER, AGAIN)]), Failure::InTheMaking).into_response();
        let making = match self.past().known(generation, moment) {
            Some(making) => making,
            None => {
                let turn =
                    timeout_at(patience, self.past().turn.clone().acquire_owned()).await.map_err(|_| later(()))?;
                // Another reader may have asked for the same meanwhile.
                match self.past().known(generation, moment) {
                    Some(making) => making,
                    None => {
                        let (store, moment) = (self.store().clone(), moment.to_owned());
                        let made = tokio::spawn({
                            let moment = moment.clone();
                            async move {
                                let _turn = turn;
                                made(&store, generation, &moment).await
                            }
                        });
                        let making = made.map(|made| made.unwrap_or(Made::Failed)).boxed().shared();
                        self.past().keep(State { generation, moment, store: making.clone() });
                        making
                    }
                }
            }
        };
        let made = timeout_at(patience, making).await.map_err(|_| later(()))?;
        if let Made::There(store) = made {
            return Ok(store);
        }
        self.past().drop_failed();
        match made {
            Made::Overtaken => Err(later(())),
            _ => Err(Failure::Internal.into_response()),
        }
    }
}

async fn made(store: &Store, generation: i64, moment: &str) -> Made {
    let made = async {
        let past = as_it_was(store, moment, store.folder()).await?;
        // The catalog too, so that nobody waits for it.
        let read = past.read().await?.catalog.generation;
        Ok::<_, ImportError>((past, read))
    };
    match made.await {
        Ok((past, read)) if read == generation => Made::There(past),
        Ok(_) => Made::Overtaken,
        Err(error) => {
            tracing::error!(%error, moment, "an earlier state could not be made");
            Made::Failed
        }
    }
}

impl Past {
    /// A state that is kept; what is of another generation goes.
    fn known(&self, generation: i64, moment: &str) -> Option<Making> {
        let mut states = self.states.lock().ok()?;
        states.retain(|state| state.generation == generation);
        let at = states.iter().position(|state| state.moment == moment)?;
        // What was asked for last goes last.
        let state = states.remove(at);
        let making = state.store.clone();
        states.push(state);
        Some(making)
    }

    fn keep(&self, state: State) {
        if let Ok(mut states) = self.states.lock() {
            let room = states.len().saturating_sub(KEPT - 1);
            states.drain(..room);
            states.push(state);
        }
    }

    /// Lets go of the copy at a path.
    fn forget(&self, copy: &Path) {
        let is_it = |state: &State| matches!(state.store.peek(), Some(Made::There(store)) if store.path() == copy);
        if let Ok(mut states) = self.states.lock() {
            states.retain(|state| !is_it(state));
        }
    }

    /// Lets go of what could not be made.
    fn drop_failed(&self) {
        if let Ok(mut states) = self.states.lock() {
            states.retain(|state| !matches!(state.store.peek(), Some(Made::Overtaken | Made::Failed)));
        }
    }
}
