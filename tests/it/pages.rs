//! The other pages: lists, actors, regions, reports, histories, the front door and what is said about the site. What
//! is expected comes from the tables of the dataset.

use std::collections::{BTreeMap, BTreeSet};

use super::kit::Package;
use super::pages_kit::{LANGS, Site, attr, dataset, dataset_ids, site, within, words};

type Row = BTreeMap<String, String>;

fn rows(table: &str) -> BTreeMap<String, Row> {
    dataset(table).into_iter().map(|row| (row["id"].clone(), row)).collect()
}

fn name<'a>(row: &'a Row, lang: &str) -> &'a str {
    &row[if lang.is_empty() { "name" } else { "name_fr" }]
}

/// The ids of the regions in and below one.
fn below(regions: &BTreeMap<String, Row>, id: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::from([id.to_owned()]);
    loop {
        let more: Vec<String> =
            regions.iter().filter(|(_, row)| found.contains(&row["parent"])).map(|(id, _)| id.clone()).collect();
        let before = found.len();
        found.extend(more);
        if found.len() == before {
            return found;
        }
    }
}

/// The events in which each actor has a part.
fn events_by_actor() -> BTreeMap<String, BTreeSet<String>> {
    let mut by: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in dataset("event_actors.csv") {
        by.entry(row["actor"].clone()).or_default().insert(row["event"].clone());
    }
    by
}

fn first_number(text: &str) -> usize {
    text.split_whitespace().next().unwrap().replace([',', '\u{202f}'], "").parse().unwrap()
}

#[test]
fn the_explorer_shows_every_event_page_by_page_as_list_and_as_table() {
    let all: BTreeSet<String> = dataset_ids("events.csv").into_iter().collect();
    for (_, lang) in LANGS {
        for (view, links) in [("", "ol.cards h3 a"), ("&view=table", "table.events td:nth-child(2) a")] {
            let mut next = Some(format!("{lang}/events?limit=40{view}"));
            let (mut seen, mut pages) = (Vec::new(), 0);
            while let Some(path) = next {
                let page = site().get(&path);
                assert_eq!(first_number(&page.text("p.count[role=status]")), all.len(), "{path}");
                seen.extend(page.attrs(links, "href"));
                next = page.attrs("p.pages a.next", "href").pop();
                pages += 1;
                assert_eq!(page.count("p.pages a:not(.next)"), usize::from(pages > 1), "{path}");
            }
            let expected: BTreeSet<String> = all.iter().map(|id| format!("{lang}/events/{id}")).collect();
            assert_eq!((pages, seen.len()), (3, all.len()));
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), expected);
        }
    }
}

#[test]
fn a_card_says_when_where_who_and_how_many_and_so_does_a_row() {
    let card = site().get("/events?q=Diallassagou&from=2022-06-18&to=2022-06-18&kind=massacre");
    assert_eq!(card.text("ol.cards h3"), rows("events.csv")["2022-06-18-diallassagou"]["title"]);
    assert_eq!(card.attr("ol.cards time", "datetime"), "2022-06-18");
    assert_eq!(card.text("ol.cards time"), "18 to 19 June 2022");
    assert_eq!(card.text("ol.cards .figure"), "132");
    assert_eq!(card.text("ol.cards .mark"), "accounts differ");
    assert_eq!(card.texts("ol.cards .place a").first().map(String::as_str), Some("Diallassagou"));
    assert!(card.texts("ol.cards .card-who a").contains(&"Katiba Macina".to_owned()));
    let row = site().get("/fr/events?q=Diallassagou&from=2022-06-18&to=2022-06-18&kind=massacre&view=table");
    assert_eq!(row.count("table.events tbody tr"), 1);
    assert_eq!(row.text("table.events tbody time"), "du 18 au 19 juin 2022");
    assert_eq!(row.text("table.events tbody td:nth-child(3)"), "Massacre");
    assert_eq!(row.text("table.events tbody td:nth-child(5)"), "132");
    assert_eq!(row.text("table.events tbody .mark"), "les récits divergent");
    assert_eq!(row.count("table.events thead th[scope=col]"), 8);
}

