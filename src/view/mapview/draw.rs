//! The drawing: land, borders, regions, areas, marks and names, in this order.

use std::fmt::Write as _;

use crate::domain::bbox::degrees;
use crate::domain::vocab::Level;
use crate::store::catalog::Region;
use crate::store::cells::{Area, Cell, Cells};
use crate::store::facets::Value;
use crate::text::format::{colon, number};
use crate::text::phrases;
use crate::view::map::geo::{self, Shape};
use crate::view::map::room::Room;
use crate::view::map::short_name;
use crate::view::map::world::Frame;
use crate::view::svg::escape;

use super::spread::{APART, clearance, spread};
use super::window::{WIDTH, frame_of, outline};
use super::{Ways, area_words, cell_words};

/// The smallest and the largest mark, in pixels of the drawing.
const RADIUS: (f64, f64) = (8.0, 25.0);

/// Half the height of the figure that stands for an area.
const BADGE: f64 = 15.0;

/// Regions are outlined in windows so wide, and districts in such, in degrees.
const REGIONS_FROM: f64 = 34.0;
const DISTRICTS_FROM: f64 = 9.0;

/// So many marks are named at most; a phone shows the first few.
const NAMED: usize = 12;
const NAMED_ON_A_PHONE: usize = 4;

/// The size of a letter on a wide screen and on a phone, in pixels of the drawing, as the style sheet has it.
const LETTER: f64 = 14.0;
const LETTER_ON_A_PHONE: f64 = 26.0;

/// A region that can be gone closer to: its outline, and how many events of the result it holds.
struct Zone<'a> {
    shape: &'static Shape,
    region: &'a Region,
    events: u64,
}

