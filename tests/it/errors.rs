//! Pages for what went wrong: they name it, offer the nearest that works, keep the reader's other filters, and show
//! nothing of the inside.

use super::kit::Package;
use super::pages_kit::{LANGS, Page, Site, site};

/// Words of the program that no reader should meet.
const INSIDE: [&str; 9] = ["sqlx", "sqlite", "SELECT ", "panicked", "src/", "Error(", "unwrap", "Problem::", "None)"];

fn assert_helps(page: &Page, status: u16) {
    let path = &page.path;
    assert_eq!(page.status, status, "{path}");
    assert_eq!(page.text(".error .kicker"), status.to_string(), "{path}");
    assert!(!page.text(".error h1").is_empty() && !page.text(".error h1 + p").is_empty(), "{path}");
    assert_eq!(page.attrs("meta[name=robots]", "content"), ["noindex"], "{path}");
    assert_eq!(page.headers["cache-control"], "no-store", "{path}");
    let lang = if path.starts_with("/fr") { "fr" } else { "en" };
    assert_eq!(page.attr("html", "lang"), lang, "{path}");
    assert!(INSIDE.iter().all(|word| !page.body.contains(word)), "{path}: {}", page.text("main"));
    // Every way on that is offered works.
    for href in page.attrs(".error a", "href") {
        assert_eq!(site().any(&href).status, 200, "{path}: {href}");
    }
}

/// The same failure as problem+json, in the language of the address.
fn problem(site: &Site, path: &str) -> serde_json::Value {
    let raw = site.send(path, &[]);
    assert_eq!(raw.header("content-type"), "application/problem+json", "{path}");
    assert_eq!(raw.header("cache-control"), "no-store", "{path}");
    let problem: serde_json::Value = serde_json::from_slice(&raw.body).unwrap();
    let fields: Vec<&String> = problem.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["detail", "field", "status", "suggestion", "title"], "{path}");
    assert_eq!(problem["status"], raw.status, "{path}");
    problem
}

/// Each way in which a part of an address can be wrong: what is added to a good filter, the field and the value that
/// the message names, and what is suggested instead.
const WRONG: [(&str, &str, &str, Option<&str>); 29] = [
    ("knid=massacre", "knid", "", Some("kind")),
    ("zzz=1", "zzz", "", None),
    ("kind=masacre", "kind", "masacre", Some("massacre")),
    ("role=victem", "role", "victem", Some("victim")),
    ("certainty=atributed", "certainty", "atributed", Some("attributed")),
    ("accounts=difer", "accounts", "difer", Some("differ")),
    ("origin=goverment", "origin", "goverment", Some("government")),
    ("view=tabel", "view", "tabel", Some("table")),
    ("sort=-dates", "sort", "-dates", Some("-date")),
    ("members=perhaps", "members", "perhaps", None),
    ("region=ml-mopty", "region", "ml-mopty", Some("ml-mopti")),
    ("region=S%C3%A9var%C3%A9", "region", "Sévaré", Some("ml-sevare")),
    ("actor=katiba-massina", "actor", "katiba-massina", Some("katiba-macina")),
    ("actor=AQMI", "actor", "AQMI", Some("aqim")),
    ("source=mal", "source", "mal", Some("mali")),
    (
        "report=24newshd-2020-10-14-23-kiled",
        "report",
        "24newshd-2020-10-14-23-kiled",
        Some("24newshd-2020-10-14-23-killed"),
    ),
    ("from=18%2F06%2F2022", "from", "18/06/2022", None),
    ("to=2022-13", "to", "2022-13", None),
    ("from=2022-01-01&to=2020", "from", "2022-01-01", Some("2020")),
    ("killed_min=-1", "killed_min", "-1", None),
    ("killed_max=ten", "killed_max", "ten", None),
    ("killed_min=9&killed_max=8", "killed_min", "9", Some("8")),
    ("place=pont", "place", "pont", Some("point")),
    ("bbox=-5,13,-3", "bbox", "-5,13,-3", None),
    ("bbox=-5,15,-3,13", "bbox", "-5,15,-3,13", None),
    ("limit=1000", "limit", "1000", Some("200")),
    ("limit=0", "limit", "0", None),
    ("after=abc", "after", "", None),
    ("sort=relevance", "", "", Some("-date")),
];

