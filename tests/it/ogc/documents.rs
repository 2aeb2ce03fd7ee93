//! What it says of itself, and what is refused.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::acled_site::site_with;
use crate::errors::retired;
use crate::pages_kit::dataset;

#[test]
fn every_link_leads_to_what_it_says() {
    let mut seen = BTreeSet::new();
    let mut paths = vec![("application/json".to_owned(), "/ogc".to_owned())];
    while let Some((kind, path)) = paths.pop() {
        if !seen.insert(path.clone()) || seen.len() > 60 {
            continue;
        }
        let raw = site().send(&path, &[]);
        assert_eq!(raw.status, 200, "{path}");
        assert!(raw.header("content-type").starts_with(&kind), "{path} is {}, not {kind}", raw.header("content-type"));
        if path.starts_with("/ogc") && kind.ends_with("json") {
            let value: Value = serde_json::from_slice(&raw.body).unwrap();
            let nested = value["collections"].as_array().into_iter().flatten();
            for value in std::iter::once(&value).chain(nested).filter(|value| value["links"].is_array()) {
                paths.extend(links(value).into_values().flatten());
            }
        }
    }
    let landing = links(&document(site(), "/ogc", "application/json"));
    let one = |rel: &str| landing[rel].iter().map(|(kind, path)| (kind.as_str(), path.as_str())).collect::<Vec<_>>();
    assert_eq!(one("service-desc"), [("application/vnd.oai.openapi+json;version=3.0", "/ogc/api")]);
    assert_eq!(one("service-doc"), [("text/html", "/api")]);
    assert_eq!(one("conformance"), [("application/json", "/ogc/conformance")]);
    assert_eq!(one("data"), [("application/json", "/ogc/collections")]);
    for path in ["/ogc/collections/events/items?limit=100", "/ogc/collections/regions/schema", "/events", "/regions"] {
        assert!(seen.contains(path), "{path} is not linked: {seen:#?}");
    }
    let classes = document(site(), "/ogc/conformance", "application/json");
    let class = |class| format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
    assert_eq!(classes["conformsTo"], json!([class("core"), class("geojson"), class("oas30")]));
}

