//! Where the events of a result are: their points gathered on a grid, so that a map of 400,000 events draws a few hundred
//! marks.

use std::collections::HashMap;

use crate::domain::bbox::BBox;
use crate::domain::vocab::PlacePrecision;

use super::filter::Selection;
use super::index::{EventIndex, NOWHERE};
use super::killed::{Killed, of_one};

/// The events of one square of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How many events: all of the result whose points lie in the frame.
    pub events: u64,
    /// Of how many of them only an area is known, in whose middle their point lies.
    pub areas: u64,
    /// The row of the region of the one with the gravest toll.
    pub region: Option<i64>,
    /// The frame of their points.
    pub frame: BBox,
    /// The middle of their points: latitude and longitude in hundred-thousandths of a degree.
    pub middle: (i32, i32),
    /// Their tolls; none where events of two datasets are in the result.
    pub killed: Option<Killed>,
}

/// The cells of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// The cells, the largest first.
    pub cells: Vec<Cell>,
    /// Events that have no point.
    pub without: u64,
    /// The frame of all points, if there are any.
    pub frame: Option<BBox>,
}

/// What is added up for a cell.
struct Sum {
    events: u64,
    areas: u64,
    latitude: i64,
    longitude: i64,
    gravest: (u32, usize),
    least: (i32, i32),
    most: (i32, i32),
    killed: Option<Killed>,
}

impl Selection {
    /// The events on a grid. `square` says how large its squares are, in hundred-thousandths of a degree, where the points
    /// have this frame.
    pub fn cells(&self, index: &EventIndex, square: impl Fn(Option<BBox>) -> i32) -> Cells {
        let points = || self.events.iter().map(|ordinal| ordinal as usize).filter(|at| index.latitude[*at] != NOWHERE);
        let frame = points()
            .map(|at| (index.latitude[at], index.longitude[at]))
            .map(|point| (point, point))
            .reduce(|(a, b), (c, d)| ((a.0.min(c.0), a.1.min(c.1)), (b.0.max(d.0), b.1.max(d.1))))
            .map(|(least, most)| BBox::around(least, most));
        let square = square(frame).max(1);
        let killed = of_one(&self.datasets(index));
        let known = [PlacePrecision::Exact, PlacePrecision::Place].map(|precision| index.precision.get(&precision));
        let mut sums: HashMap<(i32, i32), Sum> = HashMap::new();
        let mut with = 0;
        for at in points() {
            with += 1;
            let point = (index.latitude[at], index.longitude[at]);
            let key = (point.0.div_euclid(square), point.1.div_euclid(square));
            let sum = sums.entry(key).or_insert_with(|| Sum::at(at, point, killed));
            let toll = index.toll_bounds(at);
            sum.events += 1;
            sum.areas += u64::from(!known.iter().flatten().any(|set| set.contains(at as u32)));
            sum.latitude += i64::from(point.0);
            sum.longitude += i64::from(point.1);
            sum.least = (sum.least.0.min(point.0), sum.least.1.min(point.1));
            sum.most = (sum.most.0.max(point.0), sum.most.1.max(point.1));
            sum.gravest = sum.gravest.max((toll.map_or(0, |toll| toll.most), at));
            if let Some(killed) = &mut sum.killed {
                killed.add(toll, true);
            }
        }
        let mut cells: Vec<Cell> = sums.into_values().map(|sum| sum.cell(index)).collect();
        cells.sort_unstable_by_key(|cell| (std::cmp::Reverse((cell.size(), cell.events)), cell.middle));
        Cells { cells, without: self.total() - with, frame }
    }
}

impl Cell {
    /// By what its mark is sized: its toll where tolls are added up, and at least its events, each of which may have none.
    pub fn size(&self) -> u64 {
        self.killed.map_or(0, |killed| killed.most).max(self.events)
    }
}

impl Sum {
    fn at(at: usize, point: (i32, i32), killed: Option<Killed>) -> Sum {
        Sum { events: 0, areas: 0, latitude: 0, longitude: 0, gravest: (0, at), least: point, most: point, killed }
    }

    fn cell(self, index: &EventIndex) -> Cell {
        let mean = |sum: i64| i32::try_from(sum / self.events.max(1) as i64).unwrap_or_default();
        Cell {
            events: self.events,
            areas: self.areas,
            region: index.region_of(self.gravest.1),
            frame: BBox::around(self.least, self.most),
            middle: (mean(self.latitude), mean(self.longitude)),
            killed: self.killed,
        }
    }
}
