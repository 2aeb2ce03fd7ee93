//! Who may keep a response, and for how long. A handler says which of three kinds its response is; the middleware here
//! is the only place that writes `Cache-Control` and `ETag`, and the only one that answers 304.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use sha2::{Digest, Sha256};

use crate::web::assets;
use crate::web::state::AppState;

/// How a response may be cached. Returned beside the body: `(CachePolicy::Page { generation }, Html(page))`.
/// A response without one is kept by nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Depends on the address, on the program and on this generation of the data, on nothing else.
    Page {
        /// `snapshot.catalog.generation`
        generation: i64,
    },
    /// The same of something too large to be kept in memory.
    Download {
        /// As of a page.
        generation: i64,
    },
    /// Never changes under its address.
    Asset,
    /// A picture of the operator's map file, which changes when another file is put in its place.
    Tile,
    /// To be asked for anew each time.
    NoStore,
}

/// A correction must reach readers at once, so every use of a page asks the server, which mostly answers with 304 and
/// no body. Shared caches may keep it under the same condition. `must-revalidate` forbids them to serve it stale when
/// the server cannot be reached; unlike `no-cache`, `max-age=0` lets the browser's back button show it without asking.
const PAGE: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");
const ASSET: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const TILE: HeaderValue = HeaderValue::from_static("public, max-age=86400");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

impl IntoResponseParts for CachePolicy {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Self::Error> {
        response.extensions_mut().insert(self);
        Ok(response)
    }
}

/// Turns the policy of a response into headers, and a page that the reader already has into a 304. A tag of this
/// generation was given out for a page that was made, so that it need not be made again to know that it is the same.
pub async fn render(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let known = request.headers().get_all(IF_NONE_MATCH).iter().cloned().collect::<Vec<_>>();
    if !known.is_empty()
        && matches!(*request.method(), Method::GET | Method::HEAD)
        && let Ok(generation) = app.store().generation().await
    {
        let tag = entity_tag(app.key(), generation, &uri);
        if names(&known, &tag) {
            let headers = [(CACHE_CONTROL, PAGE), (ETAG, tag), (VARY, HeaderValue::from_static("accept-encoding"))];
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
    }
    let mut response = next.run(request).await;
    let policy = response.extensions().get().copied().unwrap_or(CachePolicy::NoStore);
    // A failure is of the moment, whatever the handler thought its page would be.
    let policy = if response.status().is_server_error() { CachePolicy::NoStore } else { policy };
    let control = match policy {
        CachePolicy::Page { .. } | CachePolicy::Download { .. } => PAGE,
        CachePolicy::Asset => ASSET,
        CachePolicy::Tile => TILE,
        CachePolicy::NoStore => NO_STORE,
    };
    response.headers_mut().insert(CACHE_CONTROL, control);
    if let CachePolicy::Page { generation } | CachePolicy::Download { generation } = policy
        && response.status() == StatusCode::OK
    {
        let tag = entity_tag(app.key(), generation, &uri);
        let unchanged = matches(&known, &tag);
        response.headers_mut().insert(ETAG, tag);
        if unchanged {
            return not_modified(response);
        }
    }
    response
}

/// Weak, since the compressed and the plain body share it.
fn entity_tag(settings: &[u8; 32], generation: i64, uri: &Uri) -> HeaderValue {
    let mut hash = Sha256::new();
    hash.update(assets::build_id());
    hash.update(settings);
    hash.update(generation.to_be_bytes());
    hash.update(uri.path_and_query().map_or("/", |path| path.as_str()));
    let tag = format!("W/\"{}\"", assets::hex(&hash.finalize()[..10]));
    HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\""))
}

/// RFC 9110, 13.1.2: any tag of the list, compared weakly, or a star.
fn matches(known: &[HeaderValue], tag: &HeaderValue) -> bool {
    names(known, tag) || listed(known).any(|one| one == "*")
}

/// The same but for the star, which stands for whatever is there.
fn names(known: &[HeaderValue], tag: &HeaderValue) -> bool {
    let opaque = |tag: &str| tag.trim_start_matches("W/").to_owned();
    let Ok(tag) = tag.to_str() else { return false };
    listed(known).any(|one| opaque(one) == opaque(tag))
}

fn listed(known: &[HeaderValue]) -> impl Iterator<Item = &str> {
    known.iter().filter_map(|list| list.to_str().ok()).flat_map(|list| list.split(',')).map(str::trim)
}

/// Keeps what RFC 9110, 15.4.5 asks for (`ETag`, `Cache-Control`, `Vary`) and drops what describes the missing body.
fn not_modified(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    let headers: &mut HeaderMap = response.headers_mut();
    for gone in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING] {
        headers.remove(gone);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &'static str) -> Vec<HeaderValue> {
        vec![HeaderValue::from_static(text)]
    }

    #[test]
    fn tags_are_compared_weakly_and_as_a_list() {
        let tag = HeaderValue::from_static("W/\"abc\"");
        for yes in ["W/\"abc\"", "\"abc\"", "\"x\", W/\"abc\"", "*"] {
            assert!(matches(&list(yes), &tag), "{yes}");
        }
        for no in ["", "\"ab\"", "abc", "W/\"abcd\""] {
            assert!(!matches(&list(no), &tag), "{no}");
        }
    }

    #[test]
    fn a_tag_belongs_to_one_address_and_one_generation() {
        let tag = |generation, uri| entity_tag(&[0; 32], generation, &Uri::from_static(uri));
        assert_eq!(tag(1, "/events?actor=a"), tag(1, "/events?actor=a"));
        assert_ne!(tag(1, "/events?actor=a"), tag(2, "/events?actor=a"));
        assert_ne!(tag(1, "/events?actor=a"), tag(1, "/events?actor=b"));
        assert_ne!(tag(1, "/events"), entity_tag(&[1; 32], 1, &Uri::from_static("/events")), "other settings");
        assert_ne!(tag(1, "/events"), tag(1, "/fr/events"));
    }
}
