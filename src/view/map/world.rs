//! The land of the world and its borders (Natural Earth 1:50m, see `data/geo/README.md`), drawn as far as a frame shows
//! them and as closely as its size can.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// Longitude and latitude in the units of the file.
pub(super) type Unit = (i16, i16);

/// A point of the drawing.
type Point = (f64, f64);

/// The file, read.
#[derive(Default)]
pub(super) struct World {
    /// Stretches between two countries.
    pub(super) borders: Vec<Vec<Unit>>,
    /// Those of Mali, of which there are closer outlines.
    pub(super) of_mali: Vec<Vec<Unit>>,
    /// Rings around land; the last point is the first.
    pub(super) land: Vec<Vec<Unit>>,
}

pub(super) static WORLD: LazyLock<World> =
    LazyLock::new(|| read(include_bytes!("../../../data/geo/world.bin")).unwrap_or_default());

fn read(data: &[u8]) -> Option<World> {
    let mut words = data.as_chunks::<2>().0.iter();
    let mut next = || words.next().copied();
    let mut arcs: Vec<(u16, Vec<Unit>)> = Vec::new();
    for _ in 0..u16::from_le_bytes(next()?) {
        let head = u16::from_le_bytes(next()?);
        let points = (0..head & 0x3fff).map(|_| Some((i16::from_le_bytes(next()?), i16::from_le_bytes(next()?))));
        arcs.push((head & !0x3fff, points.collect::<Option<_>>()?));
    }
    let mut land = Vec::new();
    for _ in 0..u16::from_le_bytes(next()?) {
        let mut ring: Vec<Unit> = Vec::new();
        for _ in 0..u16::from_le_bytes(next()?) {
            let number = i16::from_le_bytes(next()?);
            let (_, arc) = arcs.get(usize::try_from(if number < 0 { !number } else { number }).ok()?)?;
            // The first point of an arc is the last of the one before.
            ring.pop();
            match number < 0 {
                true => ring.extend(arc.iter().rev()),
                false => ring.extend(arc),
            }
        }
        land.push(ring);
    }
    let (mut borders, mut of_mali) = (Vec::new(), Vec::new());
    for (flags, points) in arcs {
        match flags {
            0x8000 => borders.push(points),
            0xc000 => of_mali.push(points),
            _ => {}
        }
    }
    Some(World { borders, of_mali, land })
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
const STEP: f64 = 2.0;

/// Islands smaller than this are left out, in pixels: a page of them would be heavier than its events.
const ISLAND: f64 = 3.5;

/// So far beyond the edge lines go on, in pixels, so that their ends are not seen.
const MARGIN: f64 = 12.0;

impl Frame {
    /// Where a point in degrees lies, in pixels from the upper left.
    pub fn place(&self, latitude: f64, longitude: f64) -> Point {
        (
            (longitude - self.west) / (self.east - self.west) * self.width,
            (self.north - latitude) / (self.north - self.south) * self.height,
        )
    }

    /// Pixels to a degree of longitude.
    pub fn per_degree(&self) -> f64 {
        self.width / (self.east - self.west)
    }

    fn at(&self, (x, y): Unit) -> Point {
        self.place(f64::from(y) / 32767.0 * 90.0, f64::from(x) / 32767.0 * 180.0)
    }

    /// Whether the box around some points is shown, and wide enough to be seen.
    fn shows(&self, points: &[Unit], least: f64) -> bool {
        let (Some(left), Some(right)) = (points.iter().map(|p| p.0).min(), points.iter().map(|p| p.0).max()) else {
            return false;
        };
        let (low, high) = points.iter().fold((i16::MAX, i16::MIN), |(a, b), p| (a.min(p.1), b.max(p.1)));
        let ((x0, y0), (x1, y1)) = (self.at((left, high)), self.at((right, low)));
        let shown = x1 >= -MARGIN && x0 <= self.width + MARGIN && y1 >= -MARGIN && y0 <= self.height + MARGIN;
        shown && (x1 - x0).max(y1 - y0) >= least
    }

    /// Land as SVG path data, to be filled.
    pub fn land(&self) -> String {
        let mut path = String::new();
        for ring in WORLD.land.iter().filter(|ring| self.shows(ring, ISLAND)) {
            let ring = thinned(ring.iter().map(|point| self.at(*point)));
            write_line(&self.clipped(ring), true, &mut path);
        }
        path
    }

    /// Borders between countries as SVG path data, to be stroked; those of Mali only where it has no outline of its own.
    pub fn borders(&self, with_mali: bool) -> String {
        let mut path = String::new();
        let (width, height) = (self.width + MARGIN, self.height + MARGIN);
        let near = |(x, y): Point| (-MARGIN..=width).contains(&x) && (-MARGIN..=height).contains(&y);
        let mali = WORLD.of_mali.iter().filter(|_| with_mali);
        for arc in WORLD.borders.iter().chain(mali).filter(|arc| self.shows(arc, 0.0)) {
            let line = thinned(arc.iter().map(|point| self.at(*point)));
            // Stretches that are near, each with the step out of the frame at its ends.
            let mut run: Vec<Point> = Vec::new();
            for pair in line.windows(2) {
                if near(pair[0]) || near(pair[1]) {
                    if run.is_empty() {
                        run.push(pair[0]);
                    }
                    run.push(pair[1]);
                } else if !run.is_empty() {
                    write_line(&std::mem::take(&mut run), false, &mut path);
                }
            }
            write_line(&run, false, &mut path);
        }
        path
    }

    /// A ring cut off at the edges (Sutherland and Hodgman).
    fn clipped(&self, ring: Vec<Point>) -> Vec<Point> {
        let (right, bottom) = (self.width + MARGIN, self.height + MARGIN);
        let ring = cut(ring, |p| p.0 + MARGIN, |p| (-MARGIN, p.1));
        let ring = cut(ring, |p| right - p.0, |p| (right, p.1));
        let ring = cut(ring, |p| p.1 + MARGIN, |p| (p.0, -MARGIN));
        cut(ring, |p| bottom - p.1, |p| (p.0, bottom))
    }
}

/// What of a ring lies where `inside` is not negative; `onto` makes a point on the edge exact.
fn cut(ring: Vec<Point>, inside: impl Fn(Point) -> f64, onto: impl Fn(Point) -> Point) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len());
    for (n, here) in ring.iter().enumerate() {
        let next = ring[(n + 1) % ring.len()];
        let (a, b) = (inside(*here), inside(next));
        if a >= 0.0 {
            kept.push(*here);
        }
        if (a >= 0.0) != (b >= 0.0) {
            let share = a / (a - b);
            kept.push(onto((here.0 + (next.0 - here.0) * share, here.1 + (next.1 - here.1) * share)));
        }
    }
    kept
}

