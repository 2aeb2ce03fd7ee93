//! Files for `import ucdp-ged` that are wrong in every way: the command names file, line, column, value and what was
//! expected, ends with 1, and the database is as it was.

use std::io::Write;
use std::path::Path;

use super::ged::{HEADER, file, row};
use super::kit::{Db, constat, stderr};

/// A file that is wrong.
struct Bad {
    /// What is wrong with it.
    what: &'static str,
    /// The name it has.
    name: &'static str,
    bytes: Vec<u8>,
    /// What the message says after the file's name.
    expected: &'static [&'static str],
}

fn bad(what: &'static str, bytes: impl Into<Vec<u8>>, expected: &'static [&'static str]) -> Bad {
    Bad { what, name: "ged.csv", bytes: bytes.into(), expected }
}

/// One good row, then one with a cell changed: the message must name line 3.
fn cell(what: &'static str, column: &str, value: &str, expected: &'static [&'static str]) -> Bad {
    bad(what, file(&[row(1, &[]), row(2, &[(column, value)])]), expected)
}

fn zipped(what: &'static str, files: &[(&str, &[u8])], expected: &'static [&'static str]) -> Bad {
    Bad { name: "ged.zip", ..bad(what, zip_of(files), expected) }
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn whole_files() -> Vec<Bad> {
    let good = file(&[row(1, &[]), row(2, &[("where_description", "a village, near \"X\"")])]);
    let zip = zip_of(&[("ged.csv", good.as_bytes())]);
    let mut garbled = zip.clone();
    let middle = garbled.len() / 2;
    garbled[middle] ^= 0xff;
    let in_quotes = good.find("near").unwrap();
    // Well-formed rows without end, packed a thousandfold.
    let bomb = file(&vec![" ".repeat(900); 40_000]);
    let no_latitude = good.replacen("latitude", "lattitude", 1);
    let no_header_and_short = "1,2,3\n4,5,6\n";
    vec![
        bad("empty", "", &[": is empty"]),
        bad("blank lines only", "\n\r\n\n", &[": is empty"]),
        bad("header only", format!("{HEADER}\n"), &[": has no row that could be imported"]),
        bad("cut within a quoted cell", &good[..in_quotes], &[":3: a quoted cell", "never closed"]),
        bad("cut within a row", good[..HEADER.len() + 100].to_owned(), &[":2: has ", "where the header has 49"]),
        bad("semicolons", good.replace(',', ";"), &["separated by semicolons; commas were expected"]),
        bad("tabs", good.replace(',', "\t"), &["separated by tabs; commas were expected"]),
        bad("vertical bars", good.replace(',', "|"), &["separated by vertical bars; commas were expected"]),
        bad("a program", *b"\x7fELF\0\0\0\x01", &["is not text but a binary file"]),
        bad("an image", *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["is not text but a binary file"]),
        bad("zeros", vec![0; 3 << 20], &["is not text but a binary file"]),
        bad("UTF-16", utf16(&good), &["is UTF-16 text; save it as UTF-8"]),
        bad(
            "Latin-1",
            latin1(&file(&[row(1, &[]), row(2, &[("side_a", "M\u{e9}x")])])),
            &[":3: is not UTF-8 text", "save the file as UTF-8"],
        ),
        bad("another table", "a,b,c\n1,2,3\n", &[":1: does not have GED's columns", "\"a,b,c\""]),
        bad("a page of the web", "<!doctype html>\n<html>\n", &[":1: does not have GED's columns"]),
        bad("no header, too few cells", no_header_and_short, &[":1: has no header", "42 or 49 were expected"]),
        bad("a misspelt column", no_latitude, &[":1: has no column \"latitude\"; did you mean \"lattitude\"?"]),
        bad("a column twice", good.replacen("gwnob", "latitude", 1), &[":1: has the column \"latitude\" twice"]),
        bad("a line without end", "x".repeat(3 << 20), &[":1: is longer than 1024 KB"]),
        zipped("an empty archive", &[], &["is a zip archive without a file; one CSV file was expected"]),
        zipped("an archive of folders", &[("__MACOSX/a.csv", b"x"), ("a/", b"")], &["without a file"]),
        zipped(
            "an archive of two",
            &[("a.csv", good.as_bytes()), ("b.csv", b"x")],
            &["is a zip archive with 2 files (a.csv, b.csv); one CSV file was expected"],
        ),
        zipped("an empty file in an archive", &[("a.csv", b"")], &["is empty"]),
        zipped("a binary file in an archive", &[("a.csv", &[0; 100])], &["is not text but a binary file"]),
        zipped("a bomb of one line", &[("a.csv", &[b'0'; 32 << 20])], &[":1: is longer than 1024 KB"]),
        zipped("a bomb of rows", &[("a.csv", bomb.as_bytes())], &["unpacks to more than is accepted"]),
        Bad {
            name: "cut.zip",
            ..bad("a cut archive", &zip[..zip.len() / 2], &["is a zip archive that cannot be read"])
        },
        Bad { name: "garbled.zip", ..bad("a garbled archive", garbled, &["cannot be read"]) },
        Bad { name: "empty.zip", ..bad("no archive at all", "", &["is empty"]) },
    ]
}

fn rows() -> Vec<Bad> {
    const DAY: &[&str] = &[":3, column \"date_start\"", "was expected to be a day that exists, as 2022-06-18"];
    let (short, long) = (row(2, &[]).replacen("Civilians,", "", 1), row(2, &[]) + ",more");
    let with = |row: &str| file(&[super::ged::row(1, &[]), row.to_owned()]);
    let huge = "x,".repeat(1 << 20);
    vec![
        bad("a cell too few", with(&short), &[":3: has 48 cells where the header has 49"]),
        bad("a cell too many", with(&long), &[":3: has 50 cells where the header has 49"]),
        bad("one cell", with("x"), &[":3: has 1 cells where the header has 49"]),
        bad("a stray quote", with(&row(2, &[]).replacen("JNIM", "JN\"IM\"", 1)), &[":3: a cell with a quote in it"]),
        bad("words after a quote", with(&row(2, &[]).replacen("JNIM", "\"JN\"IM", 1)), &[":3: after a closing quote"]),
        bad(
            "an id twice",
            file(&[row(1, &[]), row(2, &[]), row(1, &[])]),
            &[":4, column \"id\": \"1\" is the id of an earlier row of this file already"],
        ),
        bad("no id", with(row(2, &[]).strip_prefix('2').unwrap()), &[":3, column \"id\": \"\" is empty"]),
        cell("a day that is not", "date_start", "2022-02-30", DAY),
        cell("a month that is not", "date_start", "2022-13-01", DAY),
        cell("a date the other way round", "date_start", "18/06/2022", DAY),
        cell("a date with spaces in it", "date_start", "2022- 6-18", DAY),
        cell("a date with a sign", "date_start", "+2022-6-18", DAY),
        cell("a year too early", "date_start", "1022-06-18", DAY),
        cell("no date", "date_start", "", DAY),
        cell(
            "an end before the start",
            "date_end",
            "2022-06-17",
            &[":3, column \"date_end\": \"2022-06-17\" is before date_start 2022-06-18"],
        ),
        cell(
            "latitude 91",
            "latitude",
            "91",
            &[":3, column \"latitude\": \"91\" was expected to be degrees from -90 to 90"],
        ),
        cell(
            "longitude -181",
            "longitude",
            "-181",
            &[":3, column \"longitude\": \"-181\" was expected to be degrees from -180 to 180"],
        ),
        cell("no number for a latitude", "latitude", "NaN", &[":3, column \"latitude\": \"NaN\" was expected"]),
        cell("endless longitude", "longitude", "inf", &[":3, column \"longitude\": \"inf\" was expected"]),
        cell("half a point", "latitude", "", &[":3, column \"latitude\": \"\" is empty although there is a longitude"]),
        cell("a huge cell", "where_description", &huge, &[":3: is longer than 1024 KB"]),
        bad(
            "a quote that is never closed",
            with(&format!("{},\"{}", row(2, &[]), "more\n".repeat(1 << 18))),
            &[":3: has a quoted cell that is never closed, or is longer than 1024 KB"],
        ),
        cell(
            "an unknown type of violence",
            "type_of_violence",
            "4",
            &[":3, column \"type_of_violence\": \"4\" was expected to be a code from 1 to 3"],
        ),
        cell(
            "a type of violence in words",
            "type_of_violence",
            "one-sided",
            &[":3, column \"type_of_violence\": \"one-sided\" was expected to be a whole number"],
        ),
        cell("place precision 8", "where_prec", "8", &[":3, column \"where_prec\": \"8\"", "from 1 to 7"]),
        cell("date precision 0", "date_prec", "0", &[":3, column \"date_prec\": \"0\"", "from 1 to 5"]),
        cell("a negative toll", "best", "-1", &[":3, column \"best\": \"-1\" was expected to be a whole number"]),
        cell("a toll in words", "best", "six", &[":3, column \"best\": \"six\" was expected to be a whole number"]),
        cell("half a person", "high", "2.5", &[":3, column \"high\": \"2.5\" was expected to be a whole number"]),
        cell("no toll", "low", "", &[":3, column \"low\": \"\" is empty; a number was expected"]),
        cell(
            "more people than there are",
            "best",
            "9999999999",
            &[":3, column \"best\": \"9999999999\" is too large for a number of people"],
        ),
        cell("a number past all bounds", "deaths_a", &"9".repeat(40), &[":3, column \"deaths_a\"", "whole number"]),
        cell("no country", "country", " ", &[":3, column \"country\": \"\" is empty; a name was expected"]),
        cell("no side", "side_a", "", &[":3, column \"side_a\": \"\" is empty; a name was expected"]),
    ]
}

/// Runs the command on each file, against a database that holds something and against none.
async fn each_is_refused(all: Vec<Bad>) {
    let db = Db::new().await;
    let path = db.dir.path().join("before.csv");
    std::fs::write(&path, file(&[row(7, &[])])).unwrap();
    let done = constat(&db.path(), &["import", "ucdp-ged", "--release", "1", path.to_str().unwrap()]);
    assert!(done.status.success(), "{}", stderr(&done));
    let before = db.dump().await;
    let mut wrong = String::new();
    for Bad { what, name, bytes, expected } in all {
        let path = db.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let import = |db: &Path| constat(db, &["import", "ucdp-ged", "--release", "2", path.to_str().unwrap()]);
        let output = import(&db.path());
        let told = stderr(&output);
        if output.status.code() != Some(1) {
            wrong += &format!("{what}: ended with {:?}\n", output.status.code());
        }
        if !told.starts_with(path.to_str().unwrap()) || told.contains("panicked") {
            wrong += &format!("{what}: does not begin with the file: {told}\n");
        }
        for part in expected {
            if !told.contains(part) {
                wrong += &format!("{what}: {part:?} is not in: {told}\n");
            }
        }
        if told.len() > 1_000 {
            wrong += &format!("{what}: {} bytes of message\n", told.len());
        }
        if db.dump().await != before {
            wrong += &format!("{what}: the database is not as it was\n");
        }
        let none = db.dir.path().join("none.db");
        if import(&none).status.success() || none.exists() {
            wrong += &format!("{what}: made a database\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[tokio::test]
async fn a_file_that_is_no_ged_is_refused_and_nothing_is_written() {
    each_is_refused(whole_files()).await;
}

#[tokio::test]
async fn a_row_that_is_wrong_is_refused_and_nothing_is_written() {
    each_is_refused(rows()).await;
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("nowhere.csv");
    for (path, expected) in [(missing.as_path(), "nowhere.csv: cannot be read"), (dir.path(), "is a folder")] {
        let output = constat(&dir.path().join("a.db"), &["import", "ucdp-ged", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
    assert!(!dir.path().join("a.db").exists());
}
