//! Which features come, by page, by parameter, by frame and time.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::as_of;
use crate::pages_kit::{Few, dataset, dataset_ids};

#[test]
fn every_declared_parameter_of_events_asks_for_what_the_list_gives() {
    let all = dataset_ids("events.csv").len();
    let cases = [
        ("q", "Diallassagou"),
        ("kind", "massacre"),
        ("region", "ml-mopti"),
        ("actor", "katiba-macina"),
        ("role", "perpetrator"),
        ("certainty", "disputed"),
        ("from", "2022"),
        ("to", "2019-06"),
        ("killed_min", "100"),
        ("killed_max", "10"),
        ("accounts", "differ"),
        ("origin", "government"),
        ("report", "blogen-2022-07-diallassagou"),
        ("place", "point"),
    ];
    // These are looked at below, or hold for all events that ship.
    let others = ["members", "source", "as_of", "bbox", "datetime", "sort", "limit", "after"];
    let declared: BTreeSet<String> = parameters(&description(), "events").into_keys().collect();
    let tried: BTreeSet<String> = cases.iter().map(|(key, _)| *key).chain(others).map(str::to_owned).collect();
    assert_eq!(declared, tried);
    for (key, value) in cases {
        let query = format!("{key}={value}");
        let found = ids(site(), "events", &query);
        assert_eq!(found, site().ids(&query), "{query}");
        assert!(!found.is_empty() && found.len() < all, "{query}: {} of {all}", found.len());
    }
    let of_members = |members: &str| ids(site(), "events", &format!("actor=jnim{members}"));
    assert_eq!(of_members("&members=yes"), site().ids("actor=jnim&members=yes"));
    assert!(of_members("").len() < of_members("&members=yes").len());
    assert_eq!(
        ids(site(), "events", "source=mali&kind=looting&kind=massacre").len(),
        site().ids("kind=looting&kind=massacre").len()
    );
    assert_eq!(ids(site(), "events", "sort=-killed&limit=9"), site().ids("sort=-killed"));
    assert_ne!(ids(site(), "events", "sort=-killed"), ids(site(), "events", ""));
}

#[test]
fn pages_hold_each_feature_once_and_keep_the_question() {
    for limit in [1, 7, 50] {
        assert_eq!(
            ids(site(), "events", &format!("limit={limit}&kind=massacre")),
            site().ids("kind=massacre"),
            "{limit}"
        );
    }
    assert_eq!(set(ids(site(), "events", "limit=40")), dataset_ids("events.csv").into_iter().collect());
    assert_eq!(set(ids(site(), "regions", "limit=40")), dataset_ids("regions.csv").into_iter().collect());
    let asked = "kind=massacre&datetime=2019%2F..&bbox=-13,10,5,26&sort=date&limit=3";
    let page = items(site(), "events", asked);
    let next = links(&page)["next"][0].1.clone();
    for pair in ["kind=massacre", "datetime=2019%2F..", "sort=date", "limit=3", "after="] {
        assert!(next.contains(pair), "{next} without {pair}");
    }
    assert!(next.contains("bbox=-13%2C10%2C5%2C26"), "{next}");
    let page = items(site(), "regions", "level=admin2&parent=ml-mopti&bbox=-13,10,5,26&datetime=2019&limit=3");
    let next = &links(&page)["next"][0].1;
    for pair in ["level=admin2", "parent=ml-mopti", "bbox=-13", "datetime=2019", "limit=3", "after="] {
        assert!(next.contains(pair), "{next} without {pair}");
    }
    // What asks for too much gets the most.
    for of in COLLECTIONS {
        let page = items(site(), of, "limit=4000000000000");
        assert!(links(&page)["self"][0].1.contains("limit=1000"), "{of}");
    }
    assert_eq!(items(site(), "regions", "")["numberReturned"], 100);
    // The same data, the same answer.
    let stamps: BTreeSet<String> = COLLECTIONS.map(|of| items(site(), of, "limit=1")["timeStamp"].to_string()).into();
    assert_eq!(stamps.len(), 1);
    assert!(stamps.first().unwrap().contains("2026-"), "{stamps:?}");
}

