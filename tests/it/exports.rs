//! A list to take along. Each file is read by a parser of its format, and holds what the JSON list holds: the same
//! events in the same order, and no others.

use std::collections::BTreeMap;
use std::io::Read as _;

use axum::body::Body;
use axum::http::Request;
use constat::web::app;
use constat::web::state::AppState;
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use super::kit::Db;
use super::pages_kit::{BASE_URL, Few, LANGS, Site, dataset_ids, site, strings};

type Row = BTreeMap<String, String>;

const FILES: [(&str, &str); 6] = [
    ("csv", "text/csv; charset=utf-8; header=present"),
    ("claims.csv", "text/csv; charset=utf-8; header=present"),
    ("geojson", "application/geo+json"),
    ("gpkg", "application/geopackage+sqlite3"),
    ("jsonl", "application/jsonl"),
    ("zip", "application/zip"),
];

fn bytes(site: &Site, path: &str) -> Vec<u8> {
    let raw = site.send(path, &[]);
    assert_eq!(raw.status, 200, "{path}: {}", String::from_utf8_lossy(&raw.body));
    raw.body
}

fn rows_of(bytes: &[u8]) -> Vec<Row> {
    csv::Reader::from_reader(bytes).deserialize().map(|row| row.unwrap()).collect()
}

fn rows(site: &Site, path: &str) -> Vec<Row> {
    rows_of(&bytes(site, path))
}

fn lines(site: &Site, path: &str) -> Vec<Value> {
    let body = String::from_utf8(bytes(site, path)).unwrap();
    body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn geojson(site: &Site, path: &str) -> Value {
    serde_json::from_slice(&bytes(site, path)).unwrap()
}

fn archive(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut file = archive.by_index(n).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn column(rows: &[Row], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].clone()).collect()
}

/// The ids of a list, whatever it takes to page through it.
fn listed(site: &Site, lang: &str, query: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut next = Some(format!("{lang}/events.json?limit=200&{query}"));
    while let Some(path) = next {
        let page = site.json(&path);
        ids.extend(strings(&page["events"], "id"));
        next = page["next"].as_str().map(str::to_owned);
    }
    ids
}

const QUERIES: [&str; 5] =
    ["", "kind=massacre&region=ml-mopti", "q=Diallassagou", "sort=-killed&accounts=differ", "sort=date&from=2022"];

#[test]
fn every_file_holds_the_events_of_the_list_in_its_order() {
    for (_, lang) in LANGS {
        for query in QUERIES {
            let ids = listed(site(), lang, query);
            assert!(!ids.is_empty() && (query.is_empty() || ids.len() < dataset_ids("events.csv").len()), "{query}");
            let path = |ending: &str| format!("{lang}/events.{ending}?{query}");
            assert_eq!(column(&rows(site(), &path("csv")), "id"), ids, "{query}");
            let mut of_claims = column(&rows(site(), &path("claims.csv")), "event");
            of_claims.dedup();
            assert_eq!(of_claims, ids, "{query}");
            let map = geojson(site(), &path("geojson"));
            assert_eq!(strings(&map["features"], "id"), ids, "{query}");
            let documents = lines(site(), &path("jsonl"));
            assert_eq!(strings(&Value::Array(documents), "id"), ids, "{query}");
            let files = archive(bytes(site(), &path("zip")));
            assert_eq!(files["events.csv"].as_bytes(), bytes(site(), &path("csv")), "{query}");
            assert_eq!(files["claims.csv"].as_bytes(), bytes(site(), &path("claims.csv")), "{query}");
        }
    }
}

#[test]
fn a_page_of_it_is_had_by_limit_and_after() {
    let page = site().json("/events.json?limit=7&kind=massacre");
    assert_eq!(column(&rows(site(), "/events.csv?limit=7&kind=massacre"), "id"), strings(&page["events"], "id"));
    let next = page["next"].as_str().unwrap().to_owned();
    let second = strings(&site().json(&next)["events"], "id");
    assert_eq!(column(&rows(site(), &next.replace(".json", ".csv")), "id"), second);
}

