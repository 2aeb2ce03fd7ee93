//! HTTP: the router, and around it what every request and every answer goes through.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};

use crate::store::catalog::Catalog;

use self::error::Failure;
use self::extract::{Format, format_of, lang_of};
use self::state::AppState;

pub mod assets;
pub mod cache;
pub mod error;
pub mod extract;
pub mod pages;
pub mod state;

/// The one router; tests use it too.
pub fn app(state: AppState) -> Router {
    let pages = pages::routes();
    Router::new()
        .route("/", get(pages::front::front))
        .route("/fr", get(pages::front::front))
        .route("/fr/", get(pages::front::front))
        .merge(pages.clone())
        .nest("/fr", pages)
        .fallback(|| async { Failure::NotFound(Vec::new()) })
        .layer(middleware::from_fn_with_state(state.clone(), render_errors))
        .with_state(state)
}

/// Gives every error its page, in the reader's language and in the form that was asked for.
async fn render_errors(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let (lang, format) = (lang_of(request.uri()), format_of(request.uri()));
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let failure = response.extensions().get::<Arc<Failure>>().cloned();
    if format == Format::Json {
        let problem = error::problem(crate::text::ui::texts(lang), status, failure.as_deref(), lang);
        return error::problem_response(status, &problem);
    }
    let catalog = match app.store().read().await {
        Ok(snapshot) => snapshot.catalog.clone(),
        Err(_) => Arc::new(Catalog::default()),
    };
    let page = error::page(&app.context(lang, &catalog), status, failure.as_deref());
    let body = askama::Template::render(&page).unwrap_or_default();
    let mut answer = (status, axum::response::Html(body)).into_response();
    // What the frame put there (Allow, Retry-After) stays.
    for (name, value) in response.headers() {
        if name != axum::http::header::CONTENT_TYPE && name != axum::http::header::CONTENT_LENGTH {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}
