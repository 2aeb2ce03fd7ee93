//! Files for the importers: good ones with something changed at random. They come in, or are refused with a message and
//! the database is as it was.

use std::path::PathBuf;
use std::sync::Arc;

use constat::ingest::csv::Reader;
use constat::ingest::ged::Ged;
use constat::ingest::import_rows;
use constat::ingest::rows::{Options, Watcher, survey};
use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::cases;
use crate::ged::{file, row};
use crate::kit::{Db, Package, at};

/// One change to the bytes of a file; places are shares of its length.
#[derive(Clone, Debug)]
enum Change {
    Flip(f64, u8),
    Insert(f64, Vec<u8>),
    Remove(f64, usize),
    Cut(f64),
    Repeat(f64, f64),
    DropCell(f64),
    SetCell(f64, Vec<u8>),
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let texts = [
        "\"",
        "\"\"",
        ",",
        "\n",
        "\r\n",
        "\r",
        ";",
        "\t",
        "\u{feff}",
        "\0",
        "é",
        "-1",
        "1e308",
        "NaN",
        "99999999999999999999",
        "4294967296",
        "100000000",
        "100000001",
        "2022-02-30",
        "0000-00-00",
        "9999-12-31",
        "2199-12-31",
        "1946-01-01",
        "91",
        "#tag",
        "0",
        "",
        "﷽",
        "\u{202e}",
        "a\u{301}",
        "{\"a\":1}",
        "|",
        "=cmd()",
        "'",
        "2022-06-18",
        "Mali",
        "Civilians",
    ];
    prop_oneof![
        4 => proptest::sample::select(texts.to_vec()).prop_map(|text| text.as_bytes().to_vec()),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let place = || 0.0..1.0_f64;
    prop_oneof![
        2 => (place(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        2 => (place(), piece()).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        1 => (place(), 1_usize..30).prop_map(|(at, n)| Change::Remove(at, n)),
        1 => place().prop_map(Change::Cut),
        1 => (place(), place()).prop_map(|(from, to)| Change::Repeat(from, to)),
        2 => place().prop_map(Change::DropCell),
        6 => (place(), piece()).prop_map(|(at, bytes)| Change::SetCell(at, bytes)),
    ]
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    proptest::collection::vec(change(), 1..5)
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let at = |share: &f64| ((bytes.len() as f64 * share) as usize).min(bytes.len());
        let is_edge = |byte: &u8| matches!(byte, b',' | b'\n');
        let cell = |share: &f64| {
            let at = at(share);
            let from = bytes[..at].iter().rposition(is_edge).map_or(0, |edge| edge + 1);
            from..bytes[from..].iter().position(is_edge).map_or(bytes.len(), |edge| from + edge)
        };
        match change {
            Change::Flip(share, with) => {
                let at = at(share);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= with;
                }
            }
            Change::Insert(share, piece) => drop(bytes.splice(at(share)..at(share), piece.iter().copied())),
            Change::Remove(share, n) => drop(bytes.drain(at(share)..(at(share) + n).min(bytes.len()))),
            Change::Cut(share) => bytes.truncate(at(share)),
            Change::Repeat(from, to) => {
                let piece = bytes[at(from).min(at(to))..at(to).max(at(from))].to_vec();
                bytes.extend(piece);
            }
            Change::DropCell(share) => {
                let cell = cell(share);
                bytes.drain(cell.start..(cell.end + 1).min(bytes.len()));
            }
            Change::SetCell(share, piece) => {
                let cell = cell(share);
                bytes.splice(cell, piece.iter().copied());
            }
        }
    }
    bytes
}

fn good_rows() -> String {
    let article = "\"Agency,2022-06-20,Many killed; toll unclear\";\"Radio,2022-06-21,Toll : \"\"heavy\"\"\"";
    file(&[
        row(1, &[("number_of_sources", "2"), ("source_article", article), ("source_original", "police")]),
        row(2, &[("type_of_violence", "1"), ("side_b", "Front"), ("date_prec", "4"), ("date_end", "2022-06-30")]),
        row(3, &[("type_of_violence", "2"), ("where_description", "a village,\nnear \"X\""), ("low", "8")]),
    ])
}

/// A database that all cases of a test share, as imports of one that is in use would.
struct Bench {
    runtime: Runtime,
    db: Db,
    path: PathBuf,
}

impl Bench {
    fn new() -> Bench {
        let runtime = Runtime::new().unwrap();
        let db = runtime.block_on(Db::new());
        let path = db.dir.path().join("ged.csv");
        Bench { runtime, db, path }
    }

    /// The rows come in, or nothing does and it is said why.
    fn ged(&self, bytes: &[u8], skip_bad_rows: bool) {
        let quiet: Watcher = Arc::new(|_| {});
        std::fs::write(&self.path, bytes).unwrap();
        let options = Options { release: Some("1".to_owned()), skip_bad_rows, ..Options::default() };
        self.runtime.block_on(async {
            let before = self.db.dump().await;
            let error = match survey::<Ged>(&self.path, options, &quiet) {
                Err(error) => error,
                Ok(survey) => {
                    let rows = survey.rows as usize;
                    match import_rows::<Ged>(&self.db.store, &Arc::new(survey), at(1), &quiet).await {
                        Ok(done) => {
                            let events = done.outcome.events;
                            let met = events.added + events.changed + events.restored + events.unchanged;
                            assert!(met >= rows, "{rows} rows, {events:?}");
                            let found =
                                constat::ingest::check::check(self.db.store.read().await.unwrap().as_mut()).await;
                            assert!(found.is_ok());
                            return;
                        }
                        Err(error) => error,
                    }
                }
            };
            let told = error.to_string();
            assert!(told.contains("ged.csv") && !told.contains("database"), "{told}");
            assert_eq!(self.db.dump().await, before, "{told}");
        });
    }

    fn package(&self, package: &Package) {
        self.runtime.block_on(async {
            let before = self.db.dump().await;
            if let Err(error) = self.db.import(package).await {
                let told = error.to_string();
                assert!(!told.is_empty() && !told.to_lowercase().contains("sqlite"), "{told}");
                assert_eq!(self.db.dump().await, before, "{told}");
            }
        });
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn rows_of_ged_come_in_or_are_refused(changes in proptest::collection::vec(changes(), 8), skip: bool) {
        let bench = Bench::new();
        for changes in changes {
            bench.ged(&changed(good_rows().into_bytes(), &changes), skip);
        }
    }

    #[test]
    fn a_package_comes_in_or_is_refused(
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), changes()), 4),
    ) {
        let bench = Bench::new();
        for (which, changes) in edits {
            let mut package = Package::base();
            let name = which.get(&package.0.keys().cloned().collect::<Vec<_>>()).clone();
            let bytes = package.0.remove(&name).unwrap();
            package.0.insert(name, changed(bytes, &changes));
            bench.package(&package);
        }
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_text_is_read_as_csv(text in any::<String>(), signs in "[a\",;\r\n\u{feff} é]{0,60}") {
        for text in [text, signs] {
            let mut last = 0;
            for record in Reader::new(&text) {
                let line = match record {
                    Ok(record) => { prop_assert!(!record.cells.is_empty()); record.line }
                    Err((line, _)) => line,
                };
                prop_assert!(line > last, "{:?}: {line} after {last}", text);
                prop_assert!(line <= 1 + text.matches('\n').count() as u64);
                last = line;
            }
        }
    }
}