#[test]
fn the_list_of_actors_names_each_one_with_how_many_events() {
    let events = events_by_actor();
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/actors"));
        assert_eq!(page.count("ul.index > li"), dataset("actors.csv").len());
        for (id, row) in rows("actors.csv") {
            let link = page.one(&format!("ul.index a[href='{lang}/actors/{id}']"));
            assert_eq!(words(link), name(&row, lang));
            let item = scraper::ElementRef::wrap(link.parent().unwrap()).unwrap();
            let count = first_number(&words(within(item, ".n")[0]));
            assert_eq!(count, events.get(&id).map_or(0, BTreeSet::len), "{id}");
        }
    }
}

#[test]
fn an_actor_has_its_names_ties_roles_and_events() {
    let (actors, ties, mentions) = (rows("actors.csv"), dataset("actor_links.csv"), dataset("mentions.csv"));
    let events = events_by_actor();
    for (_, lang) in LANGS {
        for (id, row) in &actors {
            let page = site().get(&format!("{lang}/actors/{id}"));
            assert_eq!(page.text("h1"), name(row, lang));
            let also: BTreeSet<String> = page.texts("header.subject .names bdi").into_iter().collect();
            for alt in row["alt_names"].split('|').filter(|alt| !alt.is_empty()) {
                assert!(also.contains(alt) || alt == name(row, lang), "{id}: {alt} is not in {also:?}");
            }
            let total = events.get(id).map_or(0, BTreeSet::len);
            assert_eq!(first_number(&page.text(".events-of h2 .count")), total, "{id}");
            let cards = page.attrs(".events-of ol.cards h3 a", "href");
            assert_eq!(cards.len(), total.min(25), "{id}");
            for card in &cards {
                let event = card.rsplit('/').next().unwrap();
                assert!(events[id].contains(event), "{id}: {card}");
            }
            let mut expected: Vec<String> = ties
                .iter()
                .filter(|tie| [&tie["actor"], &tie["other"]].contains(&id))
                .map(|tie| format!("{lang}/reports/{}#{}", tie["report"], tie["passage"]))
                .collect();
            let mut shown = page.attrs(".ties li li a", "href");
            expected.sort();
            shown.sort();
            assert_eq!(shown, expected, "{id}");
            let named: BTreeSet<String> = mentions
                .iter()
                .filter(|mention| mention["actor"] == *id)
                .map(|mention| format!("{lang}/reports/{}#{}", mention["report"], mention["passage"]))
                .collect();
            assert_eq!(page.attrs("ul.mentions a", "href").into_iter().collect::<BTreeSet<_>>(), named, "{id}");
        }
    }
}

#[test]
fn the_roles_of_an_actor_lead_to_as_many_events_as_they_say() {
    for id in ["katiba-macina", "jnim", "malian-armed-forces"] {
        let page = site().get(&format!("/actors/{id}"));
        let counts = page.select(".facts ul.counts li");
        assert!(counts.len() > 3, "{id}");
        for li in counts.into_iter().filter(|li| attr(within(*li, "a")[0], "href").contains("/events?")) {
            let target = site().get(&attr(within(li, "a")[0], "href"));
            let said = first_number(&words(within(li, ".n")[0]));
            assert_eq!(first_number(&target.text("p.count")), said, "{id}: {}", target.path);
        }
    }
}

