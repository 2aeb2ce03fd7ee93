//! Pages of events, by keyset: any page costs the same, however far down it is.

use std::collections::HashMap;

use crate::domain::date::Span;
use crate::domain::lang::Bilingual;
use crate::domain::record::span;
use crate::domain::toll::Toll;
use crate::domain::vocab::{Certainty, EventKind, PlacePrecision, Role};
use crate::query::{Cursor, EventQuery, Page, Sort};

use super::filter::Selection;
use super::index::{EventIndex, UNKNOWN};
use super::rows::{json_rows, word};
use super::{Snapshot, StoreError};

/// An event as lists show it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its row.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// The dataset's row.
    pub dataset: i64,
    /// What it is called.
    pub title: Bilingual,
    /// What sort of event.
    pub kind: EventKind,
    /// When.
    pub span: Span,
    /// The start, as written.
    pub start: String,
    /// The end, as written.
    pub end: Option<String>,
    /// The region's row.
    pub region: i64,
    /// How closely the place is known.
    pub place_precision: PlacePrecision,
    /// The summary.
    pub summary: Bilingual,
    /// The toll, by the one rule.
    pub toll: Toll,
    /// Who took part: the actor's row, its role and how sure that is.
    pub actors: Vec<(i64, Role, Certainty)>,
    /// WGS 84 latitude and longitude, in degrees.
    pub point: Option<(f64, f64)>,
    /// Which version this is.
    pub version: u32,
    /// When it was recorded, RFC 3339.
    pub updated: String,
}

impl Snapshot {
    /// One page of a selection.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(&mut self, selection: &Selection, query: &EventQuery) -> Result<Page<Card>, StoreError> {
        let catalog = self.catalog.clone();
        let index = &catalog.index;
        let want = usize::from(query.limit);
        // One more than wanted: its being there says that a next page exists.
        let mut ordinals = ordered(selection, index, query.order(), query.after.as_ref(), want + 1);
        let more = ordinals.len() > want;
        ordinals.truncate(want);
        let next = ordinals.last().filter(|_| more).map(|last| cursor(selection, index, query.order(), *last));
        let rows: Vec<i64> = ordinals.iter().map(|at| index.rows[*at as usize]).collect();
        Ok(Page { items: self.cards(&rows).await?, total: selection.total(), next })
    }

    /// How many events are in both selections, and the newest of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shared(&mut self, a: &Selection, b: &Selection, most: usize) -> Result<(u64, Vec<Card>), StoreError> {
        let both = &a.events & &b.events;
        let rows = &self.catalog.index.rows;
        let newest: Vec<i64> = both.iter().rev().take(most).map(|at| rows[at as usize]).collect();
        Ok((both.len(), self.cards(&newest).await?))
    }

    /// The rows of a whole selection in the order of a query, from its cursor on; no more than `most`.
    pub fn in_order(&self, selection: &Selection, query: &EventQuery, most: Option<usize>) -> Vec<i64> {
        let index = &self.catalog.index;
        let want = most.unwrap_or(usize::MAX).min(usize::try_from(selection.total()).unwrap_or(usize::MAX));
        let ordinals = ordered(selection, index, query.order(), query.after.as_ref(), want);
        ordinals.into_iter().map(|at| index.rows[at as usize]).collect()
    }

    /// The cards of some live events, in the order of `rows`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cards(&mut self, rows: &[i64]) -> Result<Vec<Card>, StoreError> {
        let wanted = json_rows(rows);
        let events = sqlx::query!(
            "SELECT pk, id, dataset, title, title_fr, kind, start_date, end_date, date_precision, region, place_precision, summary, summary_fr,
                    latitude, longitude, version, updated
             FROM event WHERE pk IN (SELECT value FROM json_each(?))",
            wanted
        )
        .fetch_all(self.db())
        .await?;
        let catalog = self.catalog.clone();
        let index = &catalog.index;
        let mut actors: HashMap<i64, Vec<(i64, Role, Certainty)>> = HashMap::new();
        let parts = sqlx::query!(
            "SELECT event, actor, role, certainty FROM event_actor
             WHERE event IN (SELECT value FROM json_each(?)) ORDER BY event, seq",
            wanted
        );
        for part in parts.fetch_all(self.db()).await? {
            actors.entry(part.event).or_default().push((part.actor, word(&part.role)?, word(&part.certainty)?));
        }
        let mut cards: HashMap<i64, Card> = HashMap::with_capacity(events.len());
        for e in events {
            let card = Card {
                row: e.pk,
                id: e.id,
                dataset: e.dataset,
                title: Bilingual::new(e.title, e.title_fr),
                kind: word(&e.kind)?,
                span: span(&e.start_date, e.end_date.as_deref(), word(&e.date_precision)?),
                start: e.start_date,
                end: e.end_date,
                region: e.region,
                place_precision: word(&e.place_precision)?,
                summary: Bilingual::new(e.summary, e.summary_fr),
                toll: index.ordinal(e.pk).map(|ordinal| index.toll(ordinal)).unwrap_or_default(),
                actors: actors.remove(&e.pk).unwrap_or_default(),
                point: e.latitude.zip(e.longitude),
                version: e.version as u32,
                updated: e.updated,
            };
            cards.insert(card.row, card);
        }
        Ok(rows.iter().filter_map(|row| cards.remove(row)).collect())
    }
}

