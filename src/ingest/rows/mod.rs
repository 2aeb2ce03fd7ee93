//! Datasets of one row for each event, as UCDP GED and ACLED publish them: one CSV file, plain or zipped. It is read
//! twice. The first pass finds everything that is wrong and what places and sides there are; the second one, in one
//! transaction, writes what differs. Neither holds more of the file than a row and what is distinct in it. What a
//! dataset's columns are, and what becomes of a row, is its [`Format`].

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::ImportError;
use super::problem::{Collector, Problem, Problems};
use crate::domain::ids::is_id;

pub mod actors;
mod cells;
mod countries;
mod format;
pub mod layout;
mod open;
pub mod place;
pub mod records;
mod rejects;

pub(super) use self::cells::Cells;
pub(super) use self::countries::{in_french as country_in_french, of_in_french as of_country_in_french};
pub use self::format::{Cited, Format, Made, Resolved, RowOf};

use self::actors::Side;
use self::layout::Layout;
use self::place::Place;

/// What the operator asks for beside the file.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The version of the dataset, where the file's name does not say it.
    pub release: Option<String>,
    /// The file is the whole dataset: events that are not in it are withdrawn.
    pub complete: bool,
    /// Rows that are wrong are written to a file of their own instead of stopping the import.
    pub skip_bad_rows: bool,
    /// The licence under which the operator may pass the data on, and its address, where the dataset has none.
    pub licence: Option<(String, String)>,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// First pass: bytes read, of how many (0: not known).
    Validating(u64, u64),
    /// Second pass: rows done, of how many.
    Writing(u64, u64),
    /// All rows are written; what readers filter and search by is made anew.
    Indexing,
}

/// Who is told of the progress.
pub type Watcher = Arc<dyn Fn(Progress) + Send + Sync>;

/// What the first pass found.
#[derive(Debug)]
pub struct Survey {
    /// The file.
    pub path: PathBuf,
    /// Its columns.
    pub layout: Layout,
    /// The version of the dataset.
    pub release: String,
    /// Rows that are well-formed.
    pub rows: u64,
    /// Rows that are not, and are left out.
    pub rejected: u64,
    /// Where these are, if there are any.
    pub rejects: Option<PathBuf>,
    /// What the operator asked for.
    pub options: Options,
    /// The places, each once.
    pub(super) places: Vec<Place>,
    /// The sides, each once.
    pub(super) sides: Vec<Side>,
    /// SHA-256 of the file's text: the second pass must read the same.
    pub(super) digest: [u8; 32],
}

/// Rows between two words on the progress.
const ROWS_BETWEEN_PROGRESS: u64 = 2_000;

/// Reads the file for the first time.
///
/// # Errors
/// All that is wrong with it: the first 200 bad rows, unless these are to be skipped.
pub fn survey<F: Format>(path: &Path, options: Options, watch: &Watcher) -> Result<Survey, ImportError> {
    let name = path.display().to_string();
    let problems = Collector::default();
    let (mut places, mut sides) = (HashSet::new(), HashSet::new());
    let (mut rows, mut rejected, mut last) = (0, 0, NaiveDate::MIN);
    let mut rejects = rejects::Rejects::new(path);
    let (layout, digest) = each_row::<F>(path, |at, layout, outcome| {
        if (rows + rejected) % ROWS_BETWEEN_PROGRESS == 0 {
            watch(Progress::Validating(at.bytes, at.of));
        }
        match outcome {
            Ok(row) => {
                rows += 1;
                last = last.max(row.last_day());
                places.insert(row.place());
                sides.extend(row.sides());
            }
            Err(bad) => {
                rejected += 1;
                if options.skip_bad_rows {
                    rejects.add(layout, &bad)?;
                }
                bad.problems.into_iter().for_each(|problem| problems.add(|| problem));
            }
        }
        Ok(())
    })?;
    if !options.skip_bad_rows {
        problems.finish(())?;
    }
    if rows == 0 {
        return Err(Problem::file(&*name, "has no row that could be imported").into());
    }
    let release = match options.release.clone().or_else(|| F::release_in_name(path)) {
        Some(release) => release,
        None => format!("to {last}"),
    };
    if !release.chars().any(char::is_alphanumeric) || release.len() > 100 || release.chars().any(char::is_control) {
        return Err(Problem::file("--release", "is no version, such as 25.1").into());
    }
    let rejects = rejects.finish()?;
    let (places, sides) = (sorted(places), sorted(sides));
    Ok(Survey { path: path.to_owned(), layout, release, rows, rejected, rejects, options, places, sides, digest })
}

