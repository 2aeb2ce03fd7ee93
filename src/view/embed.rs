//! Pages for frames in the pages of other sites: the head of an event with its accounts, or a map of a filter. Each names
//! where it comes from and leads back; links open beside the page that holds the frame.

use askama::Template;

use crate::domain::lang::Lang;
use crate::domain::vocab::Topic;
use crate::links::{self, Page};
use crate::query::describe::Names;
use crate::query::{EventQuery, ViewMode};
use crate::store::cells::Cells;
use crate::store::events::EventFull;
use crate::store::facets::Value;
use crate::text::format::{capital, date, span};
use crate::text::labels::Label;
use crate::text::phrases;
use crate::text::ui::Text;

use super::Ctx;
use super::event::{TollView, counts, toll_chart, toll_view};
use super::mapview::MapView;
use super::svg::escape;

/// What surrounds a page in a frame.
pub struct EmbedFrame {
    /// The language.
    pub lang: Lang,
    /// The fixed texts.
    pub t: &'static Text,
    /// What it shows.
    pub title: String,
    /// The whole page, absolute.
    pub whole: String,
    /// What leads there.
    pub more: &'static str,
    /// The site, absolute.
    pub home: String,
    /// Of which day and under which terms it is.
    pub standing: String,
    /// The style sheet.
    pub css: String,
}

impl EmbedFrame {
    fn new(cx: &Ctx, title: String, whole: &str, more: &'static str, standing: String) -> EmbedFrame {
        EmbedFrame {
            lang: cx.lang,
            t: cx.t,
            title,
            whole: format!("{}{whole}", cx.base_url),
            more,
            home: format!("{}{}", cx.base_url, Page::Front.path(cx.lang)),
            standing,
            css: cx.assets.embed.clone(),
        }
    }
}

/// An event.
#[derive(Template)]
#[template(path = "embed/event.html")]
pub struct EmbeddedEvent {
    /// What surrounds it.
    pub frame: EmbedFrame,
    /// What sort of event.
    pub kind: String,
    /// When.
    pub when: String,
    /// For `<time datetime>`.
    pub datetime: String,
    /// Where.
    pub place: String,
    /// The toll, if it is known.
    pub toll: Option<TollView>,
    /// The accounts of it, on one scale.
    pub chart: Option<String>,
}

impl EmbeddedEvent {
    /// An event as it is now.
    pub fn new(cx: &Ctx, event: &EventFull) -> EmbeddedEvent {
        let record = &event.record;
        let whole = Page::Event(record.id.as_str()).path(cx.lang);
        let region = cx.catalog.region(record.region.as_str());
        let place = region.map(|region| cx.place_in_short(region.row)).unwrap_or_default();
        let licence = cx.catalog.dataset_at(event.dataset).map(|dataset| dataset.licence.as_str()).unwrap_or_default();
        let version = phrases::version_of(event.version, &day(cx, &event.updated), cx.lang);
        let standing = [counts(cx, record).as_str(), &version, licence].join(" · ");
        EmbeddedEvent {
            kind: capital(record.kind.label(cx.lang)),
            when: span(&record.span(), cx.lang),
            datetime: record.start.clone(),
            place: place.into_iter().map(|link| link.text).collect::<Vec<_>>().join(", "),
            toll: toll_view(cx, &record.toll(Topic::Killed)),
            chart: toll_chart(cx, event, &whole).map(beside),
            frame: EmbedFrame::new(cx, record.title.get(cx.lang).to_owned(), &whole, cx.t.embed_event, standing),
        }
    }
}

/// A drawing whose links open beside the page that holds the frame: for those the target that the page names for all its
/// links does not count.
fn beside(svg: String) -> String {
    svg.replace("<a ", "<a target=\"_blank\" ")
}

/// What went wrong with a page for a frame.
#[derive(Template)]
#[template(path = "embed/error.html")]
pub struct EmbeddedError {
    /// What surrounds it.
    pub frame: EmbedFrame,
    /// What exactly.
    pub detail: String,
}

