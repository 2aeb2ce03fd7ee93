//! Broken packages: each folder of `tests/packages` differs from `base` in its own files and says in `expected.txt`
//! what must be said of it.

use std::io::Write;

use constat::ingest::files::Files;
use constat::ingest::validate;

use super::kit::{Package, constat, packages, stderr};

/// Set to write the messages that come out into the folders, to be read before they are committed.
const UPDATE: &str = "CONSTAT_TEST_UPDATE";

#[test]
fn every_broken_package_is_told_what_is_wrong() {
    let mut cases = 0;
    let mut differences = String::new();
    for entry in std::fs::read_dir(packages()).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "base" {
            continue;
        }
        cases += 1;
        let mut package = Package::base();
        let mut own = Package::read(&folder);
        let expected = own.0.remove("expected.txt").map_or(String::new(), |text| String::from_utf8(text).unwrap());
        for gone in String::from_utf8(own.0.remove("remove.txt").unwrap_or_default()).unwrap().lines() {
            package.0.remove(gone).unwrap();
        }
        package.0.extend(own.0);
        let at = tempfile::tempdir().unwrap();
        let problems = match validate(&Files::open(&package.write(at.path())).unwrap()) {
            Ok(_) => "nothing is wrong\n".to_owned(),
            Err(problems) => format!("{problems}\n"),
        };
        #[expect(clippy::disallowed_methods, reason = "asked for by whoever runs the test")]
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(folder.join("expected.txt"), &problems).unwrap();
        } else if problems != expected {
            differences += &format!("--- {name}, expected:\n{expected}+++ said:\n{problems}\n");
        }
    }
    assert!(differences.is_empty(), "{differences}");
    assert!(cases >= 25, "only {cases} packages were found");
}

#[test]
fn the_base_is_valid_in_whatever_form_it_comes() {
    let digest = |package: &Package| {
        let at = tempfile::tempdir().unwrap();
        validate(&Files::open(&package.write(at.path())).unwrap()).unwrap().digest()
    };
    let base = digest(&Package::base());
    let mut crlf = Package::base();
    for (path, bytes) in &mut crlf.0 {
        if path.ends_with(".csv") {
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
        }
    }
    assert_eq!(digest(&crlf), base);
    let mentions = "region,actor,passage,report\nml-mopti, hunters ,p2,agency-1\n";
    let elsewhere = Package::base().with("data/named.csv", mentions).edit(
        "datapackage.json",
        "\"path\": \"mentions.csv\"",
        "\"path\": \"data/named.csv\"",
    );
    assert_eq!(digest(&elsewhere), base);
    assert_ne!(digest(&Package::base().edit("events.csv", "burned", "burnt")), base);
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_zip_archive_may_have_one_top_folder_and_nothing_outside() {
    let base = Package::base();
    let in_folder: Vec<(String, &[u8])> =
        base.0.iter().map(|(path, bytes)| (format!("base-1.0/{path}"), bytes.as_slice())).collect();
    let entries: Vec<(&str, &[u8])> = in_folder.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("base.zip");
    std::fs::write(&path, zipped(&entries)).unwrap();
    assert!(validate(&Files::open(&path).unwrap()).is_ok());

    for outside in ["../datapackage.json", "/etc/datapackage.json", "a/../../b"] {
        std::fs::write(&path, zipped(&[(outside, b"{}")])).unwrap();
        let problem = Files::open(&path).unwrap_err().to_string();
        assert!(problem.contains("has an entry outside of itself"), "{outside}: {problem}");
    }
    std::fs::write(&path, "PK, but no archive").unwrap();
    assert!(Files::open(&path).unwrap_err().to_string().contains("neither a folder nor a zip archive"));
}

#[test]
fn an_archive_that_unpacks_to_more_than_the_limit_is_refused() {
    let zeros = vec![0; 257 << 20];
    let archive = zipped(&[("datapackage.json", &zeros)]);
    assert!(archive.len() < 1 << 20, "what it unpacks to is no measure of its size");
    let problem = Files::unzip(std::io::Cursor::new(archive), "bomb.zip").unwrap_err().to_string();
    assert!(problem.starts_with("bomb.zip: unpacks to more than is accepted"), "{problem}");
}

#[test]
fn a_broken_package_ends_with_1_and_makes_no_database() {
    let dir = tempfile::tempdir().unwrap();
    let broken = Package::base()
        .edit("claims.csv", ",agency-1,p1,killed", ",agency-l,p1,killed")
        .edit("events.csv", "massacre", "masacre")
        .write(&dir.path().join("broken"));
    let db = dir.path().join("none.db");
    let output = constat(&db, &["import", "package", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output).lines().map(|line| line.split(": ").next().unwrap()).collect::<Vec<_>>(),
        ["claims.csv:2, column \"report\"", "events.csv:2, column \"kind\""]
    );
    assert!(!db.exists());
    let usage = constat(&db, &["import", "packages"]);
    assert_eq!(usage.status.code(), Some(2));
    let nothing = constat(&db, &["import", "package", "/nonexistent"]);
    assert_eq!((nothing.status.code(), db.exists()), (Some(1), false));
}
