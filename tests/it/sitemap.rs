//! The maps of the site for search engines: every page in both languages, and nothing that is not there.

use std::collections::BTreeSet;

use super::pages_kit::{BASE_URL, dataset_ids, site};

fn xml(path: &str) -> String {
    let raw = site().send(path, &[]);
    assert_eq!((raw.status, raw.header("content-type")), (200, "application/xml; charset=utf-8"), "{path}");
    String::from_utf8(raw.body).unwrap()
}

fn locs(text: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(text).unwrap();
    let locs = tree.descendants().filter(|node| node.has_tag_name("loc") || node.tag_name().name() == "loc");
    locs.map(|node| node.text().unwrap().strip_prefix(BASE_URL).unwrap().to_owned()).collect()
}

#[test]
fn the_index_names_files_and_these_every_page_once_in_both_languages() {
    let files = locs(&xml("/sitemap.xml"));
    let kinds = ["pages", "events", "actors", "regions", "reports"];
    assert_eq!(files, kinds.map(|kind| format!("/sitemaps/{kind}-1.xml")));
    for (kind, table) in [("events", "events"), ("actors", "actors"), ("regions", "regions"), ("reports", "reports")] {
        let found = locs(&xml(&format!("/sitemaps/{kind}-1.xml")));
        let expected: BTreeSet<String> = dataset_ids(&format!("{table}.csv"))
            .into_iter()
            .flat_map(|id| ["", "/fr"].map(|lang| format!("{lang}/{kind}/{id}")))
            .collect();
        assert_eq!(found.len(), expected.len(), "{kind}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{kind}");
    }
    for page in locs(&xml("/sitemaps/pages-1.xml")) {
        assert_eq!(site().send(&page, &[]).status, 200, "{page}");
    }
}

#[test]
fn each_address_has_its_languages_and_an_event_the_day_it_changed() {
    let text = xml("/sitemaps/events-1.xml");
    let tree = roxmltree::Document::parse(&text).unwrap();
    let url = tree.descendants().find(|node| node.tag_name().name() == "url").unwrap();
    let links: Vec<_> = url.children().filter(|node| node.tag_name().name() == "link").collect();
    assert_eq!(
        links.iter().filter_map(|link| link.attribute("hreflang")).collect::<Vec<_>>(),
        ["en", "fr", "x-default"]
    );
    assert!(links[1].attribute("href").unwrap().starts_with(&format!("{BASE_URL}/fr/events/")));
    let modified = url.children().find(|node| node.tag_name().name() == "lastmod").unwrap().text().unwrap();
    assert!(modified.starts_with("2026-") && modified.contains('T'), "{modified}");
}

#[test]
fn there_is_no_other_file_and_robots_are_told_of_the_index() {
    for none in ["events-2.xml", "events-0.xml", "events.xml", "claims-1.xml", "events-1.json"] {
        assert_eq!(site().send(&format!("/sitemaps/{none}"), &[]).status, 404, "{none}");
    }
    let robots = String::from_utf8(site().send("/robots.txt", &[]).body).unwrap();
    assert!(robots.lines().any(|line| line == format!("Sitemap: {BASE_URL}/sitemap.xml")), "{robots}");
}
