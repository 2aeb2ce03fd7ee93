//! What the map that can be moved is made of: events in cells as JSON, the files it loads, pictures an operator may add.

use axum::body::Body;
use axum::http::Request;
use constat::ingest::import_embedded;
use constat::web::state::{AppState, Settings};
use constat::web::tiles::{MapTiles, TileFile};
use http_body_util::BodyExt as _;
use pmtiles::{Compression, PmTilesWriter, TileCoord, TileType};
use std::path::Path;
use std::process::Command;
use tower::ServiceExt as _;

use super::kit::{CONSTAT, Db, at};
use super::pages_kit::{Few, LANGS, Raw, Site, site};

fn few() -> Few {
    let mut few = Few::default().region("land", "", "country").report("paper");
    for (id, latitude, longitude, killed) in [
        ("a", "14.50", "-4.20", "10"),
        ("b", "14.51", "-4.21", "5"),
        ("far", "20.20", "1.00", "40"),
        ("nowhere", "", "", "7"),
    ] {
        let precision = if latitude.is_empty() { "country" } else { "place" };
        few = few.placed(id, (latitude, longitude, precision), "land").killed(id, "paper", killed, killed, "media");
    }
    few
}

#[test]
fn cells_hold_the_events_of_the_frame_and_no_other() {
    let site = Site::on(&[few().package("one")]);
    let all = site.json("/cells.json");
    assert_eq!((&all["total"], &all["without"]), (&4.into(), &1.into()));
    assert_eq!(all["cells"].as_array().unwrap().len(), 2);
    let near = site.json("/cells.json?bbox=-5,14,-4,15&squares=1");
    assert_eq!((&near["total"], &near["count"]), (&2.into(), &"2\u{a0}events".into()));
    assert_eq!(near["description"], "Events, between 14°\u{a0}N and 15°\u{a0}N, 5°\u{a0}W and 4°\u{a0}W");
    assert_eq!(near["url"], "/events?bbox=-5%2C14%2C-4%2C15&view=map");
    let cell = &near["cells"][0];
    assert_eq!(cell["bbox"], serde_json::json!([-4.21, 14.5, -4.2, 14.51]));
    assert_eq!(cell["killed"], serde_json::json!({ "low": 15, "high": 15, "open": false }));
    assert_eq!(cell["title"], "2\u{a0}events – 15 killed");
    // Closer, they come apart; each cell's address holds its events.
    let apart = site.json("/fr/cells.json?bbox=-4.22,14.49,-4.19,14.52&squares=10");
    assert_eq!(apart["cells"].as_array().unwrap().len(), 2);
    for cell in apart["cells"].as_array().unwrap() {
        assert_eq!(site.get(cell["url"].as_str().unwrap()).text("p.count"), "1 événement");
    }
    // The same filter as the list.
    assert_eq!(site.json("/cells.json?killed_min=30")["total"], 1);
    assert_eq!(site.json("/cells.json?place=none")["cells"].as_array().unwrap().len(), 0);
}

#[test]
fn an_address_that_cannot_be_used_says_why() {
    for (query, field) in [
        ("bbox=1,2,3", "bbox"),
        ("squares=0", "squares"),
        ("squares=65", "squares"),
        ("squares=many", "squares"),
        ("place=pont", "place"),
        ("region=nowhere", "region"),
        ("colour=red", "colour"),
    ] {
        let raw = site().send(&format!("/cells.json?{query}"), &[]);
        assert_eq!((raw.status, raw.header("content-type")), (400, "application/problem+json"), "{query}");
        assert!(String::from_utf8(raw.body).unwrap().contains(&format!("\"{field}\"")), "{query}");
    }
}

#[test]
fn there_are_never_more_than_two_thousand_cells() {
    let mut few = Few::default().region("land", "", "country").report("paper");
    for n in 0..2_600 {
        let (row, column) = (n / 52, n % 52);
        few = few
            .row(
                "events",
                &format!("e{n},Event {n},Événement {n},massacre,2020-06-15,,day,land,{row}.5,{column}.5,place,,"),
            )
            .context(&format!("e{n}"), "paper", "media");
    }
    let site = Site::on(&[few.package("one")]);
    let answer = site.json("/cells.json?bbox=0,0,52,50&squares=64");
    let cells = answer["cells"].as_array().unwrap();
    assert!((300..=2_000).contains(&cells.len()), "{}", cells.len());
    let events: u64 = cells.iter().map(|cell| cell["events"].as_u64().unwrap()).sum();
    assert_eq!((events, &answer["total"]), (2_600, &2_600.into()));
}

#[test]
fn areas_of_the_dataset_are_in_every_answer() {
    for (_, lang) in LANGS {
        let near = site().json(&format!("{lang}/cells.json?bbox=-4,13,-3,14"));
        let areas = near["areas"].as_array().unwrap();
        assert!(!areas.is_empty());
        for area in areas {
            let count = site().get(area["url"].as_str().unwrap()).text("p.count").replace(' ', "\u{a0}");
            assert!(area["title"].as_str().unwrap().contains(&count), "{area}: {count}");
            assert!(area["pcode"].as_str().unwrap().starts_with("ML"));
        }
    }
}

