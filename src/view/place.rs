//! Which map stands on a page: where an event was, or what a region is made of.

use crate::domain::record::EventRecord;
use crate::domain::vocab::{Level, PlacePrecision};
use crate::links::Page;
use crate::store::catalog::Region;
use crate::text::format::colon;
use crate::text::phrases;

use super::Ctx;
use super::map::{Mark, RegionMap, RegionShape, Setting, locate, region_map, short_name};

/// The P-codes of a region and all it lies in, the smallest first.
pub(super) fn codes<'a>(cx: &Ctx<'a>, row: i64) -> Vec<&'a str> {
    let mut path = cx.catalog.path(row);
    path.reverse();
    path.into_iter().filter_map(|region| region.pcode.as_deref()).collect()
}

/// The locator map of an event; none where nothing can be marked.
pub fn of_event(cx: &Ctx, record: &EventRecord) -> Option<String> {
    let region = cx.catalog.region(record.region.as_str())?;
    locator(cx, region, record.point, record.place_precision)
}

fn locator(cx: &Ctx, region: &Region, point: Option<(f64, f64)>, precision: PlacePrecision) -> Option<String> {
    let located = locate(point, precision, &codes(cx, region.row));
    // An area is named for what it is: the cercle in which the village lies, not the village.
    let marked = match located.mark {
        Mark::Area { pcode, .. } => {
            cx.catalog.path(region.row).into_iter().find(|r| r.pcode.as_deref() == Some(pcode)).unwrap_or(region)
        }
        _ => region,
    };
    let name = marked.name.get(cx.lang);
    let title = format!("{} {name}", cx.t.map_of);
    let setting = Setting { asset_url: &cx.assets.map, title: &title, lang: cx.lang };
    located.svg(&setting, short_name(name))
}

/// The map of a region: its parts shaded by how many events they hold, or where it lies.
pub fn of_region(cx: &Ctx, region: &Region) -> Option<String> {
    let parts = parts(cx, region);
    if parts.is_some() {
        return parts;
    }
    let precision = match region.level {
        Level::Country => PlacePrecision::Country,
        Level::Admin1 => PlacePrecision::Admin1,
        Level::Admin2 => PlacePrecision::Admin2,
        Level::Admin3 => PlacePrecision::Admin3,
        Level::Place => PlacePrecision::Place,
    };
    locator(cx, region, region.point, precision)
}

fn parts(cx: &Ctx, region: &Region) -> Option<String> {
    let within = region.pcode.as_deref()?;
    if !matches!(region.level, Level::Country | Level::Admin1) {
        return None;
    }
    let drawn: Vec<(&str, String, String, u64, String)> = cx
        .catalog
        .children(region.row)
        .filter_map(|child| {
            let count = cx.catalog.index.region.get(&child.row).map_or(0, |set| set.len());
            let name = child.name.get(cx.lang);
            let words = format!("{name}{} {}", colon(cx.lang), phrases::events(count, cx.lang));
            let href = Page::Region(&child.id).path(cx.lang);
            Some((child.pcode.as_deref()?, short_name(name).to_owned(), href, count, words))
        })
        .collect();
    let shapes: Vec<RegionShape> = drawn
        .iter()
        .map(|(pcode, name, href, count, title)| RegionShape { pcode, name, href, count: *count, title })
        .collect();
    let title = format!("{} {}", cx.t.map_of, region.name.get(cx.lang));
    let setting = Setting { asset_url: &cx.assets.map, title: &title, lang: cx.lang };
    region_map(&RegionMap { within, parts: &shapes, points: &[] }, &setting)
}
