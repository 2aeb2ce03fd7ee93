//! The reports' own texts: attached, found again, refused with reasons.

use std::path::Path;

use constat::ingest::{ImportError, import_text, texts};

use super::kit::{Db, Package, at, constat, stderr, stdout};

const RADIO: &str =
    "Attaque à Sangha\n\nSelon un responsable, il y a au\nmoins 95 morts.\n\nPuis le village\u{a0}voisin brûla.\n";

async fn attach(db: &Db, report: &str, text: &str) -> Result<constat::ingest::TextOutcome, ImportError> {
    import_text(&db.store, report, "radio.txt", &texts::paragraphs(text), at(9)).await
}

fn problems(error: ImportError) -> String {
    match error {
        ImportError::Problems(problems) => problems.to_string(),
        ImportError::Store(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn anchors_are_found_in_the_stored_paragraphs() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let outcome = attach(&db, "radio-2", RADIO).await.unwrap();
    assert_eq!(outcome.to_string(), "radio-2: attached (3 paragraphs, 2 passages found in them)");
    let found = "SELECT p.id, l.paragraph, substr(CAST(g.text AS BLOB), l.start_at + 1, l.end_at - l.start_at)
                 FROM passage_place l JOIN passage p ON p.pk = l.passage
                 JOIN paragraph g ON g.report = l.report AND g.n = l.paragraph ORDER BY p.id";
    let bytes = |text: &str| format!("{:x?}", text.as_bytes());
    let expected = [format!("p1|2|{}", bytes("au moins 95 morts")), format!("p2|3|{}", bytes("le village voisin"))];
    assert_eq!(db.rows(found).await.iter().map(|row| unify(row)).collect::<Vec<_>>(), expected.map(|row| unify(&row)));
    let before = db.dump().await;
    assert!(!attach(&db, "radio-2", RADIO).await.unwrap().changed);
    assert!(!db.import(&Package::base()).await.unwrap().changed);
    assert_eq!(db.dump().await, before);
}

/// A blob may come back as text or as bytes; both are compared as bytes.
fn unify(row: &str) -> String {
    let (head, tail) = row.rsplit_once('|').unwrap();
    let bytes = if tail.starts_with('[') { tail.to_owned() } else { format!("{:x?}", tail.as_bytes()) };
    format!("{head}|{bytes}")
}

#[tokio::test]
async fn what_is_not_found_or_not_one_is_told_all_at_once() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let before = db.dump().await;
    let text = "Il y a au moins 95 morts.\n\nOn compte au moins 95 morts ici.\n\nLe village d’à côté brûla.";
    assert_eq!(
        problems(attach(&db, "radio-2", text).await.unwrap_err()),
        "radio.txt: the anchor of passage \"p1\" of report \"radio-2\", \"au moins 95 morts\", stands in 2 different \
         paragraphs: \"Il y a au moins 95 morts.\", \"On compte au moins 95 morts ici.\"\n\
         radio.txt: the anchor of passage \"p2\" of report \"radio-2\", \"le village voisin\", was not found in the text; \
         nearest to it is \"Le village d’à\""
    );
    assert_eq!(
        problems(attach(&db, "radio-3", RADIO).await.unwrap_err()),
        "radio-3: is no report of this database; did you mean \"radio-2\"?"
    );
    assert_eq!(db.dump().await, before);
}

#[tokio::test]
async fn a_new_package_is_checked_against_the_attached_text() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    attach(&db, "radio-2", RADIO).await.unwrap();
    let before = db.dump().await;
    let missing = Package::base().edit("passages.csv", "le village voisin", "le village lointain");
    let error = problems(db.import(&missing).await.unwrap_err());
    assert!(error.starts_with("passages.csv: the anchor of passage \"p2\" of report \"radio-2\""), "{error}");
    assert_eq!(db.dump().await, before);

    let shorter = Package::base().edit("passages.csv", "le village voisin", "village voisin brûla");
    db.import(&shorter).await.unwrap();
    let place =
        "SELECT paragraph, start_at, end_at FROM passage_place l JOIN passage p ON p.pk = l.passage WHERE p.id = 'p2'";
    assert_eq!(db.rows(place).await, ["3|8|29"]);
}

#[tokio::test]
async fn a_package_may_bring_its_texts() {
    let db = Db::new().await;
    let package = Package::base().with("texts/radio-2.txt", RADIO);
    db.import(&package).await.unwrap();
    assert_eq!(db.rows("SELECT count(*) FROM passage_place").await, ["2"]);
    assert!(!db.import(&package).await.unwrap().changed);
    // The text stays when a package comes without it.
    assert!(!db.import(&Package::base()).await.unwrap().changed);
}

#[tokio::test]
async fn a_file_that_is_no_text_is_told_why() {
    let db = Db::new().await;
    db.import(&Package::base()).await.unwrap();
    let file = db.dir.path().join("text.txt");
    let try_with = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        let output = constat(&db.path(), &["import", "text", "radio-2", file.to_str().unwrap()]);
        (output.status.code(), stderr(&output).replace(file.to_str().unwrap(), "text.txt"), stdout(&output))
    };
    assert_eq!(try_with(b" \n\n").1, "text.txt: is empty; the text of a report was expected\n");
    assert_eq!(try_with(b"one\ntw\xf6").1, "text.txt:2: is not valid UTF-8 from here on; UTF-8 was expected\n");
    assert_eq!(try_with(&vec![b'a'; (5 << 20) + 1]).1, "text.txt: cannot be read: it is larger than 5 MB\n");
    assert_eq!(
        try_with(RADIO.as_bytes()),
        (Some(0), String::new(), "radio-2: attached (3 paragraphs, 2 passages found in them)\n".into())
    );
    assert_eq!(try_with(RADIO.as_bytes()).2, "radio-2: nothing changed (3 paragraphs, 2 passages found in them)\n");
}

/// The texts of five reports of the Mali dataset, which may not be published, lie beside the project where it is built.
#[tokio::test]
async fn the_texts_at_hand_attach_with_no_anchor_missing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("{} is not there: nothing to attach", folder.display());
        return;
    };
    let db = Db::new().await;
    constat::ingest::import_embedded(&db.store, at(1)).await.unwrap();
    for entry in entries {
        let path = entry.unwrap().path();
        let report = path.file_stem().unwrap().to_str().unwrap();
        let paragraphs = texts::read(&path).unwrap();
        let outcome = import_text(&db.store, report, report, &paragraphs, at(2)).await.unwrap();
        println!("{outcome}");
        assert!(outcome.passages > 0);
    }
}