/// What is distinct, in an order that does not depend on that of the file.
fn sorted<T: Ord>(set: HashSet<T>) -> Vec<T> {
    let mut list: Vec<T> = set.into_iter().collect();
    list.sort_unstable();
    list
}

/// A row that is wrong.
pub(super) struct BadRow {
    /// All that is wrong with it.
    pub problems: Vec<Problem>,
    /// The row as it stands in the file.
    pub raw: Vec<u8>,
}

/// How far a pass is.
pub(super) struct At {
    /// Bytes read.
    pub bytes: u64,
    /// Of how many; 0: not known.
    pub of: u64,
}

/// Reads the rows of a file one after the other. Returns the layout and the digest of the text.
pub(super) fn each_row<F: Format>(
    path: &Path,
    mut each: impl FnMut(At, &Layout, Result<F::Row<'_>, BadRow>) -> Result<(), Problem>,
) -> Result<(Layout, [u8; 32]), Problems> {
    let name = path.display().to_string();
    open::open(path, F::NAME, |input, of| {
        let mut rows = records::Rows::new(input, &name, F::NAME);
        let (layout, mut held) = F::recognise(&mut rows, &name)?;
        let mut seen = HashSet::new();
        loop {
            let found = match held.take() {
                Some(first) => Some(first),
                None => rows.next_row()?,
            };
            let Some(found) = found else { break };
            let at = At { bytes: rows.bytes(), of };
            let outcome = match &found {
                Ok(record) => match F::read(record, &layout, &name) {
                    Ok(row) if seen.insert(row.key()) => Ok(row),
                    Ok(_) => {
                        let id = layout.position(F::ID_COLUMN).map_or("", |at| record.cell(at).trim());
                        let problem = Problem::file(&*name, "is the id of an earlier row of this file already");
                        Err(vec![problem.at(record.line).cell(F::ID_COLUMN, id)])
                    }
                    Err(problems) => Err(problems),
                },
                Err(problem) => Err(vec![problem.clone()]),
            };
            let outcome = outcome.map_err(|problems| BadRow { problems, raw: rows.raw().to_vec() });
            each(at, &layout, outcome)?;
        }
        Ok((layout, rows.digest()))
    })
}

/// A text as a piece of an id: lower-case letters a to z and digits, hyphens between them. Texts that have none of
/// these get a few digits of a digest instead, so that no two of them share a piece.
pub(super) fn slug(text: &str) -> String {
    use sha2::{Digest, Sha256};
    let folded = crate::domain::names::fold(text);
    let ascii: String = folded.chars().filter(|c| c.is_ascii()).map(|c| if c == ' ' { '-' } else { c }).collect();
    let cut: String = ascii.trim_matches('-').chars().take(60).collect();
    // A word in another script is not to vanish: two names that differ only in it are two.
    if is_id(&cut) && folded.is_ascii() {
        return cut.trim_end_matches('-').to_owned();
    }
    let digest = Sha256::digest(folded.as_bytes());
    let hex: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    if is_id(&cut) { format!("{}-{hex}", cut.trim_end_matches('-')) } else { hex }
}

/// A text on one line, cut to so many characters: names and titles that run over pages.
pub(super) fn cut(text: &str, most: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}
