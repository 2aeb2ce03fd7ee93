//! The places and sides of a file: who they are in the database, and rows for those that are new there.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use sqlx::SqliteConnection;

use crate::domain::ids::{ActorId, RegionId};
use crate::domain::vocab::{Level, Vocabulary};
use crate::ingest::ImportError;
use crate::ingest::ged::actors::{self, Side};
use crate::ingest::ged::event::Resolved;
use crate::ingest::ged::place::{Gazetteer, Known, Place};
use crate::ingest::ged::row::Row;
use crate::ingest::ged::{DATASET, Survey, country_in_french, slug};
use crate::ingest::write::{ROWS_PER_STATEMENT, json};
use crate::store::StoreError;
use crate::store::rows::{id, split, word};

/// Finds what a row names.
pub(super) struct Resolver {
    places: HashMap<Place, (i64, RegionId)>,
    sides: HashMap<(Option<u64>, String), (i64, ActorId)>,
    actor_rows: HashMap<String, i64>,
}

/// What a row names.
pub(super) struct Found {
    /// As ids.
    pub resolved: Resolved,
    /// The region's row.
    pub region: i64,
    /// The sides' rows.
    pub sides: [i64; 2],
}

impl Resolver {
    /// None if the first pass did not meet what the row names.
    pub fn find(&self, row: &Row<'_>) -> Option<Found> {
        let (region, region_id) = self.places.get(&row.place())?;
        let side = |(id, name): (Option<u64>, &str)| self.sides.get(&(id, name.to_owned()));
        let (a, b) = (side(row.side_a)?, side(row.side_b)?);
        let resolved = Resolved { region: region_id.clone(), sides: [a.1.clone(), b.1.clone()] };
        Some(Found { resolved, region: *region, sides: [a.0, b.0] })
    }

    /// An actor's row.
    pub fn actor(&self, id: &str) -> Option<i64> {
        self.actor_rows.get(id).copied()
    }
}

/// Finds or makes everything the survey met. Also how many rows were made.
pub(super) async fn resolve(
    db: &mut SqliteConnection,
    dataset: i64,
    survey: &Survey,
) -> Result<(Resolver, u64), ImportError> {
    let (places, new_regions) = regions(db, dataset, &survey.places).await?;
    let (sides, new_actors) = sides(db, dataset, &survey.sides).await?;
    let actor_rows = sides.values().map(|(pk, id)| (id.to_string(), *pk)).collect();
    Ok((Resolver { places, sides, actor_rows }, new_regions + new_actors))
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

type Places = HashMap<Place, (i64, RegionId)>;

async fn regions(db: &mut SqliteConnection, dataset: i64, places: &[Place]) -> Result<(Places, u64), ImportError> {
    let rows = sqlx::query!(
        r#"SELECT pk, id, dataset, parent, name, name_fr, level, pcode, alt_names, live FROM region
           ORDER BY dataset = ?, CASE level WHEN 'country' THEN 0 WHEN 'admin1' THEN 1 WHEN 'admin2' THEN 2 ELSE 3 END, pk"#,
        dataset
    )
    .fetch_all(&mut *db)
    .await?;
    let mut taken: HashSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut next = rows.iter().map(|row| row.pk).max().unwrap_or_default() + 1;
    let mut known = Vec::new();
    for row in rows.into_iter().filter(|row| row.live == 1) {
        let level = word(&row.level)?;
        if level > Level::Admin2 {
            continue;
        }
        let mut names = vec![row.name, row.name_fr];
        names.extend(split(&row.alt_names));
        let curated = row.dataset != dataset;
        known.push(Known { pk: row.pk, id: row.id, parent: row.parent, level, names, pcode: row.pcode, curated });
    }
    let mut gazetteer = Gazetteer::new(known);
    let mut new: Vec<serde_json::Value> = Vec::new();
    let mut found = Places::new();
    for place in places {
        let mut parent: Option<(i64, String)> = None;
        let mut country = None;
        let divisions =
            [(&place.country, Level::Country), (&place.adm_1, Level::Admin1), (&place.adm_2, Level::Admin2)];
        for (name, level) in divisions.into_iter().filter(|(name, _)| !name.is_empty()) {
            let within = parent.as_ref().map(|(pk, _)| *pk);
            let at = match gazetteer.find(name, level, within, country) {
                Some(region) => (region.pk, region.id.clone()),
                None => {
                    let above = parent.as_ref().map(|(_, id)| id.strip_prefix("ucdp-").unwrap_or(id));
                    let wanted = match above {
                        Some(above) => format!("ucdp-{above}-{}", slug(name)),
                        None => format!("ucdp-{}", slug(name)),
                    };
                    let region_id = free(wanted, &mut taken);
                    let name_fr = if level == Level::Country { country_in_french(name) } else { name };
                    new.push(json!([next, region_id, within, name, name_fr, level.as_str()]));
                    gazetteer.add(Known {
                        pk: next,
                        id: region_id.clone(),
                        parent: within,
                        level,
                        names: vec![name.clone()],
                        pcode: None,
                        curated: false,
                    });
                    next += 1;
                    (next - 1, region_id)
                }
            };
            if level == Level::Country {
                country = Some(at.0);
            }
            parent = Some(at);
        }
        if let Some((pk, region)) = parent {
            found.insert(place.clone(), (pk, id(&region)?));
        }
    }
    for chunk in new.chunks(ROWS_PER_STATEMENT) {
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
    Ok((found, new.len() as u64))
}

type Sides = HashMap<(Option<u64>, String), (i64, ActorId)>;

async fn sides(db: &mut SqliteConnection, dataset: i64, sides: &[Side]) -> Result<(Sides, u64), ImportError> {
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
    let same = actors::same(DATASET);
    let mut found = Sides::new();
    let mut new: Vec<serde_json::Value> = Vec::new();
    // A side met in state-based violence says more of what sort of actor it is, so these come first.
    let order = sides.iter().filter(|side| side.state_based).chain(sides.iter().filter(|side| !side.state_based));
    for side in order {
        let key = (side.id, side.name.clone());
        if found.contains_key(&key) {
            continue;
        }
        let curated = same
            .iter()
            .filter(|line| side.is(line))
            .find_map(|line| Some((*by_id.get(&line.actor)?, line.actor.clone())));
        let own = side.actor_id();
        let at = curated
            .or_else(|| side.id.and_then(|_| Some((*by_id.get(&own)?, own.clone()))))
            .or_else(|| by_name.get(&side.name).cloned());
        let (pk, actor) = match at {
            Some(at) => at,
            None => {
                let actor = free(own, &mut taken);
                let name = actors::name(&side.name);
                new.push(json!([next, actor, name.en, name.fr, side.kind().as_str()]));
                by_id.insert(actor.clone(), next);
                by_name.insert(side.name.clone(), (next, actor.clone()));
                next += 1;
                (next - 1, actor)
            }
        };
        let actor: ActorId = actor.parse().map_err(|_| StoreError::Corrupt(format!("actor id {actor}")))?;
        found.insert(key, (pk, actor));
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
    Ok((found, new.len() as u64))
}
