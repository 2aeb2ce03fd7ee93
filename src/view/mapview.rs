//! A result on the map: marks sized by their toll over the coasts and borders of the world, each a link that goes closer
//! or to its events; and what the map cannot show, in words beside it.

use std::fmt::Write as _;

use crate::domain::bbox::{BBox, degrees};
use crate::domain::vocab::Level;
use crate::links;
use crate::query::filter::EventFilter;
use crate::query::{EventQuery, ViewMode};
use crate::store::cells::{Cell, Cells};
use crate::store::facets::Value;
use crate::text::format::number;
use crate::text::phrases;

use super::map::room::Room;
use super::map::short_name;
use super::map::world::Frame;
use super::svg::escape;
use super::{Ctx, Link};

/// A result on the map.
pub struct MapView {
    /// The map; none where no event has a point.
    pub svg: Option<String>,
    /// How many events have none, in words.
    pub without: Option<String>,
    /// Farther away.
    pub out: Option<Link>,
    /// The whole result.
    pub whole: Option<Link>,
    /// The same in words: regions with their events, most first.
    pub regions: Vec<(Link, String)>,
    /// What its marks mean.
    pub hints: Vec<&'static str>,
}

/// The drawing, in pixels: as high as what it shows asks for.
const WIDTH: f64 = 720.0;
const HEIGHTS: std::ops::RangeInclusive<f64> = 300.0..=470.0;

/// The side of the squares of the grid, in pixels: no mark is wider.
const SQUARE: f64 = 26.0;

/// So many regions are named beside it.
const REGIONS: usize = 40;

/// A frame of so few degrees is not gone closer to.
const CLOSEST: f64 = 0.2;

/// Cells of so few events lead to their list.
const FEW: u64 = 10;

/// What is shown of the world for a filter: its own frame, or that of its points, with room around and of the drawing's
/// proportions.
fn window(asked: Option<BBox>, points: Option<BBox>) -> Frame {
    let [west, south, east, north] = match asked.or(points) {
        // Across the 180th meridian: the whole width.
        Some(frame) if frame.degrees()[0] > frame.degrees()[2] => {
            [-180.0, frame.degrees()[1], 180.0, frame.degrees()[3]]
        }
        Some(frame) => frame.degrees(),
        None => [-180.0, -60.0, 180.0, 80.0],
    };
    let margin = if asked.is_some() { 1.0 } else { 1.12 };
    let (x, y) = ((west + east) / 2.0, (south + north) / 2.0);
    // True to scale in the middle.
    let shrink = y.to_radians().cos().max(0.2);
    let across = ((east - west) * margin).max(CLOSEST / shrink);
    let up = ((north - south) * margin).max(CLOSEST / 2.0);
    let pixels = (WIDTH * up / (across * shrink)).clamp(*HEIGHTS.start(), *HEIGHTS.end());
    let degree = (WIDTH / (across * shrink)).min(pixels / up);
    let (across, up) = ((WIDTH / degree / shrink).min(360.0), (pixels / degree).min(180.0));
    let x = x.clamp(across / 2.0 - 180.0, 180.0 - across / 2.0);
    let y = y.clamp(up / 2.0 - 90.0, 90.0 - up / 2.0);
    Frame {
        west: x - across / 2.0,
        south: y - up / 2.0,
        east: x + across / 2.0,
        north: y + up / 2.0,
        width: WIDTH,
        height: pixels.round(),
    }
}

/// The side of the squares of the grid for a filter with this frame and points in that one, in hundred-thousandths of a
/// degree.
pub fn square(asked: Option<BBox>, points: Option<BBox>) -> i32 {
    let window = window(asked, points);
    crate::domain::bbox::hundred_thousandths((window.east - window.west) * SQUARE / WIDTH)
}

impl MapView {
    /// The map of a query.
    pub fn new(cx: &Ctx, query: &EventQuery, cells: &Cells, regions: &[Value<i64>]) -> MapView {
        let window = window(query.filter.bbox, cells.frame);
        let to = |bbox: Option<BBox>, view| {
            let filter = EventFilter { bbox, ..query.filter.clone() };
            links::events(&EventQuery { filter, view, after: None, ..query.clone() }, cx.lang)
        };
        let wider = BBox::of([
            window.west - (window.east - window.west),
            window.south - (window.north - window.south),
            window.east + (window.east - window.west),
            window.north + (window.north - window.south),
        ]);
        let framed = query.filter.bbox.is_some();
        MapView {
            svg: (!cells.cells.is_empty()).then(|| svg(cx, &window, cells, &to)),
            without: (cells.without > 0).then(|| phrases::without_a_point(cells.without, cx.lang)),
            out: framed.then(|| Link::new(to(wider, ViewMode::Map), cx.t.map_out)),
            whole: framed.then(|| Link::new(to(None, ViewMode::Map), cx.t.map_whole)),
            regions: regions
                .iter()
                .filter_map(|value| Some((cx.catalog.region_at(value.value).filter(|region| region.live)?, value)))
                .take(REGIONS)
                .filter_map(|(region, value)| {
                    let filter =
                        EventFilter { region: vec![region.id.parse().ok()?], bbox: None, ..query.filter.clone() };
                    let href = links::events(&EventQuery { filter, after: None, ..query.clone() }, cx.lang);
                    Some((Link::new(href, region.name.get(cx.lang)), number(value.count, cx.lang)))
                })
                .collect(),
            hints: hints(cx, cells),
        }
    }
}

