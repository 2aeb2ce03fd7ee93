//! A list of events as JSON, with the counts of its facets.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::vocab::{Accounts, DatePrecision, EventKind, Vocabulary};
use crate::links;
use crate::query::describe::Names;
use crate::query::{EventQuery, Page};
use crate::store::facets::{Facets, Value};
use crate::store::killed::Killed;
use crate::store::list::Card;
use crate::store::timeline::{Period, Timeline};
use crate::text::format::capital;
use crate::text::labels::Label;
use crate::view::Ctx;

use super::event::{self, ActorRef, RegionRef};
use super::withheld::Listed;

/// An event in a list.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "EventInList")]
pub struct EventItem {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What sort of event.
    pub kind: EventKind,
    /// Start, ISO 8601, maybe cut short.
    pub start: String,
    /// End, where it differs.
    pub end: Option<String>,
    /// How closely they are known.
    pub date_precision: DatePrecision,
    /// Where.
    pub region: RegionRef,
    /// The toll.
    pub killed: event::Killed,
    /// How the accounts of the toll stand to each other.
    pub accounts: Option<Accounts>,
    /// Who took part.
    pub actors: Vec<ActorRef>,
    /// The permalink.
    pub url: String,
}

impl EventItem {
    /// From a card, unless its dataset is for reading only.
    pub fn listed(cx: &Ctx, card: &Card) -> Listed<EventItem> {
        Listed::new(cx, card.dataset, &card.id, cx.event_page(&card.id, card.version), || EventItem::new(cx, card))
    }

    pub(super) fn new(cx: &Ctx, card: &Card) -> EventItem {
        let region = cx.catalog.region_at(card.region);
        EventItem {
            id: card.id.clone(),
            title: card.title.get(cx.lang).to_owned(),
            kind: card.kind,
            start: card.start.clone(),
            end: card.end.clone(),
            date_precision: card.span.precision,
            region: RegionRef {
                id: region.map(|r| r.id.clone()).unwrap_or_default(),
                name: region.map(|r| r.name.get(cx.lang).to_owned()).unwrap_or_default(),
                path: None,
            },
            killed: event::Killed::new(&card.toll),
            accounts: card.toll.accounts,
            actors: card
                .actors
                .iter()
                .filter_map(|(row, role, certainty)| {
                    let actor = cx.catalog.actor_at(*row)?;
                    let name = actor.name.get(cx.lang).to_owned();
                    Some(ActorRef { id: actor.id.clone(), name, role: *role, certainty: *certainty })
                })
                .collect(),
            url: format!("{}{}", cx.base_url, cx.event_page(&card.id, card.version).path(cx.lang)),
        }
    }
}

