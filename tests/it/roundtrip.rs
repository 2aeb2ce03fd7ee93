//! A dataset that goes out and comes in again is the same dataset.

use constat::ingest::import_embedded;
use constat::publish::package;

use super::kit::{Db, Package, at, constat, said, stderr, stdout};

async fn exported(db: &Db, with_texts: bool) -> Package {
    let mut snapshot = db.store.read().await.unwrap();
    let dataset = package::choose(snapshot.as_mut(), None).await.unwrap();
    let files = package::files(snapshot.as_mut(), &dataset, with_texts).await.unwrap();
    Package(files.into_iter().collect())
}

#[tokio::test]
async fn the_embedded_dataset_goes_round() {
    let first = Db::new().await;
    import_embedded(&first.store, at(1)).await.unwrap();
    let package = exported(&first, true).await;
    let second = Db::new().await;
    second.import(&package).await.unwrap();
    let (a, b) = (said(&first.store).await, said(&second.store).await);
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(&b) {
        assert_eq!(a, b);
    }
    let before = first.dump().await;
    assert!(!first.import(&package).await.unwrap().changed);
    assert_eq!(first.dump().await, before);

    // Exported again it is the same to the byte, but for when it was imported.
    let mut again = exported(&second, true).await;
    again.0.insert("datapackage.json".into(), package.0["datapackage.json"].clone());
    assert!(again.0 == package.0);
}

#[tokio::test]
async fn numbers_retired_ids_and_texts_go_round() {
    let first = Db::new().await;
    first.import(&Package::base()).await.unwrap();
    let radio = "Attaque.\n\nIl y a au moins 95 morts.\n\nEt le village voisin.\n";
    let changed = Package::base()
        .version("2")
        .edit("claims.csv", "2019-06-09-sangha,radio-2,p1,killed,,95,,,,a local official,local_official,asserts,\n", "")
        .with("retired.csv", "kind,id,successor,reason,reason_fr\nactor,old-army,army,Renamed.,Renommé.\n")
        .with("texts/radio-2.txt", radio);
    first.import(&changed).await.unwrap();
    let package = exported(&first, true).await;
    assert!(
        package
            .text("claims.csv")
            .starts_with("event,report,passage,topic,part,low,high,about,value,said_by,origin,stance,preferred,n\n")
    );
    assert_eq!(package.text("texts/radio-2.txt"), radio);
    assert_eq!(
        package.text("retired.csv"),
        "kind,id,successor,reason,reason_fr\nactor,old-army,army,Renamed.,Renommé.\n"
    );
    assert!(!first.import(&package).await.unwrap().changed);
    let second = Db::new().await;
    second.import(&package).await.unwrap();
    let apart_from_history = |lines: Vec<String>| -> Vec<String> {
        // The second database has no first versions, knows events in their first, and a digest with their numbers.
        lines
            .into_iter()
            .filter(|line| {
                !line.starts_with("version|") && !line.starts_with("dataset|") && !line.starts_with("event|")
            })
            .collect()
    };
    assert_eq!(apart_from_history(said(&second.store).await), apart_from_history(said(&first.store).await));
    assert!(!exported(&first, false).await.0.keys().any(|path| path.starts_with("texts/")));
}

#[tokio::test]
async fn the_command_writes_a_new_folder_only() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let out = db.dir.path().join("a/b");
    let export = |args: &[&str]| constat(&db.path(), &[&["export", "package", out.to_str().unwrap()], args].concat());
    let done = export(&[]);
    assert_eq!((done.status.code(), stderr(&done)), (Some(0), String::new()));
    assert!(stdout(&done).starts_with("base: 12 files written to "), "{}", stdout(&done));
    let again = export(&[]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("is not an empty folder"));
    assert_eq!(std::fs::read_dir(out.parent().unwrap()).unwrap().count(), 1);
    let other = export(&["--dataset", "bases"]);
    assert_eq!(stderr(&other), "\"bases\" is no dataset of this database; it holds base; did you mean \"base\"?\n");
    let import = constat(&db.path(), &["import", "package", out.to_str().unwrap()]);
    assert_eq!(stdout(&import), "base 1: nothing changed (2 events)\n");
    let missing = constat(&db.dir.path().join("no.db"), &["export", "package", out.to_str().unwrap()]);
    assert_eq!((missing.status.code(), stderr(&missing).contains("there is no database")), (Some(1), true));
}

#[tokio::test]
async fn the_download_is_a_zip_archive_that_imports() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let files: Vec<_> = exported(&db, false).await.0.into_iter().collect();
    let archive = package::zip(&files).unwrap();
    assert_eq!(archive, package::zip(&files).unwrap());
    let path = db.dir.path().join("base.zip");
    std::fs::write(&path, archive).unwrap();
    let import = constat(&db.path(), &["import", "package", path.to_str().unwrap()]);
    assert_eq!(stdout(&import), "base 1: nothing changed (2 events)\n");
}

#[tokio::test]
async fn check_lists_what_a_curator_should_look_at() {
    let db = Db::new().await;
    let package = Package::base()
        .edit("reports.csv", ",2019-06-10,https://example.org/1,", ",,,")
        .edit("mentions.csv", "agency-1,p2,hunters,ml-mopti\n", "")
        .edit("actor_links.csv", "hunters,opposes,army,2018,,agency-1,p2\n", "")
        .edit("claims.csv", "2019-06-09-sangha,agency-1,p2,perpetrator,,,,,army,the army,security_forces,denies,\n", "")
        .edit("translations.csv", "shops burned,boutiques brûlées\n", "")
        .edit("claims.csv", "asserts,true", "asserts,");
    db.import(&package).await.unwrap();
    let output = constat(&db.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stdout(&output),
        "Events whose toll has one account (all from one kind of source): 0\n\
         Events whose accounts differ, with no preferred figure: 1\n  \
           2019-06-09-sangha: 35 to 95 killed, 2 claims\n\
         Actors without events: 1\n  \
           hunters: Hunters\n\
         Passages without claims, ties or mentions: 1\n  \
           agency-1 p2: hunters and soldiers fought\n\
         Reports without a date: 1\n  \
           agency-1: Attack at Sangha\n\
         Reports without an address: 1\n  \
           agency-1: Attack at Sangha\n\
         Texts without a French translation: 1\n  \
           claims 2019-06-20-raid 1, value: shops burned\n\
         Imported rows whose estimates are out of order: 0\n\
         Imported rows with a best estimate of 0 and a high one above it: 0\n\
         Imported rows without the name of a region, though the place is known more closely: 0\n\
         Imported rows that look alike (never merged: each has its own id): 0\n"
    );
}
