//! What other sites show of this one in a frame, and what their programs are told of it.

use serde_json::Value;

use super::pages_kit::{Few, LANGS, Page, Site, dataset_ids, site};

const EVENT: &str = "2022-06-18-diallassagou";

/// That a page may stand in a frame anywhere, loads nothing but its style, and leads back with every link beside.
fn framed(page: &Page, whole: &str) {
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors *") && policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
    assert_eq!(page.headers["cross-origin-resource-policy"], "cross-origin");
    assert_eq!((page.count("script"), page.count("form"), page.count("link[rel=stylesheet]")), (0, 0, 1));
    assert_eq!(page.attr("base", "target"), "_blank");
    assert_eq!(page.attr("link[rel=canonical]", "href"), whole);
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert!(page.attrs("footer a", "href").contains(&whole.to_owned()));
    for link in page.attrs("svg a", "target") {
        assert_eq!(link, "_blank");
    }
}

#[test]
fn an_event_in_a_frame_shows_its_accounts_and_leads_to_each() {
    for (lang, prefix) in LANGS {
        let page = site().get(&format!("{prefix}/embed/events/{EVENT}"));
        framed(&page, &format!("https://constat.example{prefix}/events/{EVENT}"));
        let whole = site().get(&format!("{prefix}/events/{EVENT}"));
        assert_eq!(page.attr("html", "lang"), lang);
        for same in ["h1", ".toll .figure", ".event-when time"] {
            assert_eq!(page.texts(same)[0], whole.texts(same)[0]);
        }
        let marks = page.attrs(".chart svg a", "href");
        assert_eq!(marks.len(), whole.count(".chart svg a"));
        for href in &marks {
            let (path, claim) = href.split_once('#').unwrap();
            assert_eq!(path, format!("{prefix}/events/{EVENT}"));
            assert_eq!(whole.count(&format!("[id='{claim}']")), 1, "{href}");
        }
        let standing = page.text("footer");
        assert!(standing.contains("version 1") && standing.contains("CC"), "{standing}");
    }
}

#[test]
fn every_event_can_be_embedded() {
    for id in dataset_ids("events.csv") {
        let page = site().get(&format!("/embed/events/{id}"));
        assert_eq!(page.text("h1"), site().get(&format!("/events/{id}")).text("h1"));
    }
}

#[test]
fn a_map_in_a_frame_is_that_of_its_filter() {
    for (_, prefix) in LANGS {
        let page = site().get(&format!("{prefix}/embed/map?region=ml-mopti&kind=massacre"));
        let whole = site().get(&format!("{prefix}/events?kind=massacre&region=ml-mopti&view=map"));
        framed(&page, &format!("https://constat.example{prefix}/events?kind=massacre&region=ml-mopti&view=map"));
        assert_eq!(page.text("h1"), whole.text("h1"));
        assert!(page.text(".event-when").starts_with(&whole.text("p.count")));
        let marks = page.attrs("svg a.known", "href");
        assert!(marks.len() > 3);
        assert_eq!(marks, whole.attrs("svg a.known", "href"));
    }
    let other = site().get("/embed/map?actor=dan-na-ambassagou");
    assert_ne!(other.text(".event-when"), site().get("/embed/map").text(".event-when"));
}

