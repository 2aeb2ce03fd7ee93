//! How a map can show each event: at the point of a known place, as the area it is known to lie in, or not at all.

use std::collections::{BTreeMap, HashMap};

use roaring::RoaringBitmap;

use crate::domain::outline;
use crate::domain::vocab::{Level, OnMap, PlacePrecision};

use super::catalog::Region;
use super::index::{EventIndex, NOWHERE};

/// The events by how a map can show them. Every event is in one set.
#[derive(Default)]
pub struct Placed {
    sets: BTreeMap<OnMap, RoaringBitmap>,
    none: RoaringBitmap,
    /// By the row of a region with an outline, the events that are drawn as that area.
    pub areas: BTreeMap<i64, RoaringBitmap>,
    /// The events that are drawn as some area with an outline.
    pub outlined: RoaringBitmap,
}

impl Placed {
    /// Places the events of an index.
    pub fn new(index: &EventIndex, regions: &[Region]) -> Placed {
        let mut placed = Placed::default();
        let of = |precision| index.precision.get(&precision).cloned().unwrap_or_default();
        let pointed = index.which(|at| index.latitude[at] != NOWHERE);
        let point = (of(PlacePrecision::Exact) | of(PlacePrecision::Place)) & &pointed;
        let by_row: HashMap<i64, &Region> = regions.iter().map(|region| (region.row, region)).collect();
        // Below what has no outline nothing has one, so that 400,000 events elsewhere cost nothing.
        let countries = regions.iter().filter(|r| has_outline(r) && r.level == Level::Country);
        let within =
            countries.filter_map(|r| index.region.get(&r.row)).fold(RoaringBitmap::new(), |all, set| all | set);
        // A commune has no outline of its own; its middle says more than its cercle.
        let communes = of(PlacePrecision::Admin3) & &pointed;
        for ordinal in within - &point - &communes {
            let precision = index.precision.iter().find(|(_, set)| set.contains(ordinal)).map(|(word, _)| *word);
            let region = index.region_of(ordinal as usize);
            if let Some(area) = region.and_then(|row| area(&by_row, row, precision.unwrap_or(PlacePrecision::Country)))
            {
                placed.areas.entry(area.row).or_default().insert(ordinal);
                placed.sets.entry(size(area.level)).or_default().insert(ordinal);
                placed.outlined.insert(ordinal);
            }
        }
        // What has no outline stands in the middle of its area, where that is known.
        for (precision, set) in &index.precision {
            let level = match precision {
                PlacePrecision::Exact | PlacePrecision::Place => continue,
                PlacePrecision::Admin3 => OnMap::Admin3,
                PlacePrecision::Admin2 => OnMap::Admin2,
                PlacePrecision::Admin1 => OnMap::Admin1,
                PlacePrecision::Country => OnMap::Country,
            };
            *placed.sets.entry(level).or_default() |= (set & &pointed) - &placed.outlined;
        }
        placed.sets.insert(OnMap::Point, point);
        let nowhere = placed.sets.values().fold(index.all.clone(), |rest, set| rest - set);
        placed.sets.insert(OnMap::Nowhere, nowhere);
        placed
    }

    /// The events that a map shows in this way.
    pub fn set(&self, on_map: OnMap) -> &RoaringBitmap {
        self.sets.get(&on_map).unwrap_or(&self.none)
    }
}

/// How large an area is, as the filter says it.
pub fn size(level: Level) -> OnMap {
    match level {
        Level::Country => OnMap::Country,
        Level::Admin1 => OnMap::Admin1,
        _ => OnMap::Admin2,
    }
}

fn has_outline(region: &Region) -> bool {
    region.pcode.as_deref().is_some_and(outline::is_known)
}

/// The smallest region with an outline that is no smaller than what is known: an event known to its region only is never
/// drawn in one cercle.
fn area<'a>(regions: &HashMap<i64, &'a Region>, row: i64, precision: PlacePrecision) -> Option<&'a Region> {
    let closest = match precision {
        PlacePrecision::Country => Level::Country,
        PlacePrecision::Admin1 => Level::Admin1,
        _ => Level::Admin2,
    };
    let mut next = regions.get(&row).copied();
    while let Some(region) = next {
        if region.level <= closest && has_outline(region) {
            return Some(region);
        }
        next = region.parent.and_then(|parent| regions.get(&parent).copied());
    }
    None
}