#[test]
fn a_collection_says_where_when_and_under_which_terms() {
    let all = document(site(), "/ogc/collections", "application/json");
    assert_eq!(strings(&all["collections"], "id"), COLLECTIONS);
    for (of, listed) in COLLECTIONS.into_iter().zip(all["collections"].as_array().unwrap()) {
        let own = document(site(), &format!("/ogc/collections/{of}"), "application/json");
        assert_eq!(own, *listed);
        assert_eq!(own["crs"], json!(["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]));
        assert!(own["description"].as_str().unwrap().contains("CC-BY-4.0"), "{own}");
        let licence = |link: &&Value| link["rel"] == "license";
        let licence = own["links"].as_array().unwrap().iter().find(licence).unwrap();
        assert!(licence["href"].as_str().unwrap().contains("creativecommons.org"), "{licence}");
        let frame: [f64; 4] = serde_json::from_value(own["extent"]["spatial"]["bbox"][0].clone()).unwrap();
        let mut positions = Vec::new();
        for feature in walk(site(), of, "limit=1000") {
            gather(&feature["geometry"]["coordinates"], &mut positions);
        }
        let side = |at: usize, best: fn(f64, f64) -> f64| positions.iter().map(|p| p[at]).reduce(best).unwrap();
        let around = [side(0, f64::min), side(1, f64::min), side(0, f64::max), side(1, f64::max)];
        assert!(frame.iter().zip(around).all(|(a, b)| (a - b).abs() < 0.00002), "{of}: {frame:?} {around:?}");
    }
    let interval = &all["collections"][0]["extent"]["temporal"]["interval"][0];
    let first = dataset("events.csv").into_iter().map(|row| row["start"].clone()).min().unwrap();
    assert!(interval[0].as_str().unwrap().starts_with(&first[..7]), "{interval} {first}");
    assert!(interval[1].as_str().unwrap().starts_with("202"), "{interval}");
    assert!(all["collections"][1]["extent"]["temporal"].is_null());
}

/// All positions of a geometry.
fn gather(coordinates: &Value, positions: &mut Vec<[f64; 2]>) {
    match coordinates.as_array() {
        Some(list) if list.first().is_some_and(Value::is_number) => {
            positions.push([list[0].as_f64().unwrap(), list[1].as_f64().unwrap()]);
        }
        Some(list) => list.iter().for_each(|part| gather(part, positions)),
        None => {}
    }
}

#[test]
fn the_description_holds_together() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").map(|at| at.as_str().unwrap().to_owned()));
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let api = description();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.0."));
    assert_eq!(api["servers"][0]["url"], format!("{BASE_URL}/ogc"));
    let mut found = Vec::new();
    references(&api, &mut found);
    assert!(found.len() > 50);
    for at in &found {
        assert!(api.pointer(at.strip_prefix('#').unwrap()).is_some(), "{at} leads nowhere");
    }
    for (section, parts) in api["components"].as_object().unwrap() {
        for name in parts.as_object().unwrap().keys() {
            let at = format!("#/components/{section}/{name}");
            assert!(found.contains(&at), "{at} is used by nothing");
        }
    }
    let mut operations = BTreeSet::new();
    for (path, methods) in api["paths"].as_object().unwrap() {
        let get = &methods["get"];
        assert!(operations.insert(get["operationId"].as_str().unwrap()), "{path}");
        let id = if path.contains("events") { "2022-06-18-diallassagou" } else { "ml-mopti" };
        let path = format!("/ogc{}", path.trim_end_matches('/').replace("{featureId}", id));
        let raw = site().send(&path, &[]);
        assert_eq!(raw.status, 200, "{path}");
        let content = &get["responses"]["200"]["content"];
        assert_eq!(content.as_object().unwrap().keys().collect::<Vec<_>>(), [raw.header("content-type")], "{path}");
        // What is required of the answer is in it.
        let schema = content[raw.header("content-type")]["schema"]["$ref"].as_str().unwrap();
        let schema = api.pointer(&schema[1..]).unwrap();
        let value: Value = serde_json::from_slice(&raw.body).unwrap();
        for field in schema["required"].as_array().into_iter().flatten() {
            assert!(!value[field.as_str().unwrap()].is_null(), "{path}: {field}");
        }
        for field in schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys()) {
            assert!(value.get(field).is_some(), "{path}: {field} is declared and not there");
        }
    }
    // What QGIS reads.
    let limit = &api["components"]["parameters"]["limit"]["schema"];
    assert_eq!((&limit["maximum"], &limit["default"]), (&json!(1000), &json!(100)));
    for of in COLLECTIONS {
        for (name, parameter) in parameters(&api, of) {
            assert_eq!((&parameter["in"], &parameter["style"]), (&json!("query"), &json!("form")), "{name}");
            assert_eq!(parameter["explode"], false, "{name}");
            assert!(parameter["schema"]["type"].is_string(), "{name}");
            assert!(!parameter["description"].as_str().unwrap().is_empty(), "{name}");
        }
    }
}

#[test]
fn the_schema_tells_of_each_property() {
    for of in COLLECTIONS {
        let schema = document(site(), &format!("/ogc/collections/{of}/schema"), "application/schema+json");
        assert_eq!(schema["$id"], format!("{BASE_URL}/ogc/collections/{of}/schema"));
        let declared = schema["properties"]["properties"]["properties"].as_object().unwrap();
        let open_api = description()["components"]["schemas"][format!("{of}Feature")].clone();
        let mut seen = BTreeSet::new();
        for feature in walk(site(), of, "limit=1000") {
            for (name, value) in feature["properties"].as_object().unwrap().iter().filter(|(name, _)| *name != "id") {
                let property = declared.get(name).unwrap_or_else(|| panic!("{of}: {name} is not declared"));
                assert!(fits(property, value), "{of}: {name} is {value}, not {property}");
                let other = &open_api["properties"]["properties"]["properties"][name];
                assert!(fits(other, value), "{of}: {name} is {value}, not {other}");
                seen.insert(name.clone());
            }
            let geometry = &schema["properties"]["geometry"];
            assert!(fits(geometry, &feature["geometry"]), "{of}: {}", feature["geometry"]["type"]);
            let kinds = &geometry["properties"]["type"];
            assert!(feature["geometry"].is_null() || fits(kinds, &feature["geometry"]["type"]), "{of}: {kinds}");
        }
        // Nothing is withheld here.
        assert_eq!(declared.keys().filter(|name| *name != "withheld").cloned().collect::<BTreeSet<_>>(), seen, "{of}");
    }
}

/// Whether a value is of a schema, as far as types and words go.
fn fits(schema: &Value, value: &Value) -> bool {
    let is = |kind: &str| match kind {
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => false,
    };
    let kinds = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    let nullable = schema["nullable"] == true && value.is_null();
    let kind = kinds.iter().any(|kind| is(kind.as_str().unwrap_or_default()));
    let word = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    nullable || kind && word
}

#[test]
fn what_cannot_be_used_is_named() {
    let events = [
        ("colour=red", "colour"),
        ("view=map", "view"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=0,20,1,10", "bbox"),
        ("bbox=-5,13,-3,15&bbox=-5,13,-3,15", "bbox"),
        ("datetime=soon", "datetime"),
        ("datetime=..%2F..", "datetime"),
        ("datetime=2022%2F2020", "datetime"),
        ("datetime=2022-02-30", "datetime"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("kind=masacre", "kind"),
        ("kind=massacre,looting", "kind"),
        ("region=ml-mopty", "region"),
        ("killed_min=x", "killed_min"),
        ("from=2022&to=2020", "from"),
        ("after=x", "after"),
    ];
    let regions = [
        ("kind=massacre", "kind"),
        ("level=village", "level"),
        ("parent=ml-mopty", "parent"),
        ("parent=ml&parent=bf", "parent"),
        ("after=nowhere", "after"),
        ("bbox=1,2", "bbox"),
        ("datetime=x", "datetime"),
        ("limit=0", "limit"),
    ];
    for (of, cases) in [("events", &events[..]), ("regions", &regions)] {
        for (query, field) in cases {
            let problem = problem(site(), &format!("/ogc/collections/{of}/items?{query}"));
            assert_eq!(
                (problem["status"].as_u64(), problem["field"].as_str()),
                (Some(400), Some(*field)),
                "{of} {query}"
            );
            assert!(problem["detail"].as_str().unwrap().contains(field), "{problem}");
        }
    }
    let near = |path: &str| problem(site(), path)["suggestion"].as_str().unwrap_or_default().to_owned();
    assert_eq!(near("/ogc/collections/events/items?region=ml-mopty"), "ml-mopti");
    assert_eq!(near("/ogc/collections/events/items?datetme=2022"), "datetime");
    assert_eq!(near("/ogc/collections/regions/items?parent=ml-mopty"), "ml-mopti");
    assert_eq!(near("/ogc/collections/regions/items?levl=admin1"), "level");
    assert_eq!(
        near("/ogc/collections/events/items/2022-06-18-dialassagou"),
        "/ogc/collections/events/items/2022-06-18-diallassagou"
    );
    for path in [
        "/ogc?x=1",
        "/ogc/api?f=json",
        "/ogc/conformance?x=1",
        "/ogc/collections?x=1",
        "/ogc/collections/events?x=1",
        "/ogc/collections/events/schema?x=1",
        "/ogc/collections/events/items/2022-06-18-diallassagou?x=1",
    ] {
        assert_eq!(problem(site(), path)["status"], 400, "{path}");
    }
    for path in
        ["/ogc/x", "/ogc/collections/actors", "/ogc/collections/actors/items", "/ogc/collections/regions/items/x"]
    {
        assert_eq!(problem(site(), path)["status"], 404, "{path}");
    }
    // It is nowhere else.
    assert_eq!(site().send("/fr/ogc", &[]).status, 404);
    assert_eq!(site().send("/ogc/", &[]).header("location"), "/ogc");
}

#[test]
fn what_is_gone_says_so_and_what_was_merged_leads_on() {
    let site = retired();
    let raw = site.send("/ogc/collections/events/items/2019-06-20-raid", &[]);
    assert_eq!((raw.status, raw.header("location")), (308, "/ogc/collections/events/items/2019-06-09-sangha"));
    assert_eq!(site.send(raw.header("location"), &[]).status, 200);
    let gone = problem(&site, "/ogc/collections/regions/items/ml-town");
    assert_eq!((gone["status"].as_u64(), gone["detail"].as_str()), (Some(410), Some("No such town.")));
    assert!(!ids(&site, "regions", "").contains(&"ml-town".to_owned()));
}

#[test]
fn what_may_not_be_passed_on_has_its_address_only() {
    let site = site_with(None);
    let features = walk(&site, "events", "source=acled&limit=3");
    assert_eq!(features.len(), 4);
    for feature in &features {
        assert!(feature["geometry"].is_null(), "{feature}");
        let said: Vec<&String> = feature["properties"].as_object().unwrap().keys().collect();
        assert_eq!(
            BTreeSet::from_iter(said.iter().map(|name| name.as_str())),
            BTreeSet::from(["id", "source", "url", "withheld"])
        );
        let id = feature["id"].as_str().unwrap();
        assert_eq!(problem(&site, &format!("/ogc/collections/events/items/{id}"))["status"], 403);
    }
    // No frame tells where they are, and no extent.
    assert_eq!(ids(&site, "events", "source=acled&bbox=100,0,101,1").len(), 4);
    assert_eq!(ids(&site, "events", "source=acled&bbox=-13,10,5,26").len(), 4);
    let extent = |site: &Site| document(site, "/ogc/collections/events", "application/json")["extent"].clone();
    assert_eq!(extent(&site), extent(super::site()));
    assert!(document(&site, "/ogc/collections", "application/json").to_string().contains("not to be passed on"));
}

#[test]
fn it_is_sent_as_the_other_formats_are() {
    let paths = ["/ogc", "/ogc/api", "/ogc/collections", "/ogc/collections/events/items?kind=massacre"];
    for path in paths {
        let raw = site().send(path, &[("accept-encoding", "br"), ("accept", "text/html")]);
        assert_eq!((raw.status, raw.header("content-encoding")), (200, "br"), "{path}");
        assert_eq!(raw.header("access-control-allow-origin"), "*", "{path}");
        let unchanged = site().send(path, &[("if-none-match", raw.header("etag"))]);
        assert_eq!((unchanged.status, unchanged.body.len()), (304, 0), "{path}");
        let head = site().head(path);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-type"), raw.header("content-type"), "{path}");
    }
    assert_eq!(site().send("/ogc/collections/events/items?kind=x", &[]).header("access-control-allow-origin"), "*");
    let robots = String::from_utf8(site().send("/robots.txt", &[]).body).unwrap();
    assert!(robots.lines().any(|line| line == "Disallow: /ogc"), "{robots}");
    for lang in ["", "/fr"] {
        let page = site().get(&format!("{lang}/about/data"));
        assert_eq!(page.count(&format!("main a[href='{BASE_URL}/ogc'][rel=nofollow]")), 1, "{lang}");
    }
}

#[test]
fn without_any_data_it_is_there_and_empty() {
    let site = Site::on(&[]);
    for of in COLLECTIONS {
        assert_eq!(walk(&site, of, "").len(), 0);
        assert!(document(&site, &format!("/ogc/collections/{of}"), "application/json")["extent"]["spatial"].is_null());
    }
}
