//! The JSON others rely on: every field of the contract, for everything in the dataset.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::pages_kit::{BASE_URL, LANGS, dataset, site, strings};

type Row = BTreeMap<String, String>;

fn fields(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The fields are there, though others may stand beside them.
fn assert_fields(value: &Value, expected: &[&str], what: &str) {
    let missing: Vec<_> = expected.iter().filter(|field| !fields(value).contains(**field)).collect();
    assert!(missing.is_empty(), "{what} lacks {missing:?}");
}

/// A cell: empty is null, never zero or an empty text.
fn text(cell: &str) -> Value {
    if cell.is_empty() { Value::Null } else { cell.into() }
}

fn count(cell: &str) -> Value {
    if cell.is_empty() { Value::Null } else { cell.parse::<u32>().unwrap().into() }
}

fn rows(table: &str) -> BTreeMap<String, Row> {
    dataset(table).into_iter().map(|row| (row["id"].clone(), row)).collect()
}

const EVENT: [&str; 20] = [
    "id",
    "title",
    "kind",
    "start",
    "end",
    "date_precision",
    "region",
    "latitude",
    "longitude",
    "place_precision",
    "summary",
    "killed",
    "actors",
    "claims",
    "links",
    "url",
    "version",
    "updated",
    "accounts",
    "source",
];

#[test]
fn every_event_has_every_field_and_every_claim_with_its_report_and_passage() {
    let (events, reports) = (rows("events.csv"), rows("reports.csv"));
    let passages: BTreeMap<(String, String), Row> =
        dataset("passages.csv").into_iter().map(|row| ((row["report"].clone(), row["id"].clone()), row)).collect();
    let mut claims: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in dataset("claims.csv") {
        claims.entry(row["event"].clone()).or_default().push(row);
    }
    for (_, lang) in LANGS {
        let in_lang = |row: &Row, field: &str| {
            let fr = if lang.is_empty() { String::new() } else { format!("{field}_fr") };
            row[if fr.is_empty() { field } else { &fr }].clone()
        };
        for (id, row) in &events {
            let json = site().json(&format!("{lang}/events/{id}.json"));
            assert_fields(&json, &EVENT, id);
            assert_eq!(json["title"], in_lang(row, "title"), "{id}");
            assert_eq!(json["summary"], in_lang(row, "summary"), "{id}");
            for field in ["id", "kind", "start", "end", "date_precision", "place_precision"] {
                assert_eq!(json[field], text(&row[field]), "{id}: {field}");
            }
            for field in ["latitude", "longitude"] {
                let degrees: Option<f64> = row[field].parse().ok();
                assert_eq!(json[field].as_f64(), degrees, "{id}: {field}");
            }
            assert_eq!(json["url"], format!("{BASE_URL}{lang}/events/{id}"));
            assert_eq!((&json["version"], &json["source"]), (&1.into(), &"mali".into()));
            assert!(json["updated"].as_str().unwrap().ends_with('Z'), "{id}");

            assert_eq!(json["region"]["id"], row["region"]);
            let path = json["region"]["path"].as_array().unwrap();
            assert_eq!(path.last().unwrap()["id"], row["region"]);
            assert!(["ml", "bf"].contains(&path[0]["id"].as_str().unwrap()), "{id}");

            let said = json["claims"].as_array().unwrap();
            assert_eq!(said.len(), claims[id].len(), "{id}");
            for (n, (claim, row)) in (1..).zip(said.iter().zip(&claims[id])) {
                let at = format!("{lang} {id} {n}");
                assert_eq!(claim["n"], n, "{at}");
                for field in ["topic", "origin", "stance"] {
                    assert_eq!(claim[field], row[field], "{at}");
                }
                for field in ["low", "high"] {
                    assert_eq!(claim[field], count(&row[field]), "{at}");
                }
                for field in ["about", "preferred"] {
                    assert_eq!(claim[field], row[field] == "true", "{at}");
                }
                for field in ["part", "value", "said_by"] {
                    assert_eq!(claim[field].is_null(), row[field].is_empty(), "{at}: {field}");
                    assert!(!lang.is_empty() || claim[field] == text(&row[field]), "{at}: {field}");
                }
                let report = &reports[&row["report"]];
                for field in ["id", "title", "publisher", "published", "url"] {
                    assert_eq!(claim["report"][field], text(&report[field]), "{at}: {field}");
                }
                let passage = &passages[&(row["report"].clone(), row["passage"].clone())];
                assert_eq!(claim["passage"]["id"], passage["id"], "{at}");
                assert_eq!(claim["passage"]["anchor"], passage["anchor"], "{at}");
                assert_eq!(claim["passage"]["gist"], in_lang(passage, "gist"), "{at}");
                assert!(fields(&claim["passage"]).contains("text"), "{at}");
            }
            let known = |field: &str| {
                let whole = claims[id].iter().filter(|c| c["topic"] == "killed" && c["part"].is_empty());
                whole
                    .filter(|c| c["stance"] == "asserts")
                    .filter_map(|c| c[field].parse::<u64>().ok())
                    .collect::<Vec<_>>()
            };
            assert_fields(&json["killed"], &["low", "high", "preferred"], id);
            let (low, high) = (json["killed"]["low"].as_u64(), json["killed"]["high"].as_u64());
            assert!(low <= high && low.is_some() == high.is_some(), "{id}");
            if let Some(least) = known("low").into_iter().min() {
                assert_eq!((low, high), (Some(least), known("low").into_iter().chain(known("high")).max()), "{id}");
            }
        }
    }
}

#[test]
fn actors_and_links_of_an_event_are_those_of_the_tables() {
    let (parts, links) = (dataset("event_actors.csv"), dataset("event_links.csv"));
    for id in rows("events.csv").keys() {
        let json = site().json(&format!("/events/{id}.json"));
        let shown: Vec<[&str; 3]> = json["actors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|actor| {
                assert!(!actor["name"].as_str().unwrap().is_empty());
                ["id", "role", "certainty"].map(|field| actor[field].as_str().unwrap())
            })
            .collect();
        let of = parts.iter().filter(|part| part["event"] == *id);
        let expected: Vec<[&str; 3]> =
            of.map(|part| ["actor", "role", "certainty"].map(|field| part[field].as_str())).collect();
        assert_eq!(shown.into_iter().collect::<BTreeSet<_>>(), expected.into_iter().collect::<BTreeSet<_>>(), "{id}");
        let shown: BTreeSet<(String, String, bool)> = json["links"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| {
                let words = |field: &str| link[field].as_str().unwrap().to_owned();
                (words("relation"), words("event"), link["reversed"].as_bool().unwrap())
            })
            .collect();
        let expected: BTreeSet<(String, String, bool)> = links
            .iter()
            .filter_map(|link| {
                let relation = link["relation"].clone();
                match (link["event"] == *id, link["other"] == *id) {
                    (true, _) => Some((relation, link["other"].clone(), false)),
                    (_, true) => Some((relation, link["event"].clone(), true)),
                    _ => None,
                }
            })
            .collect();
        assert_eq!(shown, expected, "{id}");
    }
}

