//! What an import does to a database: idempotent, versioned, whole.

use std::time::{Duration, Instant};

use constat::ingest::{ImportError, import_embedded};
use constat::store::Store;

use super::kit::{Db, Package, at};

fn problems(result: Result<constat::ingest::Outcome, ImportError>) -> String {
    match result {
        Err(ImportError::Problems(problems)) => problems.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_embedded_dataset_comes_in_once_and_fast() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("a.db"), Duration::from_secs(5)).await.unwrap();
    let start = Instant::now();
    let first = import_embedded(&store, at(1)).await.unwrap();
    println!("{first} in {:?}", start.elapsed());
    assert!(first.changed && first.events.added > 90);
    let again = import_embedded(&store, at(2)).await.unwrap();
    assert!(!again.changed);
    assert_eq!(again.events.unchanged, first.events.added);
    assert_eq!(again.to_string(), format!("mali {}: nothing changed ({} events)", first.version, first.events.added));
}

#[tokio::test]
async fn the_same_package_again_changes_nothing_whatever_its_form() {
    let db = Db::new().await;
    assert_eq!(
        db.import(&Package::base()).await.unwrap().to_string(),
        "base 1: events 2 added, 0 changed, 0 withdrawn, 0 unchanged; 19 other rows written"
    );
    let before = db.dump().await;
    assert!(!db.import(&Package::base()).await.unwrap().changed);
    // Rows in another order have another meaning only where order means something.
    let mut moved = Package::base();
    let regions = moved.text("regions.csv");
    let (head, rows) = regions.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    moved = moved.with("regions.csv", &format!("{head}\r\n{}\r\n", rows.join("\r\n")));
    assert!(!db.import(&moved).await.unwrap().changed);
    assert_eq!(db.dump().await, before);
}

#[tokio::test]
async fn what_differs_becomes_a_new_version_of_its_event_only() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let rows_before = db.rows("SELECT id, pk FROM event ORDER BY id").await;
    let edited =
        Package::base().version("2").edit("passages.csv", "The mayor gives 35 dead.", "The mayor says 35 died.");
    let outcome = db.import(&edited).await.unwrap();
    assert_eq!((outcome.events.changed, outcome.events.unchanged, outcome.rows), (1, 1, 1));
    assert_eq!(db.rows("SELECT id, pk FROM event ORDER BY id").await, rows_before);
    assert_eq!(
        db.rows(
            "SELECT e.id, v.version, v.change, v.dataset_version, v.recorded
             FROM event_version v JOIN event e ON e.pk = v.event ORDER BY e.id, v.version"
        )
        .await,
        [
            "2019-06-09-sangha|1|added|1|2026-11-18T11:47:40Z".replace("2026-11-18T11:47:40Z", &stamp(1)),
            format!("2019-06-09-sangha|2|changed|2|{}", stamp(2)),
            format!("2019-06-20-raid|1|added|1|{}", stamp(1)),
        ]
    );
    let versions = db.rows("SELECT document FROM event_version ORDER BY event, version").await;
    assert!(versions[0].contains("gives 35 dead") && versions[1].contains("says 35 died"));
    assert_eq!(db.rows("SELECT value, changed_at FROM generation").await, [format!("2|{}", stamp(2))]);
    assert_eq!(db.rows("SELECT version, imported_at FROM dataset").await, [format!("2|{}", stamp(2))]);
}

