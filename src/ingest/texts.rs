//! The reports' own texts: paragraphs, and the anchors of passages found in them.

use std::collections::HashSet;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::files::{Files, read_capped};
use super::model::ReportText;
use super::problem::{Collector, Problem, shown};
use super::table::Table;
use crate::domain::names::fold;

/// No text of a report may be larger, in bytes.
pub const MOST_BYTES_OF_A_TEXT: u64 = 5 << 20;

/// A line longer than this was not broken to fit a page, so its end is the end of a paragraph.
const LONGEST_WRAPPED_LINE: usize = 200;

/// Reads the text of a report from a file.
///
/// # Errors
/// When it cannot be read, is too large, not UTF-8, or says nothing.
pub fn read(path: &Path) -> Result<Vec<String>, Problem> {
    let name = path.display().to_string();
    let bytes = read_capped(path, MOST_BYTES_OF_A_TEXT)
        .map_err(|error| Problem::file(&*name, format!("cannot be read: {error}")))?;
    decode(&name, &bytes)
}

fn decode(file: &str, bytes: &[u8]) -> Result<Vec<String>, Problem> {
    if bytes.len() as u64 > MOST_BYTES_OF_A_TEXT {
        return Err(Problem::file(file, format!("is larger than {} MB", MOST_BYTES_OF_A_TEXT >> 20)));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64;
        Problem::file(file, "is not valid UTF-8 from here on; UTF-8 was expected").at(line)
    })?;
    let paragraphs = paragraphs(text);
    if paragraphs.is_empty() {
        return Err(Problem::file(file, "is empty; the text of a report was expected"));
    }
    Ok(paragraphs)
}

/// The paragraphs of a text: what stands between blank lines, in NFC, white space folded to single spaces.
pub fn paragraphs(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<String> = text.lines().map(normal).collect();
    let blocks = lines.split(|line| line.is_empty()).filter(|block| !block.is_empty());
    blocks
        .flat_map(|block| {
            let wrapped = block.iter().all(|line| line.chars().count() <= LONGEST_WRAPPED_LINE);
            if wrapped { vec![block.join(" ")] } else { block.to_vec() }
        })
        .collect()
}

/// A text as it is compared: NFC, every run of white space one space, none at the ends.
pub fn normal(text: &str) -> String {
    text.nfc()
        .filter(|c| !matches!(c, '\u{feff}' | '\0'))
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The texts that are with a package.
pub(super) fn of_package(files: &Files, reports: &Table, problems: &Collector) -> Vec<ReportText> {
    let listed = files.texts().unwrap_or_else(|problem| {
        problems.add(|| problem);
        Vec::new()
    });
    let known: HashSet<&str> = reports.keys(["id"]).map(|[id]| id).collect();
    let mut texts = Vec::new();
    for (id, file) in listed {
        let read = files.read(&file).and_then(|bytes| decode(&file, &bytes.unwrap_or_default()));
        match (read, id.parse()) {
            (Ok(paragraphs), Ok(report)) if known.contains(id.as_str()) => {
                texts.push(ReportText { report, file, paragraphs });
            }
            (Err(problem), _) => problems.add(|| problem),
            _ if !reports.complete => {}
            _ => problems.add(|| {
                let expected = format!("is the text of \"{id}\", which is no report of this package");
                Problem::file(&*file, expected).nearest(&id, known.iter().copied())
            }),
        }
    }
    texts
}

/// Where an anchor stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The paragraph, from 1.
    pub paragraph: usize,
    /// The first byte of the anchor in it.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// Why an anchor has no one place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplaced {
    /// It is not there. What is most like it, if anything is.
    NotFound(Option<String>),
    /// It is in several paragraphs that are not the same; how each begins.
    Several(Vec<String>),
}

/// Finds an anchor. A match of whole words comes before one that starts or ends within a word; of paragraphs that
/// repeat each other word for word the first counts.
///
/// # Errors
/// When it stands nowhere, or in several different paragraphs.
pub fn place(paragraphs: &[String], anchor: &str) -> Result<Place, Unplaced> {
    let anchor = normal(anchor);
    let find = |whole: bool| -> Vec<Place> {
        let found = paragraphs.iter().enumerate().filter_map(|(i, text)| {
            let start =
                text.match_indices(&anchor).map(|(at, _)| at).find(|at| !whole || is_whole(text, *at, anchor.len()))?;
            Some(Place { paragraph: i + 1, start, end: start + anchor.len() })
        });
        found.collect()
    };
    let mut found = find(true);
    if found.is_empty() {
        found = find(false);
    }
    let mut seen = HashSet::new();
    found.retain(|place| seen.insert(paragraphs[place.paragraph - 1].as_str()));
    match found.len() {
        0 => Err(Unplaced::NotFound(most_like(paragraphs, &anchor))),
        1 => Ok(found.remove(0)),
        _ => Err(Unplaced::Several(found.iter().map(|place| paragraphs[place.paragraph - 1].clone()).collect())),
    }
}

