//! What a request may cost: its method, the length of its address and body, the time it takes. What goes past a limit,
//! and a handler that panics, gets an answer that says so and shows nothing of the inside.

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::ALLOW;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::cache::CachePolicy;

/// The longest address: many times what the longest filter needs, and what every proxy lets through.
const URI_BYTES: usize = 8 * 1024;

/// The largest body. No page reads one; a client that sends one is answered and not waited for.
pub const BODY_BYTES: usize = 64 * 1024;

/// Renders the page of a refusal: the status, and the address that was asked for (its language, its ending).
pub type Refuse = fn(StatusCode, &Uri) -> Response;

/// The limits that an installation or a test may want to be others.
#[derive(Clone, Copy)]
pub struct Limits {
    /// How long a request may take until its response begins. The store interrupts its queries well before.
    pub time: Duration,
    /// What a refused request is answered with.
    pub refuse: Refuse,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { time: Duration::from_secs(15), refuse: plain }
    }
}

/// Stands on a response whose body is still to be made, by [`enforce`], which knows the address.
#[derive(Clone, Copy)]
struct Unrendered;

/// Holds a request to the limits.
pub async fn enforce(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = (limits.refuse)(StatusCode::METHOD_NOT_ALLOWED, &uri);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if uri.path_and_query().is_some_and(|text| text.as_str().len() > URI_BYTES) {
        return (limits.refuse)(StatusCode::URI_TOO_LONG, &uri);
    }
    // Dropping the handler gives its connection back to the pool; the query on it is stopped by the store's own limit.
    let Ok(response) = tokio::time::timeout(limits.time, next.run(request)).await else {
        tracing::error!(limit = ?limits.time, "the request took too long");
        return (limits.refuse)(StatusCode::SERVICE_UNAVAILABLE, &uri);
    };
    let unrendered = response.extensions().get::<Unrendered>().is_some();
    // Only the body limit answers 413, in words of its own.
    if unrendered || response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return (limits.refuse)(response.status(), &uri);
    }
    response
}

/// For `CatchPanicLayer`: what was said in the panic goes to the log and nowhere else.
pub fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let said = payload.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("something that is no text");
    tracing::error!(panic = said, "a handler panicked");
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Unrendered);
    response
}

/// A refusal in plain text.
pub fn plain(status: StatusCode, _: &Uri) -> Response {
    let text = format!("{}\n", status.canonical_reason().unwrap_or("error"));
    (status, CachePolicy::NoStore, text).into_response()
}
