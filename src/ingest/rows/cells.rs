//! The cells of one row, read by column: what is wrong is said cell by cell.

use super::layout::{Column, Layout};
use super::records::Record;
use crate::ingest::problem::Problem;

/// Reads cells and collects what is wrong with them.
pub(in crate::ingest) struct Cells<'a, 'b> {
    record: &'a Record,
    layout: &'b Layout,
    file: &'b str,
    problems: Vec<Problem>,
}

impl<'a, 'b> Cells<'a, 'b> {
    /// Reads a row with `row`, which looks at every cell before the first that is wrong ends it.
    pub fn read<T>(
        record: &'a Record,
        layout: &'b Layout,
        file: &'b str,
        row: impl FnOnce(&mut Cells<'a, 'b>) -> Option<T>,
    ) -> Result<T, Vec<Problem>> {
        if record.len() != layout.header.len() {
            let expected = format!("has {} cells where the header has {}", record.len(), layout.header.len());
            return Err(vec![Problem::file(file, expected).at(record.line)]);
        }
        let mut cells = Cells { record, layout, file, problems: Vec::new() };
        match row(&mut cells) {
            Some(row) if cells.problems.is_empty() => Ok(row),
            _ => Err(cells.problems),
        }
    }

    /// The line the row starts on.
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// The text of a cell; empty where the file has no such column.
    pub fn text(&self, column: impl Column) -> &'a str {
        self.layout.at(column).map_or("", |at| self.record.cell(at).trim())
    }

    /// Puts down what is wrong with a cell.
    pub fn wrong<T>(&mut self, column: impl Column, expected: impl Into<String>) -> Option<T> {
        let problem = Problem::file(self.file, expected).at(self.record.line);
        self.problems.push(problem.cell(column.name(), self.text(column)));
        None
    }

    /// A name that must be there.
    pub fn required(&mut self, column: impl Column) -> Option<&'a str> {
        let text = self.text(column);
        if text.is_empty() { self.wrong(column, "is empty; a name was expected") } else { Some(text) }
    }

    /// A whole number, also as spreadsheets and statistics programs write one: `12.0`.
    pub fn number(&mut self, column: impl Column) -> Option<Option<u64>> {
        let text = self.text(column);
        if text.is_empty() {
            return Some(None);
        }
        let digits = text.strip_suffix(".0").unwrap_or(text);
        match digits.parse::<u64>() {
            Ok(number) if digits.bytes().all(|b| b.is_ascii_digit()) => Some(Some(number)),
            _ => self.wrong(column, "was expected to be a whole number"),
        }
    }

    /// A number of people, if it is given.
    pub fn people(&mut self, column: impl Column) -> Option<Option<u32>> {
        match self.number(column)?.map(u32::try_from) {
            None => Some(None),
            // Above that it is no number of people, and sums of a few would overflow.
            Some(Ok(number)) if number <= 100_000_000 => Some(Some(number)),
            _ => self.wrong(column, "is too large for a number of people"),
        }
    }

    /// A number of people that must be there.
    pub fn estimate(&mut self, column: impl Column) -> Option<u32> {
        match self.people(column)? {
            Some(number) => Some(number),
            None => self.wrong(column, "is empty; a number was expected"),
        }
    }

    /// A code from 1 to `most`.
    pub fn code(&mut self, column: impl Column, most: u64) -> Option<u8> {
        match self.number(column)? {
            Some(code) if (1..=most).contains(&code) => Some(code as u8),
            _ => self.wrong(column, format!("was expected to be a code from 1 to {most}")),
        }
    }

    /// A point on the earth: both of its coordinates, or neither.
    pub fn point<C: Column>(&mut self, latitude: C, longitude: C) -> Option<Option<(f64, f64)>> {
        let (north, east) = (self.degrees(latitude, 90.0), self.degrees(longitude, 180.0));
        match (north?, east?) {
            (Some(north), Some(east)) => Some(Some((north, east))),
            (None, None) => Some(None),
            (None, _) => self.wrong(latitude, "is empty although there is a longitude"),
            (_, None) => self.wrong(longitude, "is empty although there is a latitude"),
        }
    }

    fn degrees(&mut self, column: impl Column, most: f64) -> Option<Option<f64>> {
        let text = self.text(column);
        if text.is_empty() {
            return Some(None);
        }
        match text.parse::<f64>() {
            Ok(degrees) if degrees.abs() <= most => Some(Some(degrees)),
            _ => self.wrong(column, format!("was expected to be degrees from -{most} to {most}")),
        }
    }
}
