//! Lists as they were on record at an earlier time: the same filters, pages and files, of the versions of then.

use constat::ingest::import_package;

use super::kit::{Package, at};
use super::pages_kit::{Few, LANGS, Site};

/// A day of the record: the `n`th after the first import.
pub const DAYS: [&str; 3] = ["2026-11-18", "2026-11-19", "2026-11-20"];

fn few(toll: &str) -> Few {
    Few::default()
        .region("land", "", "country")
        .actor("group")
        .report("paper")
        .placed("kept", ("14.5", "-4.2", "place"), "land")
        .killed("kept", "paper", "3", "3", "media")
        .placed("recounted", ("15.5", "-3.2", "place"), "land")
        .part("recounted", "group", "perpetrator", "suspected")
        .killed("recounted", "paper", toll, toll, "media")
}

/// Day one: two events and one that is withdrawn later. Day two: a toll is corrected. Day three: one goes, one comes.
fn packages() -> [Package; 3] {
    let gone = |few: Few| {
        few.region("gone", "land", "place")
            .report("leaflet")
            .placed("withdrawn", ("16.5", "-2.2", "place"), "gone")
            .killed("withdrawn", "leaflet", "8", "8", "witness")
    };
    let new = |few: Few| few.placed("new", ("17.5", "-1.2", "place"), "land").killed("new", "paper", "1", "1", "media");
    [
        gone(few("10")).package("one"),
        gone(few("25")).package("one").version("2"),
        new(few("25")).package("one").version("3"),
    ]
}

pub fn site() -> Site {
    Site::over(tempfile::tempdir().unwrap(), |store| async move {
        for (day, package) in (0..).zip(packages()) {
            let folder = tempfile::tempdir().unwrap();
            import_package(&store, &package.write(folder.path()), at(day * 24 * 60)).await.unwrap();
        }
    })
}

fn tolls(site: &Site, query: &str) -> Vec<(String, u64)> {
    let list = site.json(&format!("/events.json?sort=killed{query}"));
    let events = list["events"].as_array().unwrap();
    assert_eq!(list["total"], events.len());
    events.iter().map(|e| (e["id"].as_str().unwrap().to_owned(), e["killed"]["low"].as_u64().unwrap())).collect()
}

fn named(expected: &[(&str, u64)]) -> Vec<(String, u64)> {
    expected.iter().map(|(id, toll)| ((*id).to_owned(), *toll)).collect()
}