fn stamp(n: i64) -> String {
    at(n).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// The base without the raid and what only it needs.
fn without_the_raid() -> Package {
    Package::base()
        .version("2")
        .edit(
            "events.csv",
            "2019-06-20-raid,Raid on a market,Raid sur un marché,looting,2019-06,,month,ml-mopti,,,admin1,,\n",
            "",
        )
        .edit("claims.csv", "2019-06-20-raid,radio-2,p2,damage,,,,,shops burned,,media,asserts,\n", "")
        .edit("event_links.csv", "2019-06-20-raid,reprisal_for,2019-06-09-sangha,radio-2,p2\n", "")
        .edit(
            "passages.csv",
            "radio-2,p2,le village voisin,The next village was hit later.,Le village voisin fut touché plus tard.\n",
            "",
        )
        .edit("actors.csv", "hunters,Hunters,Chasseurs,self_defence_group,ml,2016,,,,Dozo\n", "")
        .edit("actor_links.csv", "hunters,opposes,army,2018,,agency-1,p2\n", "")
        .edit("mentions.csv", "agency-1,p2,hunters,ml-mopti\n", "")
}

#[tokio::test]
async fn what_vanishes_is_withdrawn_and_may_come_back() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let outcome = db.import(&without_the_raid()).await.unwrap();
    assert_eq!((outcome.events.withdrawn, outcome.events.unchanged), (1, 1));
    assert_eq!(db.rows("SELECT id FROM event WHERE live = 0").await, ["2019-06-20-raid"]);
    assert_eq!(
        db.rows("SELECT kind, id, successor, reason, reason_fr FROM retired ORDER BY kind").await,
        [
            "actor|hunters||Version 2 of the dataset “A small dataset” no longer has it.|La version 2 du jeu de données « Un petit jeu de données » ne l’a plus.",
            "event|2019-06-20-raid||Version 2 of the dataset “A small dataset” no longer has it.|La version 2 du jeu de données « Un petit jeu de données » ne l’a plus.",
        ]
    );
    assert_eq!(db.rows("SELECT count(*) FROM passage").await, ["3"]);
    assert!(!db.import(&without_the_raid()).await.unwrap().changed);

    let back = db.import(&Package::base().version("3")).await.unwrap();
    assert_eq!((back.events.restored, back.events.unchanged), (1, 1));
    assert!(db.rows("SELECT id FROM retired").await.is_empty());
    assert_eq!(
        db.rows(
            "SELECT v.version, change, dataset_version FROM event_version v JOIN event e ON e.pk = v.event
             WHERE e.id = '2019-06-20-raid' ORDER BY v.version"
        )
        .await,
        ["1|added|1", "2|withdrawn|2", "3|restored|3"]
    );
}

#[tokio::test]
async fn a_package_says_itself_what_became_of_an_id() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let retired = "kind,id,successor,reason,reason_fr\n\
                   event,2019-06-20-raid,2019-06-09-sangha,The same event.,Le même évènement.\n\
                   event,2018-never,,It did not happen.,Il n’a pas eu lieu.\n";
    let package = without_the_raid().with("retired.csv", retired);
    db.import(&package).await.unwrap();
    assert_eq!(
        db.rows("SELECT id, successor, reason FROM retired WHERE kind = 'event' ORDER BY id").await,
        ["2018-never||It did not happen.", "2019-06-20-raid|2019-06-09-sangha|The same event."]
    );
    assert!(!db.import(&package).await.unwrap().changed);
}

#[tokio::test]
async fn claims_keep_their_numbers_and_none_is_given_twice() {
    let numbers = "SELECT n, topic, low FROM claim c JOIN event e ON e.pk = c.event
                   WHERE e.id = '2019-06-09-sangha' AND topic IN ('killed', 'when') ORDER BY n";
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    assert_eq!(db.rows(numbers).await, ["1|killed|35", "2|killed|95", "3|killed|24", "7|when|"]);
    // The last claim (7) goes, the second is corrected, and one comes in before all others.
    let when = "2019-06-09-sangha,radio-2,p1,when,,,,,2019-06-09T17:00,,media,asserts,\n";
    let edited = Package::base()
        .version("2")
        .edit("claims.csv", when, "")
        .edit("claims.csv", "killed,,95,", "killed,,100,")
        .edit(
            "claims.csv",
            "2019-06-09-sangha,",
            "2019-06-09-sangha,agency-1,p2,attackers,,50,50,,,,media,asserts,\n2019-06-09-sangha,",
        );
    db.import(&edited).await.unwrap();
    assert_eq!(db.rows(numbers).await, ["1|killed|35", "2|killed|100", "3|killed|24"]);
    let attackers = "SELECT n FROM claim WHERE topic = 'attackers'";
    assert_eq!(db.rows(attackers).await, ["8"]);
    // 7 was the highest number in version 1 only, 8 in version 2; both stay taken.
    db.import(&Package::base().version("3").edit("claims.csv", when, "")).await.unwrap();
    db.import(&Package::base().version("4")).await.unwrap();
    assert_eq!(db.rows(numbers).await, ["1|killed|35", "2|killed|95", "3|killed|24", "9|when|"]);
    assert_eq!(
        db.rows("SELECT count(*) FROM event_version v JOIN event e ON e.pk = v.event WHERE e.id = '2019-06-20-raid'")
            .await,
        ["1"]
    );
}

