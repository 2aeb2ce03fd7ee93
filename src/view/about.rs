//! What this is, how it is made, what may be done with it.

use askama::Template;

use crate::domain::date::PartialDate;
use crate::domain::figure::ABOUT_PERCENT;
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::store::catalog::Counts;
use crate::text::format::date;
use crate::text::phrases;

use super::frame::Nav;
use super::ld;
use super::{Ctx, Frame, Link};

/// `/about`.
#[derive(Template)]
#[template(path = "about.html")]
pub struct AboutPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The other about pages.
    pub pages: Vec<Link>,
    /// What there is, in words.
    pub counts: String,
}

/// `/about/method`.
#[derive(Template)]
#[template(path = "method.html")]
pub struct MethodPage {
    /// What surrounds it.
    pub frame: Frame,
    /// By how much a rounded figure may be off, in hundredths.
    pub about_percent: u32,
    /// Events on whose toll accounts differ.
    pub differ: String,
}

/// `/about/data`.
#[derive(Template)]
#[template(path = "data.html")]
pub struct DataPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The datasets.
    pub datasets: Vec<DatasetView>,
    /// Where geographic information systems find the same, absolute.
    pub ogc: String,
}

/// A dataset.
pub struct DatasetView {
    /// Its title.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Its version and when it came.
    pub version: String,
    /// Its licence.
    pub licence: Link,
    /// What is in it, in words.
    pub counts: String,
    /// The package as a zip, if it may be passed on.
    pub download: Option<String>,
    /// Its events.
    pub events: Link,
}

fn counts(cx: &Ctx, n: Counts) -> String {
    let words = [
        phrases::events(n.events, cx.lang),
        phrases::reports(n.reports, cx.lang),
        phrases::passages(n.passages, cx.lang),
        phrases::claims(n.claims, cx.lang),
        phrases::actors(n.actors, cx.lang),
        phrases::regions(n.regions, cx.lang),
    ];
    phrases::and(&words, cx.lang)
}

impl AboutPage {
    /// What this is.
    pub fn new(cx: &Ctx) -> AboutPage {
        AboutPage {
            frame: Frame::new(cx, Nav::About, cx.t.about_title, |lang| Page::About.path(lang))
                .described(super::front::lead(cx)),
            pages: vec![
                Link::new(Page::Method.path(cx.lang), cx.t.method_title),
                Link::new(Page::Data.path(cx.lang), cx.t.data_title),
                Link::new(Page::Api.path(cx.lang), cx.t.api_title),
            ],
            counts: counts(cx, cx.catalog.counts()),
        }
    }
}

impl MethodPage {
    /// How it is made.
    pub fn new(cx: &Ctx) -> MethodPage {
        let differ = EventFilter { accounts: vec![crate::domain::vocab::Accounts::Differ], ..EventFilter::default() };
        MethodPage {
            frame: Frame::new(cx, Nav::About, cx.t.method_title, |lang| Page::Method.path(lang)),
            about_percent: ABOUT_PERCENT,
            differ: links::filtered(&differ, cx.lang),
        }
    }
}

impl DataPage {
    /// What may be done with it.
    pub fn new(cx: &Ctx) -> DataPage {
        let datasets = cx
            .catalog
            .datasets
            .iter()
            .map(|d| {
                let on = d.imported_at.get(..10).and_then(|day| day.parse::<PartialDate>().ok());
                let on = on.map_or_else(String::new, |on| format!(" ({})", date(on, cx.lang)));
                let source = d.id.parse().map(|id| EventFilter { source: vec![id], ..EventFilter::default() });
                DatasetView {
                    title: d.title.get(cx.lang).to_owned(),
                    description: d.description.get(cx.lang).to_owned(),
                    version: format!("{}{on}", d.version),
                    licence: Link::new(d.licence_url.clone(), d.licence.clone()),
                    counts: counts(cx, d.counts),
                    download: d.redistributable.then(|| links::package(&d.id)),
                    events: Link::new(links::filtered(&source.unwrap_or_default(), cx.lang), cx.t.front_all),
                }
            })
            .collect();
        let mut frame = Frame::new(cx, Nav::About, cx.t.data_title, |lang| Page::Data.path(lang));
        let described = cx.catalog.datasets.iter().map(|dataset| ld::dataset(cx, dataset)).collect();
        frame.ld = Some(ld::embedded(&ld::document(described)));
        DataPage { frame, datasets, ogc: format!("{}{}", cx.base_url, links::OGC) }
    }
}
