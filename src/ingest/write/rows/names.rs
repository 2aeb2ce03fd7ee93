//! The places and sides of a file: who they are in the database, and rows for those that are new there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::json;
use sqlx::SqliteConnection;

use crate::domain::ids::{ActorId, RegionId};
use crate::domain::vocab::{ActorKind, Level, Vocabulary};
use crate::ingest::ImportError;
use crate::ingest::rows::actors::{Side, same};
use crate::ingest::rows::place::{Gazetteer, Known, Place};
use crate::ingest::rows::{Format, Resolved, RowOf, Survey, country_in_french, slug};
use crate::ingest::write::{ROWS_PER_STATEMENT, json};
use crate::store::rows::{id, split, word};

/// Finds what a row names. The places and sides themselves stand in the survey, in order; here is who each of them is.
pub(super) struct Resolver {
    survey: Arc<Survey>,
    places: Vec<(i64, RegionId)>,
    sides: Vec<(i64, ActorId)>,
    actor_rows: HashMap<ActorId, i64>,
}

/// What a row names.
pub(super) struct Found {
    /// As ids.
    pub resolved: Resolved,
    /// The region's row.
    pub region: i64,
}

impl Resolver {
    /// None if the first pass did not meet what the row names.
    pub fn find(&self, row: &impl RowOf) -> Option<Found> {
        let (region, region_id) = &self.places[self.survey.places.binary_search(&row.place()).ok()?];
        let side = |side: Side| Some(self.sides[self.survey.sides.binary_search(&side).ok()?].1.clone());
        let sides = row.sides().into_iter().map(side).collect::<Option<Vec<ActorId>>>()?;
        Some(Found { resolved: Resolved { region: region_id.clone(), sides }, region: *region })
    }

    /// An actor's row.
    pub fn actor(&self, id: &ActorId) -> Option<i64> {
        self.actor_rows.get(id).copied()
    }
}

/// Finds or makes everything the survey met. Also how many rows were made.
pub(super) async fn resolve<F: Format>(
    db: &mut SqliteConnection,
    dataset: i64,
    survey: &Arc<Survey>,
) -> Result<(Resolver, u64), ImportError> {
    let (places, new_regions) = regions::<F>(db, dataset, &survey.places).await?;
    let (sides, new_actors) = sides::<F>(db, dataset, &survey.sides).await?;
    let actor_rows = sides.iter().map(|(pk, id)| (id.clone(), *pk)).collect();
    Ok((Resolver { survey: survey.clone(), places, sides, actor_rows }, new_regions + new_actors))
}

/// An id that nothing has yet.
fn free(wanted: String, taken: &mut HashSet<String>) -> String {
    let mut id = wanted.clone();
    let mut n = 2;
    while !taken.insert(id.clone()) {
        id = format!("{wanted}-{n}");
        n += 1;
    }
    id
}

/// The regions that are there and those that are to be made.
struct Regions {
    gazetteer: Gazetteer,
    prefix: &'static str,
    taken: HashSet<String>,
    next: i64,
    new: Vec<serde_json::Value>,
}

impl Regions {
    /// The region a place is in, the smallest that is known or named; its divisions are made where they are new.
    fn of(&mut self, place: &Place) -> Option<(i64, String)> {
        let mut parent: Option<(i64, String)> = None;
        let mut country = None;
        for (name, level) in place.divisions() {
            let within = parent.as_ref().map(|(pk, _)| *pk);
            let known = self.gazetteer.find(name, level, within, country);
            let known = known.or_else(|| self.gazetteer.find_below(name, level, within?));
            let at = match known {
                Some(region) => (region.pk, region.id.clone()),
                None => self.make(name, level, parent.as_ref()),
            };
            if level == Level::Country {
                country = Some(at.0);
            }
            parent = Some(at);
        }
        let (division, _) = parent.as_ref()?;
        let location = Some(&place.location).filter(|name| !name.is_empty());
        let location = location.and_then(|name| self.gazetteer.find_below(name, Level::Place, *division));
        location.map(|region| (region.pk, region.id.clone())).or(parent)
    }

    fn make(&mut self, name: &str, level: Level, parent: Option<&(i64, String)>) -> (i64, String) {
        let prefix = self.prefix;
        let wanted = match parent {
            Some((_, above)) => {
                let above = above.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).unwrap_or(above);
                format!("{prefix}-{above}-{}", slug(name))
            }
            None => format!("{prefix}-{}", slug(name)),
        };
        let id = free(wanted, &mut self.taken);
        let (pk, parent) = (self.next, parent.map(|(pk, _)| *pk));
        self.next += 1;
        let name_fr = if level == Level::Country { country_in_french(name) } else { name };
        self.new.push(json!([pk, id, parent, name, name_fr, level.as_str()]));
        let names = vec![name.to_owned()];
        self.gazetteer.add(Known { pk, id: id.clone(), parent, level, names, pcode: None, curated: false });
        (pk, id)
    }
}

