//! Rules that hold of every page: the whole site is walked once, from its two front doors along its own links, and
//! each test reads what was seen on the way.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use scraper::ElementRef;

use super::pages_kit::{BASE_URL, LANGS, Page, attr, dataset_ids, site};

/// How many links that search engines are told not to follow (filters, orders, chips) are followed, of each kind of
/// page in each language: they are endless.
const SAMPLE: usize = 40;

/// What was seen at an address.
#[derive(Default)]
struct Seen {
    status: u16,
    html: bool,
    ids: HashSet<String>,
    /// Internal links: the address, the part after `#`, whether robots may follow.
    links: Vec<(String, String, bool)>,
    /// What is wrong with the page, by the rule it breaks.
    faults: Vec<(&'static str, String)>,
}

struct Walk {
    seen: BTreeMap<String, Seen>,
    /// Of each address, where it was first seen.
    from: HashMap<String, String>,
}

static WALK: LazyLock<Walk> = LazyLock::new(walk);

fn walk() -> Walk {
    let mut walk = Walk { seen: BTreeMap::new(), from: HashMap::new() };
    let mut frontier = vec!["/".to_owned(), "/fr".to_owned()];
    let mut sampled: HashMap<String, usize> = HashMap::new();
    while !frontier.is_empty() {
        let pages: Vec<Seen> = in_threads(&frontier, look);
        let mut next = Vec::new();
        for (path, seen) in frontier.into_iter().zip(pages) {
            for (target, _, follow) in &seen.links {
                if walk.from.contains_key(target) || target == "/" || target == "/fr" {
                    continue;
                }
                if !follow {
                    let taken = sampled.entry(kind_of(&path)).or_default();
                    if *taken >= SAMPLE {
                        continue;
                    }
                    *taken += 1;
                }
                walk.from.insert(target.clone(), path.clone());
                next.push(target.clone());
            }
            walk.seen.insert(path, seen);
        }
        frontier = next;
    }
    walk
}

/// The same work on each item, on two threads, in order.
fn in_threads<T: Send>(paths: &[String], work: impl Fn(&str) -> T + Sync) -> Vec<T> {
    let (first, second) = paths.split_at(paths.len() / 2);
    let run = |paths: &[String]| paths.iter().map(|path| work(path)).collect::<Vec<T>>();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| run(second));
        let mut all = run(first);
        all.extend(other.join().unwrap());
        all
    })
}

/// `/fr/events/x?y` is `/fr/events/*`.
fn kind_of(path: &str) -> String {
    let path = path.split('?').next().unwrap();
    let (lang, bare) = match path.strip_prefix("/fr") {
        Some(rest) => ("/fr", rest),
        None => ("", path),
    };
    let mut parts = bare.split('/').skip(1);
    format!("{lang}/{}{}", parts.next().unwrap_or_default(), if parts.next().is_some() { "/*" } else { "" })
}

fn look(path: &str) -> Seen {
    let raw = site().send(path, &[]);
    let kind = raw.header("content-type").to_owned();
    let mut seen = Seen { status: raw.status, html: kind.starts_with("text/html"), ..Seen::default() };
    if seen.html {
        examine(&Page::of(raw), &mut seen);
    } else if kind == "application/json" {
        match serde_json::from_slice(&raw.body) {
            Ok(value) => addresses(&value, &mut seen.links),
            Err(error) => seen.faults.push(("json", error.to_string())),
        }
    }
    seen
}

/// The addresses of this site in a JSON document.
fn addresses(value: &serde_json::Value, links: &mut Vec<(String, String, bool)>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| addresses(item, links)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(text) if ["url", "page", "next"].contains(&name.as_str()) => {
                        // The site's own address stands for its front door.
                        links.extend(internal(text, "/").map(|(path, hash)| (path, hash, true)));
                    }
                    _ => addresses(value, links),
                }
            }
        }
        _ => {}
    }
}