#[test]
fn the_list_of_events_has_what_a_program_needs() {
    let list = site().json("/events.json?limit=200");
    assert_eq!(fields(&list), BTreeSet::from(["total", "description", "events", "facets", "next"]));
    assert_eq!(list["total"], dataset("events.csv").len());
    assert!(list["next"].is_null());
    for event in list["events"].as_array().unwrap() {
        let id = event["id"].as_str().unwrap();
        let whole = site().json(&format!("/events/{id}.json"));
        for field in ["id", "title", "kind", "start", "end", "date_precision", "killed", "accounts", "actors", "url"] {
            assert_eq!(event[field], whole[field], "{id}: {field}");
        }
        for field in ["id", "name"] {
            assert_eq!(event["region"][field], whole["region"][field], "{id}");
        }
    }
    for facet in ["region", "actor", "kind", "year", "accounts", "certainty", "source"] {
        for value in list["facets"][facet].as_array().unwrap() {
            assert_eq!(fields(value), BTreeSet::from(["id", "name", "count"]), "{facet}");
            assert!(value["count"].as_u64().unwrap() > 0 && !value["name"].as_str().unwrap().is_empty(), "{facet}");
        }
    }
    let first = site().json("/fr/events.json?kind=massacre&limit=2");
    let next = first["next"].as_str().unwrap();
    assert!(next.starts_with("/fr/events.json?kind=massacre&limit=2&after="), "{next}");
}

