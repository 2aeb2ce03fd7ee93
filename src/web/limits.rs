//! What a request may cost: its method, the length of its address and body, the time it takes. What goes past a limit,
//! and a handler that panics, is answered with a status alone; the page for it is made where all error pages are, so
//! nothing of the inside can be in it.

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::state::AppState;
use super::{error, headers};

/// The longest address: many times what the longest filter needs, and what every proxy lets through.
const URI_BYTES: usize = 8 * 1024;

/// The largest body. No page reads one; a client that sends one is answered and not waited for.
pub const BODY_BYTES: usize = 64 * 1024;

/// How long a request may take until its answer begins. The store interrupts the queries of one page well before.
pub const TIME: Duration = Duration::from_secs(15);

/// What may be done with any address.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

/// Everything can only be read. Whoever asks what may be done is told: people's browsers do, before they let a page of
/// another site ask with headers of its own.
pub async fn methods(State(app): State<AppState>, request: Request, next: Next) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => next.run(request).await,
        Method::OPTIONS => {
            let allowed = headers::preflight(request.uri().path());
            (StatusCode::NO_CONTENT, [(ALLOW, METHODS)], allowed).into_response()
        }
        _ => {
            let (uri, programs) = (request.uri().clone(), error::for_programs(&request));
            let refused = (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, METHODS)]).into_response();
            error::rendered(&app, &uri, programs, refused).await
        }
    }
}

/// Holds a request to the limits.
pub async fn enforce(State(time): State<Duration>, request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|text| text.as_str().len() > URI_BYTES) {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    // Dropping the handler gives its connection back to the pool; the query on it is stopped by the store's own limit.
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!(?time, "the request took too long");
            (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "10")]).into_response()
        }
    }
}

/// For `CatchPanicLayer`: what was said in the panic goes to the log and nowhere else.
pub fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let said = payload.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("something that is no text");
    tracing::error!(panic = said, "a handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
