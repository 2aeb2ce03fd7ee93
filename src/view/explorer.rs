//! The explorer: a filter, its sentence, and the events it selects.

use askama::Template;

use crate::links;
use crate::query::describe::Names;
use crate::query::filter::Part;
use crate::query::{EventFilter, EventQuery, Page, ViewMode};
use crate::store::cells::Cells;
use crate::store::facets::{Facets, Value};
use crate::store::list::Card;
use crate::store::timeline::Timeline;
use crate::text::phrases;

use super::card::CardView;
use super::embed::Embed;
use super::facets::FilterView;
use super::frame::Nav;
use super::mapview::MapView;
use super::timechart::TimeChart;
use super::timeline::TimelineView;
use super::{Ctx, Frame, Link};

/// The page of `/events`.
#[derive(Template)]
#[template(path = "events.html")]
pub struct ExplorerPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The filter in words.
    pub sentence: String,
    /// How many events.
    pub total: String,
    /// That it is of an earlier state of the record, and the address of the present one.
    pub past: Option<(String, Link)>,
    /// The list itself.
    pub list: ListView,
}

/// A list of events with its filter: on the explorer, and on the pages of actors, regions and reports.
pub struct ListView {
    /// The filter beside it.
    pub filter: FilterView,
    /// The events.
    pub cards: Vec<CardView>,
    /// Whether they stand in a table.
    pub table: bool,
    /// Where they were, instead of the events.
    pub map: Option<MapView>,
    /// The chart of them over time.
    pub chart: Option<TimeChart>,
    /// Their number over time, instead of the events.
    pub timeline: Option<TimelineView>,
    /// The next page.
    pub next: Option<String>,
    /// The first page, where this is not it.
    pub first: Option<String>,
    /// For an empty result: what leaving out each filter would bring back.
    pub loosen: Vec<(Link, String)>,
    /// The whole list as files, and its feed.
    pub files: Vec<Link>,
    /// That the events are those of other words than were asked for.
    pub instead: Option<String>,
}

/// What a list shows beside its events, or instead of them.
pub struct Beside<'a> {
    /// For an empty one, how many events each filter keeps out.
    pub loosen: &'a [(EventFilter, String, u64)],
    /// The words that were looked for in place of the filter's.
    pub instead: Option<&'a str>,
    /// The result over time as it would be without the dates of the filter.
    pub over_time: &'a Timeline,
    /// The result over time, where that is shown.
    pub timeline: Option<&'a Timeline>,
    /// The result on the map, where that is shown.
    pub cells: Option<&'a Cells>,
    /// The regions of the result, most events first, likewise.
    pub regions: &'a [Value<i64>],
    /// The first events that a map cannot show, likewise.
    pub unplaced: &'a [Card],
}

impl ListView {
    /// Whether events are shown one by one, in an order.
    pub fn is_list(&self) -> bool {
        self.map.is_none() && self.timeline.is_none()
    }

    /// A page of events.
    pub fn new(
        cx: &Ctx,
        query: &EventQuery,
        page: &Page<Card>,
        facets: &Facets,
        names: &dyn Names,
        beside: &Beside,
    ) -> ListView {
        let lang = cx.lang;
        ListView {
            filter: FilterView::new(cx, query, facets, names),
            cards: page.items.iter().map(|card| CardView::new(cx, card)).collect(),
            table: query.view == ViewMode::Table,
            map: beside.cells.map(|cells| MapView {
                embed: if embeddable(cx, query) {
                    Embed::map(cx, query, query.filter.describe(names, lang)).code()
                } else {
                    String::new()
                },
                ..MapView::new(cx, query, cells, beside.regions, beside.unplaced)
            }),
            chart: match beside.timeline {
                Some(shown) => TimeChart::above_table(cx, query, shown, beside.over_time),
                None => TimeChart::of_list(cx, query, beside.over_time),
            },
            timeline: beside.timeline.map(|timeline| TimelineView::new(cx, query, timeline)),
            next: page.next.clone().map(|next| links::events(&EventQuery { after: Some(next), ..query.clone() }, lang)),
            first: query.after.is_some().then(|| links::events(&EventQuery { after: None, ..query.clone() }, lang)),
            loosen: beside
                .loosen
                .iter()
                .map(|(filter, without, count)| {
                    (Link::new(links::filtered(filter, lang), without.clone()), phrases::events(*count, lang))
                })
                .collect(),
            files: files(cx, query),
            instead: beside
                .instead
                .zip(query.filter.q.as_deref())
                .map(|(instead, words)| phrases::instead(words, instead, lang)),
        }
    }
}

/// Whether other sites may show the map of a query: not where some event may only be read here.
fn embeddable(cx: &Ctx, query: &EventQuery) -> bool {
    query.view == ViewMode::Map && cx.catalog.datasets.iter().all(|dataset| dataset.redistributable)
}

/// The list to take along: whole, under the same filter and in the same order.
fn files(cx: &Ctx, query: &EventQuery) -> Vec<Link> {
    let (lang, t) = (cx.lang, cx.t);
    let file = |ending: &str, words: &str| Link::new(links::export(query, lang, ending), words);
    vec![
        file("csv", t.take_csv),
        file("claims.csv", t.take_claims),
        file("geojson", t.take_geojson),
        file("gpkg", t.take_gpkg),
        file("jsonl", t.take_jsonl),
        file("zip", t.take_zip),
        file("bib", t.take_bib),
        file("ris", t.take_ris),
        file("csl.json", t.take_csl),
        Link::new(links::feed(&query.filter, None, None, lang), t.take_atom),
    ]
}

impl ExplorerPage {
    /// The explorer on a query.
    pub fn new(cx: &Ctx, query: &EventQuery, total: u64, list: ListView, names: &dyn Names) -> ExplorerPage {
        let sentence = query.filter.describe(names, cx.lang);
        let total = phrases::events(total, cx.lang);
        let mut frame = Frame::new(cx, Nav::Events, sentence.clone(), |lang| links::events(query, lang))
            .described(format!("{sentence} – {total}"))
            .speaking_of_killings()
            .with_json(links::events_format(query, cx.lang, "json"))
            .with_feed(&query.filter);
        if embeddable(cx, query) {
            frame = frame.embeddable();
        }
        frame.words = query.filter.q.clone().unwrap_or_default();
        // A page of the unfiltered list may be kept by search engines; the endless combinations of filters may not.
        frame.noindex = !query.filter.is_empty() || query.after.is_some();
        let past = query.filter.as_of.map(|as_of| {
            let filter = query.filter.without(&Part::AsOf);
            let present = links::events(&EventQuery { filter, after: None, ..query.clone() }, cx.lang);
            (
                phrases::as_of(&as_of.describe(cx.lang), &cx.catalog.changed_at, cx.lang),
                Link::new(present, cx.t.past_now),
            )
        });
        ExplorerPage { frame, sentence, total, past, list }
    }
}
