//! The events of a result in cells, as JSON: what a map that can be moved draws.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::bbox::{BBox, degrees, hundred_thousandths};
use crate::links;
use crate::query::describe::Names;
use crate::query::{EventFilter, EventQuery, ViewMode};
use crate::store::cells::{Area, Cell, Cells};
use crate::store::killed::Killed;
use crate::text::phrases;
use crate::view::Ctx;
use crate::view::map::geo::{shape, unproject};
use crate::view::mapview::{area_filter, area_words, cell_filter, cell_words};

/// The most cells an answer holds.
pub const MOST: usize = 2_000;

/// How many squares a frame is wide where it is not said, and at most.
pub const SQUARES: u32 = 24;
/// See [`SQUARES`].
pub const MOST_SQUARES: u32 = 64;

/// The side of the squares for a frame (none: the world) that shall be about so many wide, in hundred-thousandths of a
/// degree: a power of two of the world's width, so that a mark stays what it is while the map is moved, and so large that
/// no more than [`MOST`] have room.
pub fn square(frame: Option<BBox>, squares: u32) -> i32 {
    let [west, south, east, north] = frame.map_or([-180.0, -90.0, 180.0, 90.0], |frame| frame.degrees());
    let across = if west <= east { east - west } else { east - west + 360.0 };
    let wanted = across / f64::from(squares.max(1));
    let mut square = 360.0;
    while square / 2.0 >= wanted && square > 0.0001 {
        square /= 2.0;
    }
    let count = |side: f64, square: f64| (side / square).floor() + 2.0;
    while count(across, square) * count(north - south, square) > MOST as f64 {
        square *= 2.0;
    }
    hundred_thousandths(square).max(1)
}

/// A result in cells.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Cells")]
pub struct CellsJson {
    /// How many events in all.
    pub total: u64,
    /// The same in words.
    pub count: String,
    /// The filter in words.
    pub description: String,
    /// The page of the filter as a map.
    pub url: String,
    /// The side of the squares in which events are gathered, in degrees.
    pub square: f64,
    /// The cells, the largest first.
    pub cells: Vec<CellJson>,
    /// Events of which only an area with an outline is known, by that area; inside and outside of the frame.
    pub areas: Vec<AreaJson>,
    /// How many events have neither point nor area.
    pub without: u64,
}

/// The tolls of some events, added up.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "KilledOnMap")]
pub struct KilledJson {
    /// The least that is said.
    pub low: u64,
    /// The most that is said.
    pub high: u64,
    /// Whether an account says "more than".
    pub open: bool,
}

/// The events of one square.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Cell")]
pub struct CellJson {
    /// Degrees north, of the middle of their points.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// The frame of their points: west, south, east, north.
    pub bbox: [f64; 4],
    /// How many.
    pub events: u64,
    /// Of how many of them only an area is known, in whose middle they stand.
    pub areas: u64,
    /// Their tolls; null where events of two datasets are in the result, or of one that is for reading only.
    pub killed: Option<KilledJson>,
    /// The same in words.
    pub title: String,
    /// The list of these events.
    pub url: String,
}

/// The events of one area.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Area")]
pub struct AreaJson {
    /// The id of its region.
    pub region: String,
    /// Its P-code.
    pub pcode: String,
    /// Degrees north, of where its figure stands best.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How many.
    pub events: u64,
    /// Their tolls, as of a cell.
    pub killed: Option<KilledJson>,
    /// The same in words.
    pub title: String,
    /// The list of these events.
    pub url: String,
}

impl KilledJson {
    fn new(killed: Killed) -> KilledJson {
        KilledJson { low: killed.least, high: killed.most, open: killed.open }
    }
}

impl CellsJson {
    /// A result in cells. Where some of it is for reading only there are no tolls, and a cell stands in the middle of its
    /// square: neither may be put together to the rows of a dataset that may not be passed on.
    pub fn new(cx: &Ctx, filter: &EventFilter, total: u64, withheld: bool, cells: &Cells, names: &dyn Names) -> Self {
        let lang = cx.lang;
        let blurred = |cell: &Cell| {
            let middle = |at: i32| at.div_euclid(cells.square) * cells.square + cells.square / 2;
            let (x, y) = (middle(cell.middle.1), middle(cell.middle.0));
            let half = cells.square / 2;
            Cell {
                middle: (y, x),
                frame: BBox::around((y - half, x - half), (y + half, x + half)),
                killed: None,
                ..cell.clone()
            }
        };
        let cell = |cell: &Cell| CellJson {
            latitude: degrees(cell.middle.0),
            longitude: degrees(cell.middle.1),
            bbox: cell.frame.degrees(),
            events: cell.events,
            areas: cell.areas,
            killed: cell.killed.map(KilledJson::new),
            title: cell_words(cx, cell),
            url: links::filtered(&cell_filter(cx, filter, cell), lang),
        };
        let area = |area: &Area| {
            let region = cx.catalog.region_at(area.region)?;
            let (latitude, longitude) = unproject(shape(region.pcode.as_deref()?)?.label);
            let round = |degrees: f64| (degrees * 1_000.0).round() / 1_000.0;
            let area = Area { killed: area.killed.filter(|_| !withheld), ..area.clone() };
            Some(AreaJson {
                region: region.id.clone(),
                pcode: region.pcode.clone()?,
                latitude: round(latitude),
                longitude: round(longitude),
                events: area.events,
                killed: area.killed.map(KilledJson::new),
                title: area_words(cx, &area),
                url: links::filtered(&area_filter(cx, filter, &area), lang),
            })
        };
        CellsJson {
            total,
            count: phrases::events(total, lang),
            description: filter.describe(names, lang),
            url: links::events(&EventQuery { view: ViewMode::Map, ..EventQuery::of(filter.clone()) }, lang),
            square: degrees(cells.square),
            cells: cells.cells.iter().map(|c| if withheld { cell(&blurred(c)) } else { cell(c) }).collect(),
            areas: cells.areas.iter().filter_map(area).collect(),
            without: cells.without,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_are_few_enough_and_stay_where_they_are() {
        let frame = |text: &str| Some(text.parse::<BBox>().expect("a frame"));
        for (bbox, squares) in [
            (None, SQUARES),
            (None, MOST_SQUARES),
            (frame("-5,13,-3,15"), MOST_SQUARES),
            (frame("0,-90,0.001,90"), MOST_SQUARES),
            (frame("170,-20,-170,0"), 10),
            (frame("3,4,3,4"), 24),
        ] {
            let square = degrees(square(bbox, squares));
            let [west, south, east, north] = bbox.map_or([-180.0, -90.0, 180.0, 90.0], |b| b.degrees());
            let across = if west <= east { east - west } else { east - west + 360.0 };
            let most = ((across / square).floor() + 2.0) * (((north - south) / square).floor() + 2.0);
            assert!(most <= MOST as f64, "{bbox:?}: {most}");
        }
        assert_eq!(square(frame("-5,13,-3,15"), 20), square(frame("-5.3,12.9,-3.3,14.9"), 20));
        assert!(square(frame("-5,13,-3,15"), 40) < square(frame("-5,13,-3,15"), 10));
    }
}
