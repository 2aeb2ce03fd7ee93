//! The ONE place where a filter becomes a set of events. List, count, facets, map, export and feed all read the
//! [`Selection`] that is made here.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use crate::domain::date::PartialDate;
use crate::domain::ids::ReportId;
use crate::domain::names::nearest;
use crate::query::filter::EventFilter;
use crate::query::parse::{Problem, QueryError};
use chrono::Datelike;

use super::catalog::Catalog;
use super::index::{EventIndex, NOWHERE};
use super::{Snapshot, StoreError};

/// What a filter can ask about; each gives one set of events, and a facet counts under all sets but its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// `q`
    Words,
    /// `kind`
    Kind,
    /// `region`
    Region,
    /// `actor`, `role` and `certainty` together: they must hold of one and the same part in the event.
    Part,
    /// `from` and `to`
    Dates,
    /// `killed_min` and `killed_max`
    Toll,
    /// `accounts`
    Accounts,
    /// `origin`
    Origin,
    /// `source`
    Source,
    /// `report`
    Report,
    /// `place`
    Place,
    /// `bbox`
    Frame,
}

/// Why a filter cannot be applied.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// An id nothing has.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for FilterError {
    fn from(error: sqlx::Error) -> FilterError {
        FilterError::Store(error.into())
    }
}

/// Events that match some words.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// By ordinal, those that match alike together, the best first.
    pub tiers: Vec<RoaringBitmap>,
    /// The words that were looked for instead, where a word was no event's but like one of a name.
    pub instead: Option<String>,
}

impl Hits {
    /// How many events.
    pub fn total(&self) -> u64 {
        self.tiers.iter().map(RoaringBitmap::len).sum()
    }
}

/// The events a filter selects.
pub struct Selection {
    /// The set each dimension asks for; dimensions that ask nothing are missing.
    sets: BTreeMap<Dimension, RoaringBitmap>,
    /// Actor rows asked for, with members where these are wanted, in the filter's order.
    pub(super) actors: Vec<i64>,
    /// The events, by ordinal.
    pub events: RoaringBitmap,
    /// How well each matches the words of the filter.
    pub hits: Hits,
}

impl Selection {
    /// How many events.
    pub fn total(&self) -> u64 {
        self.events.len()
    }

    /// Whether the filter asks anything of this dimension.
    pub fn asks(&self, dimension: Dimension) -> bool {
        self.sets.contains_key(&dimension)
    }

    /// Leaves only those that may fall inside these dates too, whatever dates the filter asked for.
    pub fn and_dates(&mut self, index: &EventIndex, from: Option<PartialDate>, to: Option<PartialDate>) {
        self.events &= dates(index, from, to);
    }

    /// Adds those that only the frame left out because they go out without a point: what OGC API Features (7.15.3) takes
    /// for being in every frame. Nothing is told of where they are then.
    pub fn or_pointless(&mut self, catalog: &Catalog) {
        if self.asks(Dimension::Frame) {
            let index = &catalog.index;
            let pointless = index.which(|at| index.latitude[at] == NOWHERE) | catalog.withheld_events();
            self.events -= &pointless;
            self.events |= self.under_the_others(Dimension::Frame, index) & pointless;
        }
    }

    /// The events that all dimensions but one let through.
    pub fn under_the_others(&self, but: Dimension, index: &EventIndex) -> RoaringBitmap {
        if !self.asks(but) {
            return self.events.clone();
        }
        intersection(self.sets.iter().filter(|(dimension, _)| **dimension != but).map(|(_, set)| set), index)
    }
}

fn intersection<'a>(sets: impl Iterator<Item = &'a RoaringBitmap>, index: &EventIndex) -> RoaringBitmap {
    let mut sets: Vec<&RoaringBitmap> = sets.collect();
    sets.sort_by_key(|set| set.len());
    match sets.split_first() {
        None => index.all.clone(),
        Some((smallest, rest)) => {
            let mut all = (*smallest).clone();
            for set in rest {
                all &= *set;
            }
            all
        }
    }
}

fn union<'a>(sets: impl Iterator<Item = &'a RoaringBitmap>) -> RoaringBitmap {
    let mut all = RoaringBitmap::new();
    for set in sets {
        all |= set;
    }
    all
}