#[tokio::test]
async fn the_preferred_figure_may_move() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let moved = Package::base()
        .edit("claims.csv", "the mayor,local_official,asserts,true", "the mayor,local_official,asserts,")
        .edit("claims.csv", "a local official,local_official,asserts,", "a local official,local_official,asserts,true");
    assert_eq!(db.import(&moved).await.unwrap().events.changed, 1);
    assert_eq!(db.rows("SELECT n FROM claim WHERE preferred = 1").await, ["2"]);
}

#[tokio::test]
async fn two_datasets_may_share_what_they_say_alike_and_nothing_else() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let other = |package: Package| package.edit("datapackage.json", "\"name\": \"base\"", "\"name\": \"other\"");
    let before = db.dump().await;

    // Another event, with the same places, actors and reports.
    let renamed = |package: Package| {
        let mut package = package;
        for file in ["events.csv", "claims.csv", "event_actors.csv", "event_links.csv"] {
            let text = package
                .text(file)
                .replace("2019-06-09-sangha", "other-sangha")
                .replace("2019-06-20-raid", "other-raid");
            package = package.with(file, &text);
        }
        other(package)
    };
    let conflicting = renamed(Package::base())
        .edit("actors.csv", "Regular soldiers.", "Conscripts.")
        .edit("passages.csv", "au moins 95 morts", "au moins 96 morts")
        .edit("regions.csv", "Sanga|Songho", "Sanga");
    assert_eq!(
        problems(db.import(&conflicting).await),
        "actors.csv:2, column \"id\": \"army\" belongs to the dataset \"base\" already, which says something else of it\n\
         passages.csv:4, column \"id\": \"p1\" belongs to the dataset \"base\" already, which says something else of it\n\
         regions.csv:4, column \"id\": \"ml-sangha\" belongs to the dataset \"base\" already, which says something else of it"
    );
    let event = other(Package::base().edit("events.csv", "A village was burned.", "It was not."));
    assert!(
        problems(db.import(&event).await).starts_with("events.csv:2, column \"id\": \"2019-06-09-sangha\" belongs to")
    );
    assert_eq!(db.dump().await, before);

    let own = renamed(Package::base()).edit(
        "passages.csv",
        "radio-2,p1,",
        "radio-2,x1,le chef du village,The chief speaks.,Le chef parle.\nradio-2,p1,",
    );
    let own = own.edit("claims.csv", "radio-2,p2,damage", "radio-2,x1,damage");
    assert_eq!(db.import(&own).await.unwrap().events.added, 2);
    // What the other dataset uses is not retired when its owner drops it, and its passages are not the owner's to drop.
    db.import(&without_the_raid()).await.unwrap();
    assert_eq!(db.rows("SELECT kind, id FROM retired").await, ["event|2019-06-20-raid"]);
    assert!(!db.import(&own).await.unwrap().changed);
}

#[tokio::test]
async fn a_reader_sees_the_old_state_or_the_new_one_whole() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let mut old = db.store.read().await.unwrap();
    let edited = without_the_raid();
    db.import(&edited).await.unwrap();
    let events = "SELECT id FROM event WHERE live = 1 ORDER BY id";
    let generation = "SELECT value FROM generation";
    assert_eq!(super::kit::rows(old.as_mut(), events).await, ["2019-06-09-sangha", "2019-06-20-raid"]);
    assert_eq!(super::kit::rows(old.as_mut(), generation).await, ["1"]);
    assert_eq!(old.catalog.generation, 1);
    drop(old);
    let mut new = db.store.read().await.unwrap();
    assert_eq!(super::kit::rows(new.as_mut(), events).await, ["2019-06-09-sangha"]);
    assert_eq!(new.catalog.generation, 2);
}
