//! The event page: every claim of the dataset is on it, beside what it agrees and disagrees with, one step from its
//! passage. What is expected comes from the tables of the dataset, not from the program.

use std::collections::{BTreeMap, BTreeSet};

use scraper::ElementRef;

use super::pages_kit::{BASE_URL, LANGS, Page, attr, dataset, selector, site, within, words};

type Row = BTreeMap<String, String>;

const DIALLASSAGOU: &str = "2022-06-18-diallassagou";

/// The claims of an event with their numbers: their order in the table.
fn claims() -> BTreeMap<String, Vec<(u32, Row)>> {
    let mut events: BTreeMap<String, Vec<(u32, Row)>> = BTreeMap::new();
    for row in dataset("claims.csv") {
        let of_event = events.entry(row["event"].clone()).or_default();
        of_event.push((of_event.len() as u32 + 1, row));
    }
    events
}

/// Every event of the dataset in both languages, with its claims.
fn each_event(mut check: impl FnMut(&Page, &str, &[(u32, Row)])) {
    let mut events = 0;
    for (id, claims) in claims() {
        for (_, lang) in LANGS {
            check(&site().get(&format!("{lang}/events/{id}")), lang, &claims);
        }
        events += 1;
    }
    assert_eq!(events, dataset("events.csv").len());
}

/// The nearest element around one that matches.
fn around<'a>(element: ElementRef<'a>, css: &str) -> Option<ElementRef<'a>> {
    let wanted = selector(css);
    element.ancestors().filter_map(ElementRef::wrap).find(|ancestor| wanted.matches(ancestor))
}

fn whole_toll(row: &Row) -> bool {
    row["topic"] == "killed" && row["part"].is_empty()
}

#[test]
fn every_claim_is_on_its_page_once_and_leads_to_its_passage() {
    each_event(|page, lang, claims| {
        let path = &page.path;
        assert_eq!(page.count("[id^=claim-]"), claims.len(), "{path}");
        for (n, row) in claims {
            let claim = page.one(&format!("#accounts li#claim-{n}"));
            let link = within(claim, "a");
            let anchor = format!("passage-{}-{}", row["report"], row["passage"]);
            assert_eq!(attr(link[0], "href"), format!("#{anchor}"), "{path} {n}");
            assert!(!words(link[0]).is_empty(), "{path} {n}");
            let passage = page.one(&format!("#passages [id='{anchor}']"));
            let back: Vec<String> = within(passage, ".carries a").into_iter().map(|a| attr(a, "href")).collect();
            assert!(back.contains(&format!("#claim-{n}")), "{path} {n}: {back:?}");
            let on_report = format!("{lang}/reports/{}#{}", row["report"], row["passage"]);
            assert_eq!(attr(within(passage, ".passage-links a")[0], "href"), on_report, "{path} {n}");
            if !row["said_by"].is_empty() && lang.is_empty() {
                assert!(words(claim).starts_with(&row["said_by"]), "{path} {n}: {}", words(claim));
            }
        }
    });
}

#[test]
fn every_claim_stands_under_its_topic_and_the_part_it_is_limited_to() {
    let names: BTreeMap<String, Row> = ["regions.csv", "actors.csv"]
        .iter()
        .flat_map(|table| dataset(table))
        .map(|row| (row["id"].clone(), row))
        .collect();
    each_event(|page, lang, claims| {
        for (n, row) in claims {
            let path = format!("{} {n}", page.path);
            let claim = page.one(&format!("#claim-{n}"));
            let topic = around(claim, ".topic").unwrap_or_else(|| panic!("{path}: under no topic"));
            assert_eq!(attr(topic, "data-topic"), row["topic"], "{path}");
            let part = around(claim, ".part").map(|part| words(within(part, ".part-name")[0]));
            assert_eq!(part.is_some(), !row["part"].is_empty(), "{path}");
            if let Some(part) = part {
                let name = match names.get(&row["part"]) {
                    Some(named) => named[if lang.is_empty() { "name" } else { "name_fr" }].clone(),
                    None if lang.is_empty() => row["part"].clone(),
                    None => part.clone(),
                };
                assert_eq!(part, name, "{path}");
            }
        }
    });
}

#[test]
fn claims_share_an_answer_when_they_say_the_same_and_only_then() {
    let mut shared = 0;
    each_event(|page, _, claims| {
        let number = |row: &Row| !row["low"].is_empty() || !row["high"].is_empty();
        let said = |row: &Row| {
            let value = if number(row) { "" } else { &row["value"] };
            ["topic", "part", "low", "high", "about"].map(|key| row[key].clone()).join("|") + "|" + value
        };
        let answer = |n: u32| around(page.one(&format!("#claim-{n}")), ".answer").unwrap().id();
        let mut answers = BTreeMap::new();
        for (n, row) in claims {
            let at = answer(*n);
            if let Some(before) = answers.insert(said(row), at) {
                assert_eq!(before, at, "{} {n}: one answer stands in two places", page.path);
                shared += 1;
            }
        }
        let places: BTreeSet<_> = answers.values().collect();
        assert_eq!(places.len(), answers.len(), "{}: two answers stand in one place", page.path);
    });
    assert!(shared > 100);
}

