//! What every handler may use.

use std::sync::Arc;

use crate::store::Store;
use crate::web::site::BaseUrl;

/// The state of the running site. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    base_url: BaseUrl,
}

impl AppState {
    /// A site that reads from `store` and calls itself `base_url` in permalinks.
    pub fn new(store: Store, base_url: BaseUrl) -> AppState {
        AppState { inner: Arc::new(Inner { store, base_url }) }
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The address under which readers know the site.
    pub fn base_url(&self) -> &BaseUrl {
        &self.inner.base_url
    }
}
