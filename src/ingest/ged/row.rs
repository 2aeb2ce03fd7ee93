//! One row, read and checked: what is wrong with it is said cell by cell.

use chrono::NaiveDate;

use super::actors;
use super::layout::Column;
use crate::domain::date::PartialDate;
use crate::ingest::problem::Problem;
use crate::ingest::rows::actors::Side;
use crate::ingest::rows::layout::Layout;
use crate::ingest::rows::place::Place;
use crate::ingest::rows::records::Record;
use crate::ingest::rows::{Cells, RowOf};

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

impl RowOf for Row<'_> {
    fn line(&self) -> u64 {
        self.line
    }

    fn key(&self) -> u64 {
        self.id
    }

    fn place(&self) -> Place {
        let [country, adm_1, adm_2] = [self.country, self.adm_1, self.adm_2].map(str::to_owned);
        Place { country, adm_1, adm_2, ..Place::default() }
    }

    fn sides(&self) -> Vec<Side> {
        let side = |(id, name)| Side { id, name: str::to_owned(name), kind: actors::kind(name, self.violence == 1) };
        vec![side(self.side_a), side(self.side_b)]
    }

    fn last_day(&self) -> NaiveDate {
        self.end
    }
}

/// Reads a row.
pub(super) fn read<'a>(record: &'a Record, layout: &Layout, file: &str) -> Result<Row<'a>, Vec<Problem>> {
    Cells::read(record, layout, file, row)
}

fn date(cells: &mut Cells<'_, '_>, column: Column) -> Option<NaiveDate> {
    let text = cells.text(column);
    let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let day_only = time.is_empty() || time.starts_with([' ', 'T']);
    // Not chrono's own reading, to which `+2022-6-18` and `2022- 6-18` are days too.
    let date = match day.parse() {
        Ok(PartialDate::Day(date)) if day_only => Some(date),
        _ => None,
    };
    match date {
        Some(date) if (1946..2200).contains(&chrono::Datelike::year(&date)) => Some(date),
        _ => cells.wrong(column, "was expected to be a day that exists, as 2022-06-18"),
    }
}

fn side<'a>(cells: &mut Cells<'a, '_>, name: Column, ids: [Column; 2]) -> Option<(Option<u64>, &'a str)> {
    let (new, old) = (cells.number(ids[0]), cells.number(ids[1]));
    let name = cells.required(name)?;
    Some((new?.or(old?), name))
}

fn row<'a>(cells: &mut Cells<'a, '_>) -> Option<Row<'a>> {
    use Column as C;
    // All cells are looked at before the first that is wrong ends it: a row's problems are told at once.
    let id = match cells.number(C::id) {
        Some(None) => cells.wrong(C::id, "is empty; a number was expected"),
        found => found.flatten(),
    };
    let violence = cells.code(C::type_of_violence, 3);
    let side_a = side(cells, C::side_a, [C::side_a_new_id, C::side_a_dset_id]);
    let side_b = side(cells, C::side_b, [C::side_b_new_id, C::side_b_dset_id]);
    let (where_prec, date_prec) = (cells.code(C::where_prec, 7), cells.code(C::date_prec, 5));
    let point = cells.point(C::latitude, C::longitude);
    let country = cells.required(C::country);
    let (start, end) = (date(cells, C::date_start), date(cells, C::date_end));
    let deaths = [C::deaths_a, C::deaths_b, C::deaths_civilians, C::deaths_unknown].map(|c| cells.people(c));
    let (best, high, low) = (cells.estimate(C::best), cells.estimate(C::high), cells.estimate(C::low));
    if let (Some(start), Some(end)) = (start, end)
        && start > end
    {
        let start = format!("is before date_start {start}");
        cells.wrong::<()>(C::date_end, start);
    }
    let [a, b, civilians, unknown] = deaths;
    Some(Row {
        line: cells.line(),
        id: id?,
        violence: violence?,
        conflict: cells.text(C::conflict_name),
        side_a: side_a?,
        side_b: side_b?,
        sources: cells.text(C::number_of_sources).parse().ok(),
        source_article: cells.text(C::source_article),
        source_original: cells.text(C::source_original),
        where_prec: where_prec?,
        where_coordinates: cells.text(C::where_coordinates),
        where_description: cells.text(C::where_description),
        adm_1: cells.text(C::adm_1),
        adm_2: cells.text(C::adm_2),
        point: point?,
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
