//! One row, read and checked: what is wrong with it is said cell by cell.

use chrono::NaiveDate;

use super::layout::Column;
use super::{actors, dates, keys, kinds};
use crate::domain::names::nearest;
use crate::ingest::problem::Problem;
use crate::ingest::rows::actors::Side;
use crate::ingest::rows::layout::Layout;
use crate::ingest::rows::place::Place;
use crate::ingest::rows::records::Record;
use crate::ingest::rows::{Cells, RowOf};

/// No notes are longer, in characters; real ones are under 5,000.
const MOST_NOTES: usize = 20_000;
/// Nor any other cell.
const MOST_TEXT: usize = 2_000;

/// A side and those with it.
#[derive(Clone, Debug)]
pub struct Party<'a> {
    /// The actor.
    pub name: &'a str,
    /// What type of actor, from 1 to 8; 0 where the file does not say.
    pub inter: u8,
    /// Those named with it.
    pub with: Vec<&'a str>,
}

/// A well-formed row.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The line it starts on.
    pub line: u64,
    /// ACLED's id of the event, in lower case.
    pub id: String,
    /// The same as a number.
    pub key: u64,
    /// The day.
    pub date: NaiveDate,
    /// 1 that day, 2 that week, 3 that month.
    pub time_precision: u8,
    /// What ACLED counts it as, and its sub-type.
    pub event_type: &'a str,
    /// May be empty.
    pub sub_event_type: &'a str,
    /// What these become.
    pub kinds: kinds::Kinds,
    /// Whether civilians were the target.
    pub targeted: bool,
    /// The sides: one, or two.
    pub parties: Vec<Party<'a>>,
    /// The country.
    pub country: &'a str,
    /// First-, second- and third-order division.
    pub admin: [&'a str; 3],
    /// The place the coordinates are of.
    pub location: &'a str,
    /// WGS 84 latitude and longitude.
    pub point: Option<(f64, f64)>,
    /// 1 that place, 2 the area around it, 3 the region it stands for.
    pub geo_precision: u8,
    /// The sources.
    pub sources: Vec<&'a str>,
    /// What happened, in ACLED's words.
    pub notes: &'a str,
    /// How many died.
    pub fatalities: u32,
    /// Tags, as they stand.
    pub tags: &'a str,
}

impl RowOf for Row<'_> {
    fn line(&self) -> u64 {
        self.line
    }

    fn key(&self) -> u64 {
        self.key
    }

    fn place(&self) -> Place {
        let [adm_1, adm_2, adm_3] = self.admin.map(str::to_owned);
        let location = if self.geo_precision == 1 { self.location } else { "" }.to_owned();
        Place { country: self.country.to_owned(), adm_1, adm_2, adm_3, location }
    }

    /// Each party and those with it, in the order of the row.
    fn sides(&self) -> Vec<Side> {
        let side = |name: &str, inter| Side { id: None, name: name.to_owned(), kind: actors::kind(name, inter) };
        let of_party = |party: &Party<'_>| {
            let with = party.with.iter().map(|name| side(name, 0));
            std::iter::once(side(party.name, party.inter)).chain(with).collect::<Vec<_>>()
        };
        self.parties.iter().flat_map(of_party).collect()
    }

    fn last_day(&self) -> NaiveDate {
        self.date
    }
}

/// Reads a row.
pub(super) fn read<'a>(record: &'a Record, layout: &Layout, file: &str) -> Result<Row<'a>, Vec<Problem>> {
    Cells::read(record, layout, file, row)
}

/// The parts of a list.
fn list(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

fn within<'a>(cells: &mut Cells<'a, '_>, column: Column, most: usize) -> Option<&'a str> {
    let text = cells.text(column);
    if text.len() > most && text.chars().count() > most {
        return cells.wrong(column, format!("is longer than {most} characters"));
    }
    Some(text)
}

fn party<'a>(cells: &mut Cells<'a, '_>, [actor, with, inter]: [Column; 3]) -> Option<Option<Party<'a>>> {
    let name = within(cells, actor, MOST_TEXT);
    let with = within(cells, with, MOST_TEXT);
    let code = match actors::inter(cells.text(inter)) {
        None => cells.wrong(inter, "was expected to be a code from 1 to 8 or its words, as \"Civilians\""),
        code => code,
    };
    let (name, with, inter) = (name?, list(with?), code?);
    Some((!name.is_empty()).then_some(Party { name, inter, with }))
}

fn kinds_of(cells: &mut Cells<'_, '_>) -> Option<kinds::Kinds> {
    let (event_type, sub_event_type) = (cells.text(Column::event_type), cells.text(Column::sub_event_type));
    match kinds::of(event_type, sub_event_type) {
        None => {
            let near = nearest(event_type, kinds::names()).map(|near| format!("; did you mean \"{near}\"?"));
            let expected = format!("is none of ACLED's types of event{}", near.unwrap_or_default());
            cells.wrong(Column::event_type, expected)
        }
        found => found,
    }
}

fn row<'a>(cells: &mut Cells<'a, '_>) -> Option<Row<'a>> {
    use Column as C;
    // All cells are looked at before the first that is wrong ends it: a row's problems are told at once.
    let id = cells.text(C::event_id_cnty);
    let key = match keys::key_of(id) {
        None => cells.wrong(C::event_id_cnty, "was expected to be an id as MLI1234"),
        key => key,
    };
    let date = match dates::parse(cells.text(C::event_date)) {
        None => cells.wrong(C::event_date, "was expected to be a day that exists, as 22 February 2019 or 2019-02-22"),
        date => date,
    };
    let (time_precision, geo_precision) = (cells.code(C::time_precision, 3), cells.code(C::geo_precision, 3));
    let kinds = kinds_of(cells);
    if cells.text(C::actor1).is_empty() {
        cells.required(C::actor1);
    }
    let first = party(cells, [C::actor1, C::assoc_actor_1, C::inter1]);
    let second = party(cells, [C::actor2, C::assoc_actor_2, C::inter2]);
    let country = cells.required(C::country);
    let location = cells.required(C::location);
    let point = cells.point(C::latitude, C::longitude);
    let fatalities = cells.estimate(C::fatalities);
    let notes = within(cells, C::notes, MOST_NOTES);
    let [country_text, admin1, admin2, admin3, place, source, tags, sub_event_type] =
        [C::country, C::admin1, C::admin2, C::admin3, C::location, C::source, C::tags, C::sub_event_type]
            .map(|column| within(cells, column, MOST_TEXT));
    let event_type = cells.text(C::event_type);
    let targeting = cells.text(C::civilian_targeting);
    // By its definition this type is against civilians, also where the file has no column that says so.
    let targeted = !targeting.is_empty() || kinds::is_against_civilians(event_type);
    Some(Row {
        line: cells.line(),
        id: id.to_lowercase(),
        key: key?,
        date: date?.0,
        time_precision: time_precision?,
        event_type,
        sub_event_type: sub_event_type?,
        kinds: kinds?,
        targeted,
        parties: first?.into_iter().chain(second?).collect(),
        country: country.and(country_text)?,
        admin: [admin1?, admin2?, admin3?],
        location: location.and(place)?,
        point: point?,
        geo_precision: geo_precision?,
        sources: list(source?),
        notes: notes?,
        fatalities: fatalities?,
        tags: tags?,
    })
}
