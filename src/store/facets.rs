//! Counts beside the values of a filter: what the list would hold if that value were chosen too.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::domain::vocab::{Accounts, Certainty, EventKind, Origin, Role, Vocabulary};
use crate::query::filter::EventFilter;

use super::catalog::Catalog;
use super::filter::{Dimension, Selection, expand, parts};
use super::index::EventIndex;

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// The value; a row for regions, actors and datasets.
    pub value: T,
    /// How many events the list would hold if it were chosen too.
    pub count: u64,
    /// Whether it is chosen already.
    pub chosen: bool,
}

/// All facets of a selection. Values that would leave nothing are not listed, unless they are chosen.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// By kind, in the order of the vocabulary.
    pub kind: Vec<Value<EventKind>>,
    /// By region row, most first.
    pub region: Vec<Value<i64>>,
    /// By actor row, most first.
    pub actor: Vec<Value<i64>>,
    /// By role.
    pub role: Vec<Value<Role>>,
    /// By certainty.
    pub certainty: Vec<Value<Certainty>>,
    /// By standing of the accounts.
    pub accounts: Vec<Value<Accounts>>,
    /// By kind of source.
    pub origin: Vec<Value<Origin>>,
    /// By year, oldest first. Choosing a year sets both dates, so it counts under the other filters alone.
    pub year: Vec<Value<i32>>,
    /// By dataset row.
    pub source: Vec<Value<i64>>,
}

/// The events under all other filters, and those of them that the chosen values of this one let through.
struct Ground {
    /// Without this facet's own filter.
    others: RoaringBitmap,
    /// Of these, not in the list yet; the same as `others` while nothing is chosen.
    outside: RoaringBitmap,
    /// How many are in the list, if something is chosen.
    base: u64,
}

impl Ground {
    fn new(selection: &Selection, dimension: Dimension, chosen: bool, index: &EventIndex) -> Ground {
        let others = selection.under_the_others(dimension, index);
        if chosen {
            let outside = &others - &selection.events;
            Ground { others, outside, base: selection.total() }
        } else {
            let outside = others.clone();
            Ground { others, outside, base: 0 }
        }
    }

    /// The values of which there are thousands, most first. `count` counts a set of events by them.
    fn many(&self, chosen: &[i64], count: impl Fn(&RoaringBitmap) -> HashMap<i64, u64>) -> Vec<Value<i64>> {
        let adds = count(&self.outside);
        let mut rows: Vec<i64> = chosen.to_vec();
        if self.base > 0 {
            rows.extend(count(&self.others).into_iter().filter(|(_, count)| *count > 0).map(|(row, _)| row));
        } else {
            rows.extend(adds.iter().filter(|(_, count)| **count > 0).map(|(row, _)| *row));
        }
        rows.sort_unstable();
        rows.dedup();
        let value = |row| Value {
            value: row,
            count: self.base + adds.get(&row).copied().unwrap_or(0),
            chosen: chosen.contains(&row),
        };
        let mut values: Vec<Value<i64>> = rows.into_iter().map(value).collect();
        values.sort_unstable_by_key(|v| (std::cmp::Reverse(v.count), v.value));
        values
    }

    fn value<T>(&self, value: T, set: &RoaringBitmap, chosen: bool) -> Option<Value<T>> {
        let adds = self.outside.intersection_len(set);
        let any = adds > 0 || (self.base > 0 && self.others.intersection_len(set) > 0);
        (chosen || any).then_some(Value { value, count: self.base + adds, chosen })
    }
}