#[test]
fn actors_say_who_they_are_and_how_they_are_tied() {
    let ties = dataset("actor_links.csv");
    let list = site().json("/actors.json");
    assert_eq!(fields(&list), BTreeSet::from(["total", "actors", "next"]));
    let known = rows("actors.csv");
    assert_eq!(strings(&list["actors"], "id").into_iter().collect::<BTreeSet<_>>(), known.keys().cloned().collect());
    assert_eq!(list["total"], known.len());
    for item in list["actors"].as_array().unwrap() {
        let (id, row) = (item["id"].as_str().unwrap(), &known[item["id"].as_str().unwrap()]);
        let one = site().json(&format!("/actors/{id}.json"));
        for field in fields(item) {
            assert_eq!(one[field], item[field], "{id}: {field}");
        }
        for field in ["name", "name_fr", "kind", "country", "active_from", "active_until"] {
            assert_eq!(one[field], text(&row[field]), "{id}: {field}");
        }
        assert_eq!(
            (&one["summary"], &one["url"]),
            (&row["summary"].as_str().into(), &format!("{BASE_URL}/actors/{id}").into())
        );
        let alt: Vec<&str> = row["alt_names"].split('|').filter(|name| !name.is_empty()).collect();
        assert_eq!(one["alt_names"], Value::from(alt), "{id}");
        assert_eq!(one["events"].as_u64().unwrap() as usize, site().ids(&format!("actor={id}")).len(), "{id}");
        let of: Vec<&Row> = ties.iter().filter(|tie| tie["actor"] == id || tie["other"] == id).collect();
        assert_eq!(one["ties"].as_array().unwrap().len(), of.len(), "{id}");
        for tie in of {
            let outgoing = tie["actor"] == id;
            let other = &tie[if outgoing { "other" } else { "actor" }];
            let same = |json: &&Value| {
                json["actor"] == *other
                    && json["relation"] == tie["relation"]
                    && json["reversed"] == !outgoing
                    && json["report"] == tie["report"]
                    && json["passage"] == tie["passage"]
            };
            let json = one["ties"].as_array().unwrap().iter().find(same).unwrap_or_else(|| panic!("{id}: {tie:?}"));
            assert_eq!((&json["from"], &json["until"]), (&text(&tie["from"]), &text(&tie["until"])), "{id}");
            assert!(!json["gist"].as_str().unwrap().is_empty());
        }
    }
    assert_eq!(site().json("/fr/actors/katiba-macina.json")["summary"], known["katiba-macina"]["summary_fr"]);
}

#[test]
fn regions_say_what_they_lie_in_and_what_lies_in_them() {
    let known = rows("regions.csv");
    let list = site().json("/regions.json");
    assert_eq!(fields(&list), BTreeSet::from(["total", "regions", "next"]));
    assert_eq!(strings(&list["regions"], "id").into_iter().collect::<BTreeSet<_>>(), known.keys().cloned().collect());
    for item in list["regions"].as_array().unwrap() {
        let (id, row) = (item["id"].as_str().unwrap(), &known[item["id"].as_str().unwrap()]);
        let one = site().json(&format!("/regions/{id}.json"));
        for field in fields(item) {
            assert_eq!(one[field], item[field], "{id}: {field}");
        }
        for field in ["name", "name_fr", "level", "parent", "pcode"] {
            assert_eq!(one[field], text(&row[field]), "{id}: {field}");
        }
        assert_eq!(one["latitude"].as_f64(), row["latitude"].parse().ok(), "{id}");
        assert_eq!(one["longitude"].as_f64(), row["longitude"].parse().ok(), "{id}");
        assert_eq!(one["events"].as_u64().unwrap() as usize, site().ids(&format!("region={id}")).len(), "{id}");
        let children: BTreeSet<String> =
            known.values().filter(|row| row["parent"] == id).map(|row| row["id"].clone()).collect();
        assert_eq!(strings(&one["children"], "id").into_iter().collect::<BTreeSet<_>>(), children, "{id}");
        assert_eq!(
            strings(&one["path"], "id").last(),
            Some(&row["parent"]).filter(|parent| !parent.is_empty()),
            "{id}"
        );
    }
}

