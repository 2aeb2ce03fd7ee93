//! Imports that end in the middle, and imports at the same time.

use std::process::{Command, Stdio};

use super::kit::{CONSTAT, Db, Package, constat, stdout};

#[tokio::test]
async fn kill_9_in_mid_import_leaves_the_database_as_it_was() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let before = db.dump().await;
    let next = Package::base().version("2").edit("events.csv", "A village was burned.", "Two villages were burned.");
    let folder = next.write(&db.dir.path().join("next"));
    let import = ["import", "package", folder.to_str().unwrap()];

    let pipe = db.dir.path().join("paused");
    let resume = db.dir.path().join("paused.resume");
    assert!(Command::new("mkfifo").arg(&pipe).arg(&resume).status().unwrap().success());
    let mut child = Command::new(CONSTAT)
        .arg("--db")
        .arg(db.path())
        .args(import)
        .env("CONSTAT_TEST_PAUSE_BEFORE_COMMIT", &pipe)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // Comes back when the import has written everything and is about to commit.
    assert_eq!(std::fs::read_to_string(&pipe).unwrap(), "paused");
    // A reader is not kept waiting, and sees nothing of it.
    assert_eq!(db.dump().await, before);
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());

    let mut left = Vec::new();
    for entry in std::fs::read_dir(db.dir.path()).unwrap() {
        left.push(entry.unwrap().file_name().into_string().unwrap());
    }
    assert_eq!(db.dump().await, before, "{left:?}");
    assert_eq!(db.rows("PRAGMA integrity_check").await, ["ok"]);
    let done = constat(&db.path(), &import);
    assert_eq!(stdout(&done), "base 2: events 0 added, 1 changed, 0 withdrawn, 1 unchanged; 0 other rows written\n");
}

#[tokio::test]
async fn two_imports_at_once_come_one_after_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let one = Package::base().version("1.1").edit("events.csv", "A village was burned.", "One village was burned.");
    let two = Package::base().version("1.2").edit("events.csv", "A village was burned.", "Two villages were burned.");
    let (one, two) = (one.write(&dir.path().join("one")), two.write(&dir.path().join("two")));
    let db = dir.path().join("both.db");
    // On a database that neither finds there.
    let start = |folder: &std::path::Path| {
        let command = ["import", "package", folder.to_str().unwrap()];
        Command::new(CONSTAT)
            .arg("--db")
            .arg(&db)
            .args(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let children = [start(&one), start(&two)];
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", super::kit::stderr(&output));
    }
    let store = constat::store::Store::open(&db, std::time::Duration::from_secs(5)).await.unwrap();
    let mut snapshot = store.read().await.unwrap();
    let versions = super::kit::rows(
        snapshot.as_mut(),
        "SELECT v.change, v.dataset_version, e.version, d.version, g.value, v.document LIKE '%' || e.summary || '%'
         FROM event e JOIN event_version v ON v.event = e.pk, dataset d, generation g
         WHERE e.id = '2019-06-09-sangha' ORDER BY v.version",
    )
    .await;
    let orders = [["added|1.1|2|1.2|2|0", "changed|1.2|2|1.2|2|1"], ["added|1.2|2|1.1|2|0", "changed|1.1|2|1.1|2|1"]];
    assert!(orders.iter().any(|order| versions == *order), "{versions:?}");
    let others = super::kit::rows(snapshot.as_mut(), "SELECT count(*), max(version) FROM event WHERE live = 1").await;
    assert_eq!(others, ["2|2"]);
}
