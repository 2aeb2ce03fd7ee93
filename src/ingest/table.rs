//! A CSV file as a table whose cells are asked for by column name, with everything that is wrong put down with its
//! place.

use std::cell::Cell;
use std::str::FromStr;

use super::csv::Reader;
use super::problem::{Collector, Problem};
use super::schema::TableSpec;
use crate::domain::date::PartialDate;
use crate::domain::ids;
use crate::domain::vocab::Vocabulary;

/// Columns in which a text may run over several lines.
const LONG_TEXTS: &[&str] = &["summary", "summary_fr", "gist", "gist_fr", "note"];

/// A table as it was read.
#[derive(Debug)]
pub struct Table {
    /// The file's path in the package.
    pub file: String,
    /// For each column of the specification (required, then optional) where it is in the file.
    places: Vec<(&'static str, Option<usize>)>,
    rows: Vec<(u64, Vec<String>)>,
    /// Rows with too few or too many cells: nothing is read from them but the ids others may refer to.
    uneven: Vec<Vec<String>>,
    /// Whether every row could be told from the others. If not, what refers to the table is not checked: it would
    /// only say the same once more for each reference.
    pub complete: bool,
}

impl Table {
    /// A table without rows, for a file that may be missing.
    pub fn empty(spec: &TableSpec) -> Table {
        Table::new(&format!("{}.csv", spec.name))
    }

    fn new(file: &str) -> Table {
        Table { file: file.to_owned(), places: Vec::new(), rows: Vec::new(), uneven: Vec::new(), complete: true }
    }

    /// A table that could not be read.
    pub fn unreadable(file: &str) -> Table {
        Table { complete: false, ..Table::new(file) }
    }

    /// Reads the table from the bytes of its file.
    pub fn read(spec: &TableSpec, file: &str, bytes: &[u8], problems: &Collector) -> Table {
        let mut table = Table::unreadable(file);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64;
                problems.add(|| Problem::file(file, "is not valid UTF-8 from here on; UTF-8 was expected").at(line));
                return table;
            }
        };
        let mut records = Reader::new(text);
        let expected = || spec.columns.join(", ");
        let header = match records.next() {
            Some(Ok(header)) => header,
            Some(Err((line, error))) => {
                problems.add(|| Problem::file(file, error.to_string()).at(line));
                return table;
            }
            None => {
                problems.add(|| Problem::file(file, format!("is empty; a header row was expected: {}", expected())));
                return table;
            }
        };
        table.read_header(spec, header.line, &header.cells, problems);
        table.complete = true;
        for record in records {
            match record {
                Err((line, error)) => {
                    table.complete = false;
                    problems.add(|| Problem::file(file, error.to_string()).at(line));
                }
                Ok(record) if record.cells.len() != header.cells.len() => {
                    let (has, expected) = (record.cells.len(), header.cells.len());
                    let cells = if has == 1 { "1 cell".to_owned() } else { format!("{has} cells") };
                    problems.add(|| {
                        let expected = format!("the row has {cells}; {expected} were expected, as in the header");
                        Problem::file(file, expected).at(record.line)
                    });
                    table.uneven.push(record.cells);
                }
                Ok(record) => table.rows.push((record.line, record.cells)),
            }
        }
        table
    }

    fn read_header(&mut self, spec: &TableSpec, line: u64, header: &[String], problems: &Collector) {
        let known = || spec.columns.iter().chain(spec.optional).copied();
        self.places = known().map(|name| (name, header.iter().position(|cell| cell.trim() == name))).collect();
        let missing = self.places.iter().filter(|(name, place)| place.is_none() && spec.columns.contains(name));
        for (name, _) in missing {
            problems.add(|| {
                let expected = spec.columns.join(", ");
                Problem::file(&*self.file, format!("the column \"{name}\" is missing; the columns are {expected}"))
                    .at(line)
            });
        }
        for (i, cell) in header.iter().enumerate() {
            let cell = cell.trim();
            if !known().any(|name| name == cell) {
                problems.add(|| {
                    let expected = spec.columns.join(", ");
                    Problem::file(&*self.file, format!("is no column of this table; the columns are {expected}"))
                        .at(line)
                        .cell(cell, cell)
                        .nearest(cell, known())
                });
            } else if header[..i].iter().any(|earlier| earlier.trim() == cell) {
                problems.add(|| {
                    Problem::file(&*self.file, "is there twice; each column is expected once").at(line).cell(cell, cell)
                });
            }
        }
    }

    /// Its rows.
    pub fn rows<'a>(&'a self, problems: &'a Collector) -> impl Iterator<Item = Row<'a>> {
        self.rows.iter().map(move |(line, cells)| Row {
            table: self,
            line: *line,
            cells,
            problems,
            bad: Cell::new(false),
        })
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the column is in the file.
    pub fn has(&self, column: &str) -> bool {
        self.place(column).is_some()
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == column).and_then(|(_, place)| *place)
    }

    /// What stands in some columns of every row, even of rows that are otherwise wrong.
    pub fn keys<'a, const N: usize>(&'a self, columns: [&str; N]) -> impl Iterator<Item = [&'a str; N]> {
        let places = columns.map(|column| self.place(column));
        let cells = self.rows.iter().map(|(_, cells)| cells).chain(&self.uneven);
        cells.map(move |cells| places.map(|place| place.and_then(|i| cells.get(i)).map_or("", |cell| cell.trim())))
    }
}

