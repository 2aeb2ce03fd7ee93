//! Which events of different datasets are the same: what a curator accepted, and what may be proposed.

use std::collections::{HashMap, HashSet};

use chrono::Datelike;

use crate::domain::lang::Bilingual;
use crate::domain::same::{self, DAYS_APART, Match, Side, Sketch};
use crate::domain::toll::Toll;
use crate::domain::vocab::{ActorKind, Level, PlacePrecision};

use super::catalog::Catalog;
use super::events::EventFull;
use super::index::EventIndex;
use super::list::Card;
use super::rows::{json_rows, word};
use super::{Snapshot, StoreError};

/// Another dataset's live record of the event at hand.
#[derive(Clone)]
pub struct SameEvent {
    /// The record, without the events that are the same as it.
    pub event: EventFull,
    /// Whether the event at hand is the curated one of the two, which shows the other's claims among its own.
    pub curated: bool,
    /// Why they are one.
    pub note: Bilingual,
}

/// Two records that may be the same event.
pub struct Proposal {
    /// The event of a curated dataset.
    pub event: Card,
    /// The other record.
    pub other: Card,
    /// Why.
    pub found: Match,
}

impl Snapshot {
    /// The live records that were accepted as the same event as some others, by these others' ids.
    pub(super) async fn same_events(&mut self, ids: &[&str]) -> Result<HashMap<String, Vec<SameEvent>>, StoreError> {
        let ids = serde_json::to_string(ids).unwrap_or_default();
        let found = sqlx::query!(
            r#"SELECT s.own AS "own!", e.pk AS "pk!", s.curated AS "curated!: bool", s.note AS "note!", s.note_fr AS "note_fr!"
               FROM (SELECT event_id AS own, other_id AS id, 1 AS curated, note, note_fr FROM same_event
                     WHERE event_id IN (SELECT value FROM json_each(?1))
                     UNION ALL SELECT other_id, event_id, 0, note, note_fr FROM same_event
                     WHERE other_id IN (SELECT value FROM json_each(?1))) s
               CROSS JOIN event e ON e.id = s.id AND e.live = 1
               ORDER BY s.own, s.id"#,
            ids
        )
        .fetch_all(self.db())
        .await?;
        let mut rows: Vec<i64> = found.iter().map(|same| same.pk).collect();
        rows.sort_unstable();
        rows.dedup();
        let others = self.events_alone(&rows).await?;
        let mut same: HashMap<String, Vec<SameEvent>> = HashMap::new();
        for s in found {
            let Some(event) = others.iter().find(|other| other.row == s.pk).cloned() else { continue };
            let note = Bilingual::new(s.note, s.note_fr);
            same.entry(s.own).or_default().push(SameEvent { event, curated: s.curated, note });
        }
        Ok(same)
    }

