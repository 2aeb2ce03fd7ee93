//! Actors: the list, and one of them.

use std::collections::HashMap;

use askama::Template;

use crate::domain::date::PartialDate;
use crate::domain::vocab::{ActorKind, Vocabulary};
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::query::compare::CompareQuery;
use crate::query::filter::Part;
use crate::store::actors::{ActorFull, PassageRef};
use crate::store::facets::{Facets, Value};
use crate::text::format::{capital, colon, date, number};
use crate::text::labels::Label;
use crate::text::phrases;

use super::explorer::ListView;
use super::frame::Nav;
use super::mapview::SmallMap;
use super::ties::TiesView;
use super::{Ctx, Frame, Link};

/// The list of actors, by kind.
#[derive(Template)]
#[template(path = "actors.html")]
pub struct ActorsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// How many.
    pub total: String,
    /// Where two are compared.
    pub compare: Link,
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
            compare: Link::new(Page::Compare.path(cx.lang), cx.t.compare_title),
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
    /// A colon, as it stands behind a word.
    pub colon: &'static str,
    /// Ties to others, over time.
    pub ties: Option<TiesView>,
    /// As what it is named: words, address of the filter, how many events.
    pub roles: Vec<(Link, String)>,
    /// How sure that is, likewise.
    pub certainties: Vec<(Link, String)>,
    /// Where, likewise.
    pub places: Vec<(Link, String)>,
    /// The same on a map.
    pub map: Option<SmallMap>,
    /// With whom.
    pub with: Option<WithView>,
    /// Where two are compared.
    pub compare: Link,
    /// How many events.
    pub total: String,
    /// Its events.
    pub list: ListView,
    /// Passages that name it without a claim on an event.
    pub mentions: Vec<MentionView>,
}

/// The actors named in the same events.
pub struct WithView {
    /// Each with bars of its years, as SVG, and how many events.
    pub others: Vec<(Link, String, String)>,
    /// The years the bars are of.
    pub years: String,
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

/// A passage on its report's page, by its publisher and date.
pub fn passage_link(cx: &Ctx, passage: &PassageRef) -> Link {
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
        map: Option<SmallMap>,
    ) -> Option<ActorPage> {
        let known = cx.catalog.actor_at(actor.row)?;
        let name = known.name.get(cx.lang);
        let summary = actor.summary.get(cx.lang).to_owned();
        let words = |value: String, part: Part, count: u64| filter_link(cx, &filter.with(&part), &value, count);
        let frame = Frame::new(cx, Nav::Actors, name, |lang| Page::Actor(&known.id).path(lang))
            .speaking_of_killings()
            .described(if summary.is_empty() { name.to_owned() } else { summary.clone() })
            .with_json(Page::Actor(&known.id).format(cx.lang, "json"))
            .with_feed(filter)
            .pictured(Page::Actor(&known.id));
        let mut names: Vec<String> = vec![known.name.get(cx.lang.other()).to_owned()];
        names.extend(known.alt_names.iter().cloned());
        names.retain(|other| other != name);
        names.dedup();
        Some(ActorPage {
            frame,
            kind: capital(known.kind.label(cx.lang)),
            names,
            summary,
            colon: colon(cx.lang),
            ties: TiesView::new(cx, &actor.ties),
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
            map,
            with: with(cx, actor.row, total),
            compare: Link::new(links::compare(&CompareQuery::of(&known.id), cx.lang), cx.t.compare_with),
            total: phrases::events(total, cx.lang),
            list,
            mentions: actor.mentions.iter().map(|m| MentionView::new(cx, m)).collect(),
        })
    }
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

/// The actors named in the same events, most often first, with their years and how many.
fn with(cx: &Ctx, actor: i64, total: u64) -> Option<WithView> {
    if total == 0 {
        return None;
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
    let mut shared: Vec<(i64, roaring::RoaringBitmap)> = shared.into_iter().collect();
    shared.sort_by_key(|(other, set)| (std::cmp::Reverse(set.len()), *other));
    shared.truncate(10);
    let years: Vec<i32> = {
        let with = |(_, of): &(&i32, &roaring::RoaringBitmap)| events.intersection_len(of) > 0;
        let mut years = index.year.iter().filter(with).map(|(year, _)| *year);
        let first = years.next()?;
        (first..=years.next_back().unwrap_or(first)).collect()
    };
    let counts: Vec<Vec<u64>> = shared
        .iter()
        .map(|(_, set)| years.iter().map(|y| index.year.get(y).map_or(0, |of| set.intersection_len(of))).collect())
        .collect();
    let most = counts.iter().flatten().copied().max().unwrap_or(1).max(1);
    let others = shared
        .iter()
        .zip(&counts)
        .map(|((other, set), counts)| (cx.actor(*other), bars(counts, most), number(set.len(), cx.lang)))
        .collect::<Vec<_>>();
    let (first, last) = (years.first()?, years.last()?);
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    (!others.is_empty()).then_some(WithView { others, years })
}

/// Small bars on the scale of all rows; said to nobody, since the count beside them is.
fn bars(counts: &[u64], most: u64) -> String {
    use std::fmt::Write as _;
    let mut svg = format!(
        r#"<svg class="bars" viewBox="0 0 {} 20" preserveAspectRatio="none" aria-hidden="true">"#,
        counts.len().max(8)
    );
    for (at, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
        let height = (20.0 * *n as f64 / most as f64).max(1.5);
        let _ = write!(svg, r#"<rect x="{at}.1" y="{:.1}" width=".8" height="{height:.1}"/>"#, 20.0 - height);
    }
    svg.push_str("</svg>");
    svg
}