#[test]
fn cells_say_what_the_json_says() {
    for (lang, prefix) in LANGS {
        let path = |ending: &str| format!("{prefix}/events.{ending}?region=ml-mopti");
        let documents = lines(site(), &path("jsonl"));
        let claims = rows(site(), &path("claims.csv"));
        let mut said = claims.iter();
        for (row, document) in rows(site(), &path("csv")).iter().zip(&documents) {
            let id = row["id"].as_str();
            let mut alone = document.clone();
            alone.as_object_mut().unwrap().remove("list");
            assert_eq!(alone, site().json(&format!("{prefix}/events/{id}.json")), "the one object of {id}");
            let cell =
                |value: &Value| value.as_str().map_or_else(|| value.to_string().replace("null", ""), str::to_owned);
            for field in
                ["title", "url", "kind", "start", "end", "date_precision", "place_precision", "version", "updated"]
            {
                assert_eq!(row[field], cell(&document[field]), "{id}: {field}");
            }
            for field in ["latitude", "longitude"] {
                assert_eq!(row[field].parse().ok(), document[field].as_f64(), "{id}: {field}");
            }
            for field in ["low", "high", "preferred"] {
                assert_eq!(row[&format!("killed_{field}")], cell(&document["killed"][field]), "{id}: {field}");
            }
            assert_eq!(row["region"], cell(&document["region"]["id"]));
            assert!(row["place"].starts_with(document["region"]["name"].as_str().unwrap()), "{id}");
            assert_eq!(row["actors"], strings(&document["actors"], "id").join("|"), "{id}");
            assert_eq!(row["roles"], strings(&document["actors"], "role").join("|"), "{id}");
            for claim in document["claims"].as_array().unwrap() {
                let row = said.next().unwrap();
                assert_eq!((row["event"].as_str(), &row["n"]), (id, &cell(&claim["n"])));
                for field in ["topic", "low", "high", "origin", "stance", "preferred"] {
                    assert_eq!(row[field], cell(&claim[field]), "{id}: {field}");
                }
                assert_eq!(row["passage"], cell(&claim["passage"]["id"]));
                assert_eq!(row["report_title"].trim_start_matches('\''), cell(&claim["report"]["title"]));
                assert_eq!(row["gist"].trim_start_matches('\''), cell(&claim["passage"]["gist"]));
                assert_eq!(row["url"], format!("{BASE_URL}{prefix}/events/{id}#claim-{}", row["n"]));
                let (report, passage) = (&row["report"], &row["passage"]);
                assert_eq!(row["passage_url"], format!("{BASE_URL}{prefix}/reports/{report}#{passage}"));
            }
        }
        assert!(said.next().is_none());
        // The same codes in both languages, the names in the reader's.
        let first = &rows(site(), &format!("{prefix}/events.csv?kind=massacre"))[0];
        assert_eq!((first["kind"].as_str(), first["kind_name"].as_str()), ("massacre", "Massacre"));
        let clash = &rows(site(), &format!("{prefix}/events.csv?kind=armed_clash"))[0];
        assert_eq!(clash["kind_name"] == "Armed clash", lang == "en", "{}", clash["kind_name"]);
    }
}

#[test]
fn terms_version_question_and_day_travel_in_the_file() {
    let list = site().json("/events.json?kind=massacre&region=ml-mopti");
    let url = format!("{BASE_URL}/events?kind=massacre&region=ml-mopti");
    for path in ["/events.csv?region=ml-mopti&kind=massacre", "/events.claims.csv?region=ml-mopti&kind=massacre"] {
        let row = &rows(site(), path)[0];
        assert_eq!((row["source"].as_str(), row["licence"].as_str()), ("mali", "CC-BY-4.0"), "{path}");
        assert!(!row["source_version"].is_empty() && row["withheld"] == "false");
        assert_eq!((&row["filter"], &row["filter_url"]), (&list["description"].as_str().unwrap().to_owned(), &url));
        assert_eq!(row["data_of"].len(), 10);
    }
    let map = geojson(site(), "/events.geojson?region=ml-mopti&kind=massacre");
    assert_eq!((&map["description"], map["url"].as_str()), (&list["description"], Some(url.as_str())));
    assert_eq!((&map["sources"][0]["id"], &map["sources"][0]["licence"]), (&"mali".into(), &"CC-BY-4.0".into()));
    assert!(map["data_of"].is_string() && map["sources"][0]["version"].is_string());
    let document = &lines(site(), "/events.jsonl?kind=massacre&limit=1")[0];
    assert_eq!((&document["source"], &document["licence"]), (&"mali".into(), &"CC-BY-4.0".into()));
    assert_eq!(document["source_version"], map["sources"][0]["version"]);
    let of = &document["list"];
    assert_eq!(of["description"], "Massacres");
    assert_eq!((&of["url"], &of["data_of"]), (&"https://constat.example/events?kind=massacre".into(), &map["data_of"]));
    let files = archive(bytes(site(), "/events.zip?region=ml-mopti&kind=massacre"));
    let package: Value = serde_json::from_str(&files["datapackage.json"]).unwrap();
    assert_eq!((&package["title"], package["homepage"].as_str()), (&list["description"], Some(url.as_str())));
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    assert!(files["README.md"].contains(&url) && files["README.md"].contains("CC-BY-4.0"));
    for resource in package["resources"].as_array().unwrap() {
        let table = &files[resource["path"].as_str().unwrap()];
        let head = csv::Reader::from_reader(table.as_bytes()).headers().unwrap().clone();
        assert_eq!(head.iter().collect::<Vec<_>>(), strings(&resource["schema"]["fields"], "name"));
    }
}