#[test]
fn a_denial_is_marked_and_an_assertion_is_not() {
    let mut denials = 0;
    each_event(|page, _, claims| {
        for (n, row) in claims {
            let denied = around(page.one(&format!("#claim-{n}")), "details.denied");
            assert_eq!(denied.is_some(), row["stance"] == "denies", "{} {n}", page.path);
            if let Some(denied) = denied {
                denials += 1;
                assert!(!words(within(denied, "summary .denies")[0]).is_empty());
                // What it denies is the value of the same answer.
                let answer = around(denied, ".answer").unwrap();
                assert!(!words(within(answer, ".value")[0]).is_empty(), "{} {n}", page.path);
            }
        }
    });
    assert_eq!(denials, 2 * dataset("claims.csv").iter().filter(|row| row["stance"] == "denies").count());
}

#[test]
fn origins_are_counted_and_each_says_in_how_many_reports() {
    each_event(|page, lang, claims| {
        for voice in page.select("#accounts .voices details") {
            let ns: Vec<u32> =
                within(voice, "li").into_iter().map(|li| attr(li, "id")["claim-".len()..].parse().unwrap()).collect();
            let of: Vec<&Row> = claims.iter().filter(|(n, _)| ns.contains(n)).map(|(_, row)| row).collect();
            let origins: BTreeSet<&str> = of.iter().map(|row| row["origin"].as_str()).collect();
            assert_eq!(origins.len(), 1, "{} {ns:?}", page.path);
            let reports = of.iter().map(|row| &row["report"]).collect::<BTreeSet<_>>().len();
            let said = words(within(voice, "summary .note")[0]);
            let noun = match (lang, reports) {
                ("", 1) => "report",
                ("", _) => "reports",
                (_, 1) => "document",
                _ => "documents",
            };
            assert_eq!(said, format!("{reports} {noun}"), "{} {ns:?}", page.path);
        }
        for answer in page.select("#accounts .answer") {
            for stance in [".voices > details:not(.denied)", ".voices > details.denied"] {
                let origins: Vec<String> =
                    within(answer, stance).into_iter().map(|voice| words(within(voice, ".origin")[0])).collect();
                let distinct: BTreeSet<&String> = origins.iter().collect();
                assert_eq!(distinct.len(), origins.len(), "{}: {origins:?}", page.path);
            }
        }
    });
}

#[test]
fn the_preferred_claim_is_marked_and_heads_the_page() {
    let mut preferred = 0;
    each_event(|page, _, claims| {
        for (n, row) in claims {
            let answer = around(page.one(&format!("#claim-{n}")), ".answer").unwrap();
            let marked = within(answer, ".value .mark.preferred").len() == 1;
            let same_answer = |other: &Row| {
                other["preferred"] == "true"
                    && ["topic", "part", "low", "high", "about"].iter().all(|key| other[*key] == row[*key])
            };
            let number = !row["low"].is_empty() || !row["high"].is_empty();
            let expected = number && claims.iter().any(|(_, other)| same_answer(other));
            assert_eq!(marked, expected, "{} {n}", page.path);
        }
        let head = claims.iter().find(|(_, row)| whole_toll(row) && row["preferred"] == "true");
        let link = page.attrs(".lead .toll a.figure", "href");
        assert_eq!(link, head.iter().map(|(n, _)| format!("#claim-{n}")).collect::<Vec<_>>(), "{}", page.path);
        if let Some((_, row)) = head {
            preferred += 1;
            let figure = page.text(".lead .toll .figure").replace([' ', '\u{202f}', ','], "");
            let bound = if row["low"].is_empty() { &row["high"] } else { &row["low"] };
            assert!(figure.contains(bound.as_str()), "{}: {figure}", page.path);
            assert_eq!(page.count(".lead .toll .note"), 1, "{}", page.path);
        } else {
            assert_eq!(page.count(".lead .toll .note"), 0, "{}", page.path);
        }
    });
    assert!(preferred > 20, "{preferred}");
}

