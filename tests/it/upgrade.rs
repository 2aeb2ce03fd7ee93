//! A database that an older version of the program filled keeps all it held when a newer one opens it.

use std::path::Path;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use constat::ingest::keep_index;
use constat::store::Store;
use constat::web::app;
use constat::web::state::AppState;
use http_body_util::BodyExt as _;
use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use tower::ServiceExt as _;

use super::kit::{Package, at, rows};

const CLAIMS: &str =
    "SELECT pk, event, n, passage, topic, part, low, high, about, value, value_actor, said_by, origin, stance,
                      preferred FROM claim ORDER BY pk";

/// A database as it was before migration `before`, with a row in every table that a claim needs.
async fn old(path: &Path, before: i64) -> SqliteConnection {
    let migrator = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).await.unwrap();
    let first: Vec<_> = migrator.iter().filter(|m| m.version < before).cloned().collect();
    assert!(!first.is_empty() && first.len() < migrator.iter().count());
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(true);
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    Migrator { migrations: first.into(), ..Migrator::DEFAULT }.run(&mut db).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO dataset VALUES (1, 'old', 'Old', '', '', '', 'x', 'CC', 'https://example.org', '1', '2026-01-01T00:00:00Z', 'd');
         INSERT INTO region (pk, id, dataset, name, name_fr, level, alt_names) VALUES (1, 'xx', 1, 'X', 'X', 'country', '');
         INSERT INTO actor (pk, id, dataset, name, name_fr, kind, summary, summary_fr, alt_names)
         VALUES (1, 'a', 1, 'A', 'A', 'unidentified', '', '', '');
         INSERT INTO report (pk, id, dataset, title, publisher, language, kind, agency) VALUES (1, 'r', 1, 'R', 'P', 'en', 'news', '');
         INSERT INTO passage VALUES (1, 1, 1, 'p1', 1, 'two words', 'Says so.', '');
         INSERT INTO event (pk, id, dataset, title, title_fr, kind, start_date, date_precision, region, place_precision, summary,
                            summary_fr, version, updated)
         VALUES (1, 'e', 1, 'E', 'E', 'massacre', '2020', 'year', 1, 'country', '', '', 1, '2026-01-01T00:00:00Z');
         INSERT INTO claim (pk, event, n, passage, topic, low, high, about, said_by, origin, stance, preferred)
         VALUES (7, 1, 3, 1, 'killed', 30, 30, 1, 'someone', 'media', 'asserts', 1);
         INSERT INTO claim (pk, event, n, passage, topic, value_actor, origin, stance)
         VALUES (9, 1, 5, 1, 'perpetrator', 1, 'government', 'denies');",
    )
    .execute(&mut db)
    .await
    .unwrap();
    db
}

#[tokio::test]
async fn what_is_searched_is_made_anew_before_anyone_reads() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    // The last version that searched by FTS5.
    old(&path, 4).await.close().await.unwrap();
    let store = Store::open(&path, Duration::from_secs(30)).await.unwrap();
    keep_index(&store).await.unwrap();
    let state = AppState::new(store.clone(), "https://constat.example".parse().unwrap());
    for (asked, found) in
        [("/events.json", 1), ("/events.json?q=E", 1), ("/events.json?q=says+so", 1), ("/events.json?q=zzz", 0)]
    {
        let request = Request::get(asked).body(Body::empty()).unwrap();
        let answer = app(state.clone()).oneshot(request).await.unwrap();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        let json: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(json["total"], found, "{asked}");
        let killed = json["events"][0]["killed"]["preferred"].as_u64();
        assert_eq!(killed, (found == 1).then_some(30), "{asked}");
    }
    // Once: the second start finds it made.
    let generation = store.generation().await.unwrap();
    keep_index(&store).await.unwrap();
    assert_eq!(store.generation().await.unwrap(), generation);
}

#[tokio::test]
async fn claims_survive_their_new_table() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    let mut db = old(&path, 5).await;
    let before = rows(&mut db, CLAIMS).await;
    assert_eq!(before.len(), 2);
    db.close().await.unwrap();

    let store = Store::open(&path, Duration::from_secs(30)).await.unwrap();
    let mut snapshot = store.read().await.unwrap();
    assert_eq!(rows(snapshot.as_mut(), CLAIMS).await, before);
    assert!(rows(snapshot.as_mut(), "PRAGMA foreign_key_check").await.is_empty());
    assert_eq!(rows(snapshot.as_mut(), "PRAGMA integrity_check").await, ["ok"]);
    assert_eq!(rows(snapshot.as_mut(), "SELECT redistributable FROM dataset").await, ["1"]);
    let indexes =
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'claim' AND sql IS NOT NULL ORDER BY name";
    assert_eq!(rows(snapshot.as_mut(), indexes).await, ["claim_passage", "claim_preferred"]);
    drop(snapshot);
    // And it takes what comes after.
    let folder = tempfile::tempdir().unwrap();
    constat::ingest::import_package(&store, &Package::base().write(folder.path()), at(1)).await.unwrap();
    store.close().await;
    let options = SqliteConnectOptions::new().filename(&path).foreign_keys(true);
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    let claim = |event, passage, n, origin: &str| {
        let values = format!("({event}, {n}, {passage}, 'context', 'words', '{origin}', 'asserts')");
        format!("INSERT INTO claim (event, n, passage, topic, value, origin, stance) VALUES {values}")
    };
    for (sql, taken) in [
        (claim(1, 1, 8, "dataset"), true),
        (claim(1, 1, 8, "dataset"), false), // the number is given
        (claim(1, 1, 9, "hearsay"), false),
        (claim(1, 99, 9, "dataset"), false), // no such passage
    ] {
        #[expect(clippy::disallowed_methods, reason = "texts of this test")]
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone())).execute(&mut db).await;
        assert_eq!(done.is_ok(), taken, "{sql}");
    }
}
