//! What a first visit may cost on a slow line: the compressed size of every page, as the router itself packs it.

use std::collections::{BTreeMap, BTreeSet};

use super::pages_kit::{LANGS, dataset, dataset_ids, site};

const PAGE: usize = 30 * 1024;
const EVENT_OF_FEW_REPORTS: usize = 14 * 1024;
const FEW_REPORTS: usize = 5;

fn packed(path: &str) -> usize {
    let raw = site().send(path, &[("accept-encoding", "br")]);
    assert_eq!((raw.status, raw.header("content-encoding")), (200, "br"), "{path}");
    raw.body.len()
}

fn assert_within(budget: usize, paths: impl Iterator<Item = String>) -> usize {
    let sizes: Vec<(usize, String)> = paths.map(|path| (packed(&path), path)).collect();
    let over: Vec<_> = sizes.iter().filter(|(size, _)| *size > budget).collect();
    assert!(over.is_empty(), "over {budget}: {over:#?}");
    println!("the heaviest of {}: {:?}", sizes.len(), sizes.iter().max());
    sizes.len()
}

fn in_both(paths: Vec<String>) -> impl Iterator<Item = String> {
    LANGS.into_iter().flat_map(move |(_, lang)| {
        let paths: Vec<String> = paths.iter().map(|path| format!("{lang}{path}")).collect();
        paths
    })
}

#[test]
fn an_event_of_few_reports_is_light_and_none_is_heavy() {
    let mut reports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in dataset("claims.csv") {
        reports.entry(row["event"].clone()).or_default().insert(row["report"].clone());
    }
    let (few, many): (Vec<_>, Vec<_>) = reports.into_iter().partition(|(_, reports)| reports.len() <= FEW_REPORTS);
    let paths =
        |events: Vec<(String, BTreeSet<String>)>| events.into_iter().map(|(id, _)| format!("/events/{id}")).collect();
    assert!(assert_within(EVENT_OF_FEW_REPORTS, in_both(paths(few))) > 100);
    assert!(assert_within(PAGE, in_both(paths(many))) > 10);
}

#[test]
fn no_page_of_any_other_kind_is_heavy() {
    let mut paths: Vec<String> = [
        "/events",
        "/events?view=table",
        "/events?view=map",
        "/events?view=timeline",
        "/events?limit=200",
        "/events?limit=200&view=table",
        "/actors",
        "/regions",
        "/reports",
        "/compare",
        "/compare?a=jnim",
        "/compare?a=jnim&b=katiba-macina",
        "/compare?a=ml-mopti&b=ml-gao",
        "/search?q=Mali",
        "/about",
        "/about/method",
        "/about/data",
        "/api",
    ]
    .map(str::to_owned)
    .into();
    for (table, kind) in [("actors.csv", "actors"), ("regions.csv", "regions"), ("reports.csv", "reports")] {
        paths.extend(dataset_ids(table).into_iter().map(|id| format!("/{kind}/{id}")));
    }
    paths.extend(dataset_ids("events.csv").into_iter().map(|id| format!("/events/{id}/history")));
    assert_within(PAGE, in_both(paths));
    assert_within(PAGE, ["/".to_owned(), "/fr".to_owned()].into_iter());
}

#[test]
fn with_its_style_and_script_a_page_stays_within_fifty_kilobytes() {
    for path in ["/", "/events", "/events/2022-06-18-diallassagou", "/fr/regions/ml-mopti"] {
        let page = site().get(path);
        let mut files = page.attrs("link[rel=stylesheet], link[rel=icon]", "href");
        let scripts = page.attrs("script[src]", "src");
        let script: usize = scripts.iter().map(|src| packed(src)).sum();
        assert!(script <= 20 * 1024, "{path}: {script}");
        files.extend(page.attrs("main img[src]", "src"));
        files.extend(page.attrs("main image[href]", "href"));
        files.sort();
        files.dedup();
        let total = packed(path) + script + files.iter().map(|file| packed(file)).sum::<usize>();
        assert!(total <= 50 * 1024, "{path}: {total} with {files:?}");
    }
}

#[test]
fn a_page_for_frames_is_light_with_its_style() {
    let mut paths: Vec<String> = ["/embed/map", "/embed/map?region=ml-mopti"].map(str::to_owned).into();
    paths.extend(dataset_ids("events.csv").into_iter().map(|id| format!("/embed/events/{id}")));
    for path in in_both(paths) {
        let total = packed(&path) + packed(&site().get(&path).attr("link[rel=stylesheet]", "href"));
        assert!(total <= 25 * 1024, "{path}: {total}");
    }
}