impl Snapshot {
    /// The events of a filter. `words` are the events that match its `q`, from the search layer.
    ///
    /// # Errors
    /// When an id is unknown (with the nearest that is not), or the database fails.
    pub async fn select(&mut self, filter: &EventFilter, words: Option<Hits>) -> Result<Selection, FilterError> {
        let catalog = self.catalog.clone();
        let index = &catalog.index;
        let mut sets = BTreeMap::new();

        let hits = words.unwrap_or_default();
        if filter.q.is_some() {
            sets.insert(Dimension::Words, union(hits.tiers.iter()));
        }
        if !filter.kind.is_empty() {
            sets.insert(Dimension::Kind, union(filter.kind.iter().filter_map(|k| index.kind.get(k))));
        }
        if !filter.region.is_empty() {
            let rows =
                filter.region.iter().map(|id| region_row(&catalog, id.as_str())).collect::<Result<Vec<_>, _>>()?;
            sets.insert(Dimension::Region, union(rows.iter().filter_map(|row| index.region.get(row))));
        }
        let actors = actor_rows(&catalog, filter)?;
        if !filter.actor.is_empty() || !filter.role.is_empty() || !filter.certainty.is_empty() {
            sets.insert(Dimension::Part, parts(index, filter, &actors));
        }
        if filter.from.is_some() || filter.to.is_some() {
            sets.insert(Dimension::Dates, dates(index, filter.from, filter.to));
        }
        if filter.killed_min.is_some() || filter.killed_max.is_some() {
            let within = |at| index.toll_may_lie(at, filter.killed_min, filter.killed_max);
            sets.insert(Dimension::Toll, index.which(within));
        }
        if !filter.accounts.is_empty() {
            sets.insert(Dimension::Accounts, union(filter.accounts.iter().filter_map(|a| index.accounts.get(a))));
        }
        if !filter.origin.is_empty() {
            sets.insert(Dimension::Origin, union(filter.origin.iter().filter_map(|o| index.origin.get(o))));
        }
        if !filter.source.is_empty() {
            let rows =
                filter.source.iter().map(|id| dataset_row(&catalog, id.as_str())).collect::<Result<Vec<_>, _>>()?;
            sets.insert(Dimension::Source, union(rows.iter().filter_map(|row| index.source.get(row))));
        }
        if !filter.report.is_empty() {
            let mut events = RoaringBitmap::new();
            for report in &filter.report {
                events.extend(self.events_of_report(report).await?.iter().filter_map(|row| index.ordinal(*row)));
            }
            sets.insert(Dimension::Report, events);
        }
        if !filter.place.is_empty() {
            sets.insert(Dimension::Place, union(filter.place.iter().map(|place| catalog.on_map.set(*place))));
        }
        if let Some(frame) = filter.bbox {
            sets.insert(Dimension::Frame, index.which(|at| frame.holds(index.latitude[at], index.longitude[at])));
        }
        let events = intersection(sets.values(), index);
        Ok(Selection { sets, actors, events, hits })
    }

    /// The id that was meant by a value of `region`, `actor`, `source` or `report` that is none: the nearest by ids and
    /// by names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn nearest_id(&mut self, field: &str, value: &str) -> Result<Option<String>, StoreError> {
        Ok(match field {
            "region" => nearest_region(&self.catalog, value),
            "actor" => nearest_actor(&self.catalog, value),
            "source" => nearest_dataset(&self.catalog, value),
            "report" => {
                let ids = self.report_ids_like(value).await?;
                nearest(value, ids.iter().map(String::as_str)).map(str::to_owned)
            }
            _ => None,
        })
    }

    async fn events_of_report(&mut self, report: &ReportId) -> Result<Vec<i64>, FilterError> {
        let id = report.as_str();
        let row = sqlx::query_scalar!("SELECT pk FROM report WHERE id = ? AND live = 1", id)
            .fetch_optional(self.db())
            .await?;
        let Some(row) = row else {
            let suggestion = self.nearest_id("report", id).await?;
            return Err(unknown("report", id, suggestion).into());
        };
        let events = sqlx::query_scalar!(
            "SELECT DISTINCT event FROM claim WHERE passage IN (SELECT pk FROM passage WHERE report = ?)",
            row
        );
        Ok(events.fetch_all(self.db()).await?)
    }
}

fn unknown(field: &str, value: &str, suggestion: Option<String>) -> QueryError {
    QueryError { field: field.to_owned(), value: value.to_owned(), problem: Problem::UnknownId, suggestion }
}

