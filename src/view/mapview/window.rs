//! What a map shows of the world.

use crate::domain::bbox::{BBox, hundred_thousandths};
use crate::store::catalog::Catalog;
use crate::store::cells::Area;
use crate::view::map::geo;
use crate::view::map::world::Frame;

/// The drawing, in pixels: as high as what it shows asks for.
pub(super) const WIDTH: f64 = 720.0;
const HEIGHTS: std::ops::RangeInclusive<f64> = 400.0..=580.0;

/// The side of the squares of the grid, in pixels: on a phone, where the drawing is 330 px wide, the 24 that a finger
/// needs, and a little room.
pub(super) const SQUARE: f64 = 60.0;

/// A frame of so few degrees is not gone closer to.
pub(super) const CLOSEST: f64 = 0.2;

/// The outline of an area.
pub(super) fn outline(catalog: &Catalog, area: &Area) -> Option<&'static geo::Shape> {
    geo::shape(catalog.region_at(area.region)?.pcode.as_deref()?)
}

/// West, south, east, north of a shape, in degrees.
pub(in crate::view) fn frame_of(shape: &geo::Shape) -> [f64; 4] {
    let (north, west) = geo::unproject((shape.frame.x, shape.frame.y));
    let (south, east) = geo::unproject((shape.frame.x + shape.frame.w, shape.frame.y + shape.frame.h));
    [west, south, east, north]
}

/// What is shown of the world for a filter: its own frame, or that of its points and areas, with room around and of the
/// drawing's proportions.
pub(super) fn window(catalog: &Catalog, asked: Option<BBox>, points: Option<BBox>, areas: &[Area]) -> Frame {
    let shapes = areas.iter().filter_map(|area| outline(catalog, area)).map(frame_of);
    let all = points.map(|points| points.degrees()).into_iter().chain(shapes);
    let both = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    let [west, south, east, north] = match asked.map(|frame| frame.degrees()).or_else(|| all.reduce(both)) {
        // Across the 180th meridian: the whole width.
        Some([west, south, east, north]) if west > east => [-180.0, south, 180.0, north],
        Some(frame) => frame,
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

/// The side of the squares of the grid for a filter with this frame, points in that one and these areas, in
/// hundred-thousandths of a degree.
pub fn square(catalog: &Catalog, asked: Option<BBox>, points: Option<BBox>, areas: &[Area]) -> i32 {
    let window = window(catalog, asked, points, areas);
    hundred_thousandths((window.east - window.west) * SQUARE / WIDTH)
}