/// A row of a table. Each method reads one cell; what is wrong with it is put down as a problem, and the row is
/// marked as bad.
#[derive(Debug)]
pub struct Row<'a> {
    table: &'a Table,
    /// The line it starts on.
    pub line: u64,
    cells: &'a [String],
    problems: &'a Collector,
    bad: Cell<bool>,
}

impl<'a> Row<'a> {
    /// The cell as it stands, without blanks around it; empty where the column is missing.
    pub fn raw(&self, column: &str) -> &'a str {
        self.table.place(column).and_then(|place| self.cells.get(place)).map_or("", |cell| cell.trim())
    }

    /// Whether something was wrong with a cell that was read.
    pub fn is_bad(&self) -> bool {
        self.bad.get()
    }

    /// Puts down a problem with a cell. That a whole column is missing was said once and is not said for each row.
    pub fn wrong(&self, column: &str, expected: impl FnOnce() -> String) {
        self.mistyped(column, expected, || None);
    }

    /// The same with what may have been meant, out of the candidates.
    pub fn mistyped<'c, I: IntoIterator<Item = &'c str>>(
        &self,
        column: &str,
        expected: impl FnOnce() -> String,
        candidates: impl FnOnce() -> I,
    ) {
        self.bad.set(true);
        if !self.table.has(column) {
            return;
        }
        self.problems.add(|| {
            let value = self.raw(column);
            Problem::file(&*self.table.file, expected()).at(self.line).cell(column, value).nearest(value, candidates())
        });
    }

    /// Puts down a problem with the row as a whole.
    pub fn wrong_row(&self, expected: impl FnOnce() -> String) {
        self.bad.set(true);
        self.problems.add(|| Problem::file(&*self.table.file, expected()).at(self.line));
    }

    /// A text that may be empty.
    pub fn text(&self, column: &str) -> String {
        let text = self.raw(column);
        let long = LONG_TEXTS.contains(&column);
        if let Some(c) = text.chars().find(|c| c.is_control() && !(long && *c == '\n')) {
            let name = match c {
                '\n' => "a line break".to_owned(),
                '\t' => "a tab".to_owned(),
                c => format!("the control character U+{:04X}", u32::from(c)),
            };
            self.wrong(column, || format!("holds {name}, which this column may not"));
        }
        text.to_owned()
    }

    /// A text, if there is one.
    pub fn optional(&self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// A text that may not be empty.
    pub fn required(&self, column: &str) -> String {
        let text = self.text(column);
        if text.is_empty() {
            self.wrong(column, || "is empty; a text was expected".to_owned());
        }
        text
    }

    /// A text that is a list separated by `|`, without blanks around its items.
    pub fn list(&self, column: &str) -> String {
        let text = self.text(column);
        text.split('|').map(str::trim).filter(|item| !item.is_empty()).collect::<Vec<_>>().join("|")
    }

    /// A new id.
    pub fn id<T: FromStr>(&self, column: &str) -> Option<T> {
        let id = self.raw(column).parse().ok();
        if id.is_none() {
            let bad = ids::BadId;
            self.wrong(column, || format!("is no id: {bad}"));
        }
        id
    }

    /// A word of a vocabulary.
    pub fn word<V: Vocabulary>(&self, column: &str) -> Option<V> {
        let word = V::parse(self.raw(column));
        if word.is_none() {
            self.mistyped(column, || format!("is not one of {}", V::words().join(", ")), V::words);
        }
        word
    }

    /// A date that may be cut short, if there is one.
    pub fn date(&self, column: &str) -> Option<PartialDate> {
        match self.raw(column) {
            "" => None,
            text => text.parse().map_err(|error| self.wrong(column, || format!("is no date: {error}"))).ok(),
        }
    }

    /// A number of people, if there is one.
    pub fn count(&self, column: &str) -> Option<u32> {
        let text = self.raw(column);
        if text.is_empty() {
            return None;
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let count = digits.then(|| text.parse().ok()).flatten();
        if count.is_none() {
            let why = if digits { "is too large" } else { "is no whole number; digits only were expected" };
            self.wrong(column, || why.to_owned());
        }
        count
    }

    /// A switch: empty or `true`.
    pub fn switch(&self, column: &str) -> bool {
        match self.raw(column) {
            "" => false,
            "true" => true,
            _ => {
                self.wrong(column, || "is neither empty nor \"true\"".to_owned());
                false
            }
        }
    }

    /// `latitude` and `longitude`, in degrees, if they are there.
    pub fn point(&self) -> Option<(f64, f64)> {
        let degrees = |column: &str, most: f64| match self.raw(column) {
            "" => None,
            text => {
                let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
                let degrees = text.parse().ok().filter(|degrees: &f64| plain && degrees.abs() <= most);
                if degrees.is_none() {
                    self.wrong(column, || format!("is no number of degrees between -{most} and {most}"));
                }
                degrees
            }
        };
        let (latitude, longitude) = (degrees("latitude", 90.0), degrees("longitude", 180.0));
        for (column, other) in [("latitude", "longitude"), ("longitude", "latitude")] {
            if self.raw(column).is_empty() && !self.raw(other).is_empty() {
                self.wrong(column, || format!("is empty although there is a {other}; both or none were expected"));
            }
        }
        latitude.zip(longitude)
    }
}