/// The sort key of an ordinal. An unknown toll comes after every known one, in either direction.
fn key(index: &EventIndex, sort: Sort, ordinal: u32) -> i64 {
    let at = ordinal as usize;
    match sort {
        Sort::Date | Sort::DateDesc | Sort::Relevance => i64::from(index.start[at]),
        Sort::Killed | Sort::KilledDesc if index.toll_sort[at] == UNKNOWN => -1,
        Sort::Killed | Sort::KilledDesc => i64::from(index.toll_sort[at]),
    }
}

fn cursor(selection: &Selection, index: &EventIndex, sort: Sort, last: u32) -> Cursor {
    let row = index.rows[last as usize];
    let key = match sort {
        Sort::Relevance => {
            let tier = selection.hits.tiers.iter().position(|tier| tier.contains(last)).unwrap_or(0);
            tier as i64 * TIER + i64::from(index.start[last as usize])
        }
        _ => key(index, sort, last),
    };
    Cursor { sort, key, row }
}

/// What a tier adds to the day in a cursor by relevance: more than there are days.
const TIER: i64 = 1 << 32;

/// The ordinals of a page, in order.
fn ordered(selection: &Selection, index: &EventIndex, sort: Sort, after: Option<&Cursor>, want: usize) -> Vec<u32> {
    let events = &selection.events;
    let place = |at: u32| (i64::from(index.start[at as usize]), index.rows[at as usize]);
    match sort {
        Sort::Date => {
            let from = after.map_or(0, |c| partition(index, |at| place(at) <= (c.key, c.row)));
            events.range(from..).take(want).collect()
        }
        Sort::DateDesc => {
            let to = after.map_or(index.rows.len() as u32, |c| partition(index, |at| place(at) < (c.key, c.row)));
            events.range(..to).rev().take(want).collect()
        }
        Sort::Killed | Sort::KilledDesc => {
            let upward = sort == Sort::Killed;
            // Where an event stands: known tolls first, then the toll, then the row. By row, not by date: a cursor
            // holds two numbers, and the row is the one that never changes.
            let rank = |at: u32| {
                let toll = key(index, sort, at);
                (toll < 0, if upward { toll } else { -toll }, index.rows[at as usize])
            };
            let start = after.map(|c| (c.key < 0, if upward { c.key } else { c.key.saturating_neg() }, c.row));
            let beyond = |at: &u32| start.is_none_or(|start| rank(*at) > start);
            best(events.iter().filter(beyond), want, rank)
        }
        Sort::Relevance => {
            // Within a tier the newest first.
            let after = after.map(|c| (c.key.div_euclid(TIER), (c.key.rem_euclid(TIER), c.row)));
            let mut page = Vec::with_capacity(want);
            for (n, tier) in (0..).zip(&selection.hits.tiers) {
                let to = match after {
                    Some((begun, _)) if n < begun => continue,
                    Some((begun, last)) if n == begun => partition(index, |at| place(at) < last),
                    _ => index.rows.len() as u32,
                };
                page.extend((tier & events).range(..to).rev().take(want - page.len()));
            }
            page
        }
    }
}

/// The number of ordinals, from the first, for which `before` holds.
fn partition(index: &EventIndex, before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, index.rows.len() as u32);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// The `want` lowest of many, in order, without sorting the rest.
fn best<K: Ord>(items: impl Iterator<Item = u32>, want: usize, rank: impl Fn(u32) -> K) -> Vec<u32> {
    if want == 0 {
        return Vec::new();
    }
    let mut heap = std::collections::BinaryHeap::with_capacity(want + 1);
    for item in items {
        let ranked = (rank(item), item);
        if heap.len() < want {
            heap.push(ranked);
        } else if heap.peek().is_some_and(|worst| ranked < *worst) {
            heap.pop();
            heap.push(ranked);
        }
    }
    let mut best: Vec<(K, u32)> = heap.into_vec();
    best.sort_by(|a, b| a.0.cmp(&b.0));
    best.into_iter().map(|(_, item)| item).collect()
}
