//! A result on the map: marks sized by their toll over land and borders, each a link that goes closer or to its events;
//! areas of which no more is known; and what the map cannot show, in words beside it.

use crate::domain::bbox::BBox;
use crate::links;
use crate::query::filter::EventFilter;
use crate::query::{EventQuery, ViewMode};
use crate::store::catalog::Region;
use crate::store::cells::{Area, Cell, Cells};
use crate::store::facets::Value;
use crate::store::list::Card;
use crate::store::on_map;
use crate::text::format::number;
use crate::text::phrases;

use super::card::CardView;
use super::{Ctx, Link};

mod draw;
mod moving;
mod spread;
mod window;

pub use moving::MovingMap;
pub(super) use window::frame_of;
pub use window::square;

use crate::domain::vocab::OnMap;
use window::{CLOSEST, window};

/// A result on the map.
pub struct MapView {
    /// The map; none where no event has a point or an area.
    pub svg: Option<String>,
    /// What a script needs to make it one that can be moved.
    pub moving: MovingMap,
    /// How many events have no place on it, in words.
    pub without: Option<String>,
    /// The first of these.
    pub unplaced: Vec<CardView>,
    /// All of them.
    pub all_unplaced: String,
    /// Where one is: the regions around the one that is chosen, the largest first.
    pub around: Vec<Link>,
    /// Farther away.
    pub out: Option<Link>,
    /// The whole result.
    pub whole: Option<Link>,
    /// The same in words: regions with their events, most first.
    pub regions: Vec<(Link, String)>,
    /// What its marks mean.
    pub hints: Vec<&'static str>,
    /// The code with which it is embedded elsewhere; empty where that cannot be.
    pub embed: String,
}

/// A map on the page of an actor or a region, which leads to the one that fills a page.
pub struct SmallMap {
    /// The map.
    pub svg: String,
    /// The same events on the map of the explorer.
    pub link: Link,
}

/// So many regions are named beside it.
const REGIONS: usize = 20;

/// Cells of so few events lead to their list.
const FEW: u64 = 10;

/// So many events without a place are named beside it.
pub const UNPLACED: u16 = 6;

/// The filter of the events that have no place on the map; none where the filter asks for others.
pub fn unplaced(filter: &EventFilter) -> Option<EventFilter> {
    let asked = filter.place.is_empty() || filter.place.contains(&OnMap::Nowhere);
    asked.then(|| EventFilter { place: vec![OnMap::Nowhere], bbox: None, ..filter.clone() })
}

/// Addresses of the same query elsewhere.
#[derive(Clone, Copy)]
struct Ways<'a> {
    cx: &'a Ctx<'a>,
    query: &'a EventQuery,
}

impl Ways<'_> {
    fn to(&self, filter: EventFilter, view: ViewMode) -> String {
        links::events(&EventQuery { filter, view, after: None, ..self.query.clone() }, self.cx.lang)
    }

    fn frame(&self, bbox: Option<BBox>) -> String {
        self.to(EventFilter { bbox, ..self.query.filter.clone() }, ViewMode::Map)
    }

    /// One region of the result, as large as the drawing.
    fn region(&self, region: Option<&Region>) -> String {
        let region = region.and_then(|region| region.id.parse().ok()).into_iter().collect();
        self.to(EventFilter { region, bbox: None, ..self.query.filter.clone() }, ViewMode::Map)
    }

    /// Closer to a cell, or its events.
    fn cell(&self, cell: &Cell) -> String {
        let [west, south, east, north] = cell.frame.degrees();
        if cell.events > FEW && (east - west).max(north - south) > CLOSEST / 4.0 {
            return self.frame(cell.frame.with_room(CLOSEST / 4.0));
        }
        self.to(cell_filter(self.cx, &self.query.filter, cell), ViewMode::List)
    }

    fn area(&self, area: &Area) -> String {
        self.to(area_filter(self.cx, &self.query.filter, area), ViewMode::List)
    }
}

/// The events of a cell, and no other.
pub fn cell_filter(cx: &Ctx, filter: &EventFilter, cell: &Cell) -> EventFilter {
    let mut place = filter.place.clone();
    // Events drawn as an area may have a point in the same frame.
    if place.is_empty() && !cx.catalog.on_map.outlined.is_empty() {
        place = vec![OnMap::Point];
        if cell.areas > 0 {
            place.extend([OnMap::Admin3, OnMap::Admin2, OnMap::Admin1, OnMap::Country]);
        }
    }
    EventFilter { bbox: Some(cell.frame), place, ..filter.clone() }
}

/// The events of an area, and no other.
pub fn area_filter(cx: &Ctx, filter: &EventFilter, area: &Area) -> EventFilter {
    let path = cx.catalog.path(area.region);
    let within = filter.region.is_empty() || filter.region.iter().any(|id| path.iter().any(|r| r.id == id.as_str()));
    let region = match path.last().filter(|_| within).and_then(|region| region.id.parse().ok()) {
        Some(id) => vec![id],
        None => filter.region.clone(),
    };
    let place = match area.gathered {
        true => vec![OnMap::Admin2, OnMap::Admin1],
        false => vec![on_map::size(area.level)],
    };
    EventFilter { region, place, bbox: None, ..filter.clone() }
}

