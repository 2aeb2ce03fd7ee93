//! Where the rows come from: a CSV file, or the one in a zip archive, unpacked as it is read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;

use crate::ingest::problem::{Problem, Problems};

/// No file may unpack to more: ten times GED 26.1.
const MOST_BYTES: u64 = 4 << 30;
/// Nor to more than so many times its size, past the first few megabytes: CSV compresses fifteenfold at most, while a
/// zip bomb unpacks a thousandfold.
const MOST_TIMES: u64 = 150;
/// Until then the proportion does not count.
const SMALL: u64 = 8 << 20;

/// Opens the file and lets `read` have its text, with the number of its bytes (0 if that is not known).
/// `dataset` is what should be in it, in messages.
///
/// # Errors
/// Those of `read`, or why there is nothing to read.
pub(super) fn open<T>(
    path: &Path,
    dataset: &str,
    read: impl FnOnce(&mut dyn BufRead, u64) -> Result<T, Problems>,
) -> Result<T, Problems> {
    let name = path.display().to_string();
    let unreadable = |error: &dyn std::fmt::Display| Problem::file(&*name, format!("cannot be read: {error}"));
    let mut file = File::open(path).map_err(|e| unreadable(&e))?;
    let size = file.metadata().map_err(|e| unreadable(&e))?;
    if size.is_dir() {
        return Err(Problem::file(&*name, "is a folder; the CSV file or its zip archive was expected").into());
    }
    let mut magic = [0; 4];
    let got = file.read(&mut magic).map_err(|e| unreadable(&e))?;
    file.rewind().map_err(|e| unreadable(&e))?;
    if &magic[..got] != b"PK\x03\x04" && &magic[..got] != b"PK\x05\x06" {
        let mut input = BufReader::with_capacity(1 << 16, file);
        is_text(&mut input, &name, dataset)?;
        return read(&mut input, size.len());
    }
    let broken =
        |error: &dyn std::fmt::Display| Problem::file(&*name, format!("is a zip archive that cannot be read: {error}"));
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| broken(&e))?;
    let at = only_file(&mut archive, &name)?;
    let entry = archive.by_index(at).map_err(|e| broken(&e))?;
    let (packed, claimed) = (entry.compressed_size(), entry.size());
    let limit = MOST_BYTES.min(SMALL.max(packed.saturating_mul(MOST_TIMES)));
    let mut input = BufReader::with_capacity(1 << 16, Bounded { input: entry, left: limit });
    is_text(&mut input, &name, dataset)?;
    read(&mut input, claimed.min(MOST_BYTES))
}

/// The place of the archive's only file, not counting what systems put into archives on their own.
fn only_file<R: Read + Seek>(archive: &mut zip::ZipArchive<R>, name: &str) -> Result<usize, Problems> {
    let mut files = Vec::new();
    for at in 0..archive.len().min(1_000) {
        let Some(Ok(path)) = archive.name_for_index(at) else { continue };
        let last = path.rsplit('/').next().unwrap_or_default();
        if !(last.is_empty() || last.starts_with('.') || path.starts_with("__MACOSX/")) {
            files.push((at, path.into_owned()));
        }
    }
    match files.as_slice() {
        [(at, _)] => Ok(*at),
        [] => Err(Problem::file(name, "is a zip archive without a file; one CSV file was expected in it").into()),
        several => {
            let names: Vec<&str> = several.iter().take(5).map(|(_, path)| path.as_str()).collect();
            let more = if several.len() > names.len() { ", …" } else { "" };
            let expected = format!(
                "is a zip archive with {} files ({}{more}); one CSV file was expected in it",
                several.len(),
                names.join(", ")
            );
            Err(Problem::file(name, expected).into())
        }
    }
}

/// That the text is text, as far as its first bytes show.
fn is_text(input: &mut dyn BufRead, name: &str, dataset: &str) -> Result<(), Problems> {
    let start = input.fill_buf().map_err(|error| Problem::file(name, format!("cannot be read: {error}")))?;
    let start = &start[..start.len().min(8192)];
    let what = if start.is_empty() {
        "is empty".to_owned()
    } else if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        "is UTF-16 text; save it as UTF-8".to_owned()
    } else if start.contains(&0) {
        format!("is not text but a binary file; {dataset}'s CSV file or its zip archive was expected")
    } else {
        return Ok(());
    };
    Err(Problem::file(name, what).into())
}

/// Stops an input that is longer than is accepted: what an archive says of its sizes is not to be trusted.
struct Bounded<R> {
    input: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other("it unpacks to more than is accepted (4 GB, or 150 times the size of the archive)")
        })?;
        Ok(read)
    }
}
