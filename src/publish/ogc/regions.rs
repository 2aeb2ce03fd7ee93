//! Regions as features: areas where their outline is known.

use serde::Serialize;

use super::geometry::Geometry;
use super::{Addresses, Collection, Features, One, one};
use crate::links::{self, Page};
use crate::publish::names::{RegionItem, region_item};
use crate::query::ogc::RegionsAsked;
use crate::query::parse::{Problem, QueryError};
use crate::store::catalog::Region;
use crate::store::filter::nearest_region;
use crate::view::Ctx;

/// A region on the map.
#[derive(Serialize)]
pub struct RegionFeature {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    geometry: Option<Geometry>,
    properties: Properties,
}

/// What a list says of a region, and what tells it apart on other maps.
#[derive(Serialize)]
struct Properties {
    #[serde(flatten)]
    item: RegionItem,
    name_fr: String,
    pcode: Option<String>,
}

impl RegionFeature {
    fn new(cx: &Ctx, region: &Region) -> RegionFeature {
        RegionFeature {
            kind: "Feature",
            id: region.id.clone(),
            geometry: Geometry::of(region),
            properties: Properties {
                item: region_item(cx, region),
                name_fr: region.name.fr.clone(),
                pcode: region.pcode.clone(),
            },
        }
    }
}

/// A page of regions, in the order of all lists of them.
///
/// # Errors
/// When an id is unknown.
pub fn page(cx: &Ctx, asked: &RegionsAsked) -> Result<Features<RegionFeature>, QueryError> {
    let parent = match &asked.parent {
        None => None,
        Some(id) => Some(cx.catalog.region(id).map(|region| region.row).ok_or_else(|| {
            let suggestion = nearest_region(cx.catalog, id);
            QueryError { suggestion, ..QueryError::new("parent", id, Problem::UnknownId) }
        })?),
    };
    // A region without a geometry is in every frame, as the standard has it.
    let fits = |region: &&Region| {
        (asked.level.is_empty() || asked.level.contains(&region.level))
            && (parent.is_none() || region.parent == parent)
            && asked.bbox.is_none_or(|frame| Geometry::of(region).is_none_or(|geometry| geometry.meets(&frame)))
    };
    let all: Vec<&Region> = cx.catalog.regions().collect();
    let begin = match &asked.after {
        None => 0,
        Some(after) => {
            let at = all.iter().position(|region| region.id == *after);
            at.ok_or_else(|| QueryError::new("after", after, Problem::BadCursor))? + 1
        }
    };
    let before = all[..begin].iter().copied().filter(|region| fits(region)).count();
    let rest: Vec<&Region> = all[begin..].iter().copied().filter(fits).collect();
    let shown = &rest[..rest.len().min(usize::from(asked.limit))];
    let last = shown.last().filter(|_| rest.len() > shown.len());
    let address = |asked: &RegionsAsked| links::ogc_items(Collection::Regions.id(), &asked.pairs());
    let addresses = Addresses {
        own: address(asked),
        next: last.map(|last| address(&RegionsAsked { after: Some(last.id.clone()), ..asked.clone() })),
        page: None,
    };
    let features = shown.iter().map(|region| RegionFeature::new(cx, region)).collect();
    Ok(Features::new(cx, Collection::Regions, (before + rest.len()) as u64, features, addresses))
}

/// A region by itself.
pub fn region(cx: &Ctx, region: &Region) -> One<RegionFeature> {
    one(cx, Collection::Regions, &region.id, RegionFeature::new(cx, region), Page::Region(&region.id))
}

/// The frame around all of them: west, south, east, north.
pub(super) fn frame(cx: &Ctx) -> Option<[f64; 4]> {
    let geometries: Vec<Geometry> = cx.catalog.regions().filter_map(Geometry::of).collect();
    let positions = geometries.iter().flat_map(Geometry::positions);
    positions.map(|[x, y]| [x, y, x, y]).reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}