#[test]
fn an_event_without_a_toll_says_so() {
    let mut without = 0;
    each_event(|page, lang, claims| {
        let known = claims.iter().any(|(_, row)| whole_toll(row) && row["stance"] == "asserts");
        assert_eq!(page.count(".lead .toll"), usize::from(known), "{}", page.path);
        if !known {
            without += 1;
            let said = if lang.is_empty() {
                "No report gives a toll for the whole event."
            } else {
                "Aucun document ne donne de bilan pour l’ensemble de l’événement."
            };
            assert_eq!(page.text(".lead .toll-note"), said);
        }
    });
    assert!(without > 10);
}

#[test]
fn the_chart_has_one_mark_for_each_claim_on_the_whole_toll() {
    let mut charts = 0;
    each_event(|page, _, claims| {
        let expected: BTreeSet<String> =
            claims.iter().filter(|(_, row)| whole_toll(row)).map(|(n, _)| format!("#claim-{n}")).collect();
        let marks = page.attrs(".toll-chart a", "href");
        if expected.len() < 2 {
            assert!(marks.is_empty(), "{}", page.path);
            return;
        }
        charts += 1;
        assert_eq!(marks.len(), expected.len(), "{}", page.path);
        assert_eq!(marks.into_iter().collect::<BTreeSet<_>>(), expected, "{}", page.path);
        for (class, test) in [
            ("preferred", (|row| row["preferred"] == "true") as fn(&Row) -> bool),
            ("denied", |row| row["stance"] == "denies"),
            ("about", |row| row["about"] == "true"),
        ] {
            let drawn: BTreeSet<String> = page.attrs(&format!(".toll-chart a.{class}"), "href").into_iter().collect();
            let said = claims.iter().filter(|(_, row)| whole_toll(row) && test(row));
            assert_eq!(drawn, said.map(|(n, _)| format!("#claim-{n}")).collect(), "{} {class}", page.path);
        }
        assert!(page.texts(".toll-chart a title").iter().all(|title| !title.is_empty()), "{}", page.path);
    });
    assert!(charts > 100);
}

#[test]
fn what_cannot_be_right_beside_the_preferred_toll_is_said_and_marked() {
    for (lang, fits, against) in [
        ("", "Can be right together with 132: government, ", "Cannot be: 0 (armed group), 188 (unnamed source)"),
        ("/fr", "Compatibles avec 132 : gouvernement, ", "Incompatibles : 0 (groupe armé), 188 (source non nommée)"),
    ] {
        let page = site().get(&format!("{lang}/events/2022-06-18-diallassagou"));
        let said = page.texts(".topic[data-topic=killed] .beside div");
        assert!(said.len() == 2 && said[0].replace('\u{a0}', " ").starts_with(fits), "{said:?}");
        assert!(said[1].replace('\u{a0}', " ").starts_with(against), "{said:?}");
        assert_eq!(page.count(".toll-chart .lane .mark.against"), 4);
        assert_eq!(page.texts(".toll-chart .lane .who")[0], lang_word(lang, "Government", "Gouvernement"));
    }
    // Where accounts agree there is nothing to tell apart.
    let agree = site().get("/events?accounts=agree").attrs(".card h3 a", "href");
    for event in agree {
        assert_eq!(site().get(&event).count(".topic[data-topic=killed] .beside, .mark.against"), 0, "{event}");
    }
}

fn lang_word(lang: &str, english: &'static str, french: &'static str) -> &'static str {
    if lang.is_empty() { english } else { french }
}

#[test]
fn the_head_says_when_where_and_what_in_the_language_of_the_page() {
    let events: BTreeMap<String, Row> = dataset("events.csv").into_iter().map(|row| (row["id"].clone(), row)).collect();
    each_event(|page, lang, claims| {
        let row = &events[&claims[0].1["event"]];
        let fr = if lang.is_empty() { "" } else { "_fr" };
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(page.text("h1"), folded(&row[&format!("title{fr}")]));
        assert_eq!(page.text(".lead .summary"), folded(&row[&format!("summary{fr}")]));
        assert_eq!(page.attr(".event-head time", "datetime"), row["start"]);
        assert!(page.text(".event-head time").contains(&row["start"][..4]), "{}", page.path);
        let place = page.attrs(".event-head .place a", "href");
        assert_eq!(place[0], format!("{lang}/regions/{}", row["region"]));
        assert_eq!(page.attr(".event-head .kicker a", "href"), format!("{lang}/events?kind={}", row["kind"]));
        let vague = !["exact", "place"].contains(&row["place_precision"].as_str());
        assert_eq!(page.count(".event-when .note"), usize::from(vague), "{}", page.path);
    });
}