#[test]
fn the_button_names_files_of_our_own_that_are_there() {
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/events?region=ml-mopti&bbox=-5,13,-3,15&view=map"));
        let button = page.one("button[data-map]");
        assert!(page.count(".map-move[hidden]") == 1, "without scripts there is no button");
        for (name, kind) in [
            ("map", "text/javascript; charset=utf-8"),
            ("library", "text/javascript; charset=utf-8"),
            ("sheet", "text/css; charset=utf-8"),
            ("far", "application/json"),
            ("near", "application/json"),
            ("cells", "application/json"),
        ] {
            let path = button.value().attr(&format!("data-{name}")).unwrap();
            let raw = site().send(path, &[("accept-encoding", "br")]);
            assert_eq!((raw.status, raw.header("content-type")), (200, kind), "{path}");
            assert!(raw.body.len() < 180 * 1024, "{path}: {}", raw.body.len());
        }
        assert_eq!(button.value().attr("data-cells").unwrap(), format!("{lang}/cells.json?region=ml-mopti"));
        assert_eq!(button.value().attr("data-tiles"), None);
    }
}

async fn get(state: &AppState, path: &str) -> Raw {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let (parts, body) = constat::web::app(state.clone()).oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Raw { path: path.to_owned(), status: parts.status.as_u16(), headers: parts.headers, body }
}

#[tokio::test]
async fn pictures_come_from_another_host_only_where_the_operator_named_it() {
    let db = Db::new().await;
    import_embedded(&db.store, at(1)).await.unwrap();
    let base = || "https://constat.example".parse().unwrap();
    let none = AppState::new(db.store.clone(), base());
    let policy = |raw: &Raw| raw.header("content-security-policy").to_owned();
    assert!(policy(&get(&none, "/events?view=map").await).contains("img-src 'self';"));
    assert_eq!(get(&none, "/tiles/0/0/0").await.status, 404);

    let host = "https://tiles.example.org/{z}/{x}/{y}.png".parse::<constat::web::tiles::TileHost>().unwrap();
    let named = AppState::with(
        db.store.clone(),
        base(),
        Settings { tiles: MapTiles::Host(host.credited("© <Someone>".into())), ..Settings::default() },
    );
    let page = get(&named, "/events?view=map").await;
    let with = policy(&page);
    assert!(with.contains("img-src 'self' https://tiles.example.org;"), "{with}");
    assert!(with.contains("script-src 'self';") && with.contains("connect-src 'self';"), "{with}");
    let page = super::pages_kit::Page::of(page);
    assert_eq!(page.attr("button[data-map]", "data-tiles"), "https://tiles.example.org/{z}/{x}/{y}.png");
    assert_eq!(page.attr("button[data-map]", "data-credit"), "© <Someone>");
}

/// A file of one picture, or of what is none.
fn archive(path: &Path, kind: TileType) {
    let file = std::fs::File::create(path).unwrap();
    let mut writer = PmTilesWriter::new(kind).tile_compression(Compression::None).create(file).unwrap();
    writer.add_tile(TileCoord::new(1, 0, 1).unwrap(), b"a picture").unwrap();
    writer.finalize().unwrap();
}

#[tokio::test]
async fn pictures_of_a_file_are_served_by_the_site_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.pmtiles");
    archive(&path, TileType::Png);
    let db = Db::new().await;
    import_embedded(&db.store, at(1)).await.unwrap();
    let file = TileFile::open(&path).await.unwrap();
    let state = AppState::with(
        db.store.clone(),
        "https://constat.example".parse().unwrap(),
        Settings { tiles: MapTiles::File(file, "Someone".into()), ..Settings::default() },
    );
    let tile = get(&state, "/tiles/1/0/1").await;
    assert_eq!((tile.status, tile.header("content-type"), tile.body.as_slice()), (200, "image/png", &b"a picture"[..]));
    assert_eq!(tile.header("cache-control"), "public, max-age=86400");
    for none in ["/tiles/1/0/0", "/tiles/1/9/9", "/tiles/200/0/0"] {
        assert_eq!(get(&state, none).await.status, 404, "{none}");
    }
    let page = super::pages_kit::Page::of(get(&state, "/events?view=map").await);
    assert_eq!(page.attr("button[data-map]", "data-tiles"), "/tiles/{z}/{x}/{y}");
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("img-src 'self';"));
}

#[test]
fn a_file_that_cannot_be_used_stops_the_start_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (missing, text, vector) =
        (folder.path().join("missing"), folder.path().join("text"), folder.path().join("vector"));
    std::fs::write(&text, "no tiles, but long enough to be looked at; ".repeat(20)).unwrap();
    archive(&vector, TileType::Mvt);
    for (path, reason) in
        [(&missing, "cannot be read"), (&text, "cannot be read"), (&vector, "vector tiles are not drawn")]
    {
        let ran = Command::new(CONSTAT)
            .args([
                "--db",
                folder.path().join("x.db").to_str().unwrap(),
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--pmtiles",
            ])
            .arg(path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(!ran.status.success() && said.contains(reason), "{}: {said}", path.display());
        assert!(said.contains(path.to_str().unwrap()) && !folder.path().join("x.db").exists(), "{said}");
    }
}
