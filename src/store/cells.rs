//! Where the events of a result are: their points gathered on a grid, so that a map of 400,000 events draws a few hundred
//! marks.

use std::collections::HashMap;

use crate::domain::bbox::BBox;
use crate::domain::vocab::PlacePrecision;

use super::filter::Selection;
use super::index::{EventIndex, NOWHERE, OPEN, UNKNOWN};

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
    /// The least that is said of their tolls, added up.
    pub killed: u64,
    /// The most that is said of them.
    pub killed_most: u64,
    /// Whether an account among them says "more than".
    pub open: bool,
}

/// The cells of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// The cells, largest toll first.
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
    killed: u64,
    killed_most: u64,
    open: bool,
}

impl Selection {
    /// The frame of the points of the result; none without points.
    pub fn frame(&self, index: &EventIndex) -> Option<BBox> {
        let points = self.points(index).map(|at| (index.latitude[at], index.longitude[at]));
        let (least, most) = points
            .map(|point| (point, point))
            .reduce(|(a, b), (c, d)| ((a.0.min(c.0), a.1.min(c.1)), (b.0.max(d.0), b.1.max(d.1))))?;
        Some(BBox::around(least, most))
    }

    fn points<'a>(&'a self, index: &'a EventIndex) -> impl Iterator<Item = usize> + 'a {
        self.events.iter().map(|ordinal| ordinal as usize).filter(|at| index.latitude[*at] != NOWHERE)
    }

    /// The events on a grid of squares so large, in hundred-thousandths of a degree.
    pub fn cells(&self, index: &EventIndex, square: i32) -> Cells {
        let square = square.max(1);
        let mut sums: HashMap<(i32, i32), Sum> = HashMap::new();
        let mut with = 0;
        let known = [PlacePrecision::Exact, PlacePrecision::Place].map(|precision| index.precision.get(&precision));
        for at in self.points(index) {
            with += 1;
            let known = known.iter().flatten().any(|set| set.contains(at as u32));
            let point = (index.latitude[at], index.longitude[at]);
            let key = (point.0.div_euclid(square), point.1.div_euclid(square));
            let sum = sums.entry(key).or_insert_with(|| Sum::at(at, point));
            sum.events += 1;
            sum.areas += u64::from(!known);
            sum.latitude += i64::from(point.0);
            sum.longitude += i64::from(point.1);
            sum.least = (sum.least.0.min(point.0), sum.least.1.min(point.1));
            sum.most = (sum.most.0.max(point.0), sum.most.1.max(point.1));
            if index.toll_low[at] != UNKNOWN {
                sum.gravest = sum.gravest.max((index.toll_most(at), at));
                sum.killed += u64::from(index.toll_low[at]);
                sum.killed_most += u64::from(index.toll_most(at));
                sum.open |= index.toll_high[at] == OPEN;
            }
        }
        let mut cells: Vec<Cell> = sums.into_values().map(|sum| sum.cell(index)).collect();
        cells.sort_unstable_by_key(|cell| (std::cmp::Reverse((cell.killed_most, cell.events)), cell.middle));
        let frame = self.frame(index);
        Cells { cells, without: self.total() - with, frame }
    }
}

impl Sum {
    fn at(at: usize, point: (i32, i32)) -> Sum {
        Sum {
            gravest: (0, at),
            events: 0,
            areas: 0,
            latitude: 0,
            longitude: 0,
            least: point,
            most: point,
            killed: 0,
            killed_most: 0,
            open: false,
        }
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
            killed_most: self.killed_most,
            open: self.open,
        }
    }
}
