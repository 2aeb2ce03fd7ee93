//! Actors: the list, and one of them.

use std::collections::HashMap;

use askama::Template;

use crate::domain::date::PartialDate;
use crate::domain::vocab::{ActorKind, Vocabulary};
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::query::filter::Part;
use crate::store::actors::{ActorFull, PassageRef, Tie};
use crate::store::facets::{Facets, Value};
use crate::text::format::{capital, date, number};
use crate::text::labels::{Label, relation_reversed};
use crate::text::phrases;

use super::explorer::ListView;
use super::frame::Nav;
use super::{Ctx, Frame, Link};

/// The list of actors, by kind.
#[derive(Template)]
#[template(path = "actors.html")]
pub struct ActorsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// How many.
    pub total: String,
    /// The kinds there are, and the actors of each.
    pub kinds: Vec<(String, Vec<ActorLine>)>,
}

/// An actor in the list: the link, other names, how many events.
pub type ActorLine = (Link, String, String);

impl ActorsPage {
    /// All actors.
    pub fn new(cx: &Ctx) -> ActorsPage {
        let kinds = ActorKind::ALL
            .iter()
            .filter_map(|kind| {
                let mut named: Vec<(u64, ActorLine)> = cx
                    .catalog
                    .actors()
                    .filter(|actor| actor.kind == *kind)
                    .map(|actor| {
                        let events = cx.catalog.index.actor_events(actor.row).len();
                        (events, (cx.actor(actor.row), actor.alt_names.join(", "), phrases::events(events, cx.lang)))
                    })
                    .collect();
                named.sort_by_key(|(events, _)| std::cmp::Reverse(*events));
                let named: Vec<_> = named.into_iter().map(|(_, actor)| actor).collect();
                (!named.is_empty()).then(|| (capital(kind.label(cx.lang)), named))
            })
            .collect();
        let path = |lang| Page::Actors.path(lang);
        ActorsPage {
            frame: Frame::new(cx, Nav::Actors, cx.t.actors_title, path)
                .described(cx.t.actors_intro)
                .with_json(Page::Actors.format(cx.lang, "json")),
            total: phrases::actors(cx.catalog.actors().count() as u64, cx.lang),
            kinds,
        }
    }
}

/// One actor.
#[derive(Template)]
#[template(path = "actor.html")]
pub struct ActorPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What sort of actor.
    pub kind: String,
    /// Other names and spellings.
    pub names: Vec<String>,
    /// A sentence or two.
    pub summary: String,
    /// Ties to others, by the other one.
    pub ties: Vec<TieView>,
    /// As what it is named: words, address of the filter, how many events.
    pub roles: Vec<(Link, String)>,
    /// How sure that is, likewise.
    pub certainties: Vec<(Link, String)>,
    /// Where, likewise.
    pub places: Vec<(Link, String)>,
    /// With whom, likewise.
    pub with: Vec<(Link, String)>,
    /// How many events.
    pub total: String,
    /// Its events.
    pub list: ListView,
    /// Passages that name it without a claim on an event.
    pub mentions: Vec<MentionView>,
}

/// A tie, and all passages that say it.
pub struct TieView {
    /// `part of`.
    pub relation: &'static str,
    /// The other actor.
    pub other: Link,
    /// Each passage: when it speaks of, the passage, what it says.
    pub said: Vec<(String, Link, String)>,
}

/// A passage that names something.
pub struct MentionView {
    /// The passage on its report's page.
    pub link: Link,
    /// What it says.
    pub gist: String,
}

impl MentionView {
    /// A passage.
    pub fn new(cx: &Ctx, passage: &PassageRef) -> MentionView {
        MentionView { link: passage_link(cx, passage), gist: passage.gist.get(cx.lang).to_owned() }
    }
}

fn passage_link(cx: &Ctx, passage: &PassageRef) -> Link {
    let on = passage.published.as_deref().and_then(|text| text.parse::<PartialDate>().ok());
    let on = on.map_or_else(|| cx.t.report_undated.to_owned(), |on| date(on, cx.lang));
    Link::new(links::passage(&passage.report, &passage.id, cx.lang), format!("{}, {on}", passage.publisher))
}

/// A filter as a link, with how many events it selects.
pub fn filter_link(cx: &Ctx, filter: &EventFilter, text: &str, count: u64) -> (Link, String) {
    (Link::new(links::filtered(filter, cx.lang), text), number(count, cx.lang))
}