#[test]
fn the_tree_of_regions_holds_each_place_under_the_one_it_lies_in() {
    let regions = rows("regions.csv");
    let events = dataset("events.csv");
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/regions"));
        assert_eq!(page.count("ul.tree li"), regions.len());
        for (id, row) in &regions {
            let link = page.one(&format!("ul.tree a[href='{lang}/regions/{id}']"));
            assert_eq!(words(link), name(row, lang));
            let item =
                link.ancestors().filter_map(scraper::ElementRef::wrap).find(|e| e.value().name() == "li").unwrap();
            let above = item.ancestors().filter_map(scraper::ElementRef::wrap).find(|e| e.value().name() == "li");
            let parent = above.map(|li| attr(within(li, "a")[0], "href"));
            let expected = (!row["parent"].is_empty()).then(|| format!("{lang}/regions/{}", row["parent"]));
            assert_eq!(parent, expected, "{id}");
            let inside = below(&regions, id);
            let count = events.iter().filter(|event| inside.contains(&event["region"])).count();
            let head = within(item, "p").first().copied().unwrap_or(item);
            let said = within(head, ".n").first().map_or(0, |n| first_number(&words(*n)));
            assert_eq!(said, count, "{id}");
        }
    }
}

#[test]
fn a_region_has_its_path_parts_names_and_the_events_in_it_and_below() {
    let regions = rows("regions.csv");
    let events = dataset("events.csv");
    for (_, lang) in LANGS {
        for (id, row) in &regions {
            let page = site().get(&format!("{lang}/regions/{id}"));
            assert_eq!(page.text("h1"), name(row, lang));
            let inside = below(&regions, id);
            let mut expected: BTreeSet<String> = events
                .iter()
                .filter(|event| inside.contains(&event["region"]))
                .map(|event| format!("{lang}/events/{}", event["id"]))
                .collect();
            assert_eq!(first_number(&page.text(".events-of h2 .count")), expected.len(), "{id}");
            let cards: BTreeSet<String> = page.attrs(".events-of ol.cards h3 a", "href").into_iter().collect();
            assert_eq!(cards.len(), expected.len().min(25), "{id}");
            expected.retain(|event| cards.contains(event));
            assert_eq!(cards, expected, "{id}");
            let mut path = Vec::new();
            let mut at = &row["parent"];
            while !at.is_empty() {
                path.insert(0, format!("{lang}/regions/{at}"));
                at = &regions[at]["parent"];
            }
            assert_eq!(page.attrs("nav.crumbs a", "href"), path, "{id}");
            let children: BTreeSet<String> = regions
                .iter()
                .filter(|(_, row)| row["parent"] == *id)
                .map(|(child, _)| format!("{lang}/regions/{child}"))
                .collect();
            let hrefs = page.attrs(".facts ul.counts a", "href");
            let parts: BTreeSet<String> = hrefs.into_iter().filter(|href| href.contains("/regions/")).collect();
            assert_eq!(parts, children, "{id}");
        }
    }
}

#[test]
fn the_list_of_reports_holds_each_one_once_the_newest_first() {
    let reports = rows("reports.csv");
    for (_, lang) in LANGS {
        let (mut seen, mut next) = (Vec::new(), Some(format!("{lang}/reports")));
        while let Some(path) = next {
            let page = site().get(&path);
            assert_eq!(first_number(&page.text(".intro .count")), reports.len());
            seen.extend(page.attrs("ol.reports .title a", "href"));
            next = page.attrs("a.next", "href").pop();
        }
        let ids: Vec<&str> = seen.iter().map(|href| href.rsplit('/').next().unwrap()).collect();
        let dates: Vec<&str> = ids.iter().map(|id| reports[*id]["published"].as_str()).collect();
        assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
        assert_eq!(ids.len(), reports.len());
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>().len(), reports.len());
    }
}