#[test]
fn who_took_part_stands_with_role_and_certainty() {
    let parts = dataset("event_actors.csv");
    let mut seen = 0;
    each_event(|page, lang, claims| {
        let mut expected: Vec<(String, String)> = parts
            .iter()
            .filter(|part| part["event"] == claims[0].1["event"])
            .map(|part| (format!("{lang}/actors/{}", part["actor"]), part["certainty"].clone()))
            .collect();
        let mut shown: Vec<(String, String)> = page
            .select("#actors tbody tr")
            .into_iter()
            .map(|row| {
                let class = attr(within(row, ".certainty")[0], "class");
                (attr(within(row, "a")[0], "href"), class.replace("certainty ", ""))
            })
            .collect();
        expected.sort();
        shown.sort();
        seen += shown.len();
        assert_eq!(shown, expected, "{}", page.path);
    });
    assert_eq!(seen, 2 * parts.len());
}

#[test]
fn linked_events_stand_in_a_chain_with_the_passage_behind_each_link() {
    let links = dataset("event_links.csv");
    let mut seen = 0;
    each_event(|page, lang, claims| {
        let id = &claims[0].1["event"];
        let mut expected = BTreeSet::new();
        let mut passages = BTreeSet::new();
        for link in links.iter().filter(|link| [&link["event"], &link["other"]].contains(&id)) {
            let other = if link["event"] == *id { &link["other"] } else { &link["event"] };
            expected.insert(format!("{lang}/events/{other}"));
            passages.insert(format!("#passage-{}-{}", link["report"], link["passage"]));
        }
        let shown = page.attrs("ol.chain > li:not(.this) > div > p:first-child a", "href");
        assert_eq!(shown.iter().cloned().collect::<BTreeSet<_>>(), expected, "{}", page.path);
        assert_eq!(shown.len(), expected.len(), "{}", page.path);
        assert_eq!(page.count("ol.chain > li.this"), usize::from(!expected.is_empty()), "{}", page.path);
        let said: BTreeSet<String> = page.attrs("ol.chain p.note a", "href").into_iter().collect();
        assert_eq!(said, passages, "{}", page.path);
        for passage in said {
            page.one(&format!("#passages [id='{}']", &passage[1..]));
        }
        seen += shown.len();
    });
    assert!(seen >= 4 * links.len() - 10, "{seen}");
}

#[test]
fn the_page_can_be_cited_and_kept() {
    each_event(|page, lang, claims| {
        let id = &claims[0].1["event"];
        let permalink = format!("{BASE_URL}{lang}/events/{id}");
        assert_eq!(page.attr("#share a#permalink", "href"), permalink);
        assert_eq!(page.text("#share a#permalink"), permalink);
        assert_eq!(page.attr("link[rel=canonical]", "href"), permalink);
        let citation = page.text("#citation");
        for part in [page.text("h1").as_str(), "(version 1)", permalink.as_str(), "2026"] {
            assert!(citation.contains(part), "{citation}");
        }
        let history = format!("{lang}/events/{id}/history");
        assert!(page.attrs("#share p a", "href").contains(&history), "{}", page.path);
        // Copying needs a script: without one no button stands there to do nothing.
        assert!(page.select("#share button").iter().all(|button| button.value().attr("hidden").is_some()));
    });
}

#[test]
fn the_best_covered_event_reads_at_a_glance() {
    let page = site().get(&format!("/events/{DIALLASSAGOU}"));
    assert_eq!(page.texts(".glance th > a"), ["How many", "When", "Where", "Who", "Why"]);
    let (toll, who) = ("#accounts [data-topic=killed]", "#accounts [data-topic=perpetrator]");
    assert_eq!(page.text(&format!("{toll} > h4 .mark")), "accounts differ");
    let values = page.texts(&format!("{toll} > .answers > .answer > .value"));
    for said in ["132 preferred", "188"] {
        assert!(values.iter().any(|value| value == said), "{values:?}");
    }
    let answers = page.select(&format!("{toll} > .answers > .answer"));
    let government = answers.iter().find(|answer| words(within(**answer, ".value")[0]).starts_with("132")).unwrap();
    let origins: Vec<String> = within(*government, ".origin").into_iter().map(words).collect();
    assert!(origins.contains(&"Government".to_owned()), "{origins:?}");
    assert!(page.texts(&format!("{who} .value a")).contains(&"Katiba Macina".to_owned()));
    assert_eq!(page.texts(&format!("{who} .mark")).first().map(String::as_str), Some("accounts differ"));
    let reports: BTreeSet<String> = claims()[DIALLASSAGOU].iter().map(|(_, row)| row["report"].clone()).collect();
    assert_eq!(page.count("#passages .report"), reports.len());
    let french = site().get(&format!("/fr/events/{DIALLASSAGOU}"));
    assert_eq!(french.text(&format!("{toll} > h4 .mark")), "les récits divergent");
    assert_eq!(french.texts(".glance th > a"), ["Combien", "Quand", "Où", "Qui", "Pourquoi"]);
}