#[test]
fn an_event_is_the_feature_of_the_files() {
    let file: Value = serde_json::from_slice(&site().send("/events.geojson", &[]).body).unwrap();
    let features = walk(site(), "events", "limit=1000");
    // And its time in words, beside dates that may be cut short.
    let when = |feature: &Value| feature["properties"]["when"].as_str().unwrap().to_owned();
    let plain = features.iter().cloned().map(|mut feature| {
        feature["properties"].as_object_mut().unwrap().remove("when");
        feature
    });
    assert_eq!(file["features"], Value::Array(plain.collect()));
    let month = features.iter().find(|feature| feature["properties"]["start"] == "2022-06").unwrap();
    assert_eq!(when(month), "June 2022");
    let pointless = features.iter().filter(|feature| feature["geometry"].is_null()).count();
    assert!(pointless > 0 && pointless < features.len(), "{pointless}");
    for feature in features.iter().step_by(17) {
        let id = feature["id"].as_str().unwrap();
        let mut one = document(site(), &format!("/ogc/collections/events/items/{id}"), GEOJSON);
        let to = links(&one);
        assert_eq!(to["alternate"][0], ("text/html".to_owned(), format!("/events/{id}")));
        assert_eq!(to["collection"][0].1, "/ogc/collections/events");
        one.as_object_mut().unwrap().remove("links");
        assert_eq!(one, *feature);
    }
}

#[test]
fn a_frame_holds_what_lies_in_it_and_what_has_no_geometry() {
    let pointless: BTreeSet<String> = walk(site(), "events", "limit=1000")
        .iter()
        .filter(|feature| feature["geometry"].is_null())
        .map(|feature| feature["id"].as_str().unwrap().to_owned())
        .collect();
    for (frame, same) in [("-5,13,-3,15", "-5,13,-3,15"), ("-5,13,0,-3,15,900", "-5,13,-3,15")] {
        let inside: BTreeSet<String> = site().ids(&format!("bbox={same}")).into_iter().collect();
        assert!(!inside.is_empty() && inside.is_disjoint(&pointless));
        assert_eq!(set(ids(site(), "events", &format!("bbox={frame}"))), &inside | &pointless, "{frame}");
        let kind = &set(ids(site(), "events", &format!("bbox={frame}&kind=massacre")));
        let massacres: BTreeSet<String> = site().ids("kind=massacre").into_iter().collect();
        assert_eq!(*kind, &(&inside | &pointless) & &massacres);
    }
    let mut few = Few::default().region("r1", "", "country").report("rep");
    for (id, longitude) in [("east", "179.5"), ("west", "-179.5"), ("middle", "0")] {
        few = few.row("events", &format!("{id},{id},{id},looting,2020-01-03,,day,r1,-16,{longitude},place,,"));
        few = few.context(id, "rep", "media");
    }
    let site = Site::on(&[few.package("around")]);
    let found = |frame: &str| set(ids(&site, "events", &format!("bbox={frame}")));
    assert_eq!(found("170,-20,-170,0"), set(vec!["east".into(), "west".into()]));
    assert_eq!(found("-170,-20,170,0"), set(vec!["middle".into()]));
    assert_eq!(found("-200,-20,200,0").len(), 3);
    assert_eq!(found("-200,0,200,20").len(), 0);
}

#[test]
fn a_time_holds_what_may_fall_into_it() {
    for (datetime, same) in [
        ("2022%2F..", "from=2022"),
        ("2022-01-01T00:00:00Z%2F", "from=2022-01-01"),
        ("..%2F2015-12-31", "to=2015-12-31"),
        ("2019-01-01T00:00:00Z%2F2019-06-30T23:59:59Z", "from=2019-01-01&to=2019-06-30"),
        ("2022-06-18T16:00:00Z", "from=2022-06-18&to=2022-06-18"),
        ("2022-06-18T23:00:00-05:00", "from=2022-06-19&to=2022-06-19"),
    ] {
        let found = ids(site(), "events", &format!("datetime={datetime}"));
        assert_eq!(found, site().ids(same), "{datetime}");
        assert!(!found.is_empty() && found.len() < dataset_ids("events.csv").len(), "{datetime}");
    }
    // Both must hold: of what went on all year, both do; what is over before the one begins is not in the other.
    let few = Few::default()
        .region("r1", "", "country")
        .report("rep")
        .event("long", "looting", ("2020", "", "year"), "r1")
        .event("early", "looting", ("2020-01-15", "", "day"), "r1")
        .event("late", "looting", ("2020-07-15", "", "day"), "r1")
        .context("long", "rep", "media")
        .context("early", "rep", "media")
        .context("late", "rep", "media");
    let site = Site::on(&[few.package("times")]);
    assert_eq!(ids(&site, "events", "datetime=2020-01-31&from=2020-06"), ["long"]);
    assert_eq!(
        set(ids(&site, "events", "datetime=..%2F2020-06&to=2020-01-20")),
        set(vec!["early".into(), "long".into()])
    );
    assert_eq!(ids(&site, "events", "datetime=2020-07-15&limit=1").len(), 2);
}