#[test]
fn reports_are_chosen_by_language_kind_and_publisher() {
    let reports = rows("reports.csv");
    for (key, column, value) in
        [("language", "language", "es"), ("kind", "kind", "ngo_report"), ("publisher", "publisher", "RFI")]
    {
        let mut expected: BTreeSet<String> = BTreeSet::new();
        expected.extend(reports.iter().filter(|(_, row)| row[column] == value).map(|(id, _)| id.clone()));
        let list = site().json(&format!("/reports.json?{key}={value}"));
        assert_eq!(list["total"], expected.len(), "{key}");
        assert!(!expected.is_empty() && expected.len() < reports.len());
        for report in list["reports"].as_array().unwrap() {
            assert!(expected.contains(report["id"].as_str().unwrap()), "{key}: {report}");
        }
        let page = site().get(&format!("/reports?{key}={value}"));
        assert_eq!(first_number(&page.text(".intro .count")), expected.len(), "{key}");
    }
    let page = site().get("/reports");
    for link in page.select(".pickers a") {
        let target = site().get(&attr(link, "href"));
        assert_eq!(
            first_number(&target.text(".intro .count")),
            first_number(&words(within(link, ".n")[0])),
            "{}",
            target.path
        );
        assert_eq!(target.count(".pickers a[aria-current=true]"), 1);
    }
}

#[test]
fn a_report_stands_passage_by_passage_with_what_each_speaks_of() {
    let (passages, claims) = (dataset("passages.csv"), dataset("claims.csv"));
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut first: BTreeMap<(String, String, String), u32> = BTreeMap::new();
    for row in &claims {
        let n = numbers.entry(row["event"].clone()).or_default();
        *n += 1;
        first.entry((row["report"].clone(), row["passage"].clone(), row["event"].clone())).or_insert(*n);
    }
    for (_, lang) in LANGS {
        for (id, row) in rows("reports.csv") {
            let page = site().get(&format!("{lang}/reports/{id}"));
            let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(page.text("h1"), folded(&row["title"]));
            assert_eq!(page.attr("h1", "lang"), row["language"]);
            assert!(page.text("header.subject .names").contains(&row["publisher"]), "{id}");
            let original = page.attrs("header.subject a[rel~=external]", "href");
            assert_eq!(original, if row["url"].is_empty() { vec![] } else { vec![row["url"].clone()] }, "{id}");
            let of: Vec<&Row> = passages.iter().filter(|passage| passage["report"] == id).collect();
            assert_eq!(page.count(".passage"), of.len(), "{id}");
            for passage in of {
                let shown = page.one(&format!(".passage[id='{}']", passage["id"]));
                let gist = &passage[if lang.is_empty() { "gist" } else { "gist_fr" }];
                assert_eq!(words(within(shown, ".gist")[0]), folded(gist));
                assert_eq!(words(within(shown, ".quote")[0]), folded(&passage["anchor"]));
                assert_eq!(attr(within(shown, ".quote")[0], "lang"), row["language"]);
                let expected: BTreeSet<String> = first
                    .iter()
                    .filter(|((report, at, _), _)| *report == id && *at == passage["id"])
                    .map(|((.., event), n)| format!("{lang}/events/{event}#claim-{n}"))
                    .collect();
                let links = within(shown, ".speaks li:not(.named) a").into_iter().map(|a| attr(a, "href"));
                let links: BTreeSet<String> = links.filter(|href| href.contains("#claim-")).collect();
                assert_eq!(links, expected, "{id} {}", passage["id"]);
            }
        }
    }
}

