//! Where a region is, as GeoJSON (RFC 7946): as closely as its outline is known here, else the point that stands for it.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::domain::bbox::{BBox, hundred_thousandths};
use crate::store::catalog::Region;
use crate::view::map::geo::{self, Shape};

/// Longitude and latitude.
type Position = [f64; 2];

/// Closed: it ends where it begins.
type Ring = Vec<Position>;

/// The outer ring, counterclockwise, and its holes, clockwise.
type Polygon = Vec<Ring>;

/// A geometry.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    /// A place.
    Point(Position),
    /// An area.
    Polygon(Polygon),
    /// An area of several parts.
    MultiPolygon(Vec<Polygon>),
}

static OUTLINES: LazyLock<HashMap<&'static str, Geometry>> =
    LazyLock::new(|| geo::shapes().into_iter().map(|shape| (shape.pcode, outline(shape))).collect());

/// A unit of the sheet is 314 m, so that four decimals say all there is.
fn degrees((x, y): (f64, f64)) -> Position {
    let (latitude, longitude) = geo::unproject((x, y));
    [longitude, latitude].map(|degrees| (degrees * 10_000.0).round() / 10_000.0)
}

/// The rings of a shape, sorted into areas and their holes: a ring around which an odd number of others goes is a hole.
fn outline(shape: &Shape) -> Geometry {
    let rings: Vec<_> = geo::rings(shape.path).into_iter().filter(|ring| ring.len() >= 3).collect();
    let around = |n: usize| {
        let within = |other: &usize| *other != n && geo::goes_around(&rings[*other], rings[n][0]);
        (0..rings.len()).filter(within).collect::<Vec<usize>>()
    };
    let depths: Vec<Vec<usize>> = (0..rings.len()).map(around).collect();
    let areas = (0..rings.len()).filter(|n| depths[*n].len().is_multiple_of(2));
    let mut polygons: Vec<Polygon> = areas
        .map(|n| {
            let own = |hole: &usize| depths[*hole].contains(&n) && depths[*hole].len() == depths[n].len() + 1;
            let holes = (0..rings.len()).filter(own).map(|hole| ring(&rings[hole], false));
            std::iter::once(ring(&rings[n], true)).chain(holes).collect()
        })
        .collect();
    if polygons.len() == 1 { Geometry::Polygon(polygons.remove(0)) } else { Geometry::MultiPolygon(polygons) }
}

fn ring(units: &[(f64, f64)], counterclockwise: bool) -> Ring {
    let mut ring: Ring = units.iter().copied().map(degrees).collect();
    ring.dedup();
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    if (turn(&ring) > 0.0) != counterclockwise {
        ring.reverse();
    }
    ring
}

/// Twice the area of a ring; above zero where it runs counterclockwise.
fn turn(ring: &[Position]) -> f64 {
    ring.windows(2).map(|side| side[0][0] * side[1][1] - side[1][0] * side[0][1]).sum()
}

impl Geometry {
    /// Of a region, where it is known.
    pub fn of(region: &Region) -> Option<Geometry> {
        let outline = region.pcode.as_deref().and_then(|pcode| OUTLINES.get(pcode)).cloned();
        outline.or_else(|| region.point.map(|(latitude, longitude)| Geometry::Point([longitude, latitude])))
    }

    fn polygons(&self) -> &[Polygon] {
        match self {
            Geometry::Point(_) => &[],
            Geometry::Polygon(polygon) => std::slice::from_ref(polygon),
            Geometry::MultiPolygon(polygons) => polygons,
        }
    }

    /// All its positions.
    pub fn positions(&self) -> impl Iterator<Item = Position> {
        let point = if let Geometry::Point(at) = self { Some(*at) } else { None };
        point.into_iter().chain(self.polygons().iter().flatten().flatten().copied())
    }

    /// Whether some of it lies in a frame, edges included.
    pub fn meets(&self, frame: &BBox) -> bool {
        if let Geometry::Point([longitude, latitude]) = self {
            return frame.holds(hundred_thousandths(*latitude), hundred_thousandths(*longitude));
        }
        let [west, south, east, north] = frame.degrees();
        // Across the 180th meridian there are two of them.
        let frames = if west <= east { vec![(west, east)] } else { vec![(west, 180.0), (-180.0, east)] };
        frames.into_iter().any(|(west, east)| self.polygons().iter().any(|of| meets(of, [west, south, east, north])))
    }
}

/// A side of the polygon goes through the frame, or the frame lies within it whole.
fn meets(polygon: &Polygon, frame: [f64; 4]) -> bool {
    let corner = (frame[0], frame[1]);
    let tuples = |ring: &Ring| ring.iter().map(|at| (at[0], at[1])).collect::<Vec<_>>();
    polygon.iter().any(|ring| ring.windows(2).any(|side| passes(side[0], side[1], frame)))
        || polygon.iter().filter(|ring| geo::goes_around(&tuples(ring), corner)).count() % 2 == 1
}

/// Whether a line from one position to another goes through a frame: what is left of it when it is cut at each edge.
fn passes(from: Position, to: Position, [west, south, east, north]: [f64; 4]) -> bool {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let edges = [(-dx, from[0] - west), (dx, east - from[0]), (-dy, from[1] - south), (dy, north - from[1])];
    let (mut begin, mut end) = (0.0_f64, 1.0_f64);
    for (step, room) in edges {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            begin = begin.max(room / step);
        } else {
            end = end.min(room / step);
        }
    }
    begin <= end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(pcode: &str, frame: &str) -> bool {
        OUTLINES[pcode].meets(&frame.parse().unwrap())
    }

    #[test]
    fn areas_are_closed_and_run_as_the_standard_has_it() {
        assert_eq!(OUTLINES.len(), 61);
        for (pcode, geometry) in OUTLINES.iter() {
            assert!(!geometry.polygons().is_empty(), "{pcode}");
            for polygon in geometry.polygons() {
                for (n, ring) in polygon.iter().enumerate() {
                    assert!(ring.len() >= 4 && ring.first() == ring.last(), "{pcode}");
                    assert_eq!(turn(ring) > 0.0, n == 0, "{pcode}");
                }
            }
        }
    }

    #[test]
    fn what_lies_within_another_area_is_a_hole_in_it() {
        // Bamako is no part of Koulikoro, which is all around it.
        let Geometry::Polygon(koulikoro) = &OUTLINES["ML02"] else { panic!("{:?}", OUTLINES["ML02"]) };
        assert_eq!(koulikoro.len(), 2);
        assert!(!meets("ML02", "-8,12.65,-8,12.65") && meets("ML09", "-8,12.65,-8,12.65"));
        assert!(meets("ML02", "-8.6,13,-8.5,13.1"));
    }

    #[test]
    fn a_frame_is_met_by_whatever_reaches_into_it() {
        // All of Mali in the frame, the frame in Mali, an edge through it, beside it, around the other way.
        for (frame, met) in [
            ("-13,10,5,26", true),
            ("-4,14,-3.9,14.1", true),
            ("-20,14,10,14.01", true),
            ("10,10,20,20", false),
            ("170,10,-170,20", false),
            ("170,10,-8,20", true),
            ("-10,10,-170,20", true),
        ] {
            assert_eq!(meets("ML", frame), met, "{frame}");
        }
        // The rectangle around Mali is met in its corner, Mali is not.
        assert!(!meets("ML", "-12,23,-11,24"));
        let point = Geometry::Point([179.9, -10.0]);
        assert!(point.meets(&"170,-20,-170,0".parse().unwrap()) && !point.meets(&"0,-20,170,0".parse().unwrap()));
    }
}