/// Without points that are too near to the one before; the last stays.
fn thinned(points: impl ExactSizeIterator<Item = Point>) -> Vec<Point> {
    let last = points.len().saturating_sub(1);
    let mut kept: Vec<Point> = Vec::new();
    for (n, point) in points.enumerate() {
        let far = kept.last().is_none_or(|p| (point.0 - p.0).abs().max((point.1 - p.1).abs()) >= STEP);
        if far || n == last {
            kept.push(point);
        }
    }
    kept
}

/// A line in whole pixels, each relative to the one before: what is left out by rounding does not add up.
fn write_line(points: &[Point], closed: bool, path: &mut String) {
    let mut points = points.iter().map(|(x, y)| (x.round() as i64, y.round() as i64));
    let Some(first) = points.next() else { return };
    let (mut pen, mut steps) = (first, String::new());
    for to in points {
        let _ = match (to.0 - pen.0, to.1 - pen.1) {
            (0, 0) => Ok(()),
            (dx, 0) => write!(steps, "h{dx}"),
            (0, dy) => write!(steps, "v{dy}"),
            (dx, dy) if dy < 0 => write!(steps, "l{dx}{dy}"),
            (dx, dy) => write!(steps, "l{dx} {dy}"),
        };
        pen = to;
    }
    if !steps.is_empty() {
        let _ = write!(path, "M{} {}{steps}{}", first.0, first.1, if closed { "z" } else { "" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Frame = Frame { west: -180.0, south: -60.0, east: 180.0, north: 80.0, width: 720.0, height: 280.0 };
    const MALI: Frame = Frame { west: -12.5, south: 10.0, east: 4.5, north: 25.0, width: 720.0, height: 640.0 };

    #[test]
    fn the_file_is_read_to_its_end() {
        assert!(WORLD.borders.len() > 300 && WORLD.land.len() > 1_000 && WORLD.of_mali.len() >= 7);
        let last = WORLD.land.last().unwrap();
        assert!(WORLD.land.iter().all(|ring| ring.len() > 3 && ring.first() == ring.last()), "{last:?}");
    }

    #[test]
    fn a_frame_shows_what_is_in_it_and_the_world_stays_light() {
        let drawn = ALL.land().len() + ALL.borders(true).len();
        assert!((8_000..60_000).contains(&drawn), "{drawn}");
        // In the middle of the Pacific there is nothing.
        let sea = Frame { west: -135.0, south: -40.0, east: -125.0, north: -35.0, width: 720.0, height: 360.0 };
        assert_eq!((sea.land(), sea.borders(true)), (String::new(), String::new()));
        // Mali lies far from every sea: all is land, and it borders seven countries.
        assert_eq!(MALI.land().matches('M').count(), 1, "{}", MALI.land());
        assert!((500..drawn).contains(&MALI.borders(true).len()));
        assert!(MALI.borders(false).len() < MALI.borders(true).len());
    }

    #[test]
    fn nothing_is_drawn_far_beyond_the_edge() {
        for frame in [ALL, MALI] {
            let (mut x, mut y) = (0.0, 0.0);
            for (step, sign) in frame
                .land()
                .split(['M', 'l', 'h', 'v', 'z'])
                .skip(1)
                .filter(|s| !s.is_empty())
                .zip(frame.land().chars().filter(|c| "Mlhv".contains(*c)))
            {
                let spaced = step.replace('-', " -");
                let numbers: Vec<f64> = spaced.split_whitespace().map(|n| n.parse().unwrap()).collect();
                (x, y) = match sign {
                    'M' => (numbers[0], numbers[1]),
                    'h' => (x + numbers[0], y),
                    'v' => (x, y + numbers[0]),
                    _ => (x + numbers[0], y + numbers[1]),
                };
                assert!((-13.0..=frame.width + 13.0).contains(&x) && (-13.0..=frame.height + 13.0).contains(&y));
            }
        }
    }

    #[test]
    fn places_lie_where_they_are() {
        assert_eq!(ALL.place(80.0, -180.0), (0.0, 0.0));
        assert_eq!(ALL.place(10.0, 0.0), (360.0, 140.0));
    }
}
