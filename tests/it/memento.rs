//! An event as it was: timegate, timemap and mementos (RFC 7089), and versions that lead to each other.

use super::kit::Package;
use super::pages_kit::{BASE_URL, LANGS, Site};

const ID: &str = "2019-06-09-sangha";
const BEFORE_ALL: &str = "Tue, 01 Jan 1980 00:00:00 GMT";

/// Three versions, a minute after each other.
fn site() -> Site {
    let second = Package::base().version("2").edit("events.csv", "A village was burned.", "Two villages were burned.");
    let third = second.clone().edit("datapackage.json", "\"version\": \"2\"", "\"version\": \"3\"");
    let third = third.edit("claims.csv", "killed,,35,35", "killed,,36,36");
    Site::on(&[Package::base(), second, third])
}

/// The addresses of a `Link`, each with what follows it.
fn links(text: &str) -> Vec<(String, String)> {
    let parts = text.split('<').skip(1).map(|part| part.split_once('>').unwrap());
    parts.map(|(href, rest)| (href.to_owned(), rest.trim_matches([';', ',', ' ', '\n']).to_owned())).collect()
}

/// The addresses that a `Link` gives a relation.
fn related(text: &str, rel: &str) -> Vec<String> {
    let is = |rest: &str| {
        let words = rest.split("rel=\"").nth(1).unwrap().split('"').next().unwrap();
        words.split(' ').any(|word| word == rel)
    };
    links(text).into_iter().filter(|(_, rest)| is(rest)).map(|(href, _)| href).collect()
}

fn datetime(site: &Site, n: u32) -> String {
    site.send(&format!("/events/{ID}/versions/{n}"), &[]).header("memento-datetime").to_owned()
}

#[test]
fn the_timegate_leads_to_the_version_that_held_then() {
    let site = site();
    let dates = [1, 2, 3].map(|n| datetime(&site, n));
    assert!(dates.iter().all(|date| date.ends_with(" GMT")), "{dates:?}");
    assert!(dates[0] != dates[1] && dates[1] != dates[2], "{dates:?}");
    for (_, lang) in LANGS {
        let gate = format!("{lang}/events/{ID}/timegate");
        let version = |n: u32| format!("{BASE_URL}{lang}/events/{ID}/versions/{n}");
        let asked =
            [(BEFORE_ALL, 1), (&dates[0], 1), (&dates[1], 2), (&dates[2], 3), ("Fri, 01 Jan 2100 00:00:00 GMT", 3)];
        // Twice, and the other way round: no answer is taken for another's.
        for (date, n) in asked.iter().chain(asked.iter().rev()) {
            let raw = site.send(&gate, &[("accept-datetime", date)]);
            assert_eq!((raw.status, raw.header("location")), (302, &*version(*n)), "{date}");
            assert!(raw.header("vary").contains("accept-datetime"));
            assert_eq!(raw.header("etag"), "");
        }
        let latest = site.send(&gate, &[]);
        assert_eq!((latest.status, latest.header("location")), (302, &*version(3)));
        assert_eq!(related(latest.header("link"), "original"), [format!("{BASE_URL}{lang}/events/{ID}")]);
    }
}

#[test]
fn a_moment_that_is_none_is_refused_with_an_example() {
    let site = site();
    for (_, lang) in LANGS {
        for bad in ["yesterday", "2019-06-09", "Mon, 01 Jan 1980 00:00:00 GMT", "Tue, 01 Jan 1980 00:00:00 CET", ""] {
            let raw = site.send(&format!("{lang}/events/{ID}/timegate"), &[("accept-datetime", bad)]);
            assert!(raw.header("vary").contains("accept-datetime"), "{bad}");
            assert_eq!((raw.status, raw.header("content-type")), (400, "application/problem+json"), "{bad}");
            let problem: serde_json::Value = serde_json::from_slice(&raw.body).unwrap();
            assert_eq!(problem["field"], "Accept-Datetime", "{bad}");
            assert_eq!(problem["suggestion"], "Thu, 31 May 2007 20:35:00 GMT", "{bad}");
        }
    }
}