#[test]
fn what_cannot_be_shown_says_so_within_the_frame() {
    for (path, status, words) in [
        ("/embed/events/nowhere", 404, "nothing at this address"),
        ("/fr/embed/events/nowhere", 404, "adresse"),
        ("/embed/map?kind=masacre", 400, "masacre"),
    ] {
        let page = site().any(path);
        assert_eq!(page.status, status, "{path}");
        assert!(page.text("main").contains(words), "{path}: {}", page.text("main"));
        assert!(page.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors *"));
        assert_eq!((page.count("script"), page.count("header")), (0, 0));
    }
}

/// The address of the frame that some code shows.
fn src(code: &str) -> String {
    let page = scraper::Html::parse_fragment(code);
    let frame = page.select(&super::pages_kit::selector("iframe")).next().unwrap();
    assert!(!frame.attr("title").unwrap().is_empty());
    frame.attr("src").unwrap().strip_prefix("https://constat.example").unwrap().to_owned()
}

#[test]
fn a_page_offers_its_code_and_programs_find_it() {
    for (_, prefix) in LANGS {
        for path in [format!("{prefix}/events/{EVENT}"), format!("{prefix}/events?region=ml-mopti&view=map")] {
            let page = site().get(&path);
            let code = page.one(".embed-code code").text().collect::<String>();
            let offered = src(&code);
            site().get(&offered);
            let found = page.attr("link[type='application/json+oembed']", "href");
            let answer = site().json(&found);
            assert_eq!(answer["html"], code);
            assert_eq!(
                (&answer["version"], &answer["type"], &answer["provider_name"]),
                (&"1.0".into(), &"rich".into(), &"Constat".into())
            );
            assert_eq!(answer["title"], page.text("h1"));
        }
    }
    assert_eq!(site().get("/events").count("link[type='application/json+oembed']"), 0);
    assert_eq!(site().get(&format!("/events/{EVENT}/versions/1")).count(".embed-code"), 0);
}

#[test]
fn oembed_keeps_to_what_is_asked_and_refuses_the_rest() {
    let url = format!("https%3A%2F%2Fconstat.example%2Fevents%2F{EVENT}");
    let usual = site().json(&format!("/oembed?url={url}"));
    assert!(usual["height"].as_u64().unwrap() > 300);
    assert_eq!(usual["thumbnail_url"], format!("https://constat.example/events/{EVENT}.png"));
    let small = site().json(&format!("/oembed?url={url}&maxwidth=400&maxheight=200"));
    assert_eq!((&small["width"], &small["height"]), (&400.into(), &200.into()));
    assert!(small["html"].as_str().unwrap().contains("width=\"400\" height=\"200\""));
    let raw = site().send(&format!("/oembed?url={url}&format=xml"), &[]);
    assert_eq!(raw.header("content-type"), "text/xml; charset=utf-8");
    assert_eq!(raw.header("access-control-allow-origin"), "*");
    let text = String::from_utf8(raw.body).unwrap();
    let xml = roxmltree::Document::parse(&text).unwrap();
    let field =
        |name: &str| xml.descendants().find(|n| n.has_tag_name(name)).and_then(|n| n.text()).unwrap().to_owned();
    for (name, value) in usual.as_object().unwrap() {
        assert_eq!(field(name), value.as_str().map_or_else(|| value.to_string(), str::to_owned), "{name}");
    }
    for (query, status) in [
        ("", 400),
        ("url=https%3A%2F%2Fother.example%2Fevents%2Fx", 404),
        ("url=https%3A%2F%2Fconstat.example.evil%2Fevents%2Fx", 404),
        ("url=https%3A%2F%2Fconstat.example%2Fabout", 404),
        // A frame shows what is so now.
        (&format!("url={url}%2Fversions%2F1"), 404),
        ("url=https%3A%2F%2Fconstat.example%2Fevents%2Fnowhere", 404),
        ("url=https%3A%2F%2Fconstat.example%2Fevents%3Fkind%3Dmasacre", 400),
        ("url=%00", 404),
        (&format!("url={url}&maxwidth=wide"), 400),
        (&format!("url={url}&colour=red"), 400),
        (&format!("url={url}&format=yaml"), 400),
    ] {
        let raw = site().send(&format!("/oembed?{query}"), &[]);
        assert_eq!((raw.status, raw.header("content-type")), (status, "application/problem+json"), "{query}");
        let problem: Value = serde_json::from_slice(&raw.body).unwrap();
        assert_eq!(problem["status"], status);
    }
}

#[test]
fn a_frame_follows_an_event_that_was_merged() {
    let few = |id: &str| {
        let few = Few::default().region("land", "", "country").report("paper");
        few.event(id, "massacre", ("2020-01-01", "", "day"), "land").killed(id, "paper", "1", "1", "media")
    };
    let merged = few("new")
        .package("one")
        .version("2")
        .with("retired.csv", "kind,id,successor,reason,reason_fr\nevent,old,new,One event.,Un seul événement.\n");
    let site = Site::on(&[few("old").package("one"), merged]);
    for (_, prefix) in LANGS {
        let raw = site.send(&format!("{prefix}/embed/events/old"), &[]);
        assert_eq!((raw.status, raw.header("location")), (308, format!("{prefix}/embed/events/new").as_str()));
    }
}