/// The nearest id to a text that is neither id nor name of anything, judged by ids and by all names.
fn nearest_named<'a>(wanted: &str, named: impl Iterator<Item = (&'a str, Vec<&'a str>)>) -> Option<String> {
    let all: Vec<(&str, &str)> = named
        .flat_map(|(id, names)| std::iter::once((id, id)).chain(names.into_iter().map(move |n| (n, id))))
        .collect();
    crate::domain::names::nearest_by(wanted, all).map(|(_, id)| id.to_owned())
}

fn region_row(catalog: &Catalog, id: &str) -> Result<i64, QueryError> {
    catalog.region(id).map(|r| r.row).ok_or_else(|| unknown("region", id, nearest_region(catalog, id)))
}

/// The id of the region whose id or name is nearest to a text.
pub fn nearest_region(catalog: &Catalog, wanted: &str) -> Option<String> {
    let named = catalog.regions().map(|r| {
        let mut names = vec![r.name.en.as_str(), r.name.fr.as_str()];
        names.extend(r.alt_names.iter().map(String::as_str));
        (r.id.as_str(), names)
    });
    nearest_named(wanted, named)
}

/// The id of the actor whose id or name is nearest to a text.
pub fn nearest_actor(catalog: &Catalog, wanted: &str) -> Option<String> {
    let named = catalog.actors().map(|a| {
        let mut names = vec![a.name.en.as_str(), a.name.fr.as_str()];
        names.extend(a.alt_names.iter().map(String::as_str));
        (a.id.as_str(), names)
    });
    nearest_named(wanted, named)
}

fn dataset_row(catalog: &Catalog, id: &str) -> Result<i64, QueryError> {
    catalog.dataset(id).map(|d| d.row).ok_or_else(|| unknown("source", id, nearest_dataset(catalog, id)))
}

fn nearest_dataset(catalog: &Catalog, wanted: &str) -> Option<String> {
    nearest(wanted, catalog.datasets.iter().map(|d| d.id.as_str())).map(str::to_owned)
}

fn actor_rows(catalog: &Catalog, filter: &EventFilter) -> Result<Vec<i64>, QueryError> {
    let mut rows = Vec::new();
    for id in &filter.actor {
        let actor = catalog.actor(id.as_str());
        let row = actor.ok_or_else(|| unknown("actor", id.as_str(), nearest_actor(catalog, id.as_str())))?.row;
        rows.extend(expand(catalog, filter, row));
    }
    Ok(rows)
}

/// An actor, with its member groups where the filter wants them.
pub(super) fn expand(catalog: &Catalog, filter: &EventFilter, actor: i64) -> Vec<i64> {
    if filter.members { catalog.with_members(actor) } else { vec![actor] }
}

/// The events in which one of the actors (any, where there are none) had one of the filter's roles with one of its
/// certainties.
pub(super) fn parts(index: &EventIndex, filter: &EventFilter, actors: &[i64]) -> RoaringBitmap {
    use crate::domain::vocab::{Certainty, Role};
    let fits = |role: &Role, certainty: &Certainty| {
        (filter.role.is_empty() || filter.role.contains(role))
            && (filter.certainty.is_empty() || filter.certainty.contains(certainty))
    };
    if actors.is_empty() {
        return union(index.any_part.iter().filter(|((role, certainty), _)| fits(role, certainty)).map(|(_, set)| set));
    }
    let first = (Role::Perpetrator, Certainty::Claimed);
    let last = (Role::Responder, Certainty::Disputed);
    union(actors.iter().flat_map(|actor| {
        let range = (*actor, first.0, first.1)..=(*actor, last.0, last.1);
        index.parts.range(range).filter(|((_, role, certainty), _)| fits(role, certainty)).map(|(_, set)| set)
    }))
}

/// The events that may fall inside the dates.
pub(super) fn dates(index: &EventIndex, from: Option<PartialDate>, to: Option<PartialDate>) -> RoaringBitmap {
    let from = from.map_or(i32::MIN, |d| d.earliest().num_days_from_ce());
    let to = to.map_or(i32::MAX, |d| d.latest().num_days_from_ce());
    // Ordinals are in order of their first day: those that begin between the two are all in, those that begin after `to`
    // are not, and of those that begin before `from` some go on.
    let first = index.start.partition_point(|start| *start < from);
    let past = index.start.partition_point(|start| *start <= to);
    let mut set: RoaringBitmap = (0..first.min(past) as u32).filter(|at| index.end[*at as usize] >= from).collect();
    set.insert_range(first as u32..past.max(first) as u32);
    set
}