    /// The pairs that were accepted: the curated event's id and the other's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accepted_pairs(&mut self) -> Result<HashSet<(String, String)>, StoreError> {
        let pairs = sqlx::query!("SELECT event_id, other_id FROM same_event").fetch_all(self.db()).await?;
        Ok(pairs.into_iter().map(|pair| (pair.event_id, pair.other_id)).collect())
    }

    /// The datasets that came as packages, by row: their events are curated, not rows of a large dataset.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn curated_datasets(&mut self) -> Result<Vec<i64>, StoreError> {
        let rows =
            sqlx::query_scalar!("SELECT DISTINCT dataset FROM event WHERE row_digest IS NULL AND live = 1 ORDER BY 1");
        Ok(rows.fetch_all(self.db()).await?)
    }

    /// Every live event of the curated datasets with what it may be the same as in `others` (rows of datasets), where
    /// the score is `min_score` or more; by the curated event's id, then the best first. Two curated datasets are
    /// compared once, from the one that came first.
    ///
    /// Events stand in date order in the index, so that each is compared with those around its own date only, and
    /// what is far away goes before anything more is read of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn proposals(
        &mut self,
        curated: &[i64],
        others: &[i64],
        min_score: f64,
    ) -> Result<Vec<Proposal>, StoreError> {
        let catalog = self.catalog.clone();
        let dates = Dates::of(&catalog.index);
        let mut proposals = Vec::new();
        for dataset in curated {
            let wanted = |other: &i64| other > dataset || !curated.contains(other);
            let others: Vec<i64> = others.iter().copied().filter(wanted).filter(|other| other != dataset).collect();
            let own = catalog.index.source.get(dataset).into_iter().flatten();
            let own: Vec<i64> = own.map(|ordinal| catalog.index.rows[ordinal as usize]).collect();
            for card in self.cards(&own).await? {
                let Some(sketch) = self.sketches(&[card.row]).await?.remove(&card.row) else { continue };
                let sketch = filled(&catalog, sketch, &card);
                proposals.extend(self.matching(&card, &sketch, &dates, &others, min_score).await?);
            }
        }
        proposals.sort_by(|a, b| {
            let best_first = b.found.score.total_cmp(&a.found.score);
            a.event.id.cmp(&b.event.id).then(best_first).then_with(|| a.other.id.cmp(&b.other.id))
        });
        Ok(proposals)
    }

    async fn matching(
        &mut self,
        card: &Card,
        sketch: &Sketch,
        dates: &Dates,
        others: &[i64],
        min_score: f64,
    ) -> Result<Vec<Proposal>, StoreError> {
        let catalog = self.catalog.clone();
        let index = &catalog.index;
        let days = DAYS_APART as i32;
        let from = sketch.span.earliest().num_days_from_ce() - days;
        let to = sketch.span.latest().num_days_from_ce() + days;
        let range = dates.range(index, from, to);
        let on_date = |ordinal: &u32| index.end[*ordinal as usize] >= from;
        let near: Vec<i64> = others
            .iter()
            .filter_map(|dataset| index.source.get(dataset))
            .flat_map(|events| events.range(range.clone()).filter(on_date))
            .map(|ordinal| index.rows[ordinal as usize])
            .collect();
        let mut sketches = self.sketches(&near).await?;
        sketches
            .retain(|_, other| same::date(&sketch.span, &other.span).is_some() && same::place(sketch, other).is_some());
        let rows: Vec<i64> = sketches.keys().copied().collect();
        let cards = self.cards(&rows).await?;
        let proposals = cards.into_iter().filter_map(|other| {
            let found = same::compare(sketch, &filled(&catalog, sketches.remove(&other.row)?, &other))?;
            // A score is read with two decimals, so it is compared with them.
            ((found.score * 100.0).round() / 100.0 >= min_score).then(|| Proposal { event: card.clone(), other, found })
        });
        Ok(proposals.collect())
    }

    /// When and where some events were, by row; nothing yet of who took part.
    async fn sketches(&mut self, rows: &[i64]) -> Result<HashMap<i64, Sketch>, StoreError> {
        let catalog = self.catalog.clone();
        let wanted = json_rows(rows);
        let events = sqlx::query!(
            "SELECT pk, kind, start_date, end_date, date_precision, region, latitude, longitude, place_precision
             FROM event WHERE pk IN (SELECT value FROM json_each(?))",
            wanted
        );
        let mut sketches = HashMap::with_capacity(rows.len());
        for e in events.fetch_all(self.db()).await? {
            let precision: PlacePrecision = word(&e.place_precision)?;
            let region = catalog.region_at(e.region);
            let own = e.latitude.zip(e.longitude);
            let sketch = Sketch {
                kind: word(&e.kind)?,
                span: crate::domain::record::span(&e.start_date, e.end_date.as_deref(), word(&e.date_precision)?),
                point: own.or_else(|| region.and_then(|region| region.point)),
                // A region's own point says no more than the region does.
                place_precision: match (own, region) {
                    (None, Some(region)) => precision.max(precision_of(region.level)),
                    _ => precision,
                },
                path: catalog
                    .path(e.region)
                    .into_iter()
                    .map(|region| (region.row, precision_of(region.level)))
                    .collect(),
                sides: Vec::new(),
                toll: None,
            };
            sketches.insert(e.pk, sketch);
        }
        Ok(sketches)
    }
}

/// The index as far as it finds what was at a time.
struct Dates {
    /// The last day on which any of the events up to an ordinal may have gone on. It never falls.
    latest: Vec<i32>,
}

impl Dates {
    fn of(index: &EventIndex) -> Dates {
        let latest = index.end.iter().scan(i32::MIN, |latest, end| {
            *latest = (*latest).max(*end);
            Some(*latest)
        });
        Dates { latest: latest.collect() }
    }

    /// The ordinals among which all events are that may have been from one day to another.
    fn range(&self, index: &EventIndex, from: i32, to: i32) -> std::ops::Range<u32> {
        let first = self.latest.partition_point(|latest| *latest < from);
        let end = index.start.partition_point(|start| *start <= to);
        first as u32..end.max(first) as u32
    }
}

/// What the place of an event is known to be where only its region is.
fn precision_of(level: Level) -> PlacePrecision {
    match level {
        Level::Country => PlacePrecision::Country,
        Level::Admin1 => PlacePrecision::Admin1,
        Level::Admin2 => PlacePrecision::Admin2,
        Level::Admin3 => PlacePrecision::Admin3,
        Level::Place => PlacePrecision::Place,
    }
}

/// With who took part and the toll.
fn filled(catalog: &Catalog, sketch: Sketch, card: &Card) -> Sketch {
    let sides = card.actors.iter().map(|(actor, role, _)| Side {
        actor: *actor,
        with_members: catalog.with_members(*actor),
        role: *role,
        // GED does not say what sort of group a non-state side is: one that no table joins to a curated actor counts as
        // not identified, which speaks neither for nor against.
        identified: catalog.actor_at(*actor).is_some_and(|actor| {
            !matches!(actor.kind, ActorKind::Unidentified | ActorKind::Community | ActorKind::CivilSociety)
        }),
    });
    Sketch { sides: sides.collect(), toll: bounds(&card.toll), ..sketch }
}

/// The range of a toll, open above where an account is.
fn bounds(toll: &Toll) -> Option<(u32, Option<u32>)> {
    let (low, high) = (toll.low?, toll.high?);
    Some((low, (!toll.open).then_some(high)))
}
