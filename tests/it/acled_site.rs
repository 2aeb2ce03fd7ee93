//! ACLED on the site: for reading, and passed on only under a licence that allows it.

use std::sync::Arc;

use constat::ingest::acled::Acled;
use constat::ingest::rows::{Options, survey};
use constat::ingest::{import_embedded, import_rows};

use super::acled::{file, rows};
use super::kit::at;
use super::pages_kit::Site;
use super::rows_kit::{quiet, release};

/// A site with the curated dataset and some rows, with or without a licence to pass them on.
pub fn site_with(licence: Option<(String, String)>) -> Site {
    Site::over(tempfile::tempdir().unwrap(), |store| async move {
        import_embedded(&store, at(1)).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acled.csv");
        std::fs::write(&path, file(&rows())).unwrap();
        let survey = survey::<Acled>(&path, Options { licence, ..release("2026") }, &quiet()).unwrap();
        import_rows::<Acled>(&store, &Arc::new(survey), at(2), &quiet()).await.unwrap();
    })
}

#[test]
fn pages_show_it_and_files_and_json_do_not() {
    let site = site_with(None);
    let page = site.get("/events/acled-mli1");
    let text = page.text("main");
    assert!(
        text.contains("Attack: JNIM: Group for Support of Islam and Muslims against Civilians (Mali) at A village"),
        "{text}"
    );
    assert!(text.contains("armed men came to A village") && text.contains("Radio One"), "{text}");
    assert!(
        !page.attrs("a", "href").iter().any(|href| href.contains("acled-mli1.json")),
        "a link to JSON that is refused"
    );
    assert!(site.get("/fr/events/acled-mli3").text("main").contains("Manifestation pacifique"));
    assert!(site.get("/events/acled-mli2").text("main").contains("about 10"));
    // The language of a source that is known by name only is not printed.
    let report = site.json("/reports.json?publisher=Radio+One")["reports"][0]["id"].as_str().unwrap().to_owned();
    let report = site.get(&format!("/reports/{report}")).text("main");
    assert!(report.contains("Radio One") && !report.contains("und"), "{report}");

    let refused = ["/events/acled-mli1.json", "/events/acled-mli1/history.json", "/reports/acled-row-mli1.json"];
    for path in refused {
        let raw = site.send(path, &[]);
        assert_eq!((raw.status, raw.header("content-type")), (403, "application/problem+json"), "{path}");
        let problem: serde_json::Value = serde_json::from_slice(&raw.body).unwrap();
        assert!(problem["detail"].as_str().unwrap().contains("not for redistribution"), "{problem}");
    }
    let zip = site.any("/about/data/acled.zip");
    assert_eq!(zip.status, 403);
    assert!(zip.text("main").contains("read here but not passed on"));
    assert_eq!(site.send("/about/data/mali.zip", &[]).status, 200);
    let data = site.get("/about/data");
    assert!(data.attrs("a.download", "href") == ["/about/data/mali.zip"]);
    assert!(data.text("main").contains("ACLED terms of use"));

    // Lists say that there is something, and no more of it.
    let secret = ["armed men came", "Attack: JNIM", "Radio One", "Wagner Group and"];
    for path in [
        "/events.json?source=acled",
        "/reports.json?kind=dataset",
        "/reports.json?publisher=Radio+One",
        "/search.json?q=armed+men+came+shot+died",
    ] {
        let json = site.json(path).to_string();
        assert!(json.contains("withheld"), "{path}: {json}");
        assert!(secret.iter().all(|text| !json.contains(text)), "{path}: {json}");
    }
    for ending in ["csv", "claims.csv", "geojson", "jsonl", "atom", "gpkg"] {
        let raw = site.send(&format!("/events.{ending}?source=acled"), &[]);
        let file = String::from_utf8_lossy(&raw.body);
        assert_eq!(raw.status, 200, "{ending}");
        assert!(file.contains("/events/acled-mli1") && file.contains("not for redistribution"), "{ending}: {file}");
        assert!(secret.iter().all(|text| !file.contains(text)), "{ending}: {file}");
    }
    for ending in ["geojson", "jsonld", "bib", "ris", "csl.json"] {
        assert_eq!(site.send(&format!("/events/acled-mli1.{ending}"), &[]).status, 403, "{ending}");
    }
    assert_eq!(site.get("/events/acled-mli1").count("script[type='application/ld+json']"), 0);
    assert_eq!(site.get("/events/acled-mli1").count("#share a[href$='json']"), 0);
    let over_time = site.json("/events.json?source=acled&view=timeline");
    assert!(over_time["timeline"][0]["killed"].is_null() && over_time["timeline"][0]["events_most"].as_u64() > Some(0));
    // What is not of it is passed on all the same.
    assert!(site.json("/events.json?source=mali&view=timeline")["timeline"][0]["killed"].is_object());
    assert!(site.get("/events?source=acled&view=timeline").count("table.timeline .killed") > 0);
    // Its notes are searched, and the id that ACLED gave it.
    for words in ["shot at people six people died", "MLI1"] {
        let found = site.get(&format!("/search?q={}", words.replace(' ', "+")));
        let hrefs = found.attrs(".found-events h3 a", "href");
        assert!(
            hrefs.contains(&"/events/acled-mli1".to_owned()) && !hrefs.contains(&"/events/acled-mli2".to_owned()),
            "{words}: {hrefs:?}"
        );
    }
    let list = site.json("/events.json?source=acled");
    assert_eq!((list["total"].as_u64(), list["events"][0]["killed"].is_null()), (Some(4), true));
    assert_eq!(
        list["events"][0]["url"].as_str().unwrap().split("/events/").nth(1).unwrap().split('-').next(),
        Some("acled")
    );
    assert!(site.json("/events.json?source=mali&limit=1")["events"][0]["killed"].is_object());
}

#[test]
fn with_a_licence_it_goes_out_as_any_other() {
    let site = site_with(Some(("With leave".to_owned(), "https://example.org/leave".to_owned())));
    assert_eq!(site.json("/events/acled-mli1.json")["killed"]["preferred"], 6);
    assert_eq!(site.json("/events.json?source=acled&kind=massacre")["events"][0]["id"], "acled-mli1");
    assert_eq!(site.send("/about/data/acled.zip", &[]).status, 200);
    assert!(site.get("/about/data").text("main").contains("With leave"));
    // A figure of the coders' own is found by that origin, and no media are said to have given it.
    assert_eq!(site.ids("source=acled&origin=dataset").len(), 4);
    assert!(site.ids("source=acled&origin=media").is_empty());
}
