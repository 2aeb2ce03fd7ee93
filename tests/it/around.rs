//! What stands around every page for its reader's sake: the way out, the content note, light and dark, paper.

use super::pages_kit::{LANGS, site};

#[test]
fn every_page_can_be_left_without_a_script_and_without_a_trace() {
    for (_, lang) in LANGS {
        for path in ["/events", "/events/2022-06-18-diallassagou", "/actors/jnim", "/reports", "/about", "/nowhere"] {
            let page = site().any(&format!("{lang}{path}"));
            assert_eq!(page.attr(".top a.exit", "href"), "https://www.wikipedia.org/", "{path}");
            let rel = page.attr(".top a.exit", "rel");
            for word in ["noreferrer", "noopener", "nofollow"] {
                assert!(rel.split(' ').any(|part| part == word), "{path}: {rel}");
            }
        }
    }
    assert_eq!(site().get("/fr/events").text(".top a.exit"), "Quitter cette page");
}

#[test]
fn what_speaks_of_killings_says_so_first_and_folded() {
    for path in ["/events", "/events/2022-06-18-diallassagou", "/regions/ml-mopti", "/actors/jnim"] {
        let page = site().get(path);
        assert_eq!(page.text("main > details.content-note:first-child > summary"), "Content note", "{path}");
        assert_eq!(page.count("details.content-note[open]"), 0, "{path}");
    }
    for path in ["/about", "/regions", "/api"] {
        assert_eq!(site().get(path).count("details.content-note"), 0, "{path}");
    }
}

#[test]
fn the_choice_of_light_or_dark_is_known_before_anything_is_drawn() {
    let page = site().get("/");
    let script = page.one("head > script:not([defer])");
    assert!(script.attr("src").unwrap().starts_with("/static/theme."));
    let at = |css: &str| page.body.find(&page.attr(css, if css.starts_with("link") { "href" } else { "src" })).unwrap();
    assert!(at("head > script:not([defer])") < at("link[rel=stylesheet]"));
    // Without scripts there is nothing to choose with.
    assert_eq!(page.count("fieldset.scheme[hidden] input[type=radio]"), 3);
}

#[test]
fn paper_says_where_it_comes_from_and_of_which_day_the_data_are() {
    let page = site().get("/fr/events?region=ml-mopti");
    let line = page.text(".on-paper");
    assert!(line.starts_with("https://constat.example/fr/events?region=ml-mopti – données du "), "{line}");
    let event = site().get("/events/2022-06-18-diallassagou");
    let urls = event.texts("section.report .report-url");
    assert!(urls.len() > 20 && urls.iter().all(|url| url.starts_with("http") && !url.contains('#')), "{urls:?}");
}