fn is_whole(text: &str, at: usize, len: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + len..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// The run of as many words that shares most words with the anchor, at least half of them.
fn most_like(paragraphs: &[String], anchor: &str) -> Option<String> {
    let wanted: Vec<String> = anchor.split(' ').map(fold).collect();
    let mut best: Option<(usize, String)> = None;
    for text in paragraphs {
        let words: Vec<&str> = text.split(' ').collect();
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        for (i, run) in folded.windows(wanted.len().min(folded.len()).max(1)).enumerate() {
            let shared = wanted.iter().filter(|word| run.contains(word)).count();
            if shared * 2 >= wanted.len() && shared > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((shared, words[i..i + run.len()].join(" ")));
            }
        }
    }
    best.map(|(_, run)| run)
}

/// The problem to put down for an anchor that has no one place.
pub fn problem(file: &str, report: &str, passage: &str, anchor: &str, why: &Unplaced) -> Problem {
    let of = format!("the anchor of passage \"{passage}\" of report \"{report}\", {}", shown(anchor));
    match why {
        Unplaced::NotFound(None) => Problem::file(file, format!("{of}, was not found in the text")),
        Unplaced::NotFound(Some(like)) => {
            Problem::file(file, format!("{of}, was not found in the text; nearest to it is {}", shown(like)))
        }
        Unplaced::Several(paragraphs) => {
            let starts: Vec<String> = paragraphs.iter().map(|text| shown(text)).collect();
            let count = paragraphs.len();
            Problem::file(file, format!("{of}, stands in {count} different paragraphs: {}", starts.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(paragraphs: &[String], anchor: &str) -> Result<(usize, String), Unplaced> {
        let place = place(paragraphs, anchor)?;
        Ok((place.paragraph, paragraphs[place.paragraph - 1][place.start..place.end].to_owned()))
    }

    #[test]
    fn paragraphs_stand_between_blank_lines() {
        assert_eq!(paragraphs("\u{feff}Title\r\n\r\n \r\na\u{a0}b \nc\n\n"), ["Title", "a b c"]);
        let long = "x".repeat(LONGEST_WRAPPED_LINE + 1);
        assert_eq!(paragraphs(&format!("Title\n{long}\nend")), ["Title", &long, "end"]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn anchors_are_found_across_lines_and_forms() {
        let text = paragraphs("Men came to Se\u{301}gou and killed\n3 people.\n\nThey burned\u{202f}down shops.");
        assert_eq!(at(&text, "S\u{e9}gou and  killed 3"), Ok((1, "S\u{e9}gou and killed 3".into())));
        assert_eq!(at(&text, "burned down"), Ok((2, "burned down".into())));
    }

    #[test]
    fn repeated_paragraphs_count_once_and_different_ones_do_not() {
        let text = paragraphs("13 killed in town\n\n3 killed in town\n\n3 killed in town");
        assert_eq!(at(&text, "3 killed"), Ok((2, "3 killed".into())));
        let Err(Unplaced::Several(starts)) = at(&text, "killed in") else { panic!("found") };
        assert_eq!(starts, ["13 killed in town", "3 killed in town"]);
    }

    #[test]
    fn what_is_not_there_is_shown_with_its_like() {
        let text = paragraphs("Armed men attacked the village.\n\nNothing else.");
        assert_eq!(at(&text, "Armed men attack the"), Err(Unplaced::NotFound(Some("Armed men attacked the".into()))));
        assert_eq!(at(&text, "entirely different words"), Err(Unplaced::NotFound(None)));
        let problem = problem("t.txt", "r", "p1", "a b", &Unplaced::NotFound(None));
        assert_eq!(
            problem.to_string(),
            "t.txt: the anchor of passage \"p1\" of report \"r\", \"a b\", was not found in the text"
        );
    }
}