#[test]
fn the_record_of_then_is_asked_for_as_in_lists() {
    let site = as_of::site();
    let [first, second, third] = as_of::DAYS.map(|day| {
        let query = format!("as_of={day}");
        let found = ids(&site, "events", &format!("limit=1&{query}"));
        assert_eq!(found, site.ids(&query));
        let low = |feature: &Value| feature["properties"]["killed"]["low"].as_u64().unwrap();
        (set(found), walk(&site, "events", &query).iter().map(low).sum::<u64>())
    });
    assert!(first.0 == second.0 && first.1 != second.1, "a toll was corrected");
    assert_ne!(second.0, third.0);
}

#[test]
fn regions_are_areas_where_their_outline_is_known() {
    let rows: BTreeMap<String, _> = dataset("regions.csv").into_iter().map(|row| (row["id"].clone(), row)).collect();
    let features = walk(site(), "regions", "limit=1000");
    let listed = site().json("/regions.json");
    assert_eq!(strings(&features.clone().into(), "id"), strings(&listed["regions"], "id"), "in the order of the list");
    for (feature, item) in features.iter().zip(listed["regions"].as_array().unwrap()) {
        let id = feature["id"].as_str().unwrap();
        let (row, properties) = (&rows[id], &feature["properties"]);
        for field in ["id", "name", "level", "parent", "events", "url"] {
            assert_eq!(properties[field], item[field], "{id}: {field}");
        }
        assert_eq!(properties["name_fr"], row["name_fr"], "{id}");
        assert_eq!(properties["pcode"].as_str().unwrap_or_default(), row["pcode"], "{id}");
        let area = constat::domain::outline::is_known(&row["pcode"]);
        let kind = feature["geometry"]["type"].as_str();
        match (area, row["latitude"].is_empty()) {
            (true, _) => assert!(matches!(kind, Some("Polygon" | "MultiPolygon")), "{id}: {kind:?}"),
            (false, false) => {
                let point = ["longitude", "latitude"].map(|field| row[field].parse::<f64>().unwrap());
                assert_eq!(feature["geometry"], json!({ "type": "Point", "coordinates": point }), "{id}");
            }
            (false, true) => assert!(feature["geometry"].is_null(), "{id}"),
        }
    }
    let mopti = document(site(), "/ogc/collections/regions/items/ml-mopti", GEOJSON);
    let ring: Vec<[f64; 2]> = serde_json::from_value(mopti["geometry"]["coordinates"][0].clone()).unwrap();
    assert!(ring.len() > 50 && ring.first() == ring.last());
    assert!(ring.iter().all(|[x, y]| (-6.0..-0.5).contains(x) && (12.5..16.5).contains(y)), "{ring:?}");
    assert_eq!(mopti["properties"]["events"], site().ids("region=ml-mopti").len());
    assert_eq!(links(&mopti)["alternate"][0].1, "/regions/ml-mopti");
}

#[test]
fn every_declared_parameter_of_regions_asks_for_less() {
    let declared: Vec<String> = parameters(&description(), "regions").into_keys().collect();
    assert_eq!(declared, ["after", "bbox", "datetime", "level", "limit", "parent"]);
    let rows = dataset("regions.csv");
    let of = |field: &str, value: &str| {
        let chosen = rows.iter().filter(|row| row[field] == value);
        chosen.map(|row| row["id"].clone()).collect::<BTreeSet<_>>()
    };
    let found = |query: &str| set(ids(site(), "regions", query));
    assert_eq!(found("level=admin1"), of("level", "admin1"));
    assert_eq!(found("level=admin1&level=country"), &of("level", "admin1") | &of("level", "country"));
    assert_eq!(found("parent=ml-mopti&limit=2"), of("parent", "ml-mopti"));
    assert_eq!(found("parent=ml&level=admin2").len(), 0);
    // A time says nothing of regions.
    assert_eq!(found("datetime=1999"), found(""));
    // Around Bamako: the country, the district, what lies there; not the region around it nor one far away. And what
    // has no geometry.
    let around = found("bbox=-8.01,12.63,-7.99,12.65&level=country&level=admin1");
    assert_eq!(around, set(["ml", "ml-bamako", "bf", "ne"].map(str::to_owned).into()));
    let geometry = |feature: &&Value| !feature["geometry"].is_null();
    let far = walk(site(), "regions", "bbox=100,0,110,10");
    assert_eq!(far.iter().filter(geometry).count(), 0);
    assert!(found("bbox=-13,9,5,26").len() > found("bbox=-5,13,-3,15").len());
}