/// The map as `<svg>`.
pub(super) fn svg(ways: &Ways, window: &Frame, cells: &Cells, regions: &[Value<i64>]) -> String {
    let cx = ways.cx;
    let mut svg = String::with_capacity(32 * 1024);
    let _ = write!(
        svg,
        r#"<svg class="map-events" viewBox="0 0 {WIDTH} {}" role="group" aria-label="{}"><path class="land" d="{}"/>"#,
        window.height,
        escape(cx.t.map_of_events),
        window.land(),
    );
    let wide = window.east - window.west;
    let zones = zones(ways, window, regions);
    let by_region = if wide < DISTRICTS_FROM { cells.areas.clone() } else { cells.areas_by_region(cx.catalog) };
    let areas: Vec<(&Area, &Shape)> = by_region
        .iter()
        .filter_map(|area| Some((area, outline(cx.catalog, area)?)))
        .filter(|(_, s)| shown(window, s))
        .collect();
    // Borders of the world are coarser than those of the regions: there they are drawn once.
    let closely =
        wide < REGIONS_FROM && cx.catalog.regions().any(|r| r.level == Level::Country && shape_of(r).is_some());
    let _ = write!(svg, r#"<path class="borders" d="{}"/>"#, window.borders(!closely));
    if closely || !areas.is_empty() {
        let _ = write!(svg, r#"<g transform="{}">"#, onto_sheet(window));
        // Some that the dataset does not name.
        let length = if wide < DISTRICTS_FROM { 6 } else { 4 };
        for shape in geo::shapes().into_iter().filter(|s| closely && s.pcode.len() == length && shown(window, s)) {
            if zones.iter().all(|zone| zone.shape.pcode != shape.pcode) {
                let _ = write!(svg, r#"<path class="plain" d="{}"/>"#, shape.path);
            }
        }
        for zone in &zones {
            let name = zone.region.name.get(cx.lang);
            let _ = write!(
                svg,
                r#"<a href="{}" rel="nofollow" class="zone"><title>{}</title><path d="{}"/></a>"#,
                escape(&ways.region(Some(zone.region))),
                // One outside of the result may hold some without this filter.
                escape(&match zone.events {
                    0 => name.to_owned(),
                    n => format!("{name}{} {}", colon(cx.lang), phrases::events(n, cx.lang)),
                }),
                zone.shape.path
            );
        }
        for (_, shape) in &areas {
            let _ = write!(svg, r#"<path class="within" d="{}"/>"#, shape.path);
        }
        svg.push_str("</g>");
    }
    marks(ways, window, cells, &areas, &zones, &mut svg);
    svg.push_str("</svg>");
    svg
}

fn shape_of(region: &Region) -> Option<&'static Shape> {
    geo::shape(region.pcode.as_deref()?)
}

fn shown(window: &Frame, shape: &Shape) -> bool {
    let [west, south, east, north] = frame_of(shape);
    east >= window.west && west <= window.east && north >= window.south && south <= window.north
}

/// From units of the sheet to pixels of the drawing.
fn onto_sheet(window: &Frame) -> String {
    let place = |at| {
        let (latitude, longitude) = geo::unproject(at);
        window.place(latitude, longitude)
    };
    let ((x, y), (right, down)) = (place((0.0, 0.0)), place((1000.0, 1000.0)));
    format!("matrix({:.6} 0 0 {:.6} {x:.1} {y:.1})", (right - x) / 1000.0, (down - y) / 1000.0)
}

/// The regions that are outlined: those of one level, as the window is wide, most events first.
fn zones<'a>(ways: &Ways<'a>, window: &Frame, regions: &[Value<i64>]) -> Vec<Zone<'a>> {
    let level = match window.east - window.west {
        wide if wide < DISTRICTS_FROM => Level::Admin2,
        wide if wide < REGIONS_FROM => Level::Admin1,
        _ => return Vec::new(),
    };
    let of_level = ways.cx.catalog.regions().filter(|region| region.level == level);
    let mut zones: Vec<Zone> = of_level
        .filter_map(|region| {
            let shape = shape_of(region).filter(|shape| shown(window, shape))?;
            let events = regions.iter().find(|value| value.value == region.row).map_or(0, |value| value.count);
            Some(Zone { shape, region, events })
        })
        .collect();
    zones.sort_by_key(|zone| std::cmp::Reverse(zone.events));
    zones
}

fn marks(ways: &Ways, window: &Frame, cells: &Cells, areas: &[(&Area, &Shape)], zones: &[Zone], svg: &mut String) {
    let most = cells.cells.iter().map(Cell::size).max().unwrap_or(1).max(1);
    let mut movable: Vec<_> = cells.cells.iter().map(|cell| on_grid(window, cells.square, cell)).collect();
    spread(&mut movable);
    let mut at: Vec<(f64, f64)> = movable.into_iter().map(|(at, _)| at).collect();
    for (_, shape) in areas {
        at.push(badge_place(window, shape, &at));
    }
    let mut room = Room::new(window.width, window.height);
    for (n, (x, y)) in at.iter().enumerate() {
        let radius = cells.cells.get(n).map_or(BADGE, |cell| radius(cell, most));
        room.keep_clear(x - radius, y - radius, 2.0 * radius, 2.0 * radius);
    }
    let named = zone_names(ways, window, zones, &mut room, svg);
    let names = mark_names(ways, window, cells, &at, most, named, &mut room);
    for (cell, (x, y)) in cells.cells.iter().zip(&at) {
        let class = if cell.areas < cell.events { "known" } else { "area" };
        let _ = write!(
            svg,
            r#"<a href="{}" rel="nofollow" class="{class}"><title>{}</title><circle class="hit" cx="{x:.0}" cy="{y:.0}" r="{:.1}"/><circle cx="{x:.0}" cy="{y:.0}" r="{:.1}"/></a>"#,
            escape(&ways.cell(cell)),
            escape(&cell_words(ways.cx, cell)),
            APART / 2.0,
            radius(cell, most),
        );
    }
    for ((area, _), (x, y)) in areas.iter().zip(&at[cells.cells.len()..]) {
        let figure = number(area.events, ways.cx.lang);
        let half = BADGE.max(figure.chars().count() as f64 * 7.0);
        let _ = write!(
            svg,
            r#"<a href="{}" rel="nofollow" class="badge"><title>{}</title><circle class="hit" cx="{x:.0}" cy="{y:.0}" r="{:.1}"/><rect x="{:.0}" y="{:.0}" width="{:.0}" height="{:.0}" rx="4"/><text x="{x:.0}" y="{:.0}">{figure}</text></a>"#,
            escape(&ways.area(area)),
            escape(&area_words(ways.cx, area)),
            APART / 2.0,
            x - half,
            y - BADGE,
            2.0 * half,
            2.0 * BADGE,
            y + 6.5,
        );
    }
    svg.push_str(&names);
}

/// Where a cell's mark stands, and the edges of its square, not quite to be touched.
fn on_grid(window: &Frame, square: i32, cell: &Cell) -> ((f64, f64), [f64; 4]) {
    let least = |at: i32| at.div_euclid(square.max(1)) * square.max(1);
    let (south, west) = (least(cell.middle.0), least(cell.middle.1));
    let (left, bottom) = window.place(degrees(south), degrees(west));
    let (right, top) = window.place(degrees(south.saturating_add(square)), degrees(west.saturating_add(square)));
    let edge = APART / 2.0;
    let (width, height) = (window.width - edge, window.height - edge);
    let (x, y) = window.place(degrees(cell.middle.0), degrees(cell.middle.1));
    let edges = [(left + 4.0).max(edge), (top + 4.0).max(edge), (right - 4.0).min(width), (bottom - 4.0).min(height)];
    ((x.clamp(edge, width), y.clamp(edge, height)), edges)
}

/// Where the figure of an area stands: in it, as near to where its name stands best as marks leave room.
fn badge_place(window: &Frame, shape: &Shape, taken: &[(f64, f64)]) -> (f64, f64) {
    let place = |at| {
        let (latitude, longitude) = geo::unproject(at);
        window.place(latitude, longitude)
    };
    let edge = APART / 2.0;
    let on =
        |(x, y): (f64, f64)| (edge..=window.width - edge).contains(&x) && (edge..=window.height - edge).contains(&y);
    const STEPS: i32 = 14;
    let step = |n: i32, from: f64, wide: f64| from + wide * (f64::from(n) + 0.5) / f64::from(STEPS);
    let grid = (0..STEPS * STEPS)
        .map(|n| (step(n % STEPS, shape.frame.x, shape.frame.w), step(n / STEPS, shape.frame.y, shape.frame.h)));
    let inside = grid.filter(|at| geo::holds(shape.path, *at)).map(place);
    let best = place(shape.label);
    let spots: Vec<(f64, f64)> = std::iter::once(best).chain(inside).filter(|at| on(*at)).collect();
    let far = |at: &(f64, f64)| (at.0 - best.0).hypot(at.1 - best.1);
    let free = spots.iter().filter(|at| clearance(**at, taken) >= APART).min_by(|a, b| far(a).total_cmp(&far(b)));
    let widest = || spots.iter().max_by(|a, b| clearance(**a, taken).total_cmp(&clearance(**b, taken)));
    let clamped = (best.0.clamp(edge, window.width - edge), best.1.clamp(edge, window.height - edge));
    free.or_else(widest).copied().unwrap_or(clamped)
}

/// Such that areas are as the numbers they stand for, and no mark is too small to be seen.
fn radius(cell: &Cell, most: u64) -> f64 {
    RADIUS.0 + (RADIUS.1 - RADIUS.0) * (cell.size() as f64 / most as f64).sqrt()
}

fn letter(named: usize) -> (f64, &'static str) {
    if named < NAMED_ON_A_PHONE { (LETTER_ON_A_PHONE, "") } else { (LETTER, " more") }
}

/// Names the regions that are outlined, in them where there is room; says how many. Their outline is the link.
fn zone_names(ways: &Ways, window: &Frame, zones: &[Zone], room: &mut Room, svg: &mut String) -> usize {
    let mut named = 0;
    for zone in zones {
        let (latitude, longitude) = geo::unproject(zone.shape.label);
        let (x, y) = window.place(latitude, longitude);
        let name = short_name(zone.region.name.get(ways.cx.lang));
        let (letter, more) = letter(named);
        let w = name.chars().count() as f64 * letter * 0.6;
        let tops = [0.0, 1.3, -1.3, 2.6, -2.6].map(|lines| y + lines * letter);
        // Beside its region a name would be read as another's.
        let inside = |y: f64| {
            let latitude = window.north - y / window.height * (window.north - window.south);
            geo::holds(zone.shape.path, geo::project(latitude, longitude))
        };
        let Some(y) = tops
            .into_iter()
            .filter(|y| inside(*y))
            .find(|y| room.take(x - w / 2.0, y - letter * 0.65, w, letter * 1.3))
        else {
            continue;
        };
        let _ = write!(
            svg,
            r#"<text class="name of-zone map-mid{more}" x="{x:.0}" y="{:.0}" aria-hidden="true">{}</text>"#,
            y + letter * 0.3,
            escape(name)
        );
        named += 1;
    }
    named
}

/// Names the largest marks, so that a reader knows where they are: by country, region or place, as the window is wide.
/// A name leads to its region. One without room beside its mark is left out.
fn mark_names(
    ways: &Ways,
    window: &Frame,
    cells: &Cells,
    at: &[(f64, f64)],
    most: u64,
    zones: usize,
    room: &mut Room,
) -> String {
    let levels = match window.east - window.west {
        _ if zones > 0 => [Level::Admin3, Level::Place],
        wide if wide > 45.0 => [Level::Country; 2],
        wide if wide > 12.0 => [Level::Admin1; 2],
        wide if wide > 4.0 => [Level::Admin2; 2],
        _ => [Level::Admin3, Level::Place],
    };
    let mut names = String::new();
    let mut named: Vec<i64> = Vec::new();
    for (cell, at) in cells.cells.iter().zip(at).take(3 * NAMED) {
        let path = cell.region.map(|row| ways.cx.catalog.path(row)).unwrap_or_default();
        let region = path.into_iter().rfind(|region| levels.contains(&region.level));
        let Some(region) = region.filter(|region| !named.contains(&region.row)) else { continue };
        let name = short_name(region.name.get(ways.cx.lang));
        let (letter, more) = letter(named.len() + zones);
        let Some(spot) = room.beside(*at, radius(cell, most) + 4.0, letter, name) else { continue };
        let text = format!(
            r#"<text class="name{more}{}" x="{:.0}" y="{:.0}">{}</text>"#,
            spot.anchor,
            spot.x,
            spot.y + letter * 0.3,
            escape(name)
        );
        let _ = match region.live {
            true => write!(
                names,
                r#"<a href="{}" rel="nofollow" class="named{more}">{text}</a>"#,
                escape(&ways.region(Some(region)))
            ),
            false => write!(names, "{text}"),
        };
        named.push(region.row);
        if named.len() == NAMED {
            break;
        }
    }
    names
}
