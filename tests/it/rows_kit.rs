//! What the tests of the importers of rows share: files made of rows, and imports of them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use constat::ingest::rows::{Format, Options, Watcher, survey};
use constat::ingest::{ImportError, RowsOutcome, import_rows};

use super::kit::{Db, at};

/// A row of a header's columns: some cells set, the others as in `base`, or empty.
pub fn row_of(header: &str, cells: &[(&str, &str)], base: &[(&str, &str)]) -> String {
    let cell = |name: &str| {
        let set = cells.iter().chain(base).find(|(column, _)| *column == name);
        let value = set.map_or("", |(_, value)| value);
        if value.contains([',', ';', '"', '\n']) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.to_owned()
        }
    };
    header.split(',').map(cell).collect::<Vec<_>>().join(",")
}

/// Tells nobody of the progress.
pub fn quiet() -> Watcher {
    Arc::new(|_| {})
}

/// A release of a name.
pub fn release(version: &str) -> Options {
    Options { release: Some(version.to_owned()), ..Options::default() }
}

/// Imports a file of a text as the `n`th import.
pub async fn import_text_of<F: Format>(
    db: &Db,
    n: i64,
    text: impl AsRef<[u8]>,
    options: Options,
) -> Result<RowsOutcome, ImportError> {
    let path = db.dir.path().join("rows.csv");
    std::fs::write(&path, text).unwrap();
    let survey = survey::<F>(&path, options, &quiet())?;
    import_rows::<F>(&db.store, &Arc::new(survey), at(n), &quiet()).await
}

/// What is wrong with a file.
pub fn refused<F: Format>(path: &Path) -> String {
    survey::<F>(path, release("1"), &quiet()).unwrap_err().to_string()
}

/// A zip archive.
pub fn zip_of(path: &Path, files: &[(&str, &[u8])]) -> PathBuf {
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
    path.to_owned()
}

/// Archives that are refused, each with what is said of it: two files, none, a bomb of well-formed rows, and one that
/// was cut short. `header` and `good` make a file that would be imported.
pub fn bad_zips_are_refused<F: Format>(db: &Db, header: &str, good: &str) {
    let path = db.dir.path().join("x.zip");
    let zips: [(&[(&str, &[u8])], &str); 3] = [
        (&[("a.csv", header.as_bytes()), ("b.csv", b"x")], "2 files (a.csv, b.csv)"),
        (&[("a.csv", &[b'0'; 32 << 20])], "longer than 1024 KB"),
        (&[("__MACOSX/a.csv", b"x")], "without a file"),
    ];
    for (files, expected) in zips {
        let error = refused::<F>(&zip_of(&path, files));
        assert!(error.contains(expected), "{expected}: {error}");
    }
    // Rows without end that are no rows of the dataset, but well-formed, packed hundreds of times.
    let bomb = format!("{header}\n{}", format!("{} \n", " ,".repeat(24)).repeat(600_000));
    let error = refused::<F>(&zip_of(&path, &[("a.csv", bomb.as_bytes())]));
    assert!(error.contains("unpacks to more than is accepted"), "{error}");
    let whole = std::fs::read(zip_of(&path, &[("a.csv", format!("{header}\n{good}\n").as_bytes())])).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(refused::<F>(&path).contains("zip archive that cannot be read"));
}
