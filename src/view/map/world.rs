//! The coasts and borders of the world (Natural Earth 1:50m, see `data/geo/README.md`), drawn as far as a frame shows them
//! and as closely as its size can.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// Longitude and latitude in the units of the file.
type Point = (i16, i16);

/// A stretch of coast or border, with the box around it.
struct Arc {
    least: Point,
    most: Point,
    points: Vec<Point>,
}

static ARCS: LazyLock<Vec<Arc>> = LazyLock::new(|| arcs(include_bytes!("../../../data/geo/world.bin")));

fn arcs(mut data: &[u8]) -> Vec<Arc> {
    let mut all = Vec::new();
    while let Some((count, rest)) = data.split_first_chunk() {
        let length = usize::from(u16::from_le_bytes(*count)) * 4;
        let Some((body, rest)) = rest.split_at_checked(length) else { break };
        let points: Vec<Point> = body
            .as_chunks::<4>()
            .0
            .iter()
            .map(|[a, b, c, d]| (i16::from_le_bytes([*a, *b]), i16::from_le_bytes([*c, *d])))
            .collect();
        let fold = |of: fn(i16, i16) -> i16| {
            points.iter().copied().reduce(|a, b| (of(a.0, b.0), of(a.1, b.1))).unwrap_or_default()
        };
        all.push(Arc { least: fold(i16::min), most: fold(i16::max), points });
        data = rest;
    }
    all
}

/// What is shown: west, south, east, north in degrees, and how large it is drawn, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The western edge.
    pub west: f64,
    /// The southern edge.
    pub south: f64,
    /// The eastern edge.
    pub east: f64,
    /// The northern edge.
    pub north: f64,
    /// To the right.
    pub width: f64,
    /// Downwards.
    pub height: f64,
}

/// Points nearer than this to the one before are left out, in pixels.
const STEP: f64 = 1.8;

/// Islands smaller than this are left out, in pixels: a page of them would be heavier than its events.
const ISLAND: f64 = 3.0;

impl Frame {
    /// Where a point in degrees lies, in pixels from the upper left.
    pub fn place(&self, latitude: f64, longitude: f64) -> (f64, f64) {
        (
            (longitude - self.west) / (self.east - self.west) * self.width,
            (self.north - latitude) / (self.north - self.south) * self.height,
        )
    }

    /// Coasts and borders as SVG path data.
    pub fn lines(&self) -> String {
        let units = |degrees: f64, of: f64| (degrees / of * 32767.0).clamp(-32767.0, 32767.0) as i16;
        let (west, east) = (units(self.west, 180.0), units(self.east, 180.0));
        let (south, north) = (units(self.south, 90.0), units(self.north, 90.0));
        let mut path = String::new();
        for arc in ARCS.iter() {
            let shown = arc.most.0 >= west && arc.least.0 <= east && arc.most.1 >= south && arc.least.1 <= north;
            if shown && !self.is_islet(arc) {
                self.line(&arc.points, &mut path);
            }
        }
        path
    }

    fn is_islet(&self, arc: &Arc) -> bool {
        let across = f64::from(arc.most.0) - f64::from(arc.least.0);
        let up = f64::from(arc.most.1) - f64::from(arc.least.1);
        let pixels = (across / 32767.0 * 180.0 / (self.east - self.west) * self.width)
            .max(up / 32767.0 * 90.0 / (self.north - self.south) * self.height);
        arc.points.first() == arc.points.last() && pixels < ISLAND
    }

    fn line(&self, points: &[Point], path: &mut String) {
        let place = |(x, y): Point| self.place(f64::from(y) / 32767.0 * 90.0, f64::from(x) / 32767.0 * 180.0);
        // A margin, so that a line goes on to the edge.
        let near =
            |(x, y): (f64, f64)| (-40.0..=self.width + 40.0).contains(&x) && (-40.0..=self.height + 40.0).contains(&y);
        // Where the pen is, and the last point that was left out because the pen is far away or near enough.
        let mut pen: Option<(f64, f64)> = None;
        let mut before: Option<(f64, f64)> = None;
        for (at, point) in points.iter().enumerate() {
            let here = place(*point);
            // Across the 180th meridian a line goes on at the other edge.
            if at > 0 && (i32::from(point.0) - i32::from(points[at - 1].0)).abs() > i32::from(i16::MAX) {
                (pen, before) = (None, None);
            }
            if !near(here) {
                // The step out of the frame is drawn, and the pen lifted.
                if pen.is_some() {
                    draw(path, &mut pen, here);
                }
                pen = None;
                before = Some(here);
                continue;
            }
            match pen {
                None => {
                    let from = before.filter(|from| !near(*from)).unwrap_or(here);
                    let _ = write!(path, "M{:.0} {:.0}", from.0, from.1);
                    pen = Some((from.0.round(), from.1.round()));
                    draw(path, &mut pen, here);
                }
                Some(last) => {
                    let far = (here.0 - last.0).abs().max((here.1 - last.1).abs());
                    if far >= STEP || at + 1 == points.len() {
                        draw(path, &mut pen, here);
                    }
                }
            }
            before = Some(here);
        }
    }
}

/// A line from the pen, in whole pixels: what is left out by rounding does not add up.
fn draw(path: &mut String, pen: &mut Option<(f64, f64)>, to: (f64, f64)) {
    let Some(from) = *pen else { return };
    let to = (to.0.round(), to.1.round());
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    if dx != 0.0 || dy != 0.0 {
        let _ = match (dx, dy) {
            (dx, 0.0) => write!(path, "h{dx}"),
            (0.0, dy) => write!(path, "v{dy}"),
            _ => write!(path, "l{dx} {dy}"),
        };
        *pen = Some(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORLD: Frame = Frame { west: -180.0, south: -60.0, east: 180.0, north: 80.0, width: 720.0, height: 280.0 };

    #[test]
    fn the_file_is_read_to_its_end() {
        assert!(ARCS.len() > 1_000, "{}", ARCS.len());
        assert!(ARCS.iter().all(|arc| arc.points.len() > 1));
        let read: usize = ARCS.iter().map(|arc| 2 + 4 * arc.points.len()).sum();
        assert_eq!(read, include_bytes!("../../../data/geo/world.bin").len());
    }

    #[test]
    fn a_frame_shows_what_is_in_it_and_the_world_stays_light() {
        let world = WORLD.lines();
        assert!((8_000..60_000).contains(&world.len()), "{}", world.len());
        // In the middle of the Pacific there is nothing.
        let sea = Frame { west: -135.0, south: -40.0, east: -125.0, north: -35.0, width: 720.0, height: 360.0 };
        assert_eq!(sea.lines(), "");
        // Mali borders seven countries.
        let mali = Frame { west: -12.5, south: 10.0, east: 4.5, north: 25.0, width: 720.0, height: 640.0 };
        assert!(mali.lines().len() > 500);
        assert!(mali.lines().len() < world.len());
    }

    #[test]
    fn no_line_goes_across_the_whole_map() {
        let drawn = WORLD.lines();
        for (step, sign) in drawn.split(['M', 'l', 'h', 'v']).skip(1).zip(drawn.matches(['M', 'l', 'h', 'v'])) {
            let first: f64 = step.split(' ').next().unwrap().parse().unwrap();
            assert!(matches!(sign, "M" | "v") || first.abs() < 100.0, "{sign}{step}");
        }
    }

    #[test]
    fn places_lie_where_they_are() {
        assert_eq!(WORLD.place(80.0, -180.0), (0.0, 0.0));
        assert_eq!(WORLD.place(10.0, 0.0), (360.0, 140.0));
    }
}
