//! Pages kept as they were sent: rendered, packed, ready. How much is kept is bounded, and what is asked for often stays
//! longest. All of it is dropped with the generation it was made from.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_LENGTH};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::cache::CachePolicy;
use super::error::Failure;
use super::state::AppState;

/// How much is kept, in bytes. Some thousand pages of 10 KB.
const CAPACITY: u64 = 32 << 20;

/// No page comes near it; one that does is sent and not kept.
const LARGEST: usize = 1 << 20;

/// How many pages there may be room for; the cache begins with tables of that size.
const PAGES: usize = 4_096;

/// Longer addresses and lists of encodings are nobody's second request.
const LONGEST_KEY: usize = 1_024;

#[derive(Clone)]
struct Page {
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Page> for Weight {
    fn weight(&self, key: &String, page: &Page) -> u64 {
        // Half a kilobyte stands for the headers and the tables.
        (key.len() + page.body.len() + 512) as u64
    }
}

/// The pages of one generation.
pub struct KeptPages {
    generation: AtomicI64,
    pages: Cache<String, Page, Weight>,
}

impl Default for KeptPages {
    fn default() -> KeptPages {
        KeptPages::new(CAPACITY)
    }
}

impl KeptPages {
    fn new(capacity: u64) -> KeptPages {
        KeptPages { generation: AtomicI64::new(0), pages: Cache::with_weighter(PAGES, capacity, Weight) }
    }

    /// Drops what other generations left. A page that a slow reader of the one before still puts in has that one's
    /// number in its key, and is found by nobody.
    fn at(&self, generation: i64) -> &Cache<String, Page, Weight> {
        if self.generation.swap(generation, Ordering::Relaxed) != generation {
            self.pages.clear();
        }
        &self.pages
    }

    /// How many bytes are kept.
    pub fn weight(&self) -> u64 {
        self.pages.weight()
    }
}

/// What a page depends on: the address, what the reader's browser can unpack, and the data.
fn key(request: &Request, generation: i64) -> Option<String> {
    let encodings = request.headers().get_all(ACCEPT_ENCODING).iter().map(|list| list.to_str());
    let encodings = encodings.collect::<Result<Vec<_>, _>>().ok()?.join(",");
    let address = request.uri().path_and_query()?.as_str();
    (address.len() + encodings.len() < LONGEST_KEY).then(|| format!("{generation} {encodings} {address}"))
}

/// Answers from what is kept, or keeps what is answered.
pub async fn serve(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    // Where it cannot be read the handler will say so.
    let Ok(generation) = app.store().generation().await else { return next.run(request).await };
    let Some(key) = key(&request, generation) else { return next.run(request).await };
    let pages = app.kept().at(generation);
    if let Some(page) = pages.get(&key) {
        return (CachePolicy::Page { generation }, page.headers, Body::from(page.body)).into_response();
    }
    let response = next.run(request).await;
    // An import may have ended between the look at the generation and the page.
    let fresh = response.extensions().get() == Some(&CachePolicy::Page { generation });
    if !fresh || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    if body.size_hint().upper().is_some_and(|bytes| bytes > LARGEST as u64) {
        return Response::from_parts(parts, body);
    }
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else { return Failure::Internal.into_response() };
    if body.len() <= LARGEST {
        parts.headers.remove(CONTENT_LENGTH);
        pages.insert(key, Page { headers: parts.headers.clone(), body: body.clone() });
    }
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page { headers: HeaderMap::new(), body: Bytes::from(vec![b'a'; 1_000]) }
    }

    #[test]
    fn of_endless_addresses_only_so_much_is_kept() {
        let kept = KeptPages::new(100_000);
        (0..1_000).for_each(|n| kept.at(1).insert(format!("/events?killed_min={n}"), page()));
        assert!(kept.weight() > 0 && kept.weight() <= 100_000, "{}", kept.weight());
    }

    #[test]
    fn a_generation_takes_its_pages_with_it() {
        let kept = KeptPages::new(100_000);
        kept.at(1).insert("1 /events".to_owned(), page());
        assert!(kept.at(1).get("1 /events").is_some());
        assert_eq!(kept.at(2).weight(), 0);
    }
}
