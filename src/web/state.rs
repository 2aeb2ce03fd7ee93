//! What every handler has at hand.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::store::catalog::Catalog;
use crate::store::{Snapshot, Store};
use crate::view::Ctx;
use crate::view::frame::Assets;

use super::error::Failure;

/// See the module's description. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

struct Inner {
    store: Store,
    base_url: String,
    assets: Assets,
}

impl AppState {
    /// `base_url` is the site's own address as readers see it: `https://constat.example`.
    pub fn new(store: Store, base_url: impl Into<String>) -> AppState {
        let base_url = base_url.into().trim_end_matches('/').to_owned();
        AppState(Arc::new(Inner { store, base_url, assets: super::assets::addresses() }))
    }

    /// Begins to read.
    ///
    /// # Errors
    /// The page that says so, when the database cannot be read.
    pub async fn read(&self) -> Result<Snapshot, Response> {
        self.0.store.read().await.map_err(|error| Failure::from(error).into_response())
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The site's own address, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// What is needed to put values into words.
    pub fn context<'a>(&'a self, lang: Lang, catalog: &'a Catalog) -> Ctx<'a> {
        Ctx::new(lang, catalog, &self.0.base_url, &self.0.assets)
    }
}