#[test]
fn each_wrong_part_of_a_filter_is_named_and_the_nearest_offered_with_the_rest_kept() {
    for (wrong, field, value, suggestion) in WRONG {
        for (_, lang) in LANGS {
            let page = site().any(&format!("{lang}/events?origin=media&{wrong}"));
            assert_helps(&page, 400);
            let said = page.text(".error h1 + p");
            assert!(said.contains(field) && said.contains(value), "{}: {said}", page.path);

            let nearest = page.attrs(".error .nearest a", "href");
            let key = if suggestion == Some("kind") {
                "kind=massacre".to_owned()
            } else {
                format!("{}={}", wrong.split('=').next().unwrap(), suggestion.unwrap_or_default())
            };
            assert_eq!(nearest.len(), usize::from(suggestion.is_some()), "{}", page.path);
            // What is usual anyway is not written out.
            let expected = if key == "sort=-date" && !wrong.contains("-dates") { "sort=-date" } else { key.as_str() };
            assert!(nearest.iter().all(|href| href.contains(expected)), "{}: {nearest:?} {expected}", page.path);
            let without = page.attr(".error a.without", "href");
            for href in nearest.iter().chain([&without]) {
                assert!(
                    href.starts_with(&format!("{lang}/events?")) && href.contains("origin=media"),
                    "{}: {href}",
                    page.path
                );
            }

            let json = problem(site(), &format!("{lang}/events.json?origin=media&{wrong}"));
            let raw_field = wrong.split('=').next().unwrap();
            assert_eq!((json["status"].as_u64(), json["field"].as_str()), (Some(400), Some(raw_field)), "{wrong}");
            assert_eq!(json["suggestion"].as_str(), suggestion, "{wrong}");
            assert!(json["detail"].as_str().unwrap().split_whitespace().eq(said.split_whitespace()), "{wrong}");
        }
    }
}

#[test]
fn what_was_given_twice_or_too_long_is_named_too() {
    let long = "a".repeat(301);
    let many = "region=ml&".repeat(51);
    for (query, field) in [
        ("from=2020&from=2021".to_owned(), "from"),
        (format!("q={long}"), "q"),
        (many, "region"),
        ("after=LWRhdGUvMS8x&sort=killed".to_owned(), "after"),
    ] {
        let page = site().any(&format!("/events?{query}"));
        assert_helps(&page, 400);
        assert!(page.text(".error h1 + p").contains(field), "{}", page.text(".error h1 + p"));
        assert_eq!(problem(site(), &format!("/events.json?{query}"))["field"], field);
    }
}

#[test]
fn several_faults_are_left_behind_together() {
    let page = site().any("/events?kind=masacre&from=yesterday&region=nowhere-at-all&accounts=differ");
    assert_helps(&page, 400);
    assert_eq!(page.attrs(".error .nearest a", "href"), ["/events?kind=massacre&accounts=differ"]);
    assert_eq!(page.attr(".error a.without", "href"), "/events?accounts=differ");
}

#[test]
fn lists_of_reports_and_the_search_name_what_they_do_not_know() {
    for (path, field) in [
        ("/reports?kind=newz", "kind"),
        ("/reports?language=xx", "language"),
        ("/reports?languag=fr", "languag"),
        ("/reports?after=x", "after"),
        ("/reports?language=fr&kind=news&kind=analysis", "kind"),
        ("/search?query=x", "query"),
    ] {
        for (_, lang) in LANGS {
            let page = site().any(&format!("{lang}{path}"));
            assert_helps(&page, 400);
            assert!(page.text(".error h1 + p").contains(field), "{path}");
            let json = problem(site(), &format!("{lang}{}", path.replacen('?', ".json?", 1)));
            assert_eq!(json["field"], field, "{path}");
        }
    }
    assert_eq!(problem(site(), "/reports.json?kind=newz")["suggestion"], "news");
    assert!(site().any("/reports?kind=newz").texts(".error code").contains(&"ngo_report".to_owned()));
}

