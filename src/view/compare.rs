//! Two actors or two regions side by side.

use askama::Template;

use crate::domain::names::fold;
use crate::domain::vocab::{EventKind, Vocabulary};
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::query::compare::CompareQuery;
use crate::query::filter::Part;
use crate::store::actors::Tie;
use crate::store::catalog::{Actor, Region};
use crate::store::facets::{Facets, Value};
use crate::store::killed::Killed;
use crate::store::list::Card;
use crate::store::timeline::Timeline;
use crate::text::format::{capital, colon};
use crate::text::labels::Label;
use crate::text::over_time::{compare_it_with, killed_range, one_in_the_other, shared_shown, side_by_side};
use crate::text::phrases;

use super::actor::{filter_link, places};
use super::card::CardView;
use super::frame::Nav;
use super::region::who;
use super::ties::TieSaid;
use super::timechart::{Scale, TimeChart};
use super::{Ctx, Frame, Link};

/// What can be compared.
#[derive(Clone, Copy)]
pub enum Subject<'a> {
    /// An actor.
    Actor(&'a Actor),
    /// A region.
    Region(&'a Region),
}

impl<'a> Subject<'a> {
    /// Its id.
    pub fn id(self) -> &'a str {
        match self {
            Subject::Actor(actor) => &actor.id,
            Subject::Region(region) => &region.id,
        }
    }

    /// Whether both are actors, or both regions.
    pub fn is_like(self, other: Subject) -> bool {
        matches!((self, other), (Subject::Actor(_), Subject::Actor(_)) | (Subject::Region(_), Subject::Region(_)))
    }

    /// Its events under a filter.
    pub fn filter(self, filter: &EventFilter) -> EventFilter {
        match self {
            Subject::Actor(actor) => EventFilter { actor: actor.id.parse().into_iter().collect(), ..filter.clone() },
            Subject::Region(region) => {
                EventFilter { region: region.id.parse().into_iter().collect(), ..filter.clone() }
            }
        }
    }

    fn link(self, cx: &Ctx) -> Link {
        match self {
            Subject::Actor(actor) => cx.actor(actor.row),
            Subject::Region(region) => cx.region(region.row),
        }
    }

    fn nav(self) -> Nav {
        match self {
            Subject::Actor(_) => Nav::Actors,
            Subject::Region(_) => Nav::Regions,
        }
    }

    fn other_names(self, cx: &Ctx) -> String {
        let (name, alt) = match self {
            Subject::Actor(actor) => (&actor.name, &actor.alt_names),
            Subject::Region(region) => (&region.name, &region.alt_names),
        };
        let shown = name.get(cx.lang);
        let mut names = vec![name.get(cx.lang.other())];
        names.extend(alt.iter().map(String::as_str));
        names.retain(|other| *other != shown);
        names.dedup();
        names.join(" · ")
    }
}

/// One of the two, with what is counted of its events.
pub struct Side<'a> {
    /// What it is.
    pub subject: Subject<'a>,
    /// Its events.
    pub filter: EventFilter,
    /// How many.
    pub total: u64,
    /// The datasets they are of.
    pub datasets: Vec<i64>,
    /// Their tolls; none where they are of several datasets.
    pub killed: Option<Killed>,
    /// Counts.
    pub facets: Facets,
    /// Of a region, the counts of its events with a perpetrator.
    pub accused: Option<Facets>,
    /// Over the time of both.
    pub timeline: Timeline,
}

/// Both, and what is between them.
pub struct Both<'a> {
    /// The two.
    pub sides: [Side<'a>; 2],
    /// How many events are of both.
    pub shared: u64,
    /// The newest of them.
    pub cards: Vec<Card>,
    /// Ties between two actors, seen from the first.
    pub ties: Vec<Tie>,
}

