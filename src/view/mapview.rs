//! A result on the map: marks sized by their toll over the coasts and borders of the world, each a link that goes closer
//! or to its events; and what the map cannot show, in words beside it.

use std::fmt::Write as _;

use crate::domain::bbox::BBox;
use crate::domain::vocab::Level;
use crate::links;
use crate::query::filter::EventFilter;
use crate::query::{EventQuery, ViewMode};
use crate::store::cells::{Cell, Cells};
use crate::store::facets::Value;
use crate::text::format::{number, range};
use crate::text::phrases;

use super::chart::escape;
use super::map::short_name;
use super::map::world::Frame;
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
    /// Whether some mark stands for an area.
    pub areas: bool,
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
pub fn window(asked: Option<BBox>, points: Option<BBox>) -> Frame {
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

/// The side of the squares of a window's grid, in hundred-thousandths of a degree.
pub fn square(window: &Frame) -> i32 {
    crate::domain::bbox::hundred_thousandths((window.east - window.west) * SQUARE / WIDTH)
}

impl MapView {
    /// The map of a query. `tolls` says whether the tolls are of one dataset, so that they may be added up.
    pub fn new(cx: &Ctx, query: &EventQuery, cells: &Cells, regions: &[Value<i64>], tolls: bool) -> MapView {
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
            svg: (!cells.cells.is_empty()).then(|| svg(cx, &window, cells, tolls, &to)),
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
            areas: cells.cells.iter().any(|cell| cell.areas == cell.events),
        }
    }
}

fn svg(cx: &Ctx, window: &Frame, cells: &Cells, tolls: bool, to: &dyn Fn(Option<BBox>, ViewMode) -> String) -> String {
    let most = cells.cells.iter().map(size).max().unwrap_or(1).max(1);
    let mut svg = String::new();
    let _ = write!(
        svg,
        r#"<svg class="map-events" viewBox="0 0 {WIDTH} {}" role="group" aria-label="{}"><path class="borders" d="{}"/>"#,
        window.height,
        escape(cx.t.map_of_events),
        window.lines()
    );
    for cell in &cells.cells {
        let (x, y) = window.place(f64::from(cell.middle.0) / 1e5, f64::from(cell.middle.1) / 1e5);
        let radius = 3.5 + (SQUARE / 2.0 - 3.5) * (size(cell) as f64 / most as f64).sqrt();
        let [west, south, east, north] = cell.frame.degrees();
        let closer = cell.events > FEW && (east - west).max(north - south) > CLOSEST / 4.0;
        let href = match closer {
            true => to(cell.frame.with_room(CLOSEST / 4.0), ViewMode::Map),
            false => to(Some(cell.frame), ViewMode::List),
        };
        let mut words = phrases::events(cell.events, cx.lang);
        if tolls && cell.killed_most > 0 {
            let killed = match cell.killed == cell.killed_most {
                true => number(cell.killed, cx.lang),
                false => range(cell.killed, cell.killed_most, cx.lang),
            };
            let _ = write!(words, " – {}", phrases::killed_in_all(&killed, cell.open, cx.lang));
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

/// Names the gravest marks, so that a reader knows where they are: by country, region or place, as the window is wide.
/// A name that would lie on another is left out.
fn name_marks(cx: &Ctx, window: &Frame, cells: &Cells, svg: &mut String) {
    let levels = match window.east - window.west {
        wide if wide > 45.0 => [Level::Country; 2],
        wide if wide > 12.0 => [Level::Admin1; 2],
        wide if wide > 4.0 => [Level::Admin2; 2],
        _ => [Level::Admin3, Level::Place],
    };
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut named: Vec<i64> = Vec::new();
    for cell in cells.cells.iter().take(3 * NAMED) {
        let path = cell.region.map(|row| cx.catalog.path(row)).unwrap_or_default();
        let Some(region) = path.into_iter().rfind(|region| levels.contains(&region.level)) else { continue };
        let (x, y) = window.place(f64::from(cell.middle.0) / 1e5, f64::from(cell.middle.1) / 1e5);
        let name = short_name(region.name.get(cx.lang));
        // Half of a line as wide as so many letters are at most.
        let half = name.chars().count() as f64 * 4.2;
        let free = taken.iter().all(|(a, b, width)| (a - x).abs() > width + half || (b - y).abs() > 16.0);
        let inside = (half..WIDTH - half).contains(&x) && (20.0..window.height - 6.0).contains(&(y - SQUARE / 2.0));
        if !free || !inside || named.contains(&region.row) {
            continue;
        }
        let class = if named.len() < NAMED_ON_A_PHONE { "name" } else { "name more" };
        let above = y - SQUARE / 2.0 - 2.0;
        let _ = write!(
            svg,
            r#"<text class="{class}" x="{x:.0}" y="{above:.0}" aria-hidden="true">{}</text>"#,
            escape(name)
        );
        taken.push((x, y, half));
        named.push(region.row);
        if named.len() == NAMED {
            break;
        }
    }
}

/// By what a mark is sized: its toll, and at least its events, each of which may have none.
fn size(cell: &Cell) -> u64 {
    cell.killed_most.max(cell.events)
}
