//! Where the files of a package come from: a folder, a zip archive, or the copy in the binary.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::problem::Problem;

/// No single file of a package may be larger, in bytes.
pub const MOST_BYTES_OF_A_FILE: u64 = 256 << 20;
/// Nor all files of an archive together, unpacked: a few kilobytes of zip can unpack to terabytes.
pub const MOST_BYTES: u64 = 512 << 20;
/// Nor may an archive have more entries.
const MOST_ENTRIES: usize = 100_000;

/// The name of the file that says what is in a package.
pub const DESCRIPTOR: &str = "datapackage.json";
/// The folder with the reports' own texts.
const TEXTS: &str = "texts/";

/// The files of a package by their paths in it, which use `/`.
#[derive(Debug)]
pub enum Files {
    /// On disk, read when asked for.
    Folder(PathBuf),
    /// In memory.
    Memory(BTreeMap<String, Cow<'static, [u8]>>),
}

impl Files {
    /// A folder or a zip archive.
    ///
    /// # Errors
    /// When there is none, or the archive cannot be unpacked within the limits.
    pub fn open(path: &Path) -> Result<Files, Problem> {
        let name = path.display().to_string();
        match std::fs::metadata(path) {
            Err(error) => Err(Problem::file(name, format!("cannot be read: {error}"))),
            Ok(found) if found.is_dir() => Ok(Files::Folder(path.to_owned())),
            Ok(_) => {
                let file = File::open(path).map_err(|e| Problem::file(&*name, format!("cannot be read: {e}")))?;
                Files::unzip(file, &name)
            }
        }
    }

    /// An archive; `name` stands for it in messages.
    ///
    /// # Errors
    /// When it is no zip archive, or goes past the limits.
    pub fn unzip(archive: impl Read + io::Seek, name: &str) -> Result<Files, Problem> {
        let unreadable = |error: &dyn std::fmt::Display| {
            Problem::file(name, format!("is neither a folder nor a zip archive that can be read: {error}"))
        };
        let mut archive = zip::ZipArchive::new(archive).map_err(|e| unreadable(&e))?;
        if archive.len() > MOST_ENTRIES {
            return Err(Problem::file(name, format!("has more than {MOST_ENTRIES} entries")));
        }
        let mut files = BTreeMap::new();
        let mut left = MOST_BYTES;
        for i in 0..archive.len() {
            let mut entry = archive.by_index(i).map_err(|e| unreadable(&e))?;
            if entry.is_dir() {
                continue;
            }
            let path = entry.name().map_err(|e| unreadable(&e))?.into_owned();
            if !is_safe(&path) {
                return Err(Problem::file(name, format!("has an entry outside of itself: {path:?}")));
            }
            // What the archive says of its sizes is not to be trusted; what comes out is counted.
            let most = left.min(MOST_BYTES_OF_A_FILE);
            let mut bytes = Vec::new();
            entry.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
            if bytes.len() as u64 > most {
                let limit = format!("{} MB for a file, {} MB in all", MOST_BYTES_OF_A_FILE >> 20, MOST_BYTES >> 20);
                return Err(Problem::file(name, format!("unpacks to more than is accepted ({limit}) at {path:?}")));
            }
            left -= bytes.len() as u64;
            files.insert(path, Cow::Owned(bytes));
        }
        Ok(Files::Memory(out_of_top_folder(files)))
    }

    /// The contents of a file; none if there is no such file.
    ///
    /// # Errors
    /// When it is there but cannot be read, or is too large.
    pub fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, Problem> {
        match self {
            Files::Memory(files) => Ok(files.get(path).map(|bytes| Cow::Borrowed(bytes.as_ref()))),
            Files::Folder(folder) => match read_capped(&folder.join(path), MOST_BYTES_OF_A_FILE) {
                Ok(bytes) => Ok(Some(Cow::Owned(bytes))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(Problem::file(path, format!("cannot be read: {error}"))),
            },
        }
    }

    /// The texts of reports that are with the package: `(report id, path)`.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn texts(&self) -> Result<Vec<(String, String)>, Problem> {
        let mut paths: Vec<String> = match self {
            Files::Memory(files) => files.keys().filter(|path| path.starts_with(TEXTS)).cloned().collect(),
            Files::Folder(folder) => match std::fs::read_dir(folder.join(TEXTS)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
                entries => entries
                    .and_then(|entries| {
                        entries.map(|entry| Ok(format!("{TEXTS}{}", entry?.file_name().to_string_lossy()))).collect()
                    })
                    .map_err(|error| Problem::file(TEXTS, format!("cannot be listed: {error}")))?,
            },
        };
        paths.sort_unstable();
        let stem = |path: &String| path.strip_prefix(TEXTS)?.strip_suffix(".txt").map(str::to_owned);
        Ok(paths.into_iter().filter_map(|path| Some((stem(&path)?, path))).collect())
    }
}

/// The bytes of a file, at most `most`.
///
/// # Errors
/// As reading has; also when the file is larger.
pub fn read_capped(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it is larger than {} MB", most >> 20)));
    }
    Ok(bytes)
}

/// Whether a path stays inside the package, on any system.
pub fn is_safe(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|piece| !piece.is_empty() && piece != "." && piece != "..")
}

/// An archive made of a folder holds that folder: its name is taken off. Files beside it are not the package's
/// (`__MACOSX/...`).
fn out_of_top_folder(files: BTreeMap<String, Cow<'static, [u8]>>) -> BTreeMap<String, Cow<'static, [u8]>> {
    if files.contains_key(DESCRIPTOR) {
        return files;
    }
    let inside =
        |path: &str| path.strip_suffix(DESCRIPTOR).filter(|top| top.matches('/').count() == 1).map(str::to_owned);
    let tops: Vec<String> = files.keys().filter_map(|path| inside(path)).collect();
    let [top] = tops.as_slice() else { return files };
    files.into_iter().filter_map(|(path, bytes)| Some((path.strip_prefix(top.as_str())?.to_owned(), bytes))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for path in ["events.csv", "data/events.csv", "a..b.csv"] {
            assert!(is_safe(path), "{path}");
        }
        for path in ["", "/etc/passwd", "../x", "a/../../x", "c:x", "a\\..\\x", "a//b", "./x"] {
            assert!(!is_safe(path), "{path}");
        }
    }

    #[test]
    fn one_top_folder_is_taken_off() {
        let file = |path: &str| (path.to_owned(), Cow::Borrowed(&b""[..]));
        let files = BTreeMap::from([file("mali/datapackage.json"), file("mali/a.csv"), file("__MACOSX/mali/a.csv")]);
        let kept: Vec<String> = out_of_top_folder(files).into_keys().collect();
        assert_eq!(kept, ["a.csv", "datapackage.json"]);
    }
}
