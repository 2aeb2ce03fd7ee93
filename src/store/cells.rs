//! Where the events of a result are: their points gathered on a grid, so that a map of 400,000 events draws a few hundred
//! marks, and the areas of those of which no more is known.

use roaring::RoaringBitmap;

use crate::domain::bbox::BBox;
use crate::domain::vocab::{Level, OnMap};

use super::catalog::Catalog;
use super::facets::Value;
use super::filter::{Dimension, Selection};
use super::index::EventIndex;
use super::killed::{Killed, of_one};

/// The events of one square of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How many events: all of the result whose points lie in the frame, but for those drawn as an area.
    pub events: u64,
    /// Of how many of them only an area without an outline is known, in whose middle their point lies.
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

/// The events that are known to lie in an area with an outline, and no closer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The row of its region.
    pub region: i64,
    /// How large it is.
    pub level: Level,
    /// Whether districts within it are gathered in it.
    pub gathered: bool,
    /// How many events.
    pub events: u64,
    /// Their tolls, as of a cell.
    pub killed: Option<Killed>,
}

/// The cells of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// The cells, the largest first.
    pub cells: Vec<Cell>,
    /// The areas, the larger regions first. Those outside the filter's frame too: an area has no point that could lie in it.
    pub areas: Vec<Area>,
    /// Events that have neither point nor area, likewise.
    pub without: u64,
    /// The frame of all points, if there are any.
    pub frame: Option<BBox>,
    /// The side of the squares, in hundred-thousandths of a degree.
    pub square: i32,
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

/// More squares than this are not kept apart.
const MOST_SQUARES: usize = 1 << 20;

impl Selection {
    /// The events on a grid. `square` says how large its squares are, in hundred-thousandths of a degree, where the points
    /// have this frame and the areas are these.
    pub fn cells(&self, catalog: &Catalog, square: impl Fn(Option<BBox>, &[Area]) -> i32) -> Cells {
        let index = &catalog.index;
        let killed = of_one(&self.datasets(index));
        let anywhere = self.under_the_others(Dimension::Frame, index);
        let areas = areas(catalog, &anywhere, killed);
        let mut pointed = &self.events - &catalog.on_map.outlined;
        pointed -= catalog.on_map.set(OnMap::Nowhere);
        let frame = pointed
            .iter()
            .map(|ordinal| (index.latitude[ordinal as usize], index.longitude[ordinal as usize]))
            .map(|point| (point, point))
            .reduce(|(a, b), (c, d)| ((a.0.min(c.0), a.1.min(c.1)), (b.0.max(d.0), b.1.max(d.1))));
        let around = frame.map(|(least, most)| BBox::around(least, most));
        let mut square = square(around, &areas).max(1);
        let mut cells = Vec::new();
        if let Some((least, most)) = frame {
            let count = |square: i32| {
                let side = |from: i32, to: i32| (to.div_euclid(square) - from.div_euclid(square)) as usize + 1;
                (side(least.0, most.0), side(least.1, most.1))
            };
            while count(square).0.saturating_mul(count(square).1) > MOST_SQUARES {
                square *= 2;
            }
            let grid = Grid {
                first: (least.0.div_euclid(square), least.1.div_euclid(square)),
                across: count(square).1,
                square,
            };
            let mut slots: Vec<Option<Box<Sum>>> = Vec::new();
            slots.resize_with(count(square).0 * count(square).1, || None);
            // Precisely known ones and others apart: which is which is then known without asking for each.
            let known = catalog.on_map.set(OnMap::Point);
            for (set, area) in [(&pointed & known, 0), (&pointed - known, 1)] {
                for ordinal in &set {
                    let at = ordinal as usize;
                    let point = (index.latitude[at], index.longitude[at]);
                    let sum = slots[grid.slot(point)].get_or_insert_with(|| Box::new(Sum::at(at, point, killed)));
                    sum.add(index, at, point, area);
                }
            }
            cells = slots.into_iter().flatten().map(|sum| sum.cell(index)).collect();
        }
        cells.sort_unstable_by_key(|cell: &Cell| (std::cmp::Reverse((cell.size(), cell.events)), cell.middle));
        let without = anywhere.intersection_len(catalog.on_map.set(OnMap::Nowhere));
        Cells { cells, areas, without, frame: around, square }
    }
}

impl Selection {
    /// The regions of the events, most first, each with how many of the result it holds wherever the filter's frame is:
    /// what a list of it without the frame would hold.
    pub fn regions(&self, catalog: &Catalog) -> Vec<Value<i64>> {
        let here = catalog.index.by_region(&self.events);
        let anywhere = match self.asks(Dimension::Frame) {
            true => catalog.index.by_region(&self.under_the_others(Dimension::Frame, &catalog.index)),
            false => here.clone(),
        };
        let mut regions: Vec<Value<i64>> = here
            .keys()
            .map(|row| Value { value: *row, count: anywhere.get(row).copied().unwrap_or_default(), chosen: false })
            .collect();
        regions.sort_by_key(|value| (std::cmp::Reverse(value.count), value.value));
        regions
    }
}

/// Where a point's square is in the list of all.
struct Grid {
    first: (i32, i32),
    across: usize,
    square: i32,
}

impl Grid {
    fn slot(&self, (latitude, longitude): (i32, i32)) -> usize {
        let row = latitude.div_euclid(self.square) - self.first.0;
        let column = longitude.div_euclid(self.square) - self.first.1;
        row as usize * self.across + column as usize
    }
}

fn areas(catalog: &Catalog, events: &RoaringBitmap, killed: Option<Killed>) -> Vec<Area> {
    let mut areas: Vec<Area> = catalog
        .on_map
        .areas
        .iter()
        .filter_map(|(row, set)| {
            let here = events & set;
            let level = catalog.region_at(*row)?.level;
            let mut killed = killed;
            if let Some(killed) = &mut killed {
                here.iter().for_each(|ordinal| killed.add(catalog.index.toll_bounds(ordinal as usize), true));
            }
            (!here.is_empty()).then_some(Area { region: *row, level, gathered: false, events: here.len(), killed })
        })
        .collect();
    areas.sort_by_key(|area| (area.level, area.region));
    areas
}

impl Cells {
    /// The areas, with districts gathered in the regions they lie in: for maps on which districts are too small.
    pub fn areas_by_region(&self, catalog: &Catalog) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for area in &self.areas {
            let above = catalog.path(area.region).into_iter().find(|region| region.level == Level::Admin1);
            let Some(above) = above else {
                areas.push(area.clone());
                continue;
            };
            let gathered = area.level > Level::Admin1;
            match areas.iter_mut().find(|other| other.region == above.row) {
                Some(whole) => {
                    whole.events += area.events;
                    whole.gathered |= gathered;
                    whole.killed = whole.killed.zip(area.killed).map(|(a, b)| a.and(b));
                }
                None => areas.push(Area { region: above.row, level: Level::Admin1, gathered, ..area.clone() }),
            }
        }
        areas
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

    fn add(&mut self, index: &EventIndex, at: usize, point: (i32, i32), area: u64) {
        let toll = index.toll_bounds(at);
        self.events += 1;
        self.areas += area;
        self.latitude += i64::from(point.0);
        self.longitude += i64::from(point.1);
        self.least = (self.least.0.min(point.0), self.least.1.min(point.1));
        self.most = (self.most.0.max(point.0), self.most.1.max(point.1));
        self.gravest = self.gravest.max((toll.map_or(0, |toll| toll.most), at));
        if let Some(killed) = &mut self.killed {
            killed.add(toll, true);
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
        }
    }
}
