//! One row, read and checked: what is wrong with it is said cell by cell.

use chrono::NaiveDate;

use super::actors::Side;
use super::layout::{Column, Layout};
use super::place::Place;
use super::rows::Record;
use crate::domain::date::PartialDate;
use crate::ingest::problem::Problem;

/// A well-formed row.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The line it starts on.
    pub line: u64,
    /// UCDP's id of the event.
    pub id: u64,
    /// 1 state-based, 2 non-state, 3 one-sided.
    pub violence: u8,
    /// What UCDP calls the conflict.
    pub conflict: &'a str,
    /// The first side: UCDP's id, if there is one, and its name.
    pub side_a: (Option<u64>, &'a str),
    /// The second side.
    pub side_b: (Option<u64>, &'a str),
    /// How many sources; none where they are free text.
    pub sources: Option<u32>,
    /// The sources.
    pub source_article: &'a str,
    /// Whom they quote.
    pub source_original: &'a str,
    /// 1 to 7.
    pub where_prec: u8,
    /// The name of the place the coordinates are of.
    pub where_coordinates: &'a str,
    /// The place as the sources describe it.
    pub where_description: &'a str,
    /// First-order division.
    pub adm_1: &'a str,
    /// Second-order division.
    pub adm_2: &'a str,
    /// WGS 84 latitude and longitude.
    pub point: Option<(f64, f64)>,
    /// The country.
    pub country: &'a str,
    /// 1 to 5.
    pub date_prec: u8,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Deaths of side A, side B, civilians, and unknown people.
    pub deaths: [Option<u32>; 4],
    /// The best estimate.
    pub best: u32,
    /// The high one.
    pub high: u32,
    /// The low one.
    pub low: u32,
}

impl Row<'_> {
    /// Where it was.
    pub fn place(&self) -> Place {
        Place { country: self.country.to_owned(), adm_1: self.adm_1.to_owned(), adm_2: self.adm_2.to_owned() }
    }

    /// Who was there.
    pub fn sides(&self) -> [Side; 2] {
        [self.side_a, self.side_b].map(|(id, name)| Side { id, name: name.to_owned(), state_based: self.violence == 1 })
    }
}

/// Reads a row.
pub(super) fn read<'a>(record: &'a Record, layout: &Layout, file: &str) -> Result<Row<'a>, Vec<Problem>> {
    if record.len() != layout.header.len() {
        let expected = format!("has {} cells where the header has {}", record.len(), layout.header.len());
        return Err(vec![Problem::file(file, expected).at(record.line)]);
    }
    let mut cells = Cells { record, layout, file, problems: Vec::new() };
    let row = cells.row();
    match row {
        Some(row) if cells.problems.is_empty() => Ok(row),
        _ => Err(cells.problems),
    }
}

struct Cells<'a, 'b> {
    record: &'a Record,
    layout: &'b Layout,
    file: &'b str,
    problems: Vec<Problem>,
}