#[test]
fn headers_name_the_file_and_head_has_no_body() {
    for (ending, kind) in FILES {
        let path = format!("/events.{ending}?kind=massacre");
        let raw = site().send(&path, &[]);
        assert_eq!(raw.header("content-type"), kind);
        let name = raw.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"constat-events-massacre-2"), "{name}");
        assert!(name.ends_with(&format!(".{ending}\"")), "{name}");
        assert!(raw.header("link").contains("rel=\"alternate\"") && raw.header("link").contains("rel=\"license\""));
        assert_eq!((raw.header("access-control-allow-origin"), raw.header("etag").is_empty()), ("*", false));
        let unchanged = site().send(&path, &[("if-none-match", raw.header("etag"))]);
        assert_eq!((unchanged.status, unchanged.body.len()), (304, 0), "{path}");
        let head = site().head(&path);
        assert_eq!((head.status, head.body.len(), head.header("content-type")), (200, 0, kind), "{path}");
        assert_ne!(head.header("content-length"), "0", "{path}");
    }
}

#[test]
fn a_bad_filter_is_named_in_every_form() {
    for ending in ["csv", "claims.csv", "geojson", "gpkg", "jsonl", "atom"] {
        for (pair, field) in [
            ("colour=red", "colour"),
            ("kind=masacre", "kind"),
            ("region=ml-mopty", "region"),
            ("killed_min=x", "killed_min"),
        ] {
            let raw = site().send(&format!("/events.{ending}?{pair}"), &[]);
            assert_eq!((raw.status, raw.header("content-type")), (400, "application/problem+json"), "{ending} {pair}");
            let problem: Value = serde_json::from_slice(&raw.body).unwrap();
            assert_eq!(problem["field"], field, "{ending}");
        }
    }
    // An archive may be fetched by hand: to a browser its error is a page, to a program it is not.
    let page = site().any("/fr/events.zip?kind=masacre");
    assert_eq!((page.status, page.attr("html", "lang")), (400, "fr".to_owned()));
    for path in ["/events.zip?kind=masacre", "/about/data/none.zip"] {
        assert_eq!(
            site().send(path, &[("accept", "*/*")]).header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
    for odd in ["sort=date", "view=map", "after=x"] {
        assert_eq!(site().send(&format!("/events.atom?{odd}"), &[]).status, 400, "{odd}");
    }
    assert_eq!(site().send("/actors.csv", &[]).status, 404);
    assert_eq!(site().send("/events/nothing.geojson", &[]).status, 404);
}

fn odd() -> Few {
    let mut few = Few::default()
        .region("r1", "", "country")
        .actor("a1")
        .report("rep")
        .row("events", "nowhere,=1+1,@SUM(A1),massacre,2020-01-02,,day,r1,,,country,-5 people.,+5.")
        .row("events", "there,Event,Événement,massacre,2020-01-03,,day,r1,-1.5,-2.25,place,,")
        .row("events", "other,Event,Événement,looting,2020-01-04,,day,r1,1,2,place,,")
        .part("nowhere", "a1", "perpetrator", "claimed");
    for event in ["nowhere", "there", "other"] {
        few = few.killed(event, "rep", "3", "", "media");
    }
    few
}

#[test]
fn an_unknown_place_is_null_and_no_cell_is_a_formula() {
    let site = Site::on(&[odd().package("odd")]);
    let map = geojson(&site, "/events.geojson?kind=massacre");
    assert_eq!(strings(&map["features"], "id"), ["there", "nowhere"]);
    assert_eq!(map["features"][0]["geometry"], serde_json::json!({ "type": "Point", "coordinates": [-2.25, -1.5] }));
    assert!(map["features"][1]["geometry"].is_null());
    // JSON is no spreadsheet.
    assert_eq!(map["features"][1]["properties"]["title"], "=1+1");
    let table = rows(&site, "/events.csv?kind=massacre");
    assert_eq!((table[0]["latitude"].as_str(), table[0]["longitude"].as_str()), ("-1.5", "-2.25"));
    assert_eq!((table[1]["title"].as_str(), table[1]["summary"].as_str()), ("'=1+1", "'-5 people."));
    assert_eq!(rows(&site, "/fr/events.csv?kind=massacre")[1]["title"], "'@SUM(A1)");
    assert_eq!((table[1]["latitude"].as_str(), table[1]["killed_high"].as_str()), ("", "3"));
    assert_eq!((table[1]["killed_open"].as_str(), table[1]["actor_names"].as_str()), ("true", "Actor a1"));

    let one = |path: &str| geojson(&site, path);
    assert_eq!(one("/events/there.geojson"), map["features"][0]);
    assert_eq!(one("/fr/events/nowhere.geojson")["properties"]["title"], "@SUM(A1)");
}

#[test]
fn a_geopackage_is_a_database_of_points() {
    let site = Site::on(&[odd().package("odd")]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.gpkg");
    std::fs::write(&file, bytes(&site, "/events.gpkg?kind=massacre")).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        use sqlx::{Connection as _, Row as _};
        let address = format!("sqlite://{}?mode=ro", file.display());
        let mut db = sqlx::SqliteConnection::connect(&address).await.unwrap();
        let rows = sqlx::query("SELECT id, geom, latitude, title, killed_open FROM events ORDER BY fid");
        let rows = rows.fetch_all(&mut db).await.unwrap();
        let ids: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        assert_eq!(ids, ["there", "nowhere"]);
        let point: Vec<u8> = rows[0].get(1);
        // Header of 8 bytes, WKB of a point: byte order, type, x, y.
        assert_eq!((&point[..4], point.len()), (&b"GP\x00\x01"[..], 29));
        assert_eq!(f64::from_le_bytes(point[13..21].try_into().unwrap()), -2.25);
        assert_eq!(f64::from_le_bytes(point[21..].try_into().unwrap()), -1.5);
        assert_eq!(rows[1].get::<Option<Vec<u8>>, _>(1), None);
        assert_eq!((rows[0].get::<f64, _>(2), rows[1].get::<String, _>(3)), (-1.5, "=1+1".to_owned()));
        let id: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut db).await.unwrap();
        assert_eq!(id, i64::from(u32::from_be_bytes(*b"GPKG")));
        let said: String =
            sqlx::query_scalar("SELECT description FROM gpkg_contents").fetch_one(&mut db).await.unwrap();
        assert!(said.contains(&format!("{BASE_URL}/events?kind=massacre")), "{said}");
        db.close().await.unwrap();
    });
}