/// What is read for a cell: `3 events – 18 killed`.
pub fn cell_words(cx: &Ctx, cell: &Cell) -> String {
    let mut words = phrases::events(cell.events, cx.lang);
    if let Some(killed) = cell.killed.filter(|killed| killed.most > 0) {
        words += &format!(" – {}", phrases::killed_in_all(killed.least, killed.most, killed.open, cx.lang));
    }
    if cell.areas > 0 {
        words += &format!(" ({})", phrases::areas_only(cell.areas, cell.events, cx.lang));
    }
    words
}

/// What is read for an area: `Mopti region: 2 events – 7 killed (only the area is known)`.
pub fn area_words(cx: &Ctx, area: &Area) -> String {
    let name = cx.catalog.region_at(area.region).map_or("", |region| region.name.get(cx.lang));
    let mut words = format!("{name}{} {}", crate::text::format::colon(cx.lang), phrases::events(area.events, cx.lang));
    if let Some(killed) = area.killed.filter(|killed| killed.most > 0) {
        words += &format!(" – {}", phrases::killed_in_all(killed.least, killed.most, killed.open, cx.lang));
    }
    words + &format!(" ({})", phrases::areas_only(area.events, area.events, cx.lang))
}

impl MapView {
    /// The map of a query. `regions` are those of its events wherever they were, with how many of them each holds;
    /// `unplaced` are the first events without a place.
    pub fn new(cx: &Ctx, query: &EventQuery, cells: &Cells, regions: &[Value<i64>], unplaced: &[Card]) -> MapView {
        let window = window(cx.catalog, query.filter.bbox, cells.frame, &cells.areas);
        let ways = Ways { cx, query };
        let (wide, high) = (window.east - window.west, window.north - window.south);
        let wider = BBox::of([window.west - wide, window.south - high, window.east + wide, window.north + high]);
        let framed = query.filter.bbox.is_some();
        MapView {
            svg: drawn(cells).then(|| draw::svg(&ways, &window, cells, regions)),
            moving: MovingMap::new(cx, query, &window),
            without: (cells.without > 0).then(|| phrases::without_a_place(cells.without, cx.lang)),
            unplaced: unplaced.iter().map(|card| CardView::new(cx, card)).collect(),
            all_unplaced: ways.to(self::unplaced(&query.filter).unwrap_or_default(), ViewMode::List),
            around: around(&ways),
            out: framed.then(|| Link::new(ways.frame(wider), cx.t.map_out)),
            whole: framed.then(|| Link::new(ways.frame(None), cx.t.map_whole)),
            regions: regions
                .iter()
                .filter_map(|value| Some((cx.catalog.region_at(value.value).filter(|region| region.live)?, value)))
                .filter(|(region, _)| !holds_chosen(cx, &query.filter, region))
                .take(REGIONS)
                .map(|(region, value)| {
                    (Link::new(ways.region(Some(region)), region.name.get(cx.lang)), number(value.count, cx.lang))
                })
                .collect(),
            embed: String::new(),
            hints: hints(cx, cells),
        }
    }

    /// The map alone, for another page; none where nothing can be drawn.
    pub fn small(cx: &Ctx, filter: &EventFilter, cells: &Cells, regions: &[Value<i64>]) -> Option<SmallMap> {
        let query = EventQuery { view: ViewMode::Map, ..EventQuery::of(filter.clone()) };
        let window = window(cx.catalog, None, cells.frame, &cells.areas);
        let ways = Ways { cx, query: &query };
        drawn(cells).then(|| SmallMap {
            svg: draw::svg(&ways, &window, cells, regions),
            link: Link::new(ways.frame(None), cx.t.map_larger),
        })
    }
}

/// Whether a region is one that the filter asks for, or holds one.
fn holds_chosen(cx: &Ctx, filter: &EventFilter, region: &Region) -> bool {
    let chosen = filter.region.iter().filter_map(|id| cx.catalog.region(id.as_str()));
    chosen.flat_map(|chosen| cx.catalog.path(chosen.row)).any(|above| above.row == region.row)
}

fn drawn(cells: &Cells) -> bool {
    !cells.cells.is_empty() || !cells.areas.is_empty()
}

/// From all places to the region that is chosen.
fn around(ways: &Ways) -> Vec<Link> {
    let [only] = ways.query.filter.region.as_slice() else { return Vec::new() };
    let Some(region) = ways.cx.catalog.region(only.as_str()) else { return Vec::new() };
    let mut path = ways.cx.catalog.path(region.row);
    path.pop();
    let mut links = vec![Link::new(ways.region(None), ways.cx.t.map_everywhere)];
    links.extend(path.into_iter().map(|r| Link::new(ways.region(Some(r)), r.name.get(ways.cx.lang))));
    links.push(Link::text(region.name.get(ways.cx.lang)));
    links
}

fn hints(cx: &Ctx, cells: &Cells) -> Vec<&'static str> {
    let sized = match cells.cells.iter().all(|cell| cell.killed.is_some()) {
        true => cx.t.map_hint_killed,
        false => cx.t.map_hint_events,
    };
    let rings = cells.cells.iter().any(|cell| cell.areas == cell.events);
    (!cells.cells.is_empty())
        .then_some([sized, cx.t.map_hint_link])
        .into_iter()
        .flatten()
        .chain((!cells.areas.is_empty()).then_some(cx.t.map_hint_area))
        .chain(rings.then_some(cx.t.map_hint_ring))
        .collect()
}