#[test]
fn an_address_that_never_was_offers_the_nearest() {
    let report = "24newshd-2020-10-14-23-killed";
    for (wrong, near) in [
        ("/events/2022-06-18-dialassagou", "/events/2022-06-18-diallassagou".to_owned()),
        ("/events/2022-06-18-dialassagou/history", "/events/2022-06-18-diallassagou".to_owned()),
        ("/events/2022-06-18-diallassagou/versions/9", "/events/2022-06-18-diallassagou/versions/1".to_owned()),
        ("/actors/katiba-massina", "/actors/katiba-macina".to_owned()),
        ("/actors/GSIM", "/actors/jnim".to_owned()),
        ("/regions/mopti-region", "/regions/ml-mopti".to_owned()),
        ("/reports/24newshd-2020-10-14-23-kiled", format!("/reports/{report}")),
    ] {
        for (_, lang) in LANGS {
            let page = site().any(&format!("{lang}{wrong}"));
            assert_helps(&page, 404);
            assert_eq!(page.attrs(".error .nearest a", "href"), [format!("{lang}{near}")], "{wrong}");
            assert!(page.texts(".error .nearest a").iter().all(|text| !text.is_empty()));
            let json = problem(site(), &format!("{lang}{wrong}.json"));
            assert_eq!((&json["status"], json["field"].is_null()), (&404.into(), true));
            assert_eq!(json["suggestion"], format!("{lang}{near}"), "{wrong}");
        }
    }
    for nothing in [
        "/nowhere",
        "/fr/nulle-part",
        "/events/zzzzzzzz",
        "/actors/-",
        "/events/x/y/z",
        "/fr/regions/%FF",
        "/about/data/none.zip",
    ] {
        let page = site().any(nothing);
        assert!([400, 404].contains(&page.status), "{nothing}");
        assert_helps(&page, page.status);
        assert_eq!(page.count(".nearest"), 0, "{nothing}");
    }
    assert_eq!(problem(site(), "/nowhere.json")["status"], 404);
}

/// The base, then a version in which the raid was merged into the attack, the hunters into the masked men, and the
/// radio's report and the town were taken out for a reason.
pub fn retired() -> Site {
    let base = Package::base();
    let town = "ml-town,ml-mopti,Town,Ville,place,,,,\n";
    let base = base.clone().with("regions.csv", &format!("{}{town}", base.text("regions.csv")));
    let after = base
        .clone()
        .version("2")
        .edit("regions.csv", town, "")
        .edit(
            "events.csv",
            "2019-06-20-raid,Raid on a market,Raid sur un marché,looting,2019-06,,month,ml-mopti,,,admin1,,\n",
            "",
        )
        .edit("claims.csv", "2019-06-20-raid,radio-2,p2,damage,,,,,shops burned,,media,asserts,\n", "")
        .edit("event_links.csv", "2019-06-20-raid,reprisal_for,2019-06-09-sangha,radio-2,p2\n", "")
        .edit("actors.csv", "hunters,Hunters,Chasseurs,self_defence_group,ml,2016,,,,Dozo\n", "")
        .edit("actor_links.csv", "hunters,opposes,army,2018,,agency-1,p2\n", "")
        .edit("mentions.csv", "agency-1,p2,hunters,ml-mopti\n", "")
        .with(
            "retired.csv",
            "kind,id,successor,reason,reason_fr\n\
             event,2019-06-20-raid,2019-06-09-sangha,The same raid.,Le même raid.\n\
             actor,hunters,masked-men,The same men.,Les mêmes hommes.\n\
             region,ml-town,,No such town.,Il n’y a pas de telle ville.\n",
        );
    // A table that a package may leave out is named in its descriptor all the same.
    let after = after.edit(
        "datapackage.json",
        "\"path\": \"mentions.csv\"\n  }",
        "\"path\": \"mentions.csv\"\n  },\n  {\n   \"name\": \"retired\",\n   \"path\": \"retired.csv\"\n  }",
    );
    Site::on(&[base, after])
}

