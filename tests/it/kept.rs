//! Pages that are kept in memory: the same bytes as when they were made, and never those of another moment, address or
//! browser.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use constat::web::app;
use constat::web::state::AppState;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::kit::{Db, Package};

struct Got {
    status: u16,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

async fn get(router: &Router, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Got {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

/// The site, and its state to look at what is kept.
async fn site() -> (Db, AppState, Router, Package) {
    let db = Db::new().await;
    let package = Package::base();
    db.import(&package).await.unwrap();
    // As on a site that has been standing for a while: a file that was just written is not relied on.
    settle(&db);
    let state = AppState::new(db.store.clone(), "https://constat.example".parse().unwrap());
    (db, state.clone(), app(state), package)
}

/// Sets the times of the database's files back by an hour.
#[expect(clippy::disallowed_methods, reason = "the age of a file, for a test of what goes by it")]
fn settle(db: &Db) {
    let hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    for ending in ["", "-wal"] {
        let path = format!("{}{ending}", db.path().display());
        if let Ok(file) = std::fs::File::options().write(true).open(path) {
            file.set_modified(hour_ago).unwrap();
        }
    }
}

#[tokio::test]
async fn a_kept_page_is_the_page() {
    let (_db, state, router, _) = site().await;
    assert_eq!(state.kept().weight(), 0);
    let brotli = [("accept-encoding", "br")];
    let made = get(&router, "/events", &brotli).await;
    assert_eq!((made.status, made.headers["content-encoding"].as_bytes()), (200, &b"br"[..]));
    let weight = state.kept().weight();
    assert!(weight > made.body.len() as u64);

    let kept = get(&router, "/events", &brotli).await;
    assert_eq!(state.kept().weight(), weight, "it was made again");
    assert_eq!(kept.body, made.body);
    let without_id = |mut got: Got| {
        got.headers.remove("x-request-id");
        got.headers.remove("content-length");
        got.headers
    };
    assert_eq!(without_id(kept), without_id(made));

    // Another address and another browser have pages of their own.
    let other = get(&router, "/events?kind=massacre", &brotli).await;
    assert_ne!(other.body, get(&router, "/events", &brotli).await.body);
    let plain = get(&router, "/events", &[]).await;
    assert!(!plain.headers.contains_key("content-encoding"));
    assert!(plain.body.to_ascii_lowercase().starts_with(b"<!doctype html>"));
    assert_eq!(get(&router, "/events", &[]).await.body, plain.body);
}

#[tokio::test]
async fn what_is_no_page_is_not_kept() {
    let (_db, state, router, _) = site().await;
    for (path, status) in [("/events/nowhere", 404), ("/events?kind=x", 400), ("/about/data/base.zip", 200)] {
        assert_eq!(get(&router, path, &[]).await.status, status, "{path}");
        assert_eq!(state.kept().weight(), 0, "{path}");
    }
    // Longer than an address that is asked for twice.
    let long = format!("/search?q={}", "x".repeat(1_100));
    assert_eq!(get(&router, &long, &[]).await.status, 200);
    assert_eq!(state.kept().weight(), 0);
    let head = Request::head("/events").body(Body::empty()).unwrap();
    assert_eq!(router.clone().oneshot(head).await.unwrap().status(), 200);
    assert_eq!(state.kept().weight(), 0);
}

#[tokio::test]
async fn a_change_of_the_data_shows_at_once_and_empties_what_was_kept() {
    let (db, state, router, package) = site().await;
    let path = "/events?limit=100";
    let before = get(&router, path, &[]).await;
    for n in 0..5 {
        get(&router, &format!("/events?killed_min={n}"), &[]).await;
    }
    let weight = state.kept().weight();
    let tag = before.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(get(&router, path, &[("if-none-match", &tag)]).await.status, 304);

    let changed = package.version("2").edit("events.csv", "Attack at Sangha", "Quite another title");
    db.import(&changed).await.unwrap();
    settle(&db);
    let after = get(&router, path, &[("if-none-match", &tag)]).await;
    assert_eq!(after.status, 200);
    assert!(String::from_utf8(after.body).unwrap().contains("Quite another title"));
    assert!(!String::from_utf8(before.body).unwrap().contains("Quite another title"));
    assert!(state.kept().weight() < weight, "the old pages are still there");
}
