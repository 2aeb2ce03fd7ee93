//! For whatever watches the process.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::web::cache::CachePolicy;
use crate::web::state::AppState;

/// `GET /healthz`: the process answers. It does not look at the database, since a restart would not mend that.
pub async fn alive() -> Response {
    (CachePolicy::NoStore, "ok\n").into_response()
}

/// `GET /readyz`: there is something to read, and it can be read.
pub async fn ready(State(state): State<AppState>) -> Response {
    let (status, text) = match state.store().read().await {
        Ok(snapshot) if snapshot.catalog.datasets.is_empty() => (StatusCode::SERVICE_UNAVAILABLE, "no dataset yet\n"),
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read\n")
        }
    };
    (status, CachePolicy::NoStore, text).into_response()
}
