//! ACLED files that are wrong in every way: each is told with its file, line, column, value and what was expected, and
//! the database stays as it was.

use constat::ingest::acled::Acled;
use constat::ingest::rows::Options;

use super::acled::{HEADER, file, import, row};
use super::kit::{Db, constat, stderr};
use super::rows_kit::{bad_zips_are_refused, import_text_of, release};

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_written() {
    let db = Db::new().await;
    import(&db, 1, file(&[row("MLI1", &[])])).await.unwrap();
    let before = db.dump().await;
    let good = row("MLI2", &[]);
    let one = |cells: &[(&str, &str)]| file(&[row("MLI2", cells)]).into_bytes();
    let latin = file(&[row("MLI2", &[("location", "S~gou")])]).replace('~', "\u{1}").into_bytes();
    let latin = latin.into_iter().map(|byte| if byte == 1 { 0xe9 } else { byte }).collect();
    let bad: [(Vec<u8>, &str); 22] = [
        (file(std::slice::from_ref(&good)).trim_end()[..HEADER.len() + 60].into(), ":2: has "),
        (file(std::slice::from_ref(&good)).replace(',', "\t").into(), "separated by tabs; commas or semicolons"),
        (b"\x7fELF\0\0\0\x01".to_vec(), "binary file; ACLED's CSV file"),
        (b"".to_vec(), "is empty"),
        (HEADER.into(), "has no row that could be imported"),
        (file(&[good.replacen("Mali,", "", 1)]).into(), "has 30 cells where the header has 31"),
        (
            one(&[("event_date", "30 February 2022")]),
            ":2, column \"event_date\": \"30 February 2022\" was expected to be a day that exists",
        ),
        (one(&[("event_date", "04/05/2022")]), "column \"event_date\": \"04/05/2022\" was expected"),
        (one(&[("latitude", "91")]), ":2, column \"latitude\": \"91\" was expected to be degrees from -90 to 90"),
        (one(&[("longitude", "")]), "column \"longitude\": \"\" is empty although there is a latitude"),
        (one(&[("notes", &"word ".repeat(5_000))]), "is longer than 20000 characters"),
        (one(&[("actor1", &"x".repeat(3_000))]), "is longer than 2000 characters"),
        (one(&[("notes", &"x,".repeat(1 << 20))]), "longer than 1024 KB: that is no row of ACLED"),
        (latin, ":2: is not UTF-8"),
        (one(&[("fatalities", "-4")]), ":2, column \"fatalities\": \"-4\" was expected to be a whole number"),
        (one(&[("fatalities", "")]), "column \"fatalities\": \"\" is empty; a number was expected"),
        (one(&[("event_type", "Batles")]), "\"Batles\" is none of ACLED's types of event; did you mean \"Battles\"?"),
        (one(&[("inter1", "9")]), "column \"inter1\": \"9\" was expected to be a code from 1 to 8"),
        (file(&[row("ML-1", &[])]).into(), "column \"event_id_cnty\": \"ML-1\" was expected to be an id as MLI1234"),
        (
            file(&[good.clone(), row("MLI3", &[]), row("mli2", &[])]).into(),
            ":4, column \"event_id_cnty\": \"mli2\" is the id of an earlier row",
        ),
        (
            file(std::slice::from_ref(&good)).replacen("latitude", "lattitude", 1).into(),
            "has no column \"latitude\"; did you mean \"lattitude\"?",
        ),
        (b"id,best,country\n1,2,3\n".to_vec(), "does not have ACLED's columns (\"event_id_cnty\", \"event_date\","),
    ];
    for (text, expected) in bad {
        let error = import(&db, 2, text).await.expect_err(expected).to_string();
        assert!(error.contains("rows.csv") && error.contains(expected), "{expected}: {error}");
    }
    bad_zips_are_refused::<Acled>(&db, HEADER, &good);
    assert_eq!(db.dump().await, before);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_row_is_said_at_once_and_the_command_fails() {
    let dir = tempfile::tempdir().unwrap();
    let (db, path) = (dir.path().join("a.db"), dir.path().join("export.csv"));
    std::fs::write(&path, file(&[row("MLI1", &[("latitude", "91"), ("fatalities", "six"), ("geo_precision", "4")])]))
        .unwrap();
    let output = constat(&db, &["import", "acled", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!db.exists(), "a file that is wrong makes no database");
    let said = stderr(&output);
    for column in ["latitude", "fatalities", "geo_precision"] {
        assert!(said.contains(&format!("export.csv:2, column \"{column}\"")), "{said}");
    }
}

#[tokio::test]
async fn bad_rows_can_be_left_out_with_the_delimiter_of_the_file() {
    let db = Db::new().await;
    let plain = |id, cells: &[(&str, &str)]| row(id, &[&[("notes", "Words.")], cells].concat()).replace(',', ";");
    let text =
        format!("{}\n{}\n{}\n", HEADER.replace(',', ";"), plain("MLI1", &[]), plain("MLI2", &[("latitude", "91")]));
    let options = Options { skip_bad_rows: true, ..release("1") };
    let done = import_text_of::<Acled>(&db, 1, text, options).await.unwrap();
    assert_eq!(done.outcome.events.added, 1);
    let rejects = std::fs::read_to_string(db.dir.path().join("rows.csv.rejects.csv")).unwrap();
    assert!(rejects.starts_with("line;problem;event_id_cnty;"), "{rejects}");
    assert!(rejects.contains("\n3;\"column \"\"latitude\"\": \"\"91\"\" was expected"), "{rejects}");
}
