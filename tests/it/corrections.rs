//! Why an event was changed: in the words of its dataset, beside what changed.

use super::kit::{Db, Package, at};
use super::pages_kit::{LANGS, Site};

const TOLL: (&str, &str) = ("killed,,35,35,,,the mayor", "killed,,41,41,,,the mayor");

const HEAD: &str = "event,version,why,why_fr\n";

fn changed() -> Package {
    Package::base().version("2").edit("claims.csv", TOLL.0, TOLL.1)
}

fn with(package: Package, rows: &str) -> Package {
    package.with("corrections.csv", &format!("{HEAD}{rows}"))
}

#[test]
fn a_version_says_why_it_is() {
    let said = "2019-06-09-sangha,2,The mayor counted again.,Le maire a recompté.\n";
    let site = Site::on(&[Package::base(), with(changed(), said)]);
    for ((_, lang), words) in LANGS.into_iter().zip(["The mayor counted again.", "Le maire a recompté."]) {
        let history = site.get(&format!("{lang}/events/2019-06-09-sangha/history"));
        assert!(history.text("ol.versions > li:first-child .why").ends_with(words));
        assert_eq!(history.count(".why"), 1, "the first version needs no reason");
        assert!(site.get(&format!("{lang}/events/2019-06-09-sangha/versions/2")).text(".notice").contains(words));
        assert!(!site.get(&format!("{lang}/events/2019-06-09-sangha/versions/1")).text(".notice").contains(words));
    }
    let json = site.json("/events/2019-06-09-sangha/history.json");
    assert_eq!(json[1]["why"]["fr"], "Le maire a recompté.");
    assert!(json[0]["why"].is_null());
}

#[tokio::test]
async fn a_reason_may_come_later_be_mended_and_go() {
    let db = Db::new().await;
    let reasons = async || db.rows("SELECT event, version, why, why_fr FROM correction").await;
    db.import(&Package::base()).await.unwrap();
    db.import(&changed()).await.unwrap();
    for (rows, expected) in [
        ("2019-06-09-sangha,2,Counted.,Compté.\n", vec!["2019-06-09-sangha|2|Counted.|Compté."]),
        ("2019-06-09-sangha,2,Counted again.,Recompté.\n", vec!["2019-06-09-sangha|2|Counted again.|Recompté."]),
        ("", vec![]),
    ] {
        let outcome = db.import(&with(changed(), rows)).await.unwrap();
        assert!(outcome.changed);
        assert_eq!((outcome.events.changed, outcome.rows), (0, 1), "no event has a new version for that");
        assert_eq!(reasons().await, expected);
        assert!(!db.import(&with(changed(), rows)).await.unwrap().changed);
    }
}

#[tokio::test]
async fn reasons_go_out_and_come_in_again() {
    let rows =
        "2019-06-09-sangha,2,\"Counted, again.\",\n2019-06-20-raid,1,Found in the archive.,Trouvé aux archives.\n";
    let first = Db::new().await;
    constat::ingest::import_package(
        &first.store,
        &with(changed(), rows).write(tempfile::tempdir().unwrap().path()),
        at(1),
    )
    .await
    .unwrap();
    let mut snapshot = first.store.read().await.unwrap();
    let files = constat::publish::package::files(snapshot.as_mut(), "base", false).await.unwrap();
    let package = Package(files.into_iter().collect());
    assert_eq!(package.text("corrections.csv"), format!("{HEAD}{rows}"));
    assert!(package.text("datapackage.json").contains("\"corrections.csv\""));
    drop(snapshot);
    assert!(!first.import(&package).await.unwrap().changed);
}
