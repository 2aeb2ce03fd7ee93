//! UCDP GED as it is published: one CSV file, plain or zipped, one row for each event. It is read twice. The first
//! pass finds everything that is wrong and what places and sides there are; the second one, in one transaction, writes
//! what differs. Neither holds more of the file than a row and what is distinct in it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::ImportError;
use super::problem::{Collector, Problem, Problems};
use crate::domain::ids::is_id;

pub mod actors;
mod countries;
pub mod event;
pub mod layout;
pub mod place;
mod rejects;
pub mod row;
pub mod rows;
pub mod source;
pub mod sources;

use self::actors::Side;
use self::layout::Layout;
use self::place::Place;
use self::row::Row;

pub(super) use self::countries::in_french as country_in_french;

/// The dataset's id.
pub const DATASET: &str = "ucdp-ged";

/// What the operator asks for beside the file.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The version of the dataset, where the file's name does not say it.
    pub release: Option<String>,
    /// The file is the whole dataset: events that are not in it are withdrawn.
    pub complete: bool,
    /// Rows that are wrong are written to a file of their own instead of stopping the import.
    pub skip_bad_rows: bool,
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
    /// The places, each once, in the order of the file.
    pub(super) places: Vec<Place>,
    /// The sides, each once, in the order of the file.
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
pub fn survey(path: &Path, options: Options, watch: &Watcher) -> Result<Survey, ImportError> {
    let name = path.display().to_string();
    let problems = Collector::default();
    let mut places = Distinct::default();
    let mut sides = Distinct::default();
    let (mut rows, mut rejected, mut last) = (0, 0, NaiveDate::MIN);
    let mut rejects = rejects::Rejects::new(path);
    let (layout, digest) = each_row(path, |at, layout, outcome| {
        if (rows + rejected) % ROWS_BETWEEN_PROGRESS == 0 {
            watch(Progress::Validating(at.bytes, at.of));
        }
        match outcome {
            Ok(row) => {
                rows += 1;
                last = last.max(row.end);
                places.add(row.place());
                for side in row.sides() {
                    sides.add(side);
                }
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
    let release = match options.release.clone().or_else(|| layout::release_in_name(path)) {
        Some(release) => release,
        None => format!("to {last}"),
    };
    if !release.chars().any(char::is_alphanumeric) || release.len() > 100 || release.chars().any(char::is_control) {
        return Err(Problem::file("--release", "is no version, such as 25.1").into());
    }
    let rejects = rejects.finish()?;
    let (places, sides) = (places.list, sides.list);
    Ok(Survey { path: path.to_owned(), layout, release, rows, rejected, rejects, options, places, sides, digest })
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
pub(super) fn each_row(
    path: &Path,
    mut each: impl FnMut(At, &Layout, Result<Row<'_>, BadRow>) -> Result<(), Problem>,
) -> Result<(Layout, [u8; 32]), Problems> {
    let name = path.display().to_string();
    source::open(path, |input, of| {
        let mut rows = rows::Rows::new(input, &name);
        let (layout, mut held) = layout::recognise(&mut rows, &name)?;
        let mut seen = HashSet::new();
        loop {
            let found = match held.take() {
                Some(first) => Some(first),
                None => rows.next_row()?,
            };
            let Some(found) = found else { break };
            let at = At { bytes: rows.bytes(), of };
            let outcome = match &found {
                Ok(record) => match row::read(record, &layout, &name) {
                    Ok(row) if seen.insert(row.id) => Ok(row),
                    Ok(row) => Err(vec![
                        Problem::file(&*name, "is the id of an earlier row of this file already")
                            .at(record.line)
                            .cell("id", &row.id.to_string()),
                    ]),
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

/// What is distinct, in the order in which it was first met.
struct Distinct<T> {
    list: Vec<T>,
    known: HashSet<T>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Distinct<T> {
        Distinct { list: Vec::new(), known: HashSet::new() }
    }
}

impl<T: std::hash::Hash + Eq + Clone> Distinct<T> {
    fn add(&mut self, thing: T) {
        if !self.known.contains(&thing) {
            self.known.insert(thing.clone());
            self.list.push(thing);
        }
    }
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