/// The page on which what is compared is chosen.
#[derive(Template)]
#[template(path = "compare_choose.html")]
pub struct ChoosePage {
    /// What surrounds it.
    pub frame: Frame,
    /// Where the forms lead.
    pub action: String,
    /// What is chosen already.
    pub first: Option<(String, Link)>,
    /// What can be chosen: a heading and the ids with their names, for actors and for regions, or for one of them.
    pub choices: Vec<(&'static str, Vec<(String, String)>)>,
    /// What the forms carry along.
    pub carried: Vec<(&'static str, String)>,
}

/// So many are offered: a page with thousands would be slow on a slow line.
const OFFERED: usize = 150;

impl ChoosePage {
    /// The page, with what is chosen already.
    pub fn new(cx: &Ctx, query: &CompareQuery, first: Option<Subject>) -> ChoosePage {
        let title =
            first.map_or_else(|| cx.t.compare_title.to_owned(), |it| compare_it_with(&it.link(cx).text, cx.lang));
        let nav = first.map_or(Nav::None, Subject::nav);
        let mut frame = Frame::new(cx, nav, title, |lang| links::compare(query, lang)).described(cx.t.compare_intro);
        frame.noindex = *query != CompareQuery::default();
        let mut choices = Vec::new();
        if !matches!(first, Some(Subject::Region(_))) {
            choices.push((cx.t.nav_actors, actors(cx)));
        }
        if !matches!(first, Some(Subject::Actor(_))) {
            choices.push((cx.t.nav_regions, regions(cx)));
        }
        if let Some(first) = first {
            choices.iter_mut().for_each(|(_, choices)| choices.retain(|(id, _)| id != first.id()));
        }
        ChoosePage {
            frame,
            action: Page::Compare.path(cx.lang),
            first: first.map(|it| (it.id().to_owned(), it.link(cx))),
            choices,
            carried: query.filter.pairs(),
        }
    }
}

/// The actors with most events, by name.
fn actors(cx: &Ctx) -> Vec<(String, String)> {
    let index = &cx.catalog.index;
    let all = cx.catalog.actors().map(|actor| (index.actor_events(actor.row).len(), actor.id.as_str(), actor.row));
    offered(all.collect(), |row| cx.actor(row).text)
}

/// The regions with most events, by name, each with what it lies in.
fn regions(cx: &Ctx) -> Vec<(String, String)> {
    let events = |row: i64| cx.catalog.index.region.get(&row).map_or(0, |set| set.len());
    let all = cx.catalog.regions().map(|region| (events(region.row), region.id.as_str(), region.row));
    offered(all.collect(), |row| {
        let place: Vec<String> = cx.place(row).into_iter().take(2).map(|link| link.text).collect();
        place.join(", ")
    })
}

fn offered(mut all: Vec<(u64, &str, i64)>, name: impl Fn(i64) -> String) -> Vec<(String, String)> {
    all.retain(|(events, ..)| *events > 0);
    all.sort_unstable_by_key(|(events, id, _)| (std::cmp::Reverse(*events), *id));
    let mut all: Vec<(String, String)> =
        all.into_iter().take(OFFERED).map(|(_, id, row)| (id.to_owned(), name(row))).collect();
    all.sort_by_cached_key(|(_, name)| fold(name));
    all
}

/// Two side by side.
#[derive(Template)]
#[template(path = "compare.html")]
pub struct ComparePage {
    /// What surrounds it.
    pub frame: Frame,
    /// The two.
    pub names: [Link; 2],
    /// What is said of both: a heading, and of each the words or links with a count.
    pub rows: Vec<(&'static str, [Vec<Fact>; 2])>,
    /// Both over time, on one scale.
    pub charts: Vec<(Link, TimeChart)>,
    /// That one lies in the other.
    pub within: Option<String>,
    /// How many events are of both, and how many are shown.
    pub shared: Option<String>,
    /// The newest of them.
    pub cards: Vec<CardView>,
    /// Ties between the two.
    pub ties: Vec<TieSaid>,
    /// A colon, as it stands behind a word.
    pub colon: &'static str,
    /// Where the form leads.
    pub action: String,
    /// What it carries along.
    pub carried: Vec<(&'static str, String)>,
    /// From and to.
    pub dates: [String; 2],
    /// The kinds of event: word, name, whether it is chosen.
    pub kinds: Vec<(&'static str, String, bool)>,
    /// The two the other way round, another second, and all events of both.
    pub ways: Vec<Link>,
}

/// Words, or a link, and how many events.
pub type Fact = (Link, String);

impl ComparePage {
    /// Both, put into words.
    pub fn new(cx: &Ctx, query: &CompareQuery, both: &Both) -> ComparePage {
        let [a, b] = &both.sides;
        let names = [a.subject.link(cx), b.subject.link(cx)];
        let title = side_by_side(&names[0].text, &names[1].text, cx.lang);
        let frame = Frame::new(cx, a.subject.nav(), title, |lang| links::compare(query, lang))
            .described(cx.t.compare_intro)
            .with_json(links::compare_json(query, cx.lang))
            .unlisted();
        let scale = Scale::of(&a.timeline.periods).and(Scale::of(&b.timeline.periods));
        let charts = both.sides.iter().zip(&names).filter_map(|(side, name)| {
            let chart = TimeChart::beside(cx, &side.filter, &side.timeline, scale)?;
            Some((name.clone(), chart))
        });
        let date = |date: Option<crate::domain::date::PartialDate>| date.map_or_else(String::new, |d| d.to_string());
        let filter = &query.filter;
        let swapped = CompareQuery { a: query.b.clone(), b: query.a.clone(), ..query.clone() };
        let another = CompareQuery { b: None, ..query.clone() };
        ComparePage {
            frame,
            rows: rows(cx, &both.sides),
            charts: charts.collect(),
            within: within(cx, a.subject, b.subject),
            shared: (both.shared > 0).then(|| shared_shown(both.shared, both.cards.len() as u64, cx.lang)),
            cards: both.cards.iter().map(|card| CardView::new(cx, card)).collect(),
            ties: both.ties.iter().map(|tie| TieSaid::new(cx, tie)).collect(),
            colon: colon(cx.lang),
            action: Page::Compare.path(cx.lang),
            carried: query.pairs().into_iter().filter(|(key, _)| ["a", "b"].contains(key)).collect(),
            dates: [date(filter.from), date(filter.to)],
            kinds: EventKind::ALL
                .iter()
                .map(|kind| (kind.as_str(), capital(kind.label(cx.lang)), filter.kind.contains(kind)))
                .collect(),
            ways: vec![
                Link::new(links::compare(&swapped, cx.lang), cx.t.compare_swap),
                Link::new(links::compare(&another, cx.lang), cx.t.compare_with),
            ],
            names,
        }
    }
}

/// That one region lies in the other.
fn within(cx: &Ctx, a: Subject, b: Subject) -> Option<String> {
    let (Subject::Region(a), Subject::Region(b)) = (a, b) else { return None };
    let lies_in = |inner: &Region, outer: &Region| cx.catalog.path(inner.row).iter().any(|r| r.row == outer.row);
    let say =
        |inner: &Region, outer: &Region| one_in_the_other(inner.name.get(cx.lang), outer.name.get(cx.lang), cx.lang);
    if lies_in(a, b) {
        return Some(say(a, b));
    }
    lies_in(b, a).then(|| say(b, a))
}

/// What is said of both, a row for each question.
fn rows(cx: &Ctx, sides: &[Side; 2]) -> Vec<(&'static str, [Vec<Fact>; 2])> {
    let t = cx.t;
    let plain = |text: String| vec![(Link::text(text), String::new())];
    let each = |of: &dyn Fn(&Side) -> Vec<Fact>| [of(&sides[0]), of(&sides[1])];
    let mut rows = vec![
        (
            t.compare_what,
            each(&|side| {
                plain(match side.subject {
                    Subject::Actor(actor) => capital(actor.kind.label(cx.lang)),
                    Subject::Region(region) => capital(region.level.label(cx.lang)),
                })
            }),
        ),
        (t.actor_names, each(&|side| plain(side.subject.other_names(cx)))),
        (
            t.compare_in,
            each(&|side| match side.subject {
                Subject::Region(region) => {
                    cx.place(region.row).into_iter().skip(1).map(|l| (l, String::new())).collect()
                }
                Subject::Actor(_) => Vec::new(),
            }),
        ),
        (
            t.nav_events,
            each(&|side| {
                let href = links::filtered(&side.filter, cx.lang);
                vec![(Link::new(href, phrases::events(side.total, cx.lang)), String::new())]
            }),
        ),
        (t.column_killed, each(&|side| plain(killed(cx, side)))),
        (t.compare_kinds, each(&|side| words(cx, side, &side.facets.kind, Part::Kind))),
        (t.actor_roles, each(&|side| of_actor(side, || words(cx, side, &side.facets.role, Part::Role)))),
        (
            t.event_certainty_column,
            each(&|side| of_actor(side, || words(cx, side, &side.facets.certainty, Part::Certainty))),
        ),
        (t.actor_where, each(&|side| of_actor(side, || places(cx, &side.filter, &side.facets.region)))),
        (
            t.region_who,
            each(&|side| side.accused.as_ref().map_or_else(Vec::new, |all| who(cx, &side.filter, &all.actor))),
        ),
    ];
    let says = |facts: &Vec<Fact>| facts.iter().any(|(link, _)| !link.text.is_empty());
    rows.retain(|(_, sides)| sides.iter().any(says));
    for facts in rows.iter_mut().flat_map(|(_, sides)| sides).filter(|facts| !says(facts)) {
        *facts = vec![(Link::text(t.compare_nothing), String::new())];
    }
    rows
}

fn of_actor(side: &Side, facts: impl Fn() -> Vec<Fact>) -> Vec<Fact> {
    if matches!(side.subject, Subject::Actor(_)) { facts() } else { Vec::new() }
}

/// The tolls of a side, added up where they may be.
fn killed(cx: &Ctx, side: &Side) -> String {
    match side.killed {
        None => cx.t.compare_two_datasets.to_owned(),
        Some(all) => killed_range(all.least, all.most, all.open, cx.lang)
            .unwrap_or_else(|| if side.total == 0 { String::new() } else { cx.t.compare_killed_untold.to_owned() }),
    }
}

/// The values of a facet that has a word for each, most first, as links to the list. Values are counted as if added to
/// what is chosen, so a kind that is chosen already counts all of the list and is no news.
fn words<T: Vocabulary + Label>(cx: &Ctx, side: &Side, values: &[Value<T>], part: impl Fn(T) -> Part) -> Vec<Fact> {
    let mut values: Vec<&Value<T>> = values.iter().filter(|v| !v.chosen && v.count > 0).collect();
    if values.iter().any(|v| v.count > side.total) {
        return Vec::new();
    }
    values.sort_by_key(|v| std::cmp::Reverse(v.count));
    let link =
        |v: &&Value<T>| filter_link(cx, &side.filter.with(&part(v.value)), &capital(v.value.label(cx.lang)), v.count);
    values.iter().take(8).map(link).collect()
}