impl<'a> Cells<'a, '_> {
    fn text(&self, column: Column) -> &'a str {
        self.layout.at(column).map_or("", |at| self.record.cell(at).trim())
    }

    fn wrong<T>(&mut self, column: Column, expected: impl Into<String>) -> Option<T> {
        let problem = Problem::file(self.file, expected).at(self.record.line);
        self.problems.push(problem.cell(column.name(), self.text(column)));
        None
    }

    fn required(&mut self, column: Column) -> Option<&'a str> {
        let text = self.text(column);
        if text.is_empty() { self.wrong(column, "is empty; a name was expected") } else { Some(text) }
    }

    /// A whole number, also as spreadsheets and statistics programs write one: `12.0`.
    fn number(&mut self, column: Column) -> Option<Option<u64>> {
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

    fn people(&mut self, column: Column) -> Option<Option<u32>> {
        match self.number(column)?.map(u32::try_from) {
            None => Some(None),
            // Above that it is no number of people, and sums of a few would overflow.
            Some(Ok(number)) if number <= 100_000_000 => Some(Some(number)),
            _ => self.wrong(column, "is too large for a number of people"),
        }
    }

    fn estimate(&mut self, column: Column) -> Option<u32> {
        match self.people(column)? {
            Some(number) => Some(number),
            None => self.wrong(column, "is empty; a number was expected"),
        }
    }

    fn code(&mut self, column: Column, most: u64) -> Option<u8> {
        match self.number(column)? {
            Some(code) if (1..=most).contains(&code) => Some(code as u8),
            _ => self.wrong(column, format!("was expected to be a code from 1 to {most}")),
        }
    }

    fn degrees(&mut self, column: Column, most: f64) -> Option<Option<f64>> {
        let text = self.text(column);
        if text.is_empty() {
            return Some(None);
        }
        match text.parse::<f64>() {
            Ok(degrees) if degrees.abs() <= most => Some(Some(degrees)),
            _ => self.wrong(column, format!("was expected to be degrees from -{most} to {most}")),
        }
    }

    fn date(&mut self, column: Column) -> Option<NaiveDate> {
        let text = self.text(column);
        let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
        let day_only = time.is_empty() || time.starts_with([' ', 'T']);
        // Not chrono's own reading, to which `+2022-6-18` and `2022- 6-18` are days too.
        let date = match day.parse() {
            Ok(PartialDate::Day(date)) if day_only => Some(date),
            _ => None,
        };
        match date {
            Some(date) if (1946..2200).contains(&chrono::Datelike::year(&date)) => Some(date),
            _ => self.wrong(column, "was expected to be a day that exists, as 2022-06-18"),
        }
    }

    fn side(&mut self, name: Column, ids: [Column; 2]) -> Option<(Option<u64>, &'a str)> {
        let (new, old) = (self.number(ids[0]), self.number(ids[1]));
        let name = self.required(name)?;
        Some((new?.or(old?), name))
    }

    fn row(&mut self) -> Option<Row<'a>> {
        use Column as C;
        // All cells are looked at before the first that is wrong ends it: a row's problems are told at once.
        let id = match self.number(C::id) {
            Some(None) => self.wrong(C::id, "is empty; a number was expected"),
            found => found.flatten(),
        };
        let violence = self.code(C::type_of_violence, 3);
        let side_a = self.side(C::side_a, [C::side_a_new_id, C::side_a_dset_id]);
        let side_b = self.side(C::side_b, [C::side_b_new_id, C::side_b_dset_id]);
        let (where_prec, date_prec) = (self.code(C::where_prec, 7), self.code(C::date_prec, 5));
        let (latitude, longitude) = (self.degrees(C::latitude, 90.0), self.degrees(C::longitude, 180.0));
        let country = self.required(C::country);
        let (start, end) = (self.date(C::date_start), self.date(C::date_end));
        let deaths = [C::deaths_a, C::deaths_b, C::deaths_civilians, C::deaths_unknown].map(|c| self.people(c));
        let (best, high, low) = (self.estimate(C::best), self.estimate(C::high), self.estimate(C::low));
        if let (Some(start), Some(end)) = (start, end)
            && start > end
        {
            let start = format!("is before date_start {start}");
            self.wrong::<()>(C::date_end, start);
        }
        let point = match (latitude?, longitude?) {
            (Some(latitude), Some(longitude)) => Some((latitude, longitude)),
            (None, None) => None,
            (None, _) => self.wrong(C::latitude, "is empty although there is a longitude")?,
            (_, None) => self.wrong(C::longitude, "is empty although there is a latitude")?,
        };
        let [a, b, civilians, unknown] = deaths;
        Some(Row {
            line: self.record.line,
            id: id?,
            violence: violence?,
            conflict: self.text(C::conflict_name),
            side_a: side_a?,
            side_b: side_b?,
            sources: self.text(C::number_of_sources).parse().ok(),
            source_article: self.text(C::source_article),
            source_original: self.text(C::source_original),
            where_prec: where_prec?,
            where_coordinates: self.text(C::where_coordinates),
            where_description: self.text(C::where_description),
            adm_1: self.text(C::adm_1),
            adm_2: self.text(C::adm_2),
            point,
            country: country?,
            date_prec: date_prec?,
            start: start?,
            end: end?,
            deaths: [a?, b?, civilians?, unknown?],
            best: best?,
            high: high?,
            low: low?,
        })
    }
}
