//! The feed of a list: what changed last, corrections marked, the rest behind `next`.

use scraper::Html;

use super::kit::Package;
use super::pages_kit::{BASE_URL, Few, Site, selector, site};

/// A feed.
struct Feed {
    doc: Html,
}

fn feed(site: &Site, path: &str) -> Feed {
    let raw = site.send(path, &[]);
    assert_eq!((raw.status, raw.header("content-type")), (200, "application/atom+xml; charset=utf-8"), "{path}");
    let text = String::from_utf8(raw.body).unwrap();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"));
    // The names of Atom are close enough to HTML's to be asked by selector; `link` has no content in either.
    let doc = Html::parse_fragment(&text.replace("<title>", "<h1>").replace("</title>", "</h1>"));
    Feed { doc }
}

impl Feed {
    fn texts(&self, css: &str) -> Vec<String> {
        self.doc.select(&selector(css)).map(|element| element.text().collect()).collect()
    }

    fn attrs(&self, css: &str, name: &str) -> Vec<String> {
        self.doc.select(&selector(css)).map(|element| element.value().attr(name).unwrap().to_owned()).collect()
    }
}

fn package(title: &str) -> Package {
    let mut few = Few::default().region("r1", "", "country").report("rep");
    for n in 1..=5 {
        let kind = if n == 4 { "looting" } else { "massacre" };
        let title = if n == 2 { title } else { "Event" };
        few = few.row("events", &format!("e{n},{title} {n},Fait {n},{kind},2020-01-0{n},,day,r1,,,country,,"));
        few = few.killed(&format!("e{n}"), "rep", "3", "3", "media");
    }
    few.package("few")
}

fn ids(feed: &Feed) -> Vec<String> {
    feed.texts("entry > id")
        .iter()
        .map(|id| id.strip_prefix(&format!("{BASE_URL}/events/")).unwrap().to_owned())
        .collect()
}

#[test]
fn what_changed_last_comes_first_and_says_that_it_was_corrected() {
    let site = Site::on(&[package("Before & <after>"), package("Corrected & <so>")]);
    let all = feed(&site, "/events.atom?kind=massacre");
    assert_eq!(ids(&all), ["e2", "e5", "e3", "e1"]);
    assert_eq!(all.texts("entry > h1")[0], "Corrected & <so> 2");
    assert_eq!(all.attrs("entry category[term=corrected]", "label"), ["corrected"]);
    assert!(all.texts("entry summary")[0].contains("this is version 2"));
    assert!(!all.texts("entry summary")[1].contains("version"));
    let (updated, published) = (all.texts("entry updated"), all.texts("entry published"));
    assert!(updated[0] > published[0] && updated[1] == published[1], "{updated:?} {published:?}");
    assert_eq!(all.texts("feed > updated")[0], updated[0]);

    // Two at a time, and all of them once.
    let mut found = Vec::new();
    let mut next = Some("/events.atom?kind=massacre&limit=2".to_owned());
    while let Some(path) = next {
        let page = feed(&site, &path);
        found.extend(ids(&page));
        assert_eq!(page.texts("feed > id"), [format!("{BASE_URL}/events.atom?kind=massacre&limit=2")]);
        assert_eq!(page.attrs("feed > link[rel=self]", "href"), [format!("{BASE_URL}{path}")]);
        next = page.attrs("feed > link[rel=next]", "href").first().map(|url| url[BASE_URL.len()..].to_owned());
    }
    assert_eq!(found, ids(&all));
}

#[test]
fn a_feed_says_whose_it_is_in_both_languages() {
    for (lang, prefix, title) in [
        ("en", "", "Massacres in the Mopti region – Constat"),
        ("fr", "/fr", "Massacres dans la région de Mopti – Constat"),
    ] {
        let query = "kind=massacre&region=ml-mopti";
        let feed = feed(site(), &format!("{prefix}/events.atom?{query}"));
        assert_eq!(
            (feed.texts("feed > h1"), feed.attrs("feed", "xml:lang")),
            (vec![title.to_owned()], vec![lang.to_owned()])
        );
        let list = site().json(&format!("{prefix}/events.json?limit=200&{query}"));
        assert_eq!(feed.texts("entry").len() as u64, list["total"].as_u64().unwrap().min(50));
        assert_eq!(feed.attrs("feed > link[rel=alternate]", "href"), [format!("{BASE_URL}{prefix}/events?{query}")]);
        assert!(feed.texts("entry rights").iter().all(|rights| rights.contains("CC-BY-4.0")));
        assert!(feed.texts("entry > id").iter().all(|id| id.starts_with(&format!("{BASE_URL}{prefix}/events/"))));
    }
    // Nothing in it is a feed too.
    assert!(feed(site(), "/events.atom?to=1900").texts("entry").is_empty());
}
