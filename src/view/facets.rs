//! The filter beside a list: each value as a link that adds it, with its count; the chosen ones as chips.

use crate::domain::vocab::Vocabulary;
use crate::links;
use crate::query::describe::Names;
use crate::query::filter::{EventFilter, Part};
use crate::query::{EventQuery, Sort, ViewMode};
use crate::store::facets::{Facets, Value};
use crate::text::format::{capital, number};
use crate::text::labels::Label;

use super::{Ctx, Link};

/// A group of values.
pub struct FacetView {
    /// The key of the address.
    pub key: &'static str,
    /// What the values are.
    pub title: &'static str,
    /// The values, most first.
    pub values: Vec<FacetValue>,
    /// The rest of them, for a list to choose from: id and words; indented by level. Empty where they are too many.
    pub others: Vec<(String, String)>,
    /// Where those that are typed are found; none where all values stand as links.
    pub names: Option<String>,
    /// What that list is called.
    pub others_title: &'static str,
    /// Whether the group is unfolded.
    pub open: bool,
}

/// One value.
pub struct FacetValue {
    /// What it is.
    pub text: String,
    /// How many events the list would hold with it.
    pub count: String,
    /// The address with it, or without it where it is chosen.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The filter beside a list.
pub struct FilterView {
    /// Where its forms lead.
    pub action: String,
    /// The chosen values: what each says, and the address without it.
    pub chips: Vec<Link>,
    /// The address without any.
    pub clear: String,
    /// Groups of values.
    pub facets: Vec<FacetView>,
    /// What is in the fields to type in: words, from, to, killed at least, killed at most, as of.
    pub fields: [String; 6],
    /// What the fields' form must carry along.
    pub carried: Vec<(&'static str, String)>,
    /// What the other forms must carry along.
    pub carried_all: Vec<(&'static str, String)>,
    /// The address with and without groups that are part of the actor; none while no actor is chosen.
    pub members: Option<(Link, bool)>,
    /// Ways to sort: the words, the address, whether it is the present one.
    pub sorts: Vec<(Link, bool)>,
    /// Ways to show the list.
    pub views: Vec<(Link, bool)>,
}

/// How many values of a long facet stand as links; the others are in a list to choose from.
const SHOWN: usize = 8;

/// How many values the list to choose from holds at most. A dataset of the world has thousands of actors, and a page
/// with all of them would be slow on a slow line: where there are more, a name is typed in place of the list.
const TO_CHOOSE: usize = 200;

/// The keys that are typed in.
const TYPED: [&str; 6] = ["q", "from", "to", "killed_min", "killed_max", "as_of"];

impl FilterView {
    /// The filter beside the result of a query.
    pub fn new(cx: &Ctx, query: &EventQuery, facets: &Facets, names: &dyn Names) -> FilterView {
        let lang = cx.lang;
        let filter = &query.filter;
        let to = |filter: EventFilter| {
            let sort = query.sort.filter(|sort| *sort != Sort::Relevance || filter.q.is_some());
            links::events(&EventQuery { filter, sort, after: None, ..query.clone() }, lang)
        };
        let chips = filter
            .parts()
            .iter()
            .map(|part| Link::new(to(filter.without(part)), filter.describe_part(part, names, lang)))
            .collect();
        let pairs = EventQuery { after: None, ..query.clone() }.pairs();
        let typed = |key: &str| pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone()).unwrap_or_default();
        FilterView {
            action: links::Page::Events.path(lang),
            chips,
            clear: to(EventFilter::default()),
            facets: groups(cx, filter, facets, &to),
            fields: TYPED.map(typed),
            carried: pairs.iter().filter(|(key, _)| !TYPED.contains(key)).cloned().collect(),
            carried_all: pairs.clone(),
            members: (!filter.actor.is_empty()).then(|| {
                let other = EventFilter { members: !filter.members, ..filter.clone() };
                (Link::new(to(other), cx.t.filter_members), filter.members)
            }),
            sorts: sorts(cx, query),
            views: ViewMode::ALL
                .map(|view| {
                    let words = match view {
                        ViewMode::List => cx.t.view_list,
                        ViewMode::Table => cx.t.view_table,
                        ViewMode::Map => cx.t.view_map,
                        ViewMode::Timeline => cx.t.view_timeline,
                    };
                    let href = links::events(&EventQuery { view, ..query.clone() }, lang);
                    (Link::new(href, words), view == query.view)
                })
                .into(),
        }
    }
}

fn sorts(cx: &Ctx, query: &EventQuery) -> Vec<(Link, bool)> {
    Sort::ALL
        .into_iter()
        .filter(|sort| *sort != Sort::Relevance || query.filter.q.is_some())
        .map(|sort| {
            let words = match sort {
                Sort::DateDesc => cx.t.sort_date_desc,
                Sort::Date => cx.t.sort_date,
                Sort::KilledDesc => cx.t.sort_killed_desc,
                Sort::Killed => cx.t.sort_killed,
                Sort::Relevance => cx.t.sort_relevance,
            };
            let usual = EventQuery { sort: None, ..query.clone() }.order() == sort;
            let sorted = EventQuery { sort: (!usual).then_some(sort), after: None, ..query.clone() };
            (Link::new(links::events(&sorted, cx.lang), words), sort == query.order())
        })
        .collect()
}

fn groups(cx: &Ctx, filter: &EventFilter, facets: &Facets, to: &dyn Fn(EventFilter) -> String) -> Vec<FacetView> {
    let t = cx.t;
    let toggle = |part: Part, chosen: bool| to(if chosen { filter.without(&part) } else { filter.with(&part) });
    let mut groups = vec![
        words("kind", t.filter_kind, cx, &facets.kind, &|v| toggle(Part::Kind(v.value), v.chosen)),
        regions(cx, facets, &toggle),
        actors(cx, facets, &toggle),
        words("role", t.filter_role, cx, &facets.role, &|v| toggle(Part::Role(v.value), v.chosen)),
        words("certainty", t.filter_certainty, cx, &facets.certainty, &|v| toggle(Part::Certainty(v.value), v.chosen)),
        words("accounts", t.filter_accounts, cx, &facets.accounts, &|v| toggle(Part::Accounts(v.value), v.chosen)),
        words("origin", t.filter_origin, cx, &facets.origin, &|v| toggle(Part::Origin(v.value), v.chosen)),
        sources(cx, facets, &toggle),
    ];
    groups.retain(|group| !group.values.is_empty());
    for group in &mut groups {
        group.open =
            matches!(group.key, "kind" | "region" | "actor" | "accounts") || group.values.iter().any(|v| v.chosen);
    }
    groups
}

fn words<T: Vocabulary + Label>(
    key: &'static str,
    title: &'static str,
    cx: &Ctx,
    values: &[Value<T>],
    href: &dyn Fn(&Value<T>) -> String,
) -> FacetView {
    let view = |v: &Value<T>| FacetValue {
        text: capital(v.value.label(cx.lang)),
        count: number(v.count, cx.lang),
        href: href(v),
        chosen: v.chosen,
    };
    FacetView {
        key,
        title,
        values: values.iter().map(view).collect(),
        others: Vec::new(),
        names: None,
        others_title: "",
        open: false,
    }
}

/// The chosen values first, then the most frequent ones; what is left goes to the list to choose from.
fn split<T>(values: &[Value<T>]) -> (Vec<&Value<T>>, Vec<&Value<T>>) {
    let (chosen, free): (Vec<_>, Vec<_>) = values.iter().partition(|v| v.chosen);
    let room = SHOWN.saturating_sub(chosen.len());
    let (shown, rest) = free.split_at(room.min(free.len()));
    (chosen.into_iter().chain(shown.iter().copied()).collect(), rest.to_vec())
}

fn regions(cx: &Ctx, facets: &Facets, toggle: &dyn Fn(Part, bool) -> String) -> FacetView {
    let value = |v: &&Value<i64>| {
        let region = cx.catalog.region_at(v.value).filter(|r| r.live)?;
        Some(FacetValue {
            text: region.name.get(cx.lang).to_owned(),
            count: number(v.count, cx.lang),
            href: toggle(Part::Region(region.id.parse().ok()?), v.chosen),
            chosen: v.chosen,
        })
    };
    let (shown, rest) = split(&facets.region);
    let names = (!rest.is_empty()).then(|| links::names("region", cx.lang));
    let rest = if rest.len() > TO_CHOOSE { Vec::new() } else { rest };
    // The list to choose from follows the tree, each place under the one it lies in.
    let mut rest: Vec<((usize, usize), &Value<i64>)> =
        rest.into_iter().filter_map(|v| Some((cx.catalog.place_in_tree(v.value)?, v))).collect();
    rest.sort_unstable_by_key(|(place, _)| *place);
    let other = |((_, depth), v): ((usize, usize), &Value<i64>)| {
        let region = cx.catalog.region_at(v.value)?;
        let indent = "\u{a0}\u{a0}".repeat(depth);
        Some((region.id.clone(), format!("{indent}{} ({})", region.name.get(cx.lang), number(v.count, cx.lang))))
    };
    let others = rest.into_iter().filter_map(other).collect();
    FacetView {
        key: "region",
        title: cx.t.filter_region,
        values: shown.iter().filter_map(value).collect(),
        others,
        names,
        others_title: cx.t.filter_region_other,
        open: true,
    }
}

fn actors(cx: &Ctx, facets: &Facets, toggle: &dyn Fn(Part, bool) -> String) -> FacetView {
    let value = |v: &&Value<i64>| {
        let actor = cx.catalog.actor_at(v.value).filter(|a| a.live)?;
        Some(FacetValue {
            text: actor.name.get(cx.lang).to_owned(),
            count: number(v.count, cx.lang),
            href: toggle(Part::Actor(actor.id.parse().ok()?), v.chosen),
            chosen: v.chosen,
        })
    };
    let (shown, rest) = split(&facets.actor);
    let names = (!rest.is_empty()).then(|| links::names("actor", cx.lang));
    let rest = if rest.len() > TO_CHOOSE { Vec::new() } else { rest };
    let mut others: Vec<(String, String)> = rest
        .iter()
        .filter_map(|v| {
            let actor = cx.catalog.actor_at(v.value).filter(|a| a.live)?;
            Some((actor.id.clone(), format!("{} ({})", actor.name.get(cx.lang), number(v.count, cx.lang))))
        })
        .collect();
    others.sort_by_cached_key(|(_, name)| crate::domain::names::fold(name));
    FacetView {
        key: "actor",
        title: cx.t.filter_actor,
        values: shown.iter().filter_map(value).collect(),
        others,
        names,
        others_title: cx.t.filter_actor_other,
        open: true,
    }
}

fn sources(cx: &Ctx, facets: &Facets, toggle: &dyn Fn(Part, bool) -> String) -> FacetView {
    let value = |v: &Value<i64>| {
        let dataset = cx.catalog.dataset_at(v.value)?;
        Some(FacetValue {
            text: dataset.title.get(cx.lang).to_owned(),
            count: number(v.count, cx.lang),
            href: toggle(Part::Source(dataset.id.parse().ok()?), v.chosen),
            chosen: v.chosen,
        })
    };
    FacetView {
        key: "source",
        title: cx.t.filter_source,
        values: facets.source.iter().filter_map(value).collect(),
        others: Vec::new(),
        names: None,
        others_title: "",
        open: false,
    }
}
