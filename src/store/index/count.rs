//! Counting a set of events by what there are thousands of: regions and actors. One look at each event of the set costs
//! less than cutting it with thousands of bitmaps; and where the set is most of all events, the rest is looked at and
//! taken away.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::domain::vocab::{Certainty, Role};

use super::{EventIndex, Part, UNKNOWN};

/// What the counting needs of each event, beside the bitmaps.
#[derive(Default)]
pub(in crate::store) struct Tally {
    /// The rows of the regions, those that lie in another behind it.
    regions: Vec<i64>,
    /// By region, the place of the one it lies in.
    parents: Vec<u32>,
    /// By ordinal, the place of the event's own region.
    region_of: Vec<u32>,
    /// How many events lie in each region.
    region_totals: Vec<u32>,
    /// The rows of the actors.
    actors: Vec<i64>,
    /// The parts, in the order of the index, and the place of the actor of each.
    parts: Vec<(Part, u32)>,
    /// Where the parts of an ordinal begin; those of one actor stand together.
    starts: Vec<u32>,
    part_of: Vec<u32>,
    /// In how many events each actor has any part.
    actor_totals: Vec<u32>,
}

impl Tally {
    /// From an index whose bitmaps are there, and the regions with the ones they lie in.
    pub(super) fn new(index: &EventIndex, parents: &[(i64, Option<i64>)]) -> Tally {
        let mut tally = Tally::default();
        tally.place(index, parents);
        tally.list_parts(index);
        tally.region_totals = tally.count_regions(&index.all);
        tally.actor_totals = tally.count_actors(&index.all, &|_, _| true);
        tally
    }

    fn place(&mut self, index: &EventIndex, parents: &[(i64, Option<i64>)]) {
        let parent_of: HashMap<i64, Option<i64>> = parents.iter().copied().collect();
        let mut depths: Vec<(usize, i64)> = parents
            .iter()
            .map(|(row, _)| {
                let above = std::iter::successors(Some(*row), |at| parent_of.get(at).copied().flatten());
                (above.take(parents.len()).count(), *row)
            })
            .collect();
        depths.sort_unstable();
        self.regions = depths.into_iter().map(|(_, row)| row).collect();
        let places: HashMap<i64, u32> = self.regions.iter().copied().zip(0..).collect();
        let place = |row: i64| places.get(&row).copied().unwrap_or(UNKNOWN);
        self.parents =
            self.regions.iter().map(|row| parent_of.get(row).copied().flatten().map_or(UNKNOWN, place)).collect();
        // Smaller regions come later and take an event from the larger ones around them.
        self.region_of = vec![UNKNOWN; index.rows.len()];
        for (at, row) in (0..).zip(&self.regions) {
            for ordinal in index.region.get(row).into_iter().flatten() {
                self.region_of[ordinal as usize] = at;
            }
        }
    }

    fn list_parts(&mut self, index: &EventIndex) {
        for part in index.parts.keys() {
            if self.actors.last() != Some(&part.0) {
                self.actors.push(part.0);
            }
            self.parts.push((*part, self.actors.len() as u32 - 1));
        }
        let mut counts = vec![0u32; index.rows.len() + 1];
        for ordinal in index.parts.values().flatten() {
            counts[ordinal as usize + 1] += 1;
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        self.part_of = vec![0; counts.last().map_or(0, |all| *all as usize)];
        self.starts = counts.clone();
        for (part, events) in (0..).zip(index.parts.values()) {
            for ordinal in events {
                let next = &mut counts[ordinal as usize];
                self.part_of[*next as usize] = part;
                *next += 1;
            }
        }
    }

    fn count_regions(&self, events: &RoaringBitmap) -> Vec<u32> {
        let mut counts = vec![0; self.regions.len()];
        for ordinal in events {
            if let Some(count) = counts.get_mut(self.region_of[ordinal as usize] as usize) {
                *count += 1;
            }
        }
        for at in (0..counts.len()).rev() {
            let own = counts[at];
            if let Some(above) = counts.get_mut(self.parents[at] as usize) {
                *above += own;
            }
        }
        counts
    }

    fn count_actors(&self, events: &RoaringBitmap, fits: &dyn Fn(Role, Certainty) -> bool) -> Vec<u32> {
        let fits: Vec<bool> = self.parts.iter().map(|((_, role, certainty), _)| fits(*role, *certainty)).collect();
        let mut counts = vec![0; self.actors.len()];
        for ordinal in events {
            let at = ordinal as usize;
            let mut counted = UNKNOWN;
            for part in &self.part_of[self.starts[at] as usize..self.starts[at + 1] as usize] {
                let actor = self.parts[*part as usize].1;
                if fits[*part as usize] && actor != counted {
                    counts[actor as usize] += 1;
                    counted = actor;
                }
            }
        }
        counts
    }
}

impl EventIndex {
    /// How many of some events lie in each region or below it, by row; regions without any are left out.
    pub(in crate::store) fn by_region(&self, events: &RoaringBitmap) -> HashMap<i64, u64> {
        let tally = &self.tally;
        let counts = match self.rest(events) {
            Some(rest) => less(&tally.region_totals, tally.count_regions(&rest)),
            None => tally.count_regions(events),
        };
        named(&tally.regions, counts)
    }

    /// In how many of some events each actor has a part that fits, by row; actors without any are left out.
    pub(in crate::store) fn by_actor(
        &self,
        events: &RoaringBitmap,
        fits: Option<&dyn Fn(Role, Certainty) -> bool>,
    ) -> HashMap<i64, u64> {
        let tally = &self.tally;
        let counts = match (fits, self.rest(events)) {
            (None, Some(rest)) => less(&tally.actor_totals, tally.count_actors(&rest, &|_, _| true)),
            (None, None) => tally.count_actors(events, &|_, _| true),
            (Some(fits), _) => tally.count_actors(events, fits),
        };
        named(&tally.actors, counts)
    }

    /// The row of the region in which an event is, the smallest that is known.
    pub(in crate::store) fn region_of(&self, ordinal: usize) -> Option<i64> {
        let place = *self.tally.region_of.get(ordinal)?;
        self.tally.regions.get(place as usize).copied()
    }

    /// All other events, where they are fewer.
    fn rest(&self, events: &RoaringBitmap) -> Option<RoaringBitmap> {
        (events.len() * 2 > self.all.len()).then(|| &self.all - events)
    }
}

fn less(totals: &[u32], counts: Vec<u32>) -> Vec<u32> {
    totals.iter().zip(counts).map(|(total, count)| total - count).collect()
}

fn named(rows: &[i64], counts: Vec<u32>) -> HashMap<i64, u64> {
    rows.iter().zip(counts).filter(|(_, count)| *count > 0).map(|(row, count)| (*row, u64::from(count))).collect()
}