#[test]
fn the_timemap_lists_every_version_with_its_moment() {
    let site = site();
    for (_, lang) in LANGS {
        let path = format!("{lang}/events/{ID}/timemap");
        let raw = site.send(&path, &[]);
        assert_eq!((raw.status, raw.header("content-type")), (200, "application/link-format"));
        let map = String::from_utf8(raw.body.clone()).unwrap();
        let address = |rest: &str| format!("{BASE_URL}{lang}/events/{ID}{rest}");
        assert_eq!(related(&map, "original"), [address("")]);
        assert_eq!(related(&map, "timegate"), [address("/timegate")]);
        assert_eq!(related(&map, "self"), [address("/timemap")]);
        assert_eq!(related(&map, "memento"), ["/versions/1", "/versions/2", "/versions/3"].map(address));
        assert_eq!(related(&map, "first"), [address("/versions/1")]);
        assert_eq!(related(&map, "last"), [address("/versions/3")]);
        for (n, (_, rest)) in (1..).zip(links(&map).iter().filter(|(_, rest)| rest.contains("memento"))) {
            assert!(rest.contains(&format!("datetime=\"{}\"", datetime(&site, n))), "{rest}");
        }
        assert_eq!(site.send(&path, &[("if-none-match", raw.header("etag"))]).status, 304);
    }
}

#[test]
fn pages_name_the_timegate_and_versions_those_beside_them() {
    let site = site();
    for (_, lang) in LANGS {
        let address = |rest: &str| format!("{BASE_URL}{lang}/events/{ID}{rest}");
        let now = site.send(&format!("{lang}/events/{ID}"), &[]);
        assert_eq!(now.header("memento-datetime"), "");
        for page in ["", "/versions/1", "/versions/2", "/versions/3"] {
            // The second answer is the one that was kept.
            for _ in 0..2 {
                let link = site.send(&format!("{lang}/events/{ID}{page}"), &[]).header("link").to_owned();
                assert_eq!(related(&link, "original"), [address("")], "{page}");
                assert_eq!(related(&link, "timegate"), [address("/timegate")], "{page}");
                assert_eq!(related(&link, "timemap"), [address("/timemap")], "{page}");
            }
        }
        for (n, prev, next) in [(1, None, Some(2)), (2, Some(1), Some(3)), (3, Some(2), None)] {
            let page = site.get(&format!("{lang}/events/{ID}/versions/{n}"));
            let json = site.send(&format!("{lang}/events/{ID}/versions/{n}.json"), &[]);
            assert_eq!(json.headers.get("memento-datetime"), page.headers.get("memento-datetime"));
            assert_eq!((json.status, json.headers.get("link")), (200, page.headers.get("link")));
            for other in [format!("0{n}"), format!("+{n}"), format!("{n}.png")] {
                assert_eq!(site.send(&format!("{lang}/events/{ID}/versions/{other}"), &[]).status, 404, "{other}");
            }
            let link = page.headers["link"].to_str().unwrap();
            let version = |n: u32| address(&format!("/versions/{n}"));
            assert_eq!(related(link, "prev"), prev.map(version).into_iter().collect::<Vec<_>>());
            assert_eq!(related(link, "next"), next.map(version).into_iter().collect::<Vec<_>>());
            let beside = |rel: &str| page.attrs(&format!(".versions-beside a[rel={rel}]"), "href");
            let path = |n: u32| format!("{lang}/events/{ID}/versions/{n}");
            assert_eq!(beside("prev"), prev.map(path).into_iter().collect::<Vec<_>>());
            assert_eq!(beside("next"), next.map(path).into_iter().collect::<Vec<_>>());
            assert_eq!(page.count("#claim-1"), 1);
        }
    }
    assert!(site.get(&format!("/events/{ID}/versions/3")).text(".notice").contains("newest version"));
    assert!(site.get(&format!("/events/{ID}/versions/2")).text(".notice").contains("earlier version"));
}

#[test]
fn a_change_in_the_history_leads_to_the_claim_as_it_was() {
    let site = site();
    for (_, lang) in LANGS {
        let history = site.get(&format!("{lang}/events/{ID}/history"));
        let hrefs = history.attrs("ol.versions dd li a", "href");
        assert_eq!(hrefs, [format!("{lang}/events/{ID}/versions/3#claim-1")]);
    }
}

#[test]
fn what_never_was_has_no_timemap() {
    let site = site();
    for (_, lang) in LANGS {
        for page in ["timegate", "timemap", "history", "versions/1"] {
            assert_eq!(site.any(&format!("{lang}/events/nowhere/{page}")).status, 404, "{page}");
        }
    }
}