#[test]
fn a_list_says_what_was_on_record() {
    let site = site();
    let [first, second, third] = DAYS.map(|day| tolls(&site, &format!("&as_of={day}")));
    assert_eq!(first, named(&[("kept", 3), ("withdrawn", 8), ("recounted", 10)]));
    assert_eq!(second, named(&[("kept", 3), ("withdrawn", 8), ("recounted", 25)]));
    assert_eq!(third, named(&[("new", 1), ("kept", 3), ("recounted", 25)]));
    assert_eq!(third, tolls(&site, ""), "the last state is the present one");
    assert_eq!(tolls(&site, "&as_of=2026-11"), third);
    assert_eq!(tolls(&site, "&as_of=2025"), []);
    // To the second: the first import was at 11:06:40 that day.
    let began = at(0).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(tolls(&site, &format!("&as_of={began}")), first);
    let before = (at(0) - chrono::TimeDelta::seconds(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(tolls(&site, &format!("&as_of={before}")), []);
}

#[test]
fn every_filter_reads_the_state_of_then() {
    let site = site();
    let ids = |query: &str| tolls(&site, &format!("&as_of=2026-11-18&{query}")).into_iter().map(|(id, _)| id);
    assert_eq!(ids("killed_max=10&killed_min=9").collect::<Vec<_>>(), ["recounted"]);
    assert_eq!(ids("killed_min=11").count(), 0);
    assert_eq!(ids("actor=group&role=perpetrator").collect::<Vec<_>>(), ["recounted"]);
    // What has no page any more had one then.
    assert_eq!(site.any("/regions/gone").status, 410);
    let gone = site.any("/fr/events/withdrawn");
    assert_eq!((gone.status, gone.attr(".error a.without", "href")), (410, "/fr/events/withdrawn/history".to_owned()));
    site.get("/fr/events/withdrawn/history");
    assert_eq!(ids("region=gone").collect::<Vec<_>>(), ["withdrawn"]);
    assert_eq!(ids("report=leaflet").collect::<Vec<_>>(), ["withdrawn"]);
    assert_eq!(ids("origin=witness").collect::<Vec<_>>(), ["withdrawn"]);
    assert_eq!(ids("q=withdrawn").collect::<Vec<_>>(), ["withdrawn"]);
    assert_eq!(ids("q=new").count(), 0);
    assert_eq!(ids("bbox=-3,16,-2,17").collect::<Vec<_>>(), ["withdrawn"]);
    let facets = site.json("/events.json?as_of=2026-11-18")["facets"].clone();
    assert_eq!(facets["region"][0]["count"], 3);
    let cells = site.json("/cells.json?as_of=2026-11-18&bbox=-3,16,-2,17");
    assert_eq!((&cells["total"], &cells["cells"][0]["killed"]["low"]), (&1.into(), &8.into()));
    assert_eq!(site.json("/cells.json?bbox=-3,16,-2,17")["total"], 0);
}

#[test]
fn its_links_lead_to_the_versions_of_then_and_keep_the_date() {
    let site = site();
    for (_, lang) in LANGS {
        let page = site.get(&format!("{lang}/events?as_of=2026-11-18&sort=killed"));
        assert_eq!(
            page.attrs("ol.cards h3 a", "href"),
            ["kept", "withdrawn", "recounted"].map(|id| format!("{lang}/events/{id}/versions/1"))
        );
        for href in page.attrs("ol.cards h3 a", "href") {
            site.get(&href);
        }
        assert_eq!(page.attr(".notice a", "href"), format!("{lang}/events?sort=killed"));
        for href in page.attrs(".filter .facet a", "href").iter().chain(&page.attrs(".take a", "href")) {
            assert_eq!(href.contains("as_of=2026-11-18"), !href.contains(".atom"), "{href}");
        }
        assert!(page.attrs("link[type='application/atom+xml']", "href").iter().all(|feed| !feed.contains("as_of")));
        assert_eq!(page.attr("#f-as-of", "value"), "2026-11-18");
        assert_eq!(site.get(&page.attr(".chips li:not(.clear) a", "href")).count(".notice"), 0);
    }
    let page = site.get("/events?as_of=2026-11-18");
    assert_eq!(page.text("h1"), "All events, as recorded by 18 November 2026");
    let notice = page.text(".notice");
    assert!(notice.contains("the last change until then was of 18 November 2026"), "{notice}");
    assert_eq!(site.get("/events?as_of=2025").count(".empty"), 1);
    assert!(site.get("/events?as_of=2025").text(".notice").starts_with("Nothing was on record yet."));
}

#[test]
fn files_and_citations_are_of_then() {
    let site = site();
    let csv = String::from_utf8(site.send("/events.csv?as_of=2026-11-18&sort=killed", &[]).body).unwrap();
    let rows: Vec<&str> = csv.trim_end().lines().skip(1).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[1].contains("https://constat.example/events/withdrawn/versions/1"), "{}", rows[1]);
    let lines = String::from_utf8(site.send("/events.jsonl?as_of=2026-11-18&actor=group", &[]).body).unwrap();
    let event: serde_json::Value = serde_json::from_str(lines.trim()).unwrap();
    assert_eq!(
        (&event["killed"]["high"], &event["version"], &event["source_version"]),
        (&10.into(), &1.into(), &"1".into())
    );
    assert_eq!(event["updated"], at(0).to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    let read = |path: &str| serde_json::from_slice::<serde_json::Value>(&site.send(path, &[]).body).unwrap();
    // A citation of the present list leads back to it when it is the past.
    let cited = read("/events.csl.json?actor=group");
    let url = cited[0]["URL"].as_str().unwrap();
    assert!(url.contains("actor=group") && url.contains("as_of=2026-11-20T"), "{url}");
    let then = read("/events.csl.json?actor=group&as_of=2026-11-18");
    assert!(then[0]["URL"].as_str().unwrap().ends_with("as_of=2026-11-18"));
}

#[test]
fn what_is_no_time_is_refused_and_feeds_have_none() {
    let site = site();
    for (query, words) in
        [("as_of=yesterday", "yesterday"), ("as_of=2026-02-30", "2026-02-30"), ("as_of=2026&as_of=2025", "as_of")]
    {
        let page = site.any(&format!("/events?{query}"));
        assert_eq!(page.status, 400, "{query}");
        assert!(page.text("main").contains(words), "{query}");
    }
    let feed = site.send("/events.atom?as_of=2026-11-18", &[]);
    let problem: serde_json::Value = serde_json::from_slice(&feed.body).unwrap();
    assert_eq!(
        (feed.status, &problem["field"], &problem["suggestion"]),
        (400, &"as_of".into(), &serde_json::Value::Null)
    );
    // Before anything was on record there is no time of a last change.
    let layer = site.send("/ogc/collections/events/items?as_of=2025", &[]);
    let layer: serde_json::Value = serde_json::from_slice(&layer.body).unwrap();
    assert_eq!((&layer["numberMatched"], layer.get("timeStamp")), (&0.into(), None));
    assert_eq!(site.any("/compare?a=group&as_of=2026-11-18").status, 400);
}