#[tokio::test]
async fn an_import_breaks_a_download_off_instead_of_mixing_two_moments() {
    let db = Db::new().await;
    let mut few = Few::default().region("r1", "", "country").report("rep");
    for n in 0..4_000 {
        let id = format!("event-{n}");
        few = few.event(&id, "looting", ("2020-01-02", "", "day"), "r1").context(&id, "rep", "media");
    }
    db.import(&few.package("many")).await.unwrap();
    let router = app(AppState::new(db.store.clone(), BASE_URL.parse().unwrap()));
    let ask = || Request::get("/events.csv").body(Body::empty()).unwrap();
    let whole = router.clone().oneshot(ask()).await.unwrap().into_body().collect().await.unwrap().to_bytes();
    assert_eq!(rows_of(&whole).len(), 4_000);
    let mut begun = router.clone().oneshot(ask()).await.unwrap().into_body();
    assert!(begun.frame().await.unwrap().is_ok());
    db.import(&odd().package("odd")).await.unwrap();
    assert!(begun.collect().await.is_err());
    // And one that begins now is whole.
    let whole = router.oneshot(ask()).await.unwrap().into_body().collect().await.unwrap().to_bytes();
    assert_eq!(rows_of(&whole).len(), 4_003);
}

#[test]
fn pages_offer_their_list_and_their_feed() {
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/events?kind=massacre&sort=-killed&view=table"));
        let hrefs = page.attrs("section.take a", "href");
        let mut expected: Vec<String> =
            FILES.iter().map(|(ending, _)| format!("{lang}/events.{ending}?kind=massacre&sort=-killed")).collect();
        let citations = ["bib", "ris", "csl.json"];
        expected.extend(citations.map(|ending| format!("{lang}/events.{ending}?kind=massacre&sort=-killed")));
        expected.push(format!("{lang}/events.atom?kind=massacre"));
        assert_eq!(hrefs, expected);
        for href in &hrefs {
            assert_eq!(site().send(href, &[]).status, 200, "{href}");
        }
        let feed = "link[rel=alternate][type='application/atom+xml']";
        assert_eq!(page.attr(feed, "href"), format!("{lang}/events.atom?kind=massacre"));
        let actor = site().get(&format!("{lang}/actors/katiba-macina"));
        assert_eq!(actor.attr(feed, "href"), format!("{lang}/events.atom?actor=katiba-macina"));
        assert!(actor.attrs("section.take a", "href").contains(&format!("{lang}/events.csv?actor=katiba-macina")));
        let region = site().get(&format!("{lang}/regions/ml-mopti"));
        assert_eq!(region.attr(feed, "href"), format!("{lang}/events.atom?region=ml-mopti"));
    }
    let id = dataset_ids("events.csv").remove(0);
    let event = site().get(&format!("/fr/events/{id}"));
    let hrefs = event.attrs("#share a", "href");
    for ending in ["json", "geojson"] {
        assert!(hrefs.contains(&format!("/fr/events/{id}.{ending}")), "{hrefs:?}");
    }
}
