//! The pages keep to the policy they are sent with: nothing inline, nothing from elsewhere, and every file they name is
//! there. Walks the whole site from its front doors, some pages of every kind.

use std::collections::{BTreeSet, HashMap, VecDeque};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use constat::ingest::import_embedded;
use constat::web::app;
use constat::web::state::AppState;
use http_body_util::BodyExt as _;
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt as _;

use crate::kit::{Db, at};

/// How many pages of one kind are visited; of a kind are those that differ only in an id or in their query.
const OF_EACH_KIND: usize = 4;

#[tokio::test]
async fn every_kind_of_page_keeps_to_the_policy_it_is_sent_with() {
    let db = Db::new().await;
    import_embedded(&db.store, at(1)).await.expect("the embedded dataset");
    let base_url = "https://constat.example".parse().expect("a base url");
    let router = app(AppState::new(db.store.clone(), base_url));

    let mut queue: VecDeque<String> =
        ["/", "/fr", "/events/nowhere", "/fr/events?actor=nobody"].map(String::from).into();
    let mut visited: HashMap<String, usize> = HashMap::new();
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut files = BTreeSet::new();
    let mut wrong = String::new();
    while let Some(path) = queue.pop_front() {
        let count = visited.entry(kind_of(&path)).or_default();
        if *count == OF_EACH_KIND {
            continue;
        }
        *count += 1;
        let (status, kind, body) = get(&router, &path).await;
        if !kind.starts_with("text/html") {
            assert_eq!(status, 200, "{path}");
            continue;
        }
        let page = Html::parse_document(&body);
        for element in page.tree.nodes().filter_map(ElementRef::wrap) {
            if let Some(what) = breach(&element) {
                wrong += &format!("{path}: {what}\n");
            }
            files.extend(file_of(&element));
        }
        let links = Selector::parse("a[href], link[href]").expect("a selector");
        for link in page.select(&links).filter_map(|link| link.attr("href")) {
            let link = link.split('#').next().unwrap_or_default().replace("https://constat.example", "");
            if link.starts_with('/') && seen.insert(link.clone()) {
                queue.push_back(link);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(visited.len() >= 20, "only {:?} were found", visited.keys());
    for file in files {
        let file = file.split('#').next().unwrap_or_default();
        assert!(file.starts_with("/static/"), "{file} is not of this site");
        assert_eq!(get(&router, file).await.0, 200, "{file}");
    }
}

async fn get(router: &Router, path: &str) -> (u16, String, String) {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let kind =
        response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.expect("a whole body").to_bytes();
    (status, kind, String::from_utf8_lossy(&body).into_owned())
}

/// `/fr/events/x/history?a=b` is a `/fr/events/_/history?`.
fn kind_of(path: &str) -> String {
    let (path, query) = path.split_once('?').map_or((path, false), |(path, _)| (path, true));
    let parts = path.split('/').map(|part| match part {
        "" | "fr" | "events" | "actors" | "regions" | "reports" | "about" | "api" | "history" | "versions" => part,
        id => id.rsplit_once('.').map_or("_", |(_, ending)| ending),
    });
    parts.collect::<Vec<_>>().join("/") + if query { "?" } else { "" }
}

/// What the policy would forbid.
fn breach(element: &ElementRef) -> Option<String> {
    let name = element.value().name();
    if let Some((attribute, _)) = element.value().attrs().find(|(name, _)| *name == "style" || name.starts_with("on")) {
        return Some(format!("<{name}> has the attribute {attribute}"));
    }
    match name {
        "style" => Some("a <style> element".to_owned()),
        // A block of data is not run, so it is not forbidden.
        "script" if element.attr("src").is_none() && element.attr("type") != Some("application/ld+json") => {
            Some("a script without src".to_owned())
        }
        "base" | "iframe" | "object" | "embed" => Some(format!("a <{name}> element")),
        _ => None,
    }
}

/// What the page loads.
fn file_of(element: &ElementRef) -> Option<String> {
    let attribute = match element.value().name() {
        "script" | "img" => "src",
        "image" | "use" => "href",
        "link" if matches!(element.attr("rel"), Some("stylesheet" | "icon" | "manifest")) => "href",
        _ => return None,
    };
    element.attr(attribute).filter(|file| !file.starts_with('#')).map(str::to_owned)
}
