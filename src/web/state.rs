//! What every handler has at hand.

use std::sync::Arc;

use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::domain::lang::Lang;
use crate::store::catalog::Catalog;
use crate::store::{Snapshot, Store};
use crate::view::Ctx;
use crate::view::frame::{Assets, MovingFiles};

use super::assets;
use super::download::Downloads;
use super::error::Failure;
use super::headers;
use super::kept::KeptPages;
use super::past::Past;
use super::site::{BaseUrl, ExitUrl};
use super::tiles::MapTiles;

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
    drawing: Semaphore,
    past: Past,
    tiles: MapTiles,
    policy: HeaderValue,
    key: [u8; 32],
}

/// So many previews are drawn at a time: pages go first.
const DRAWING: usize = 2;

/// What an operator may set, beside the address.
#[derive(Default)]
pub struct Settings {
    /// Pictures below the map that can be moved.
    pub tiles: MapTiles,
    /// Where "Exit this page" leads.
    pub exit: ExitUrl,
}

impl AppState {
    /// A site that reads from `store` and calls itself `base_url` in permalinks.
    pub fn new(store: Store, base_url: BaseUrl) -> AppState {
        AppState::with(store, base_url, Settings::default())
    }

    /// The same with an operator's settings.
    pub fn with(store: Store, base_url: BaseUrl, settings: Settings) -> AppState {
        let Settings { tiles, exit } = settings;
        let assets = Assets {
            css: assets::css().to_owned(),
            js: assets::js().to_owned(),
            embed: assets::embed().to_owned(),
            theme: assets::theme().to_owned(),
            exit: exit.to_string(),
            icon: assets::favicon().to_owned(),
            map: assets::map().to_owned(),
            moving: MovingFiles {
                script: assets::moving().to_owned(),
                library: assets::leaflet().to_owned(),
                style: assets::leaflet_css().to_owned(),
                far: assets::outlines_far().to_owned(),
                near: assets::outlines_near().to_owned(),
            },
            trying: assets::trying().to_owned(),
            tiles: tiles.tiles(),
        };
        let policy = headers::policy(tiles.origin());
        let mut key = Sha256::new();
        for part in
            [base_url.as_str(), &assets.exit, policy.to_str().unwrap_or_default(), &format!("{:?}", assets.tiles)]
        {
            key.update(part);
            key.update([0]);
        }
        let key = key.finalize().into();
        let (kept, downloads, drawing) = (KeptPages::default(), Downloads::default(), Semaphore::new(DRAWING));
        let past = Past::default();
        AppState {
            inner: Arc::new(Inner { store, base_url, assets, kept, downloads, drawing, past, tiles, policy, key }),
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

    /// Pictures for the map that can be moved.
    pub fn tiles(&self) -> &MapTiles {
        &self.inner.tiles
    }

    /// Of all settings that pages depend on: another key, another page.
    pub fn key(&self) -> &[u8; 32] {
        &self.inner.key
    }

    /// Whose turn it is to draw a preview.
    pub fn drawing(&self) -> &Semaphore {
        &self.inner.drawing
    }

    /// Earlier states of the database.
    pub fn past(&self) -> &Past {
        &self.inner.past
    }

    /// What pages may load.
    pub fn policy(&self) -> &HeaderValue {
        &self.inner.policy
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
