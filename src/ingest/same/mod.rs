//! Events that a curator accepted as the same: the list in `data/same-events.csv` that ships in the program, or one of
//! the operator's in its place. A list is always whole: what is not in it is no longer accepted.

use std::collections::HashMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::files::read_capped;
use super::problem::{Collector, Problem, Problems};
use super::schema::TableSpec;
use super::table::Table;
use crate::domain::ids::EventId;
use crate::domain::lang::Bilingual;

pub mod proposals;

/// The list that ships in the program.
const EMBEDDED: &[u8] = include_bytes!("../../../data/same-events.csv");
/// What it is called in messages.
const EMBEDDED_FILE: &str = "data/same-events.csv";

/// No list may be larger, in bytes: a hundred of them for each row of the largest dataset.
const MOST_BYTES: u64 = 50 << 20;

/// The columns.
const SPEC: TableSpec =
    TableSpec { name: "same-events", columns: &["event", "other", "note"], optional: &["note_fr"], required: true };

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Same {
    /// The line it starts on.
    pub line: u64,
    /// The event of a curated dataset.
    pub event: EventId,
    /// The record of another dataset.
    pub other: EventId,
    /// Why they are one.
    pub note: Bilingual,
}

/// A list that is right in itself; whether its ids stand for anything only the database can say.
#[derive(Clone, Debug)]
pub struct SameList {
    /// Where it came from, for messages.
    pub file: String,
    /// The pairs.
    pub pairs: Vec<Same>,
    /// Of the file.
    pub digest: String,
}

/// Reads a list from a file.
///
/// # Errors
/// When it cannot be read, or all that is wrong with it.
pub fn read(path: &Path) -> Result<SameList, Problems> {
    let name = path.display().to_string();
    let bytes =
        read_capped(path, MOST_BYTES).map_err(|error| Problem::file(&*name, format!("cannot be read: {error}")))?;
    parse(&name, &bytes)
}

/// The list that ships in the program.
///
/// # Errors
/// Never, in truth: a test reads it.
pub fn embedded() -> Result<SameList, Problems> {
    parse(EMBEDDED_FILE, EMBEDDED)
}

fn parse(file: &str, bytes: &[u8]) -> Result<SameList, Problems> {
    let problems = Collector::default();
    let table = Table::read(&SPEC, file, bytes, &problems);
    let mut pairs = Vec::new();
    // Of which event, and on which line, a record was said to be the same.
    let mut taken: HashMap<EventId, (EventId, u64)> = HashMap::new();
    for row in table.rows(&problems) {
        let (event, other) = (row.id::<EventId>("event"), row.id::<EventId>("other"));
        let note = Bilingual::new(row.text("note"), row.text("note_fr"));
        let (Some(event), Some(other)) = (event, other) else { continue };
        if event == other {
            row.wrong("other", || "is the event itself; the record of another dataset was expected".to_owned());
        } else if let Some((of, line)) = taken.get(&other) {
            let same = *of == event;
            row.wrong("other", || match same {
                true => format!("is the same as that event on line {line} already; each pair is expected once"),
                false => {
                    format!("is the same as \"{of}\" on line {line}; one curated event for each record was expected")
                }
            });
        } else {
            taken.insert(other.clone(), (event.clone(), row.line));
        }
        if !row.is_bad() {
            pairs.push(Same { line: row.line, event, other, note });
        }
    }
    let digest = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    problems.finish(SameList { file: file.to_owned(), pairs, digest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(rows: &str) -> String {
        parse("s.csv", format!("event,other,note\n{rows}").as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn the_list_that_ships_is_right() {
        let list = embedded().unwrap();
        assert!(list.pairs.iter().all(|pair| !pair.note.en.is_empty() && !pair.note.fr.is_empty()));
    }

    #[test]
    fn a_pair_is_of_two_and_a_record_of_one_pair() {
        assert_eq!(
            wrong("a,a,\n"),
            "s.csv:2, column \"other\": \"a\" is the event itself; the record of another dataset was expected"
        );
        assert_eq!(
            wrong("a,x-1,\nb,x-2,\na,x-1,again\n"),
            "s.csv:4, column \"other\": \"x-1\" is the same as that event on line 2 already; each pair is expected once"
        );
        assert_eq!(
            wrong("a,x-1,\nb,x-1,\n"),
            "s.csv:3, column \"other\": \"x-1\" is the same as \"a\" on line 2; one curated event for each record was expected"
        );
        let two = parse("s.csv", b"event,other,note\na,x-1,\na,x-2,why\n").unwrap();
        assert_eq!((two.pairs.len(), two.pairs[1].note.en.as_str()), (2, "why"));
    }

    #[test]
    fn columns_and_ids_have_their_form() {
        assert!(wrong("A b,x-1,\n").starts_with("s.csv:2, column \"event\": \"A b\" is no id"));
        let unknown = parse("s.csv", b"event,othr,note\na,b,\n").unwrap_err().to_string();
        assert!(unknown.contains("s.csv:1, column \"othr\": \"othr\" is no column"), "{unknown}");
        assert!(unknown.contains("did you mean \"other\"?"), "{unknown}");
    }
}