async fn regions<F: Format>(
    db: &mut SqliteConnection,
    dataset: i64,
    places: &[Place],
) -> Result<(Vec<(i64, RegionId)>, u64), ImportError> {
    let rows = sqlx::query!(
        r#"SELECT pk, id, dataset, parent, name, name_fr, level, pcode, alt_names, live FROM region
           ORDER BY dataset = ?, CASE level WHEN 'country' THEN 0 WHEN 'admin1' THEN 1 WHEN 'admin2' THEN 2 WHEN 'admin3' THEN 3
                                 ELSE 4 END, pk"#,
        dataset
    )
    .fetch_all(&mut *db)
    .await?;
    let taken = rows.iter().map(|row| row.id.clone()).collect();
    let next = rows.iter().map(|row| row.pk).max().unwrap_or_default() + 1;
    let mut known = Vec::new();
    for row in rows.into_iter().filter(|row| row.live == 1) {
        let level = word(&row.level)?;
        let mut names = vec![row.name, row.name_fr];
        names.extend(split(&row.alt_names));
        let curated = row.dataset != dataset;
        known.push(Known { pk: row.pk, id: row.id, parent: row.parent, level, names, pcode: row.pcode, curated });
    }
    let gazetteer = Gazetteer::new(known);
    let mut regions = Regions { gazetteer, prefix: F::PREFIX, taken, next, new: Vec::new() };
    let mut found = Vec::with_capacity(places.len());
    for place in places {
        // Every row names a country, so that every place has a region.
        let (pk, region) = regions.of(place).unwrap_or_default();
        found.push((pk, id(&region)?));
    }
    for chunk in regions.new.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, Clone::clone);
        sqlx::query!(
            "INSERT INTO region (pk, id, dataset, parent, name, name_fr, level, alt_names)
             SELECT j.value ->> 0, j.value ->> 1, ?1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, ''
             FROM json_each(?2) AS j",
            dataset,
            rows
        )
        .execute(&mut *db)
        .await?;
    }
    Ok((found, regions.new.len() as u64))
}

async fn sides<F: Format>(
    db: &mut SqliteConnection,
    dataset: i64,
    sides: &[Side],
) -> Result<(Vec<(i64, ActorId)>, u64), ImportError> {
    let rows = sqlx::query!("SELECT pk, id, name, dataset, live FROM actor ORDER BY pk").fetch_all(&mut *db).await?;
    let mut taken: HashSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut next = rows.iter().map(|row| row.pk).max().unwrap_or_default() + 1;
    let mut by_id: HashMap<String, i64> = HashMap::new();
    let mut by_name: HashMap<String, (i64, String)> = HashMap::new();
    for row in rows.into_iter().filter(|row| row.live == 1) {
        if row.dataset == dataset {
            by_name.entry(row.name).or_insert((row.pk, row.id.clone()));
        }
        by_id.insert(row.id, row.pk);
    }
    let same = same(F::DATASET);
    let mut found: HashMap<(Option<u64>, &str), (i64, String)> = HashMap::new();
    let mut new: Vec<serde_json::Value> = Vec::new();
    // A row that tells what sort of actor a side is says more of it, so these come first.
    let told = |side: &&Side| side.kind != ActorKind::Unidentified;
    for side in sides.iter().filter(told).chain(sides.iter().filter(|side| !told(side))) {
        let key = (side.id, &*side.name);
        if found.contains_key(&key) {
            continue;
        }
        let known_as = F::known_as(&side.name);
        let curated = same
            .iter()
            .filter(|line| side.is(line, known_as))
            .find_map(|line| Some((*by_id.get(&line.actor)?, line.actor.clone())));
        let own = side.actor_id(F::PREFIX);
        let at = curated
            .or_else(|| side.id.and_then(|_| Some((*by_id.get(&own)?, own.clone()))))
            .or_else(|| by_name.get(&side.name).cloned());
        let at = match at {
            Some(at) => at,
            None => {
                let actor = free(own, &mut taken);
                let name = F::side_name(&side.name);
                new.push(json!([next, actor, name.en, name.fr, side.kind.as_str()]));
                by_id.insert(actor.clone(), next);
                by_name.insert(side.name.clone(), (next, actor.clone()));
                next += 1;
                (next - 1, actor)
            }
        };
        found.insert(key, at);
    }
    let mut in_order = Vec::with_capacity(sides.len());
    for side in sides {
        let (pk, actor) = found.get(&(side.id, &*side.name)).cloned().unwrap_or_default();
        in_order.push((pk, id(&actor)?));
    }
    for chunk in new.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, Clone::clone);
        sqlx::query!(
            "INSERT INTO actor (pk, id, dataset, name, name_fr, kind, summary, summary_fr, alt_names)
             SELECT j.value ->> 0, j.value ->> 1, ?1, j.value ->> 2, j.value ->> 3, j.value ->> 4, '', '', ''
             FROM json_each(?2) AS j",
            dataset,
            rows
        )
        .execute(&mut *db)
        .await?;
    }
    Ok((in_order, new.len() as u64))
}