impl Selection {
    /// Counts all facets.
    pub fn facets(&self, filter: &EventFilter, catalog: &Catalog) -> Facets {
        let index = &catalog.index;
        let mut facets = Facets::default();

        let ground = Ground::new(self, Dimension::Kind, !filter.kind.is_empty(), index);
        facets.kind = closed(&index.kind, &ground, &filter.kind);
        let ground = Ground::new(self, Dimension::Accounts, !filter.accounts.is_empty(), index);
        facets.accounts = closed(&index.accounts, &ground, &filter.accounts);
        let ground = Ground::new(self, Dimension::Origin, !filter.origin.is_empty(), index);
        facets.origin = closed(&index.origin, &ground, &filter.origin);

        let chosen: Vec<i64> =
            filter.source.iter().filter_map(|id| catalog.dataset(id.as_str())).map(|d| d.row).collect();
        let ground = Ground::new(self, Dimension::Source, !chosen.is_empty(), index);
        facets.source =
            index.source.iter().filter_map(|(row, set)| ground.value(*row, set, chosen.contains(row))).collect();

        let chosen: Vec<i64> =
            filter.region.iter().filter_map(|id| catalog.region(id.as_str())).map(|r| r.row).collect();
        let ground = Ground::new(self, Dimension::Region, !chosen.is_empty(), index);
        facets.region = ground.many(&chosen, |events| index.by_region(events));

        let ground = Ground::new(self, Dimension::Dates, false, index);
        let dates = (filter.from, filter.to);
        facets.year = index
            .year
            .iter()
            .filter_map(|(year, set)| {
                let this = Some(crate::domain::date::PartialDate::Year(*year));
                let set_under = ground.others.intersection_len(set);
                let chosen = dates == (this, this);
                (chosen || set_under > 0).then_some(Value { value: *year, count: set_under, chosen })
            })
            .collect();

        self.part_facets(filter, catalog, &mut facets);
        facets
    }

    /// Actor, role and certainty speak of the same part in an event: each is counted with the other two held fixed.
    fn part_facets(&self, filter: &EventFilter, catalog: &Catalog, facets: &mut Facets) {
        let index = &catalog.index;
        let others = self.under_the_others(Dimension::Part, index);
        let count = |filter: &EventFilter, actors: &[i64]| others.intersection_len(&parts(index, filter, actors));

        let chosen: Vec<i64> = filter.actor.iter().filter_map(|id| catalog.actor(id.as_str())).map(|a| a.row).collect();
        let ground = if chosen.is_empty() {
            Ground { outside: others.clone(), others: others.clone(), base: 0 }
        } else {
            let present = &others & &parts(index, filter, &self.actors);
            Ground { outside: &others - &present, base: present.len(), others: others.clone() }
        };
        let fits = |role, certainty| {
            (filter.role.is_empty() || filter.role.contains(&role))
                && (filter.certainty.is_empty() || filter.certainty.contains(&certainty))
        };
        let any = filter.role.is_empty() && filter.certainty.is_empty();
        // An actor with members is in the events of each of them; the few there are, are cut out one by one.
        let groups: Vec<(i64, RoaringBitmap)> = if filter.members { catalog.with_any_members() } else { Vec::new() }
            .into_iter()
            .map(|actor| (actor, parts(index, filter, &expand(catalog, filter, actor))))
            .collect();
        facets.actor = ground.many(&chosen, |events| {
            let mut counts = index.by_actor(events, (!any).then_some(&fits));
            counts.extend(groups.iter().map(|(actor, set)| (*actor, events.intersection_len(set))));
            counts
        });

        for role in Role::ALL {
            let mut with = filter.clone();
            with.role.push(*role);
            let only = EventFilter { role: vec![*role], ..filter.clone() };
            let chosen = filter.role.contains(role);
            if chosen || count(&only, &self.actors) > 0 {
                facets.role.push(Value { value: *role, count: count(&with, &self.actors), chosen });
            }
        }
        for certainty in Certainty::ALL {
            let mut with = filter.clone();
            with.certainty.push(*certainty);
            let only = EventFilter { certainty: vec![*certainty], ..filter.clone() };
            let chosen = filter.certainty.contains(certainty);
            if chosen || count(&only, &self.actors) > 0 {
                facets.certainty.push(Value { value: *certainty, count: count(&with, &self.actors), chosen });
            }
        }
    }
}

fn closed<T: Vocabulary>(
    sets: &std::collections::BTreeMap<T, RoaringBitmap>,
    ground: &Ground,
    chosen: &[T],
) -> Vec<Value<T>> {
    let none = RoaringBitmap::new();
    T::ALL
        .iter()
        .filter_map(|value| ground.value(*value, sets.get(value).unwrap_or(&none), chosen.contains(value)))
        .collect()
}
