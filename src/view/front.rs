//! The front door.

use askama::Template;

use crate::domain::vocab::{Accounts, EventKind, Role};
use crate::links::{self, Page};
use crate::query::{EventFilter, EventQuery, Sort};
use crate::store::facets::Facets;
use crate::store::list::Card;
use crate::store::timeline::Timeline;
use crate::text::phrases;

use super::actor::places;
use super::card::CardView;
use super::frame::Nav;
use super::region::who;
use super::timechart::TimeChart;
use super::{Ctx, Frame, Link};

/// The page of `/`.
#[derive(Template)]
#[template(path = "front.html")]
pub struct FrontPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What this is, in two sentences.
    pub lead: String,
    /// What there is, in words.
    pub counts: String,
    /// The map of regions, or of the world.
    pub map: Option<String>,
    /// What it shows.
    pub map_title: &'static str,
    /// All events over time.
    pub chart: Option<TimeChart>,
    /// The latest events.
    pub latest: Vec<CardView>,
    /// The gravest massacres.
    pub gravest: Vec<CardView>,
    /// Regions most often named.
    pub places: Vec<(Link, String)>,
    /// Groups most often named as perpetrators.
    pub groups: Vec<(Link, String)>,
    /// The explorer.
    pub all: Link,
    /// The explorer on massacres, highest toll first.
    pub all_gravest: String,
    /// Events on whose toll accounts differ.
    pub differ: Link,
    /// The method.
    pub method: Link,
}

/// What the front door is made of.
pub struct FrontParts<'a> {
    /// Facets of all events.
    pub facets: &'a Facets,
    /// Facets of all events with a perpetrator named.
    pub perpetrators: &'a Facets,
    /// All events over time.
    pub over_time: &'a Timeline,
    /// The latest events.
    pub latest: &'a [Card],
    /// The gravest massacres.
    pub gravest: &'a [Card],
    /// The map.
    pub map: Option<String>,
}

/// Massacres, highest toll first.
pub fn gravest() -> EventQuery {
    let filter = EventFilter { kind: vec![EventKind::Massacre], ..EventFilter::default() };
    EventQuery { sort: Some(Sort::KilledDesc), ..EventQuery::of(filter) }
}

/// What this is, in two sentences.
pub fn lead(cx: &Ctx) -> String {
    let records = match cx.catalog.is_of_the_world() {
        true => phrases::world_lead(cx.catalog.countries(), cx.lang),
        false => cx.t.front_lead.to_owned(),
    };
    format!("{records} {}", cx.t.front_promise)
}

impl FrontPage {
    /// The front door.
    pub fn new(cx: &Ctx, parts: &FrontParts) -> FrontPage {
        let lang = cx.lang;
        let none = EventFilter::default();
        let n = cx.catalog.counts();
        let counts = [
            phrases::events(n.events, lang),
            phrases::reports(n.reports, lang),
            phrases::passages(n.passages, lang),
            phrases::claims(n.claims, lang),
        ];
        let differ = EventFilter { accounts: vec![Accounts::Differ], ..EventFilter::default() };
        let lead = lead(cx);
        FrontPage {
            frame: Frame::new(cx, Nav::None, "", |lang| Page::Front.path(lang)).described(lead.clone()),
            lead,
            counts: phrases::and(&counts, lang),
            map: parts.map.clone(),
            map_title: if cx.catalog.is_of_the_world() { cx.t.front_map_world } else { cx.t.front_map },
            chart: TimeChart::of_list(cx, &EventQuery::default(), parts.over_time),
            latest: parts.latest.iter().map(|card| CardView::new(cx, card)).collect(),
            gravest: parts.gravest.iter().map(|card| CardView::new(cx, card)).collect(),
            places: places(cx, &none, &parts.facets.region),
            groups: who(cx, &EventFilter { role: vec![Role::Perpetrator], ..none.clone() }, &parts.perpetrators.actor),
            all: Link::new(Page::Events.path(lang), cx.t.front_all),
            all_gravest: links::events(&gravest(), lang),
            differ: Link::new(links::filtered(&differ, lang), cx.t.front_differ),
            method: Link::new(Page::Method.path(lang), cx.t.method_title),
        }
    }
}