#[test]
fn reports_say_what_each_passage_speaks_of() {
    let known = rows("reports.csv");
    let (mut seen, mut next) = (Vec::new(), Some("/reports.json".to_owned()));
    while let Some(path) = next {
        let list = site().json(&path);
        assert_eq!(fields(&list), BTreeSet::from(["total", "reports", "next"]));
        assert_eq!(list["total"], known.len());
        for report in list["reports"].as_array().unwrap() {
            let one = site().json(&format!("/reports/{}.json", report["id"].as_str().unwrap()));
            assert!(fields(report).into_iter().all(|field| report[field] == one[field]), "{report}");
        }
        seen.extend(strings(&list["reports"], "id"));
        next = list["next"].as_str().map(str::to_owned);
    }
    assert_eq!(seen.len(), known.len());
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), known.keys().cloned().collect());
    let (claims, mentions) = (dataset("claims.csv"), dataset("mentions.csv"));
    let passages = dataset("passages.csv");
    for (id, row) in &known {
        let one = site().json(&format!("/reports/{id}.json"));
        for field in ["id", "title", "publisher", "author", "published", "url", "language", "kind", "note"] {
            assert_eq!(one[field], text(&row[field]), "{id}: {field}");
        }
        let of: Vec<&Row> = passages.iter().filter(|passage| passage["report"] == *id).collect();
        let shown = one["passages"].as_array().unwrap();
        assert_eq!(shown.len(), of.len(), "{id}");
        let events: BTreeSet<&str> =
            claims.iter().filter(|c| c["report"] == *id).map(|c| c["event"].as_str()).collect();
        assert_eq!(one["events"], events.len(), "{id}");
        for passage in of {
            let json = shown.iter().find(|shown| shown["id"] == passage["id"]).unwrap();
            assert_fields(json, &["id", "anchor", "gist", "text", "events", "actors", "regions"], id);
            assert_eq!(
                (&json["anchor"], &json["gist"]),
                (&passage["anchor"].as_str().into(), &passage["gist"].as_str().into())
            );
            let here = |c: &&Row| c["report"] == *id && c["passage"] == passage["id"];
            let list = |field: &str| {
                json[field].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect::<BTreeSet<_>>()
            };
            let speaks: BTreeSet<&str> = claims.iter().filter(here).map(|c| c["event"].as_str()).collect();
            assert!(speaks.is_subset(&list("events")), "{id}");
            for (field, column) in [("actors", "actor"), ("regions", "region")] {
                let named: BTreeSet<&str> =
                    mentions.iter().filter(here).map(|m| m[column].as_str()).filter(|m| !m.is_empty()).collect();
                assert!(named.is_subset(&list(field)), "{id}: {field}");
            }
            let accused: BTreeSet<&str> = claims
                .iter()
                .filter(here)
                .filter(|c| c["topic"] == "perpetrator")
                .map(|c| c["value"].as_str())
                .collect();
            assert!(accused.is_subset(&list("actors")), "{id}: {accused:?}");
        }
    }
}

#[test]
fn a_search_gives_events_actors_regions_and_passages() {
    let found = site().json("/search.json?q=Diallassagou");
    assert_eq!(fields(&found), BTreeSet::from(["events", "actors", "instead", "passages", "regions", "total"]));
    assert!(strings(&found["events"], "id").contains(&"2022-06-18-diallassagou".to_owned()));
    // The commune and the village in it bear one name.
    assert_eq!(strings(&found["regions"], "id")[..2], ["ml-diallassagou-commune", "ml-diallassagou"]);
    for passage in found["passages"].as_array().unwrap() {
        assert_eq!(fields(passage), BTreeSet::from(["report", "passage", "snippet", "events"]));
        assert!(!passage["snippet"].as_str().unwrap().is_empty());
    }
    assert_eq!(strings(&site().json("/search.json?q=FLM")["actors"], "id"), ["katiba-macina"]);
    let nothing = site().json("/search.json?q=zzzzqqq");
    for list in ["events", "actors", "regions", "passages"] {
        assert_eq!(nothing[list], Value::Array(Vec::new()), "{list}");
    }
    assert_eq!((&nothing["total"], &nothing["instead"]), (&Value::from(0), &Value::Null));
}

#[test]
fn any_page_of_another_site_may_read_it_and_it_is_packed() {
    for path in ["/events.json", "/events/2022-06-18-diallassagou.json", "/fr/search.json?q=x"] {
        let raw = site().send(path, &[("accept-encoding", "br")]);
        assert_eq!((raw.header("access-control-allow-origin"), raw.header("content-encoding")), ("*", "br"), "{path}");
        assert!(raw.header("etag").starts_with("W/\""), "{path}");
    }
}
