//! What every handler has at hand.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::store::catalog::Catalog;
use crate::store::{Snapshot, Store};
use crate::view::Ctx;
use crate::view::frame::Assets;

use super::assets;
use super::download::Downloads;
use super::error::Failure;
use super::kept::KeptPages;
use super::site::BaseUrl;

/// The state of the running site. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    base_url: BaseUrl,
    assets: Assets,
    kept: KeptPages,
    downloads: Downloads,
}

impl AppState {
    /// A site that reads from `store` and calls itself `base_url` in permalinks.
    pub fn new(store: Store, base_url: BaseUrl) -> AppState {
        let assets = Assets {
            css: assets::css().to_owned(),
            js: assets::js().to_owned(),
            icon: assets::favicon().to_owned(),
            map: assets::map().to_owned(),
        };
        AppState {
            inner: Arc::new(Inner {
                store,
                base_url,
                assets,
                kept: KeptPages::default(),
                downloads: Downloads::default(),
            }),
        }
    }

    /// Begins to read.
    ///
    /// # Errors
    /// The failure that becomes an error page, when the database cannot be read.
    pub async fn read(&self) -> Result<Snapshot, Response> {
        self.inner.store.read().await.map_err(|error| Failure::from(error).into_response())
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The pages that are kept in memory.
    pub fn kept(&self) -> &KeptPages {
        &self.inner.kept
    }

    /// The files that are on their way to readers.
    pub fn downloads(&self) -> &Downloads {
        &self.inner.downloads
    }

    /// The address under which readers know the site.
    pub fn base_url(&self) -> &BaseUrl {
        &self.inner.base_url
    }

    /// What is needed to put values into words.
    pub fn context<'a>(&'a self, lang: Lang, catalog: &'a Catalog) -> Ctx<'a> {
        Ctx::new(lang, catalog, self.inner.base_url.as_str(), &self.inner.assets)
    }
}
