//! One line in the log for each request, and an id that stands on the line, on all lines written meanwhile, and on the
//! response, so that a reader's report and the log can be brought together.
//!
//! No address of the visitor is written, nor the browser's name: to have read about a massacre can be dangerous where
//! its authors rule, and what is not written down cannot be seized.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

/// Where the id travels.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names the request, runs it within a span of that name, and writes the line.
pub async fn log(mut request: Request, next: Next) -> Response {
    let id = request.headers().get(&REQUEST_ID).filter(|id| is_sane(id)).cloned().unwrap_or_else(fresh_id);
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let method = request.method().clone();
    let uri = request.uri().clone();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    response.headers_mut().insert(REQUEST_ID, id);
    let status = response.status().as_u16();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let latency_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| match uri.path() {
        // Asked for every few seconds by whatever watches the process.
        "/healthz" | "/readyz" if status < 500 => tracing::debug!(%method, path, status, latency_us, "answered"),
        _ if status >= 500 => tracing::error!(%method, path, status, latency_us, "answered"),
        _ => tracing::info!(%method, path, status, latency_us, "answered"),
    });
    response
}

/// A proxy's id is taken over when it is short and plain: it goes into the log and back into a header.
fn is_sane(id: &HeaderValue) -> bool {
    let bytes = id.as_bytes();
    (1..=64).contains(&bytes.len()) && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
}

/// Unique, not secret: a mark of this run of the program and a number.
fn fresh_id() -> HeaderValue {
    static RUN: LazyLock<u32> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()) as u32);
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = format!("{:08x}-{}", *RUN, NEXT.fetch_add(1, Ordering::Relaxed));
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unnamed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_short_id_is_taken_over() {
        for sane in ["a", "0b5c1f0e-7d1c-4b44-9d1a-2f6a0c0c0f55", "trace_1.2"] {
            assert!(is_sane(&HeaderValue::from_static(sane)), "{sane}");
        }
        let long = HeaderValue::from_str(&"a".repeat(65)).expect("a header");
        for insane in [HeaderValue::from_static(""), HeaderValue::from_static("a b"), long] {
            assert!(!is_sane(&insane), "{insane:?}");
        }
    }

    #[test]
    fn two_requests_have_two_ids() {
        assert_ne!(fresh_id(), fresh_id());
        assert!(is_sane(&fresh_id()));
    }
}