impl ActorPage {
    /// An actor, with the facets of its events.
    pub fn new(
        cx: &Ctx,
        actor: &ActorFull,
        filter: &EventFilter,
        total: u64,
        facets: &Facets,
        list: ListView,
    ) -> Option<ActorPage> {
        let known = cx.catalog.actor_at(actor.row)?;
        let name = known.name.get(cx.lang);
        let summary = actor.summary.get(cx.lang).to_owned();
        let words = |value: String, part: Part, count: u64| filter_link(cx, &filter.with(&part), &value, count);
        let frame = Frame::new(cx, Nav::Actors, name, |lang| Page::Actor(&known.id).path(lang))
            .described(if summary.is_empty() { name.to_owned() } else { summary.clone() })
            .with_json(Page::Actor(&known.id).format(cx.lang, "json"))
            .with_feed(filter);
        let mut names: Vec<String> = vec![known.name.get(cx.lang.other()).to_owned()];
        names.extend(known.alt_names.iter().cloned());
        names.retain(|other| other != name);
        names.dedup();
        Some(ActorPage {
            frame,
            kind: capital(known.kind.label(cx.lang)),
            names,
            summary,
            ties: ties(cx, &actor.ties),
            roles: facets
                .role
                .iter()
                .map(|v| words(capital(v.value.label(cx.lang)), Part::Role(v.value), v.count))
                .collect(),
            certainties: facets
                .certainty
                .iter()
                .map(|v| words(capital(v.value.label(cx.lang)), Part::Certainty(v.value), v.count))
                .collect(),
            places: places(cx, filter, &facets.region),
            with: with(cx, actor.row, total),
            total: phrases::events(total, cx.lang),
            list,
            mentions: actor.mentions.iter().map(|m| MentionView::new(cx, m)).collect(),
        })
    }
}

fn ties(cx: &Ctx, ties: &[Tie]) -> Vec<TieView> {
    let mut views: Vec<TieView> = Vec::new();
    for tie in ties {
        let relation =
            if tie.outgoing { tie.relation.label(cx.lang) } else { relation_reversed(tie.relation, cx.lang) };
        let other = cx.actor(tie.other);
        let time = |text: &Option<String>| {
            text.as_deref().and_then(|t| t.parse::<PartialDate>().ok()).map(|d| date(d, cx.lang))
        };
        let when = match (time(&tie.from), time(&tie.until)) {
            (None, None) => cx.t.tie_undated.to_owned(),
            (Some(from), None) => from,
            (None, Some(until)) => format!("{} {until}", cx.lang.pick("until", "jusqu’à")),
            (Some(from), Some(until)) => format!("{from}–{until}"),
        };
        let said = (when, passage_link(cx, &tie.passage), tie.passage.gist.get(cx.lang).to_owned());
        match views.iter_mut().find(|view| view.other == other && view.relation == relation) {
            Some(view) => view.said.push(said),
            None => views.push(TieView { relation, other, said: vec![said] }),
        }
    }
    views
}

/// The admin1 regions of a facet, or its countries where it is of the world; most events first.
pub fn places(cx: &Ctx, filter: &EventFilter, facet: &[Value<i64>]) -> Vec<(Link, String)> {
    use crate::domain::vocab::Level;
    use crate::store::catalog::FEW_COUNTRIES;
    let countries = facet.iter().filter_map(|v| cx.catalog.region_at(v.value)).filter(|r| r.level == Level::Country);
    let level = if countries.count() as u64 > FEW_COUNTRIES { Level::Country } else { Level::Admin1 };
    facet
        .iter()
        .filter_map(|v| {
            let region = cx.catalog.region_at(v.value).filter(|r| r.live && r.level == level)?;
            let part = Part::Region(region.id.parse().ok()?);
            Some(filter_link(cx, &filter.with(&part), region.name.get(cx.lang), v.count))
        })
        .take(12)
        .collect()
}

/// The actors named in the same events, most often first.
fn with(cx: &Ctx, actor: i64, total: u64) -> Vec<(Link, String)> {
    if total == 0 {
        return Vec::new();
    }
    let index = &cx.catalog.index;
    let events = index.actor_events(actor);
    let mut shared: HashMap<i64, roaring::RoaringBitmap> = HashMap::new();
    for ((other, ..), set) in index.parts.iter().filter(|((other, ..), _)| *other != actor) {
        let both = &events & set;
        if !both.is_empty() {
            *shared.entry(*other).or_default() |= both;
        }
    }
    let mut shared: Vec<(i64, u64)> = shared.into_iter().map(|(other, set)| (other, set.len())).collect();
    shared.sort_by_key(|(other, n)| (std::cmp::Reverse(*n), *other));
    shared.into_iter().take(10).map(|(other, n)| (cx.actor(other), number(n, cx.lang))).collect()
}