impl EmbeddedError {
    /// A failure in general and in particular.
    pub fn new(cx: &Ctx, title: &str, detail: String) -> EmbeddedError {
        let front = Page::Front.path(cx.lang);
        EmbeddedError { frame: EmbedFrame::new(cx, title.to_owned(), &front, cx.t.embed_front, String::new()), detail }
    }
}

/// The day of a time, RFC 3339.
fn day(cx: &Ctx, time: &str) -> String {
    time.get(..10).and_then(|day| day.parse().ok()).map(|day| date(day, cx.lang)).unwrap_or_default()
}

/// The events of a filter on a map.
#[derive(Template)]
#[template(path = "embed/map.html")]
pub struct EmbeddedMap {
    /// What surrounds it.
    pub frame: EmbedFrame,
    /// How many events.
    pub total: String,
    /// How many of them have no place on it.
    pub without: Option<String>,
    /// The map; none where it would be empty.
    pub svg: Option<String>,
}

impl EmbeddedMap {
    /// The map of a query, its marks leading to the events they stand for.
    pub fn new(
        cx: &Ctx,
        query: &EventQuery,
        total: u64,
        cells: &Cells,
        regions: &[Value<i64>],
        names: &dyn Names,
    ) -> EmbeddedMap {
        let query = EventQuery { view: ViewMode::Map, ..EventQuery::of(query.filter.clone()) };
        let map = MapView::new(cx, &query, cells, regions, &[]);
        let title = query.filter.describe(names, cx.lang);
        let mut standing = vec![phrases::data_of(&day(cx, &cx.catalog.changed_at), cx.lang)];
        let asked = |id: &str| query.filter.source.is_empty() || query.filter.source.iter().any(|s| s.as_str() == id);
        for dataset in cx.catalog.datasets.iter().filter(|dataset| asked(&dataset.id)) {
            if !standing.contains(&dataset.licence) {
                standing.push(dataset.licence.clone());
            }
        }
        let standing = standing.join(" · ");
        EmbeddedMap {
            frame: EmbedFrame::new(cx, title, &links::events(&query, cx.lang), cx.t.embed_map, standing),
            total: phrases::events(total, cx.lang),
            without: map.without,
            svg: map.svg.map(beside),
        }
    }
}

/// What can be embedded: the address of the frame, a title for who cannot see it, and the size at which it is whole on
/// most pages, in pixels of CSS.
pub struct Embed {
    /// The frame, absolute.
    pub src: String,
    /// What it shows.
    pub title: String,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// How wide a frame is, in pixels: a column of text.
const WIDE: u32 = 600;

/// How high what stands above and below the accounts may become, with a title of two lines.
const HEAD: u32 = 290;

/// How high the accounts of a toll become: the lanes, each under its name.
fn height(chart: &str) -> u32 {
    const NAME: u32 = 20;
    let lanes = chart.split("<svg height=\"").skip(1);
    lanes.filter_map(|lane| lane.split('"').next()?.parse::<u32>().ok()).map(|lane| lane + NAME).sum()
}

impl Embed {
    /// An event.
    pub fn event(cx: &Ctx, event: &EventFull) -> Embed {
        let record = &event.record;
        Embed {
            src: format!("{}{}", cx.base_url, Page::EmbeddedEvent(record.id.as_str()).path(cx.lang)),
            title: record.title.get(cx.lang).to_owned(),
            width: WIDE,
            height: HEAD + toll_chart(cx, event, "").map_or(0, |chart| height(&chart)),
        }
    }

    /// The map of a query, of which `title` is the filter in words.
    pub fn map(cx: &Ctx, query: &EventQuery, title: String) -> Embed {
        let src = format!("{}{}", cx.base_url, links::embedded_map(&query.filter, cx.lang));
        Embed { src, title, width: WIDE, height: 540 }
    }

    /// The code to put into a page.
    pub fn code(&self) -> String {
        format!(
            r#"<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="max-width:100%;border:0"></iframe>"#,
            escape(&self.src),
            escape(&self.title),
            self.width,
            self.height
        )
    }
}
