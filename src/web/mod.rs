//! HTTP. [`app`] is the one router; the server runs it and the tests call it.

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use self::limits::Limits;
use self::state::AppState;

pub mod assets;
pub mod cache;
pub mod error;
pub mod extract;
pub mod headers;
pub mod health;
pub mod limits;
pub mod pages;
pub mod request_log;
pub mod server;
pub mod site;
pub mod state;

/// The whole site.
pub fn app(state: AppState) -> Router {
    let pages = pages::routes();
    let routes = Router::new()
        .route("/", get(pages::front::front))
        .route("/fr", get(pages::front::front))
        .route("/fr/", get(pages::front::front))
        .merge(pages.clone())
        .nest("/fr", pages);
    frame(state, routes, Limits::default())
}

/// Some routes with what stands around all of them.
pub fn frame(state: AppState, routes: Router<AppState>, limits: Limits) -> Router {
    let not_found = move |uri: Uri| async move { (limits.refuse)(StatusCode::NOT_FOUND, &uri) };
    routes
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/static/{name}", get(assets::serve))
        .route("/favicon.ico", get(assets::favicon_ico))
        .route("/robots.txt", get(assets::robots))
        .fallback(not_found)
        // From the handler outwards: the last one is the first to see a request and the last to see its response.
        .layer(RequestBodyLimitLayer::new(limits::BODY_BYTES))
        .layer(CatchPanicLayer::custom(limits::panicked as fn(_) -> Response))
        .layer(from_fn_with_state(limits, limits::enforce))
        // Whatever refused the request or failed it, the reader gets a page.
        .layer(from_fn_with_state(state.clone(), error::render))
        // Level 4 of brotli packs a page nearly as small as 11 does, in a fortieth of the time.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        // Outside the compression, so that a 304 has the `Vary` of the page and the body is dropped before it is packed.
        .layer(from_fn(cache::render))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn(request_log::log))
        .with_state(state)
}
