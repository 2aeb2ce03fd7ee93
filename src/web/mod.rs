//! HTTP. [`app`] is the one router; the server runs it and the tests call it.

use std::time::Duration;

use axum::Router;
use axum::http::Uri;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{Redirect, Response};
use axum::routing::get;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::limit::RequestBodyLimitLayer;

use self::error::Failure;
use self::state::AppState;

pub mod assets;
pub mod cache;
pub mod download;
pub mod error;
pub mod extract;
pub mod headers;
pub mod health;
pub mod kept;
pub mod limits;
pub mod pages;
pub mod past;
pub mod request_log;
pub mod server;
pub mod site;
pub mod state;
pub mod tiles;

/// The whole site.
pub fn app(state: AppState) -> Router {
    let pages = pages::routes();
    let pages = Router::new()
        .route("/", get(pages::front::front))
        .route("/fr", get(pages::front::front))
        .route("/fr/", get(pages::front::front))
        .route("/sitemap.xml", get(pages::sitemap::index))
        .route("/sitemaps/{file}", get(pages::sitemap::file))
        .merge(pages::ogc::routes())
        .merge(pages.clone())
        .nest("/fr", pages);
    framed(state, pages, limits::TIME)
}

/// What is at no other address. A slash too many at the end, which chats and mail programs like to add, is forgiven;
/// not after a second slash at the beginning, since browsers read `//host/` as another site.
async fn elsewhere(uri: Uri) -> Result<Redirect, Failure> {
    let path = uri.path();
    match path.strip_suffix('/') {
        Some(page) if !page.is_empty() && !path.starts_with("//") && !page.ends_with('/') => {
            let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
            Ok(Redirect::permanent(&format!("{page}{query}")))
        }
        _ => Err(Failure::NotFound(Vec::new())),
    }
}

/// Pages, and what stands around all of them. Layers are named from the handler outwards: the last one is the first to
/// see a request and the last to see its response.
pub fn framed(state: AppState, pages: Router<AppState>, time: Duration) -> Router {
    let pages = pages
        .fallback(elsewhere)
        .layer(RequestBodyLimitLayer::new(limits::BODY_BYTES))
        .layer(CatchPanicLayer::custom(limits::panicked as fn(_) -> Response))
        .layer(from_fn_with_state(time, limits::enforce))
        // Whatever refused the request or failed it, the reader gets a page.
        .layer(from_fn_with_state(state.clone(), error::render));
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/static/{name}", get(assets::serve))
        .route("/tiles/{z}/{x}/{y}", get(tiles::tile))
        .route("/favicon.ico", get(assets::favicon_ico))
        .route("/robots.txt", get(pages::sitemap::robots))
        .merge(pages)
        .layer(from_fn_with_state(state.clone(), limits::methods))
        // A panic while the page of an error was written ends here, as a status and no more.
        .layer(CatchPanicLayer::custom(limits::panicked as fn(_) -> Response))
        // A page is packed anew each time: level 4 of brotli, not its 11, which is for the files that are packed once.
        // An archive is packed already.
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(4))
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))),
        )
        // Pages are kept as they leave the compression, rendered and packed.
        .layer(from_fn_with_state(state.clone(), kept::serve))
        // Outside the compression, so that a 304 has the `Vary` of the page.
        .layer(from_fn_with_state(state.clone(), cache::render))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn(request_log::log))
        .with_state(state)
}
