//! Two actors or two regions side by side.

use super::pages_kit::{Few, LANGS, Page, Site, site, strings, within, words};

fn few() -> Few {
    let mut few = Few::default()
        .region("land", "", "country")
        .region("north", "land", "admin1")
        .region("south", "land", "admin1")
        .report("paper");
    for actor in ["band", "army", "lone"] {
        few = few.actor(actor);
    }
    for (id, kind, when, place, toll) in [
        ("raid", "massacre", "2015-04-02", "north", "10"),
        ("reply", "air_strike", "2019-01-02", "south", "4"),
        ("clash", "armed_clash", "2017-01-02", "north", "6"),
    ] {
        few = few.event(id, kind, (when, "", "day"), place).killed(id, "paper", toll, toll, "media");
    }
    few.part("raid", "band", "perpetrator", "claimed")
        .part("reply", "army", "perpetrator", "attributed")
        .part("clash", "band", "participant", "claimed")
        .part("clash", "army", "participant", "claimed")
        .row("actor_links", "band,opposes,army,2016,,paper,p1")
        .row("actor_links", "band,allied_with,lone,2016,,paper,p1")
}

/// What both sides say under a heading.
fn row(page: &Page, heading: &str) -> [String; 2] {
    let body = page.select("table.compare tbody").into_iter().find(|body| words(within(*body, "th")[0]) == heading);
    let cells = within(body.unwrap_or_else(|| panic!("{heading}")), "td");
    let said = |cell| within(cell, "li").into_iter().map(words).collect::<Vec<_>>().join(" ");
    [said(cells[0]), said(cells[1])]
}

#[test]
fn two_actors_stand_side_by_side_on_one_scale() {
    let site = Site::on(&[few().package("one")]);
    let page = site.get("/compare?a=band&b=army");
    assert_eq!(page.text("h1"), "Actor band and Actor army, side by side");
    assert_eq!(row(&page, "Events"), ["2 events", "2 events"]);
    assert_eq!(row(&page, "Killed"), ["16 killed", "10 killed"]);
    assert_eq!(row(&page, "Kinds of event"), ["Massacre 1 Armed clash 1", "Armed clash 1 Air strike 1"]);
    assert_eq!(row(&page, "Named as")[0], "Perpetrator 1 Participant 1");
    assert_eq!(row(&page, "Certainty"), ["Claimed by itself 2", "Claimed by itself 1 Attributed 1"]);
    assert_eq!(row(&page, "Where")[1], "Place north 1 Place south 1");
    // Both over the same five years; ten killed are as high here as there.
    assert_eq!(page.count("svg.time-columns"), 2);
    assert_eq!(page.count(".compare-time section:nth-of-type(1) .col"), 5);
    assert_eq!(page.count(".compare-time section:nth-of-type(2) .col"), 5);
    let six = page.attrs(".col[data-when='2017'] rect.sure:last-child", "height");
    assert_eq!((six.len(), &six[0]), (2, &six[1]));
    assert_eq!(page.texts(".periods li")[..2], ["2015: 1 event, 10 killed", "2017: 1 event, 6 killed"]);
    // What is between them: one event, and one tie; the other tie is with somebody else.
    assert_eq!(page.texts("ol.cards h3"), ["Event clash"]);
    assert_eq!(page.count(".ties .tie-said > li"), 1);
    assert!(page.text(".ties .tie-said > li").starts_with("Actor band – opposed to – Actor army, 2016: Gist"));
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert_eq!(site.get("/fr/compare?a=army&b=band").text("h1"), "Acteur army et Acteur band, côte à côte");
}

#[test]
fn two_regions_say_who_is_named_and_when_one_lies_in_the_other() {
    let site = Site::on(&[few().package("one")]);
    let page = site.get("/compare?a=north&b=south");
    assert_eq!(row(&page, "Named as perpetrators here"), ["Actor band 1", "Actor army 1"]);
    assert_eq!(row(&page, "Lies in"), ["Place land", "Place land"]);
    assert_eq!((page.count(".notice"), page.count("ol.cards")), (0, 0));
    let inner = site.get("/compare?a=north&b=land");
    assert_eq!(inner.text(".notice"), "Place north lies in Place land: all its events are among those of Place land.");
    assert_eq!(inner.text(".events-of .count"), "2 events");
}

#[test]
fn a_filter_holds_for_both_sides() {
    let site = Site::on(&[few().package("one")]);
    let page = site.get("/compare?a=band&b=army&kind=armed_clash&from=2016");
    assert_eq!(row(&page, "Events"), ["1 event", "1 event"]);
    assert_eq!(page.attrs(".compare a[href*='/events?']", "href")[0], "/events?kind=armed_clash&actor=band&from=2016");
    assert_eq!(page.attr(".compare-filter option[selected]", "value"), "armed_clash");
    assert_eq!(page.attr(".compare-filter input[name=from]", "value"), "2016");
    let none = site.get("/compare?a=band&b=army&from=2030");
    assert_eq!(
        (none.count("svg.time-columns"), row(&none, "Events")),
        (0, ["0 events".to_owned(), "0 events".to_owned()])
    );
    // What a form sends without a choice is left out of the address.
    let raw = site.send("/compare?a=band&b=army&from=&kind=", &[]);
    assert_eq!((raw.status, raw.header("location")), (307, "/compare?a=band&b=army"));
}