fn hints(cx: &Ctx, cells: &Cells) -> Vec<&'static str> {
    let sized = match cells.cells.iter().all(|cell| cell.killed.is_some()) {
        true => cx.t.map_hint_killed,
        false => cx.t.map_hint_events,
    };
    let areas = cells.cells.iter().any(|cell| cell.areas == cell.events);
    [sized, cx.t.map_hint_link].into_iter().chain(areas.then_some(cx.t.map_hint_area)).collect()
}

fn svg(cx: &Ctx, window: &Frame, cells: &Cells, to: &dyn Fn(Option<BBox>, ViewMode) -> String) -> String {
    let most = largest(cells);
    let mut svg = String::new();
    let _ = write!(
        svg,
        r#"<svg class="map-events" viewBox="0 0 {WIDTH} {}" role="group" aria-label="{}"><path class="borders" d="{}"/>"#,
        window.height,
        escape(cx.t.map_of_events),
        window.lines()
    );
    for cell in &cells.cells {
        let ((x, y), radius) = (place(window, cell), radius(cell, most));
        let [west, south, east, north] = cell.frame.degrees();
        let closer = cell.events > FEW && (east - west).max(north - south) > CLOSEST / 4.0;
        let href = match closer {
            true => to(cell.frame.with_room(CLOSEST / 4.0), ViewMode::Map),
            false => to(Some(cell.frame), ViewMode::List),
        };
        let mut words = phrases::events(cell.events, cx.lang);
        if let Some(killed) = cell.killed.filter(|killed| killed.most > 0) {
            let _ = write!(words, " – {}", phrases::killed_in_all(killed.least, killed.most, killed.open, cx.lang));
        }
        if cell.areas > 0 {
            let _ = write!(words, " ({})", phrases::areas_only(cell.areas, cell.events, cx.lang));
        }
        let class = if cell.areas < cell.events { "known" } else { "area" };
        let _ = write!(
            svg,
            r#"<a href="{}" rel="nofollow" class="{class}"><title>{}</title><circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}"/></a>"#,
            escape(&href),
            escape(&words)
        );
    }
    name_marks(cx, window, cells, &mut svg);
    svg.push_str("</svg>");
    svg
}

/// So many marks are named at most; a phone shows the first few.
const NAMED: usize = 14;
const NAMED_ON_A_PHONE: usize = 4;

/// The size of a letter on a wide screen, in pixels, as the style sheet has it.
const LETTER: f64 = 13.0;

/// Names the largest marks, so that a reader knows where they are: by country, region or place, as the window is wide.
/// A name without room beside its mark is left out.
fn name_marks(cx: &Ctx, window: &Frame, cells: &Cells, svg: &mut String) {
    let levels = match window.east - window.west {
        wide if wide > 45.0 => [Level::Country; 2],
        wide if wide > 12.0 => [Level::Admin1; 2],
        wide if wide > 4.0 => [Level::Admin2; 2],
        _ => [Level::Admin3, Level::Place],
    };
    let mut room = Room::new(window.width, window.height);
    let mut named: Vec<i64> = Vec::new();
    let most = largest(cells);
    for cell in &cells.cells {
        let ((x, y), radius) = (place(window, cell), radius(cell, most));
        room.keep_clear(x - radius, y - radius, 2.0 * radius, 2.0 * radius);
    }
    for cell in cells.cells.iter().take(3 * NAMED) {
        let path = cell.region.map(|row| cx.catalog.path(row)).unwrap_or_default();
        let region = path.into_iter().rfind(|region| levels.contains(&region.level));
        let Some(region) = region.filter(|region| !named.contains(&region.row)) else { continue };
        let name = short_name(region.name.get(cx.lang));
        let Some(spot) = room.beside(place(window, cell), radius(cell, most) + 2.0, LETTER, name) else { continue };
        let more = if named.len() < NAMED_ON_A_PHONE { "" } else { " more" };
        let _ = write!(
            svg,
            r#"<text class="name{more}{}" x="{:.0}" y="{:.0}" aria-hidden="true">{}</text>"#,
            spot.anchor,
            spot.x,
            spot.y + LETTER * 0.3,
            escape(name)
        );
        named.push(region.row);
        if named.len() == NAMED {
            break;
        }
    }
}

fn place(window: &Frame, cell: &Cell) -> (f64, f64) {
    window.place(degrees(cell.middle.0), degrees(cell.middle.1))
}

fn largest(cells: &Cells) -> u64 {
    cells.cells.iter().map(Cell::size).max().unwrap_or(1).max(1)
}

/// Such that areas are as the numbers they stand for, and no mark is too small to be seen.
fn radius(cell: &Cell, most: u64) -> f64 {
    3.5 + (SQUARE / 2.0 - 3.5) * (cell.size() as f64 / most as f64).sqrt()
}