/// A value of a facet, with how many events the list would hold if it were chosen too.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "FacetValue")]
pub struct FacetJson {
    /// The value as the filter takes it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// All facets.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Facets")]
pub struct FacetsJson {
    /// Regions.
    pub region: Vec<FacetJson>,
    /// Actors.
    pub actor: Vec<FacetJson>,
    /// Kinds of event.
    pub kind: Vec<FacetJson>,
    /// Roles.
    pub role: Vec<FacetJson>,
    /// Years; choosing one sets `from` and `to`.
    pub year: Vec<FacetJson>,
    /// How accounts stand.
    pub accounts: Vec<FacetJson>,
    /// Certainties.
    pub certainty: Vec<FacetJson>,
    /// Kinds of source.
    pub origin: Vec<FacetJson>,
    /// Datasets.
    pub source: Vec<FacetJson>,
}

/// A list.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "EventList")]
pub struct ListJson {
    /// How many events in all.
    pub total: u64,
    /// The filter in words.
    pub description: String,
    /// This page of them.
    pub events: Vec<Listed<EventItem>>,
    /// Counts.
    pub facets: FacetsJson,
    /// The next page: an absolute path, or null.
    pub next: Option<String>,
    /// With `view=timeline`: the events of all pages by year or month.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PeriodJson>")]
    pub timeline: Option<Vec<PeriodJson>>,
}

/// A year or a month.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Period")]
pub struct PeriodJson {
    /// `2019` or `2019-06`.
    pub period: String,
    /// Events that lie in it for sure.
    pub events: u64,
    /// Events that may lie in it.
    pub events_most: u64,
    /// Their tolls, added up; null where events of two datasets are in the result, or of one that is for reading only.
    pub killed: Option<PeriodKilled>,
}

/// The tolls of a period.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "KilledInAll")]
pub struct PeriodKilled {
    /// The least that is said of events that lie in it for sure.
    pub low: u64,
    /// The most that is said of events that may lie in it.
    pub high: u64,
    /// Whether some account says "more than".
    pub open: bool,
    /// Events without an account of a toll.
    pub unknown: u64,
}

impl PeriodKilled {
    pub(super) fn new(all: Killed) -> PeriodKilled {
        PeriodKilled { low: all.least, high: all.most, open: all.open, unknown: all.untold }
    }
}

impl PeriodJson {
    /// `for_reading` leaves out the tolls: they are of a dataset that may not be passed on.
    pub(super) fn new(period: &Period, for_reading: bool) -> PeriodJson {
        PeriodJson {
            period: period.when.to_string(),
            events: period.events,
            events_most: period.events_most,
            killed: period.killed.filter(|_| !for_reading).map(PeriodKilled::new),
        }
    }
}

impl ListJson {
    /// A page of a query's result.
    pub fn new(
        cx: &Ctx,
        query: &EventQuery,
        page: &Page<Card>,
        facets: &Facets,
        names: &dyn Names,
        timeline: Option<&Timeline>,
    ) -> ListJson {
        let periods = |timeline: &Timeline| {
            let mut datasets = timeline.datasets.iter().filter_map(|row| cx.catalog.dataset_at(*row));
            let for_reading = datasets.any(|dataset| !dataset.redistributable);
            timeline.periods.iter().map(|period| PeriodJson::new(period, for_reading)).collect()
        };
        ListJson {
            timeline: timeline.map(periods),
            total: page.total,
            description: query.filter.describe(names, cx.lang),
            events: page.items.iter().map(|card| EventItem::listed(cx, card)).collect(),
            facets: facets_json(cx, facets),
            next: page
                .next
                .clone()
                .map(|next| links::events_format(&EventQuery { after: Some(next), ..query.clone() }, cx.lang, "json")),
        }
    }
}

pub(super) fn words<T: Vocabulary + Label>(cx: &Ctx, values: &[Value<T>]) -> Vec<FacetJson> {
    let json = |v: &Value<T>| FacetJson {
        id: v.value.as_str().to_owned(),
        name: capital(v.value.label(cx.lang)),
        count: v.count,
    };
    values.iter().map(json).collect()
}

fn facets_json(cx: &Ctx, facets: &Facets) -> FacetsJson {
    let named = |values: &[Value<i64>], name: &dyn Fn(i64) -> Option<(String, String)>| {
        let json = |v: &Value<i64>| name(v.value).map(|(id, name)| FacetJson { id, name, count: v.count });
        values.iter().filter_map(json).collect::<Vec<_>>()
    };
    let lang = cx.lang;
    FacetsJson {
        region: named(&facets.region, &|row| {
            cx.catalog.region_at(row).map(|r| (r.id.clone(), r.name.get(lang).to_owned()))
        }),
        actor: named(&facets.actor, &|row| {
            cx.catalog.actor_at(row).map(|a| (a.id.clone(), a.name.get(lang).to_owned()))
        }),
        kind: words(cx, &facets.kind),
        role: words(cx, &facets.role),
        year: facets
            .year
            .iter()
            .map(|v| FacetJson { id: v.value.to_string(), name: v.value.to_string(), count: v.count })
            .collect(),
        accounts: words(cx, &facets.accounts),
        certainty: words(cx, &facets.certainty),
        origin: words(cx, &facets.origin),
        source: named(&facets.source, &|row| {
            cx.catalog.dataset_at(row).map(|d| (d.id.clone(), d.title.get(lang).to_owned()))
        }),
    }
}
