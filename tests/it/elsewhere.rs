//! What other programs than browsers are told: robots, and those that make previews.

use super::pages_kit::{LANGS, site};

#[test]
fn robots_may_read_pages_but_no_combinations() {
    let raw = site().send("/robots.txt", &[]);
    let text = String::from_utf8(raw.body).unwrap();
    let mut lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("Disallow: ")).collect();
    lines.sort_unstable();
    let mut expected = Vec::new();
    for (_, lang) in LANGS {
        expected
            .extend(["/events?", "/events.*?", "/compare?", "/embed/", "/oembed"].map(|path| format!("{lang}{path}")));
    }
    // What only programs ask for has an end, but nothing that the pages do not say.
    expected.push("/ogc".to_owned());
    expected.sort_unstable();
    assert_eq!(lines, expected);
}

#[test]
fn every_kind_of_page_has_what_a_preview_needs() {
    let pages = [
        "/",
        "/events",
        "/events/2022-06-18-diallassagou",
        "/events/2022-06-18-diallassagou/history",
        "/actors",
        "/regions",
        "/reports",
        "/compare",
        "/search",
        "/about",
        "/about/method",
        "/about/data",
        "/api",
    ];
    for (code, lang) in LANGS {
        for path in pages {
            let path = if (path, lang) == ("/", "/fr") { "/fr".to_owned() } else { format!("{lang}{path}") };
            let page = site().get(&path);
            let said = |name: &str| page.attr(&format!("meta[property='og:{name}']"), "content");
            for name in ["title", "description", "url", "site_name", "type"] {
                assert!(!said(name).is_empty(), "{path}: {name}");
            }
            let (own, other) = if code == "fr" { ("fr_FR", "en_GB") } else { ("en_GB", "fr_FR") };
            assert_eq!((said("locale"), said("locale:alternate")), (own.to_owned(), other.to_owned()), "{path}");
        }
    }
}
