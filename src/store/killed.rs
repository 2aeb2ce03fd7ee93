//! Tolls of several events, added up: a range, as each of them is. Only within one dataset: two may hold the same event.

use roaring::RoaringBitmap;

use super::filter::Selection;
use super::index::{Bounds, EventIndex};

/// The tolls of some events, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Killed {
    /// The least that is said of those that surely count.
    pub least: u64,
    /// The most that is said of those that may count.
    pub most: u64,
    /// Whether an account among them says "more than".
    pub open: bool,
    /// How many that may count have no account of a toll.
    pub untold: u64,
}

impl Killed {
    /// The tolls of both.
    pub fn and(self, other: Killed) -> Killed {
        Killed {
            least: self.least + other.least,
            most: self.most + other.most,
            open: self.open || other.open,
            untold: self.untold + other.untold,
        }
    }

    /// Adds an event. `sure` says whether it counts for sure, or may.
    pub(super) fn add(&mut self, toll: Option<Bounds>, sure: bool) {
        let Some(toll) = toll else {
            self.untold += 1;
            return;
        };
        self.least += if sure { u64::from(toll.least) } else { 0 };
        self.most += u64::from(toll.most);
        self.open |= toll.open;
    }
}

impl Selection {
    /// The rows of the datasets of which events are selected.
    pub fn datasets(&self, index: &EventIndex) -> Vec<i64> {
        datasets_of(&self.events, index)
    }

    /// The tolls of all its events; none where they are of several datasets.
    pub fn killed(&self, index: &EventIndex) -> Option<Killed> {
        let mut killed = of_one(&self.datasets(index))?;
        for ordinal in &self.events {
            killed.add(index.toll_bounds(ordinal as usize), true);
        }
        Some(killed)
    }
}

/// The rows of the datasets of some events.
pub(super) fn datasets_of(events: &RoaringBitmap, index: &EventIndex) -> Vec<i64> {
    let some = index.source.iter().filter(|(_, set)| events.intersection_len(set) > 0);
    some.map(|(dataset, _)| *dataset).collect()
}

/// Where sums begin; nowhere if the events are of several datasets.
pub(super) fn of_one(datasets: &[i64]) -> Option<Killed> {
    (datasets.len() < 2).then(Killed::default)
}