/// An address of this site and the part after its `#`, whatever way it is written.
fn internal(href: &str, page: &str) -> Option<(String, String)> {
    let href = href.strip_prefix(BASE_URL).unwrap_or(href);
    if href.contains("://") || href.starts_with("data:") {
        return None;
    }
    let (path, hash) = href.split_once('#').unwrap_or((href, ""));
    Some((if path.is_empty() { page } else { path }.to_owned(), hash.to_owned()))
}

fn examine(page: &Page, seen: &mut Seen) {
    let path = page.path.as_str();
    let lang = if path == "/fr" || path.starts_with("/fr/") || path.starts_with("/fr?") { "fr" } else { "en" };
    let mut fault = |rule, what: String| seen.faults.push((rule, what));

    if page.attrs("html", "lang") != [lang] {
        fault("lang", page.attrs("html", "lang").join(" "));
    }
    if page.count("h1") != 1 || page.text("h1").is_empty() {
        fault("h1", format!("{:?}", page.texts("h1")));
    }
    if page.texts("title").iter().any(String::is_empty) || page.count("main") != 1 {
        fault("h1", "no title or not one <main>".to_owned());
    }
    for name in ["en", "fr", "x-default"] {
        let hrefs = page.attrs(&format!("link[rel=alternate][hreflang={name}]"), "href");
        if page.status == 200 && hrefs != [format!("{BASE_URL}{}", counterpart(path, name))] {
            fault("hreflang", format!("{name}: {hrefs:?}"));
        }
    }
    let other = if lang == "en" { "fr" } else { "en" };
    if page.status == 200 && page.attr("a.switch", "href") != counterpart(path, other) {
        fault("hreflang", page.attr("a.switch", "href"));
    }
    for element in page.select("*") {
        inline(element, &mut |what| fault("inline", what));
        let id = attr(element, "id");
        if !id.is_empty() && !seen.ids.insert(id.clone()) {
            fault("ids", id);
        }
    }
    for element in page.select("a, link[href], [src], form, image, use") {
        let value = element.value();
        let name = ["href", "src", "action", "xlink:href"].into_iter().find(|name| value.attr(name).is_some());
        let Some(href) = name.and_then(|name| value.attr(name)).filter(|href| !href.is_empty() && *href != "#") else {
            fault("href", element.html().chars().take(120).collect());
            continue;
        };
        let rel = value.attr("rel").unwrap_or_default();
        let follow = !rel.contains("nofollow") || rel.contains("next");
        seen.links.extend(internal(href, path).map(|(target, hash)| (target, hash, follow)));
    }
    let labels: HashSet<String> = page
        .attrs("[for], [aria-labelledby], [aria-describedby]", "for")
        .into_iter()
        .filter(|id| !id.is_empty())
        .collect();
    let named = ["aria-labelledby", "aria-describedby"];
    let named = named.iter().flat_map(|name| page.attrs(&format!("[{name}]"), name));
    for id in labels.into_iter().chain(named) {
        if !seen.ids.contains(&id) {
            seen.faults.push(("ids", format!("{id} is named and not there")));
        }
    }
}

/// What the Content-Security-Policy would refuse.
fn inline(element: ElementRef, fault: &mut dyn FnMut(String)) {
    let value = element.value();
    let name = value.name();
    // A block of data is no script: nothing of it is run.
    let data = value.attr("type") == Some("application/ld+json");
    let inline = name == "script" && !data && (value.attr("src").is_none() || element.text().next().is_some());
    if name == "style" || inline {
        fault(format!("<{name}>"));
    }
    for (attribute, text) in value.attrs() {
        if attribute == "style" || attribute.starts_with("on") || text.trim_start().starts_with("javascript:") {
            fault(format!("<{name} {attribute}={text:?}>"));
        }
    }
}