#[test]
fn what_was_merged_leads_to_its_successor_for_good() {
    let site = retired();
    for (old, new) in
        [("/events/2019-06-20-raid", "/events/2019-06-09-sangha"), ("/actors/hunters", "/actors/masked-men")]
    {
        for (_, lang) in LANGS {
            for ending in ["", ".json"] {
                let raw = site.send(&format!("{lang}{old}{ending}"), &[]);
                assert_eq!(raw.status, 308, "{old}{ending}");
                assert_eq!(raw.header("location"), format!("{lang}{new}{ending}"));
                assert_eq!(site.send(raw.header("location"), &[]).status, 200);
            }
        }
    }
    // Its history stays readable.
    let history = site.get("/events/2019-06-20-raid/history");
    assert!(history.text("ol.versions > li:first-child").contains("withdrawn"));
    assert_eq!(site.get("/events/2019-06-20-raid/versions/1").text("h1"), "Raid on a market");
    for (_, lang) in LANGS {
        let history = site.get(&format!("{lang}/events/2019-06-20-raid/history"));
        assert_eq!(history.attr(".notice a", "href"), format!("{lang}/events/2019-06-09-sangha"));
        let map = site.send(&format!("{lang}/events/2019-06-20-raid/timemap"), &[]);
        assert_eq!(map.status, 200);
        assert!(String::from_utf8(map.body).unwrap().contains("/versions/2>"));
        let last = site.get(&format!("{lang}/events/2019-06-20-raid/versions/2"));
        assert_eq!(last.count(".versions-beside a[rel=prev]"), 1);
    }
    assert!(site.get("/events/2019-06-20-raid/history").text(".notice").ends_with("The same raid."));
    assert!(site.get("/events/2019-06-20-raid/versions/2").text(".notice").contains("withdrawn"));
}

#[test]
fn what_was_withdrawn_says_why_in_the_readers_language() {
    let site = retired();
    for (lang, reason) in [("", "No such town."), ("/fr", "Il n’y a pas de telle ville.")] {
        let page = site.any(&format!("{lang}/regions/ml-town"));
        assert_eq!((page.status, page.text(".error h1 + p").as_str()), (410, reason));
        let json = problem(&site, &format!("{lang}/regions/ml-town.json"));
        assert_eq!((json["status"].as_u64(), json["detail"].as_str()), (Some(410), Some(reason)));
    }
    assert_eq!(site.any("/regions/ml-town").count(".error a.without"), 0);
    // A filter can no longer name it.
    assert_eq!(site.any("/events?region=ml-town").status, 400);
    assert_eq!(site.any("/events?actor=hunters").status, 400);
}

#[test]
fn what_vanished_without_a_word_says_so() {
    let gone = Package::base()
        .version("2")
        .edit("actors.csv", "hunters,Hunters,Chasseurs,self_defence_group,ml,2016,,,,Dozo\n", "")
        .edit("actor_links.csv", "hunters,opposes,army,2018,,agency-1,p2\n", "")
        .edit("mentions.csv", "agency-1,p2,hunters,ml-mopti\n", "");
    let site = Site::on(&[Package::base(), gone]);
    let page = site.any("/actors/hunters");
    assert_eq!(page.status, 410);
    assert_eq!(page.text(".error h1 + p"), "Version 2 of the dataset “A small dataset” no longer has it.");
}

#[test]
fn a_site_without_any_data_still_has_its_pages() {
    let site = Site::on(&[]);
    for (_, lang) in LANGS {
        for path in [
            "/events",
            "/actors",
            "/regions",
            "/reports",
            "/search?q=x",
            "/about",
            "/about/method",
            "/about/data",
            "/api",
        ] {
            assert_eq!(site.get(&format!("{lang}{path}")).count("h1"), 1, "{path}");
        }
        assert_eq!(site.get(if lang.is_empty() { "/" } else { lang }).count("h1"), 1);
        assert_eq!(site.any(&format!("{lang}/events/x")).status, 404);
    }
}
