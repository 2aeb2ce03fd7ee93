//! What stands around a filtered list: orders, pages, counts beside values, chips, the sentence, the empty result; and
//! that the page and its JSON say the same.

use std::collections::{BTreeMap, BTreeSet};

use super::pages_kit::{attr, dataset, site, strings, within, words};

const SORTS: [&str; 4] = ["-date", "date", "-killed", "killed"];

/// Filters of several shapes, by which what holds of every filter is tried.
const FILTERS: [&str; 9] = [
    "",
    "kind=massacre",
    "region=ml-mopti",
    "actor=katiba-macina&role=perpetrator",
    "actor=jnim&members=yes",
    "role=perpetrator&certainty=disputed",
    "accounts=differ&from=2020&to=2022-06",
    "kind=massacre&kind=air_strike&killed_min=20&origin=government",
    "q=motorbikes&region=ml-mopti&source=mali",
];

fn pairs(href: &str) -> BTreeSet<(String, String)> {
    let query = href.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn number(text: &str) -> u64 {
    text.split_whitespace().next().unwrap().replace([',', '\u{202f}', '\u{a0}'], "").parse().unwrap()
}

fn total(href: &str) -> u64 {
    number(&site().get(href).text("p.count[role=status]"))
}

fn path(query: &str, more: &str) -> String {
    let query: Vec<&str> = [query, more].into_iter().filter(|part| !part.is_empty()).collect();
    format!("/events.json?{}", query.join("&"))
}

fn json_total(query: &str, more: &str) -> u64 {
    site().json(&format!("{}&limit=1", path(query, more)))["total"].as_u64().unwrap()
}

#[test]
fn every_order_is_that_order_and_unknown_tolls_come_last() {
    let starts: BTreeMap<String, String> =
        dataset("events.csv").into_iter().map(|mut row| (row["id"].clone(), row.remove("start").unwrap())).collect();
    for sort in SORTS {
        let list = site().json(&format!("/events.json?limit=200&sort={sort}"));
        let events = list["events"].as_array().unwrap();
        assert_eq!(events.len(), starts.len());
        if sort.contains("date") {
            // A month or a year stands at its first day.
            let first_day = |id: &str| format!("{}-01-01", starts[id])[..10].to_owned();
            let days: Vec<String> = strings(&list["events"], "id").iter().map(|id| first_day(id)).collect();
            let ordered = if sort == "date" { days.is_sorted() } else { days.is_sorted_by(|a, b| a >= b) };
            assert!(ordered, "{sort}: {days:?}");
        } else {
            let tolls: Vec<Option<u64>> = events
                .iter()
                .map(|event| event["killed"]["preferred"].as_u64().or(event["killed"]["high"].as_u64()))
                .collect();
            let known: Vec<u64> = tolls.iter().map_while(|toll| *toll).collect();
            assert!(tolls[known.len()..].iter().all(Option::is_none) && known.len() < tolls.len(), "{sort}: {tolls:?}");
            let ordered = if sort == "killed" { known.is_sorted() } else { known.is_sorted_by(|a, b| a >= b) };
            assert!(ordered, "{sort}: {known:?}");
        }
    }
}

#[test]
fn the_usual_order_is_by_date_and_with_words_by_relevance() {
    assert_eq!(site().ids(""), site().ids("sort=-date"));
    assert_eq!(site().ids("q=Diallassagou"), site().ids("q=Diallassagou&sort=relevance"));
    assert_ne!(site().ids("q=Diallassagou"), site().ids("q=Diallassagou&sort=-date"));
    assert!(site().ids("q=Diallassagou")[0].contains("diallassagou"));
    let page = site().get("/events?q=Diallassagou");
    assert!(page.texts(".list-tools a[aria-current=true]").contains(&"best match".to_owned()));
    assert!(!site().get("/events").texts(".list-tools a").contains(&"best match".to_owned()));
}

#[test]
fn paging_visits_every_event_once_in_every_order() {
    for (filter, sorts) in [("", &SORTS[..]), ("q=attack", &["relevance", "-killed"]), ("kind=massacre", &SORTS)] {
        for sort in sorts {
            let mut expected = site().ids(&format!("{filter}&sort={sort}"));
            let (mut seen, mut next) = (Vec::new(), Some(path(filter, &format!("sort={sort}&limit=7"))));
            let mut page_path = next.as_ref().map(|path| path.replacen(".json", "", 1));
            while let Some(path) = next {
                let list = site().json(&path);
                assert_eq!(list["total"], expected.len(), "{path}");
                let ids = strings(&list["events"], "id");
                assert!(ids.len() == 7 || (list["next"].is_null() && !ids.is_empty()), "{path}");
                // The page shows the same events, and its next page is the same too.
                let page = site().get(&page_path.unwrap());
                let hrefs: Vec<String> = ids.iter().map(|id| format!("/events/{id}")).collect();
                assert_eq!(page.attrs("ol.cards h3 a", "href"), hrefs, "{path}");
                seen.extend(ids);
                next = list["next"].as_str().map(str::to_owned);
                page_path = page.attrs("p.pages a.next", "href").pop();
                let as_json = page_path.as_ref().map(|path| path.replacen("/events?", "/events.json?", 1));
                assert_eq!(next, as_json, "{path}");
            }
            assert_eq!(seen, expected, "{filter} {sort}");
            seen.sort();
            seen.dedup();
            expected.sort();
            assert_eq!(seen, expected, "{filter} {sort}");
        }
    }
}

#[test]
fn the_count_beside_a_value_is_what_the_list_holds_with_it() {
    let mut counted = 0;
    for filter in FILTERS {
        let list = site().json(&format!("{}&limit=1", path(filter, "")));
        for (facet, values) in list["facets"].as_object().unwrap() {
            for value in values.as_array().unwrap() {
                let id = value["id"].as_str().unwrap();
                let found = if facet == "year" {
                    let rest = pairs(&path(filter, "")).into_iter().filter(|(key, _)| key != "from" && key != "to");
                    let rest: Vec<String> = rest.map(|(key, value)| format!("{key}={value}")).collect();
                    json_total(&rest.join("&"), &format!("from={id}&to={id}"))
                } else {
                    json_total(filter, &format!("{facet}={id}"))
                };
                assert_eq!(found, value["count"], "{filter} + {facet}={id}");
                counted += 1;
            }
        }
    }
    assert!(counted > 500, "{counted}");
}

#[test]
fn a_value_that_is_not_offered_would_leave_nothing() {
    let all = site().json("/events.json?limit=1");
    for filter in ["kind=massacre&from=2022", "actor=katiba-macina&role=perpetrator", "accounts=agree"] {
        let list = site().json(&format!("{}&limit=1", path(filter, "")));
        for facet in ["region", "actor", "kind", "accounts", "certainty", "role", "origin"] {
            if filter.contains(&format!("{facet}=")) {
                continue;
            }
            let offered = strings(&list["facets"][facet], "id");
            for id in strings(&all["facets"][facet], "id").into_iter().filter(|id| !offered.contains(id)) {
                assert_eq!(json_total(filter, &format!("{facet}={id}")), 0, "{filter} + {facet}={id}");
            }
        }
    }
}

#[test]
fn on_the_page_the_count_is_that_of_the_page_its_link_leads_to() {
    let mut counted = 0;
    for filter in FILTERS {
        let page = site().get(&format!("/events?{filter}"));
        for link in page.select(".facet li:not(.chosen) a") {
            let href = attr(link, "href");
            let said = number(&words(within(link, ".n")[0]));
            assert_eq!(total(&href), said, "{filter}: {href}");
            counted += 1;
        }
        for option in page.select(".facet select option:not([value=''])") {
            let form = option.ancestors().filter_map(scraper::ElementRef::wrap).find(|e| e.value().name() == "form");
            let form = form.unwrap();
            let mut query = form_urlencoded::Serializer::new(String::new());
            for input in within(form, "input[type=hidden]") {
                query.append_pair(&attr(input, "name"), &attr(input, "value"));
            }
            query.append_pair(&attr(within(form, "select")[0], "name"), &attr(option, "value"));
            let said = words(option);
            let said: u64 = said.rsplit('(').next().unwrap().trim_end_matches(')').parse().unwrap();
            assert_eq!(json_total(&query.finish(), ""), said, "{filter}: {}", words(option));
            counted += 1;
        }
    }
    assert!(counted > 500, "{counted}");
}

#[test]
fn a_chip_and_a_chosen_value_remove_exactly_their_own_part() {
    let filters = [
        "q=attack&kind=massacre&kind=air_strike&region=ml-mopti&role=perpetrator&certainty=attributed&from=2019&to=2022&killed_min=5&killed_max=200&accounts=differ&origin=media&source=mali&view=table&sort=date&limit=10",
        "region=ml-mopti&region=ml-segou&killed_min=5",
        "report=rfi-2022&kind=massacre",
    ];
    for filter in filters {
        let report = dataset("claims.csv")[0]["report"].clone();
        let filter = filter.replace("rfi-2022", &report);
        let page = site().get(&format!("/events?{filter}"));
        let all = pairs(&format!("?{filter}"));
        let parts: BTreeSet<_> =
            all.iter().filter(|(key, _)| !["view", "sort", "limit"].contains(&key.as_str())).cloned().collect();
        let mut removed = BTreeSet::new();
        for chip in page.select("ul.chips li:not(.clear) a") {
            let rest = pairs(&attr(chip, "href"));
            let gone: Vec<_> = all.difference(&rest).cloned().collect();
            assert_eq!((gone.len(), rest.difference(&all).count()), (1, 0), "{}", words(chip));
            assert!(removed.insert(gone[0].clone()), "{}", words(chip));
        }
        assert_eq!(removed, parts);
        for link in page.select(".facet li.chosen a") {
            let gone: Vec<_> = all.difference(&pairs(&attr(link, "href"))).cloned().collect();
            assert_eq!(gone.len(), 1, "{}", words(link));
            assert!(parts.contains(&gone[0]));
        }
        let left = pairs(&page.attr("ul.chips li.clear a", "href"));
        assert!(left.iter().all(|(key, _)| ["view", "sort", "limit"].contains(&key.as_str())), "{left:?}");
    }
    // Without the actor there are no groups to be part of it.
    let page = site().get("/events?actor=jnim&members=yes&kind=massacre");
    let chips = page.select("ul.chips li:not(.clear) a");
    let without: Vec<usize> = chips.iter().map(|chip| pairs(&attr(*chip, "href")).len()).collect();
    assert_eq!(without, [2, 1, 2]);
}

#[test]
fn forms_carry_the_whole_state_but_the_place_in_the_list() {
    let first = site().get("/events?kind=massacre&region=ml-mopti&from=2019&view=table&sort=date&limit=3");
    let page = site().get(&first.attr("p.pages a.next", "href"));
    let state = pairs(&first.path);
    let hidden = |form: &str| -> BTreeSet<(String, String)> {
        let inputs = page.select(&format!("{form} input[type=hidden]"));
        inputs.into_iter().map(|input| (attr(input, "name"), attr(input, "value"))).collect()
    };
    let mut typed = hidden("form.typed");
    for input in page.select("form.typed input:not([type=hidden])") {
        if !attr(input, "value").is_empty() {
            typed.insert((attr(input, "name"), attr(input, "value")));
        }
    }
    assert_eq!(typed, state);
    for form in page.select("form.other") {
        let inputs = within(form, "input[type=hidden]").into_iter();
        assert_eq!(inputs.map(|i| (attr(i, "name"), attr(i, "value"))).collect::<BTreeSet<_>>(), state);
    }
    assert_eq!(pairs(&page.attr("p.pages a:not(.next)", "href")), state);
}

#[test]
fn the_filter_is_a_sentence_on_the_page_and_in_the_json() {
    let cases = [
        ("", "All events", "Tous les événements"),
        (
            "kind=massacre&region=ml-mopti&actor=katiba-macina&role=perpetrator&from=2019&to=2022&accounts=differ",
            "Massacres in the Mopti region by Katiba Macina, 2019 to 2022, where the accounts of the toll differ",
            "Massacres dans la région de Mopti par Katiba Macina, 2019 à 2022, où les récits divergent sur le bilan",
        ),
        (
            "kind=air_strike&kind=arrest&killed_min=5",
            "Air strikes and arrests, 5 or more killed",
            "Frappes aériennes et arrestations, 5 tués ou plus",
        ),
        (
            "q=motos&to=2020-03",
            "Events, until March 2020, matching “motos”",
            "Événements, jusqu’à mars 2020, avec les mots « motos »",
        ),
    ];
    for (query, english, french) in cases {
        for (lang, sentence) in [("", english), ("/fr", french)] {
            let page = site().get(&format!("{lang}/events?{query}"));
            assert_eq!(page.text("h1"), sentence);
            let json = site().json(&format!("{lang}/events.json?limit=1&{query}"))["description"].clone();
            let folded = json.as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(folded, sentence);
            assert!(page.text("head > title").starts_with(sentence));
        }
    }
}

#[test]
fn an_empty_result_says_which_filter_to_loosen_and_what_that_brings_back() {
    let mut offered = 0;
    for query in [
        "kind=protest&killed_min=500&region=ml-mopti",
        "q=zzzzz&kind=massacre",
        "q=zzzzz&kind=protest&killed_min=500",
        "actor=katiba-macina&role=victim&certainty=disputed&from=2012&to=2013",
    ] {
        let page = site().get(&format!("/events?{query}"));
        assert_eq!((page.text("p.count").as_str(), page.count("ol.cards")), ("0 events", 0), "{query}");
        let all = pairs(&page.path);
        let mut loosened = BTreeSet::new();
        for item in page.select(".empty li") {
            let link = within(item, "a")[0];
            let gone: Vec<_> = all.difference(&pairs(&attr(link, "href"))).cloned().collect();
            assert_eq!(gone.len(), 1, "{query}: {}", words(link));
            let text = words(item);
            let (_, count) = text.rsplit_once('–').unwrap();
            assert_eq!(total(&attr(link, "href")), number(count), "{query}: {}", words(link));
            assert!(number(count) > 0 && words(link).starts_with("without "));
            loosened.insert(gone[0].clone());
            offered += 1;
        }
        for part in &all {
            let rest: Vec<String> =
                all.iter().filter(|other| *other != part).map(|(key, value)| format!("{key}={value}")).collect();
            assert_eq!(json_total(&rest.join("&"), "") > 0, loosened.contains(part), "{query} without {part:?}");
        }
    }
    assert!(offered > 2, "{offered}");
    let page = site().get("/fr/events?q=zzzzz&kind=massacre");
    assert!(page.texts(".empty li a")[0].starts_with("sans "));
}

#[test]
fn fields_left_empty_go_from_the_address() {
    let sent = "/fr/events?kind=massacre&q=&from=2019&to=&killed_min=&killed_max=&view=table&actor=";
    let raw = site().send(sent, &[]);
    assert_eq!(raw.status, 307);
    assert_eq!(raw.header("location"), "/fr/events?kind=massacre&from=2019&view=table");
    assert_eq!(site().json(&sent.replacen("?", ".json?", 1))["total"], total(raw.header("location")));
    assert_eq!(site().send("/events?q=", &[]).header("location"), "/events");
}