#[test]
fn what_is_not_chosen_yet_is_chosen_in_a_form() {
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/compare"));
        assert_eq!((page.count("form select[name=a]"), page.count("form select[name=b]")), (2, 2));
        assert_eq!(page.count("meta[name=robots]"), 0);
        let actor = site().get(&format!("{lang}/actors/jnim"));
        let href = actor.attr("header .compare-link a", "href");
        assert_eq!(href, format!("{lang}/compare?a=jnim"));
        let page = site().get(&href);
        assert_eq!((page.count("main form"), page.attr("input[name=a]", "value")), (1, "jnim".to_owned()));
        let others = page.attrs("select[name=b] option", "value");
        assert!(others.contains(&"katiba-macina".to_owned()) && !others.contains(&"jnim".to_owned()));
        assert!(!others.contains(&"ml-mopti".to_owned()));
        let region = site().get(&format!("{lang}/regions/ml-mopti"));
        let page = site().get(&region.attr("header .compare-link a", "href"));
        assert!(page.attrs("select[name=b] option", "value").contains(&"ml-gao".to_owned()));
    }
}

#[test]
fn what_cannot_be_compared_is_named() {
    for (address, field, value) in [
        ("a=jnim&b=nobody", "b", "nobody"),
        ("a=katiba-macin&b=jnim", "a", "katiba-macin"),
        ("a=jnim&b=ml-mopti", "b", "ml-mopti"),
        ("a=jnim&b=jnim", "b", "jnim"),
        ("a=jnim&a=aqim", "a", "aqim"),
        ("a=jnim&b=aqim&from=soon", "from", "soon"),
        ("a=jnim&b=aqim&region=ml-gao", "region", "region"),
    ] {
        for (_, lang) in LANGS {
            let page = site().any(&format!("{lang}/compare?{address}"));
            assert_eq!(page.status, 400, "{address}");
            let said = page.text(".error");
            assert!(said.contains(field) && said.contains(value), "{address}: {said}");
        }
        let raw = site().send(&format!("/compare.json?{address}"), &[]);
        let json: serde_json::Value = serde_json::from_slice(&raw.body).unwrap();
        assert_eq!((raw.status, json["field"].as_str()), (400, Some(field)), "{address}");
    }
    let raw = site().send("/compare.json?a=jnim", &[]);
    let json: serde_json::Value = serde_json::from_slice(&raw.body).unwrap();
    assert_eq!((raw.status, json["field"].as_str()), (400, Some("b")));
}

#[test]
fn the_same_for_programs() {
    let site = Site::on(&[few().package("one")]);
    let json = site.json("/compare.json?a=band&b=army&from=2016");
    assert_eq!((&json["a"]["id"], &json["a"]["events"], &json["a"]["total"]), (&"band".into(), &2.into(), &1.into()));
    assert_eq!(json["b"]["killed"], serde_json::json!({"low": 10, "high": 10, "open": false, "unknown": 0}));
    assert_eq!(json["a"]["timeline"].as_array().unwrap().len(), json["b"]["timeline"].as_array().unwrap().len());
    assert_eq!(
        (json["shared"]["total"].as_u64(), strings(&json["shared"]["events"], "id")),
        (Some(1), vec!["clash".to_owned()])
    );
    assert_eq!(strings(&json["ties"], "actor"), ["army"]);
    let regions = site.json("/compare.json?a=north&b=south");
    assert_eq!((&regions["a"]["level"], regions["shared"]["total"].as_u64()), (&"admin1".into(), Some(0)));
}

#[test]
fn the_killed_of_two_datasets_are_not_added_up() {
    let other = Few::default()
        .region("isle", "", "country")
        .report("sheet")
        .actor("crew")
        .event("elsewhere", "massacre", ("2016-01-01", "", "day"), "isle")
        .killed("elsewhere", "sheet", "5", "5", "media")
        .part("elsewhere", "crew", "perpetrator", "claimed")
        .part("elsewhere", "band", "victim", "claimed")
        .actor("band");
    let one = few().package("one");
    let site = Site::on(&[one, other.package("two")]);
    let page = site.get("/compare?a=band&b=crew");
    let [band, crew] = row(&page, "Killed");
    // An id that both datasets have is one actor, with events of both.
    assert_eq!(crew, "5 killed");
    assert!(band.starts_with("not summed up"), "{band}");
}