/// The same address in a language.
fn counterpart(path: &str, lang: &str) -> String {
    let bare = match path.strip_prefix("/fr") {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => rest,
        _ => path,
    };
    match (lang, bare) {
        ("fr", "/") => "/fr".to_owned(),
        ("fr", bare) => format!("/fr{bare}"),
        (_, "") => "/".to_owned(),
        _ => bare.to_owned(),
    }
}

/// No page breaks the rule.
fn assert_rule(rule: &str) {
    let broken: Vec<String> = WALK
        .seen
        .iter()
        .flat_map(|(path, seen)| seen.faults.iter().map(move |(name, what)| (path, name, what)))
        .filter(|(_, name, _)| **name == rule)
        .map(|(path, _, what)| format!("{path}: {what}"))
        .collect();
    assert!(WALK.seen.values().filter(|seen| seen.html).count() > 1000, "too few pages were seen");
    assert!(broken.is_empty(), "{} times, first {:#?}", broken.len(), &broken[..broken.len().min(20)]);
}

#[test]
fn every_link_leads_somewhere() {
    let dead: Vec<String> = WALK
        .seen
        .iter()
        .filter(|(_, seen)| seen.status >= 400)
        .map(|(path, seen)| format!("{path}: {} (on {})", seen.status, WALK.from[path]))
        .collect();
    assert!(dead.is_empty(), "{} dead, first {:#?}", dead.len(), &dead[..dead.len().min(20)]);
    assert_rule("href");
    assert_rule("json");
}

#[test]
fn every_link_to_a_part_of_a_page_finds_it_there() {
    let mut lost = BTreeSet::new();
    let mut looked = 0;
    for (path, seen) in &WALK.seen {
        for (target, hash, _) in seen.links.iter().filter(|(_, hash, _)| !hash.is_empty()) {
            if let Some(page) = WALK.seen.get(target).filter(|page| page.html) {
                looked += 1;
                if !page.ids.contains(hash) {
                    lost.insert(format!("{path}: {target}#{hash}"));
                }
            }
        }
    }
    assert!(looked > 5000, "only {looked} links to parts of pages");
    assert!(lost.is_empty(), "{} lost, first {:#?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
}

#[test]
fn every_page_says_its_language_and_names_its_counterpart() {
    assert_rule("lang");
    assert_rule("hreflang");
}

#[test]
fn every_page_has_one_heading_of_the_first_rank() {
    assert_rule("h1");
}

#[test]
fn no_id_stands_twice_on_a_page_or_is_named_and_missing() {
    assert_rule("ids");
}

#[test]
fn nothing_is_inline() {
    assert_rule("inline");
}

#[test]
fn everything_in_the_dataset_is_reached_by_links_in_both_languages_and_as_json() {
    let mut missing = Vec::new();
    let mut expect = |path: String| {
        if !WALK.seen.contains_key(&path) {
            missing.push(path);
        }
    };
    for (_, lang) in LANGS {
        for (table, kind) in
            [("events.csv", "events"), ("actors.csv", "actors"), ("regions.csv", "regions"), ("reports.csv", "reports")]
        {
            expect(format!("{lang}/{kind}"));
            expect(format!("{lang}/{kind}.json"));
            for id in dataset_ids(table) {
                expect(format!("{lang}/{kind}/{id}"));
                expect(format!("{lang}/{kind}/{id}.json"));
                if kind == "events" {
                    expect(format!("{lang}/{kind}/{id}/history"));
                    expect(format!("{lang}/{kind}/{id}/history.json"));
                    expect(format!("{lang}/{kind}/{id}/versions/1"));
                    expect(format!("{lang}/{kind}/{id}/versions/1.json"));
                }
            }
        }
        for page in ["/compare", "/search", "/about", "/about/method", "/about/data", "/api"] {
            expect(format!("{lang}{page}"));
        }
    }
    expect("/about/data/mali.zip".to_owned());
    assert!(missing.is_empty(), "{} missing, first {:#?}", missing.len(), &missing[..missing.len().min(20)]);
}