#[test]
fn the_history_lists_versions_and_keeps_each_as_it_was() {
    let before = Package::base();
    let after = Package::base()
        .version("2")
        .edit("events.csv", "A village was burned.", "Two villages were burned.")
        .edit("claims.csv", "killed,,35,35", "killed,,36,36");
    let site = Site::on(&[before, after]);
    let history = site.get("/events/2019-06-09-sangha/history");
    assert_eq!(history.texts("ol.versions > li > h2 > a"), ["Version 2", "Version 1"]);
    assert_eq!(history.texts("ol.versions .note"), ["current version"]);
    assert_eq!(history.texts("ol.versions del"), ["A village was burned."]);
    assert_eq!(history.texts("ol.versions ins"), ["Two villages were burned."]);
    assert_eq!(history.texts("ol.versions dd li"), ["#1 killed: 35 → #1 killed: 36"]);
    let french = site.get("/fr/events/2019-06-09-sangha/history");
    assert_eq!(french.texts("ol.versions dd li"), ["#1 tués : 35 → #1 tués : 36"]);

    let now = site.get("/events/2019-06-09-sangha");
    assert_eq!((now.text(".summary"), now.count(".notice")), ("Two villages were burned.".into(), 0));
    assert!(now.text("#citation").contains("(version 2)"));
    let old = site.get("/events/2019-06-09-sangha/versions/1");
    assert_eq!(old.text(".summary"), "A village was burned.");
    assert_eq!(old.attr(".notice a", "href"), "/events/2019-06-09-sangha");
    assert_eq!(old.text("#accounts [data-topic=killed] > .answers > .answer.preferred > .value.short"), "35 preferred");
    assert_eq!(old.attrs("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(site.json("/events/2019-06-09-sangha/versions/1.json")["event"]["claims"][0]["figure"]["low"], 35);
    assert_eq!(site.json("/events/2019-06-09-sangha/history.json").as_array().unwrap().len(), 2);
    assert_eq!(site.any("/events/2019-06-09-sangha/versions/3").status, 404);
}

#[test]
fn the_front_door_counts_what_there_is_and_leads_to_it() {
    for (_, lang) in LANGS {
        let path = if lang.is_empty() { "/" } else { lang };
        let page = site().get(path);
        let counts = page.text(".front-head .note").replace([',', '\u{202f}'], "");
        for table in ["events.csv", "reports.csv", "passages.csv"] {
            assert!(counts.contains(&dataset(table).len().to_string()), "{counts}");
        }
        let claims = dataset("claims.csv").len().to_string();
        assert!(counts.split_whitespace().collect::<String>().contains(&claims), "{counts}");
        assert_eq!(page.count("ol.cards"), 2);
        assert_eq!(page.count("ol.cards > li"), 10);
        assert_eq!(page.attr("form.big-search", "action"), format!("{lang}/search"));
        // Each column leads to its year, and those that may be in it are all there.
        let columns = page.attrs(".front-years .time-columns a", "href");
        assert!(columns.len() > 10);
        assert!(columns.iter().all(|href| href.starts_with(&format!("{lang}/events?from="))));
        assert_eq!(page.attr(".front-years form.range", "action"), format!("{lang}/events"));
        for li in page.select(".front-grid ul.counts li") {
            let target = site().get(&attr(within(li, "a")[0], "href"));
            assert_eq!(
                first_number(&target.text("p.count")),
                first_number(&words(within(li, ".n")[0])),
                "{}",
                target.path
            );
        }
    }
}

#[test]
fn what_is_said_about_the_site_is_said_in_both_languages() {
    for (path, french) in [
        ("/about", "À propos"),
        ("/about/method", "Méthode"),
        ("/about/data", "Données et licence"),
        ("/api", "Accès par programme"),
    ] {
        let pages = [site().get(path), site().get(&format!("/fr{path}"))];
        assert_eq!(pages[1].text("h1"), french);
        for css in [".prose h2", ".prose > p", ".prose li", ".prose dt", ".prose dd", ".prose em", ".prose strong"] {
            assert_eq!(pages[0].count(css), pages[1].count(css), "{path}: {css}");
        }
        let ids = |n: usize| pages[n].attrs(".prose [id]", "id");
        assert_eq!(ids(0), ids(1), "{path}");
    }
    let data = site().get("/about/data");
    let counts = data.text("section.dataset p:nth-of-type(2)");
    assert!(counts.contains(&dataset("events.csv").len().to_string()), "{counts}");
    let zip = site().send(&data.attr("a.download", "href"), &[]);
    assert_eq!((zip.status, zip.header("content-type")), (200, "application/zip"));
    let api = site().get("/api");
    let keys = api.texts(".prose tbody th code");
    assert_eq!(keys, constat::query::filter::KEYS);
    let method = site().get("/about/method");
    assert!(first_number(&site().get(&method.attr("#differ ~ p a", "href")).text("p.count")) > 5);
}
