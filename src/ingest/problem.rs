//! What is wrong with a package: each problem with its exact place, what was expected, and what may have been meant.

use std::cell::{Cell, RefCell};
use std::fmt;

use crate::domain::names;

/// How many problems are kept and shown; the rest are counted.
pub const SHOWN: usize = 200;

/// Among more candidates than this none is proposed: comparing each of them with every slip would take minutes.
const MOST_CANDIDATES: usize = 20_000;

/// How much of a value is shown, in characters.
const VALUE_SHOWN: usize = 80;

/// One thing that is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as a path within the package.
    pub file: String,
    /// The line on which the row starts, counted from 1.
    pub line: Option<u64>,
    /// The name of the column.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong with it, or what was expected instead: reads on from the value.
    pub expected: String,
    /// What may have been meant.
    pub suggestion: Option<String>,
}

impl Problem {
    /// A problem of a whole file.
    pub fn file(file: impl Into<String>, expected: impl Into<String>) -> Problem {
        Problem {
            file: file.into(),
            line: None,
            column: None,
            value: None,
            expected: expected.into(),
            suggestion: None,
        }
    }

    /// The same, at a line.
    pub fn at(self, line: u64) -> Problem {
        Problem { line: Some(line).filter(|line| *line > 0), ..self }
    }

    /// The same, in a column, with the value that stands there.
    pub fn cell(self, column: &str, value: &str) -> Problem {
        Problem { column: Some(column.to_owned()), value: Some(value.to_owned()), ..self }
    }

    /// The same, with the candidate most like what was written, if one is like it.
    pub fn nearest<'a>(self, wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Problem {
        let mut few: Vec<&str> = candidates.into_iter().take(MOST_CANDIDATES + 1).collect();
        if few.len() > MOST_CANDIDATES {
            return self;
        }
        // Of two that are equally like it, always the same one, whatever the order of a hash table.
        few.sort_unstable();
        Problem { suggestion: names::nearest(wanted, few).map(str::to_owned), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column \"{column}\"")?;
        }
        f.write_str(": ")?;
        if let Some(value) = &self.value {
            write!(f, "{} ", shown(value))?;
        }
        f.write_str(&self.expected)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; did you mean \"{suggestion}\"?"),
            None => Ok(()),
        }
    }
}

/// A value in quotes, on one line and not too long.
pub fn shown(value: &str) -> String {
    let mut chars = value.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let start: String = chars.by_ref().take(VALUE_SHOWN).collect();
    let more = if chars.next().is_some() { "…" } else { "" };
    format!("\"{start}{more}\"")
}

/// All that is wrong with a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// The first [`SHOWN`] of them, in the order of files and lines.
    pub list: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems { list: vec![problem], more: 0 }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.list.iter().enumerate() {
            let separator = if i == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

/// Collects problems while a package is read. Past [`SHOWN`] they are only counted, and nothing is spent on finding
/// what was meant.
#[derive(Debug, Default)]
pub struct Collector {
    kept: RefCell<Vec<Problem>>,
    more: Cell<usize>,
}

impl Collector {
    /// Adds one; it is made only if it will be shown.
    pub fn add(&self, problem: impl FnOnce() -> Problem) {
        if self.kept.borrow().len() < SHOWN {
            let problem = problem();
            self.kept.borrow_mut().push(problem);
        } else {
            self.more.set(self.more.get() + 1);
        }
    }

    /// Whether there are none so far.
    pub fn is_empty(&self) -> bool {
        self.kept.borrow().is_empty()
    }

    /// `value` if nothing was wrong.
    ///
    /// # Errors
    /// All that was.
    pub fn finish<T>(self, value: T) -> Result<T, Problems> {
        let mut list = self.kept.into_inner();
        if list.is_empty() {
            return Ok(value);
        }
        list.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(Problems { list, more: self.more.get() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_a_sentence() {
        let problem = Problem::file("claims.csv", "is no report of this package")
            .at(1249)
            .cell("report", "abamako-2022")
            .nearest("abamako-2022", ["abamako-2022-06-23", "rfi-2019"]);
        assert_eq!(
            problem.to_string(),
            "claims.csv:1249, column \"report\": \"abamako-2022\" is no report of this package; \
             did you mean \"abamako-2022-06-23\"?"
        );
        assert_eq!(Problem::file("events.csv", "is missing").to_string(), "events.csv: is missing");
    }

    #[test]
    fn past_the_limit_problems_are_counted() {
        let collector = Collector::default();
        for line in (1..=SHOWN as u64 + 5).rev() {
            collector.add(|| Problem::file("a.csv", "is wrong").at(line));
        }
        let problems = collector.finish(()).unwrap_err();
        assert_eq!((problems.list.len(), problems.more), (SHOWN, 5));
        assert!(problems.list.is_sorted_by_key(|problem| problem.line));
        assert!(problems.to_string().ends_with("and 5 more"));
    }

    #[test]
    fn a_long_value_is_cut_and_stays_on_its_line() {
        assert_eq!(shown("a\nb"), "\"a\u{fffd}b\"");
        assert!(shown(&"x".repeat(100)).ends_with("x…\""));
    }
}
