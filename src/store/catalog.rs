//! What is held in memory of one moment of the database: the filter index, and the names of regions, actors and
//! datasets. A new import makes a new catalog; a reader keeps the one it began with.

use std::collections::{HashMap, HashSet};

use sqlx::SqliteConnection;

use crate::domain::ids::{ActorId, DatasetId, RegionId, ReportId};
use crate::domain::lang::{Bilingual, Lang};
use crate::domain::names::fold;
use crate::domain::vocab::{ActorKind, Level};
use crate::query::describe::Names;

use super::StoreError;
use super::index::EventIndex;
use super::names::KnownNames;
use super::on_map::Placed;
use super::rows::{count, split, word};

/// A region or place.
#[derive(Debug)]
pub struct Region {
    /// Its row.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// Other names and spellings.
    pub alt_names: Vec<String>,
    /// How large it is.
    pub level: Level,
    /// The P-code, in the version of the division the dataset uses.
    pub pcode: Option<String>,
    /// WGS 84 latitude and longitude of a point that stands for it.
    pub point: Option<(f64, f64)>,
    /// The row of the region it lies in.
    pub parent: Option<i64>,
    /// Whether it is still in its dataset.
    pub live: bool,
}

/// An actor, as far as lists need it.
#[derive(Debug)]
pub struct Actor {
    /// Its row.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// Other names and spellings.
    pub alt_names: Vec<String>,
    /// What sort of actor.
    pub kind: ActorKind,
    /// Whether it is still in its dataset.
    pub live: bool,
}

/// A dataset and where it came from.
#[derive(Debug)]
pub struct Dataset {
    /// Its row.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Bilingual,
    /// What it is.
    pub description: Bilingual,
    /// `embedded`, or what the operator imported.
    pub source: String,
    /// The licence's name.
    pub licence: String,
    /// The licence's address.
    pub licence_url: String,
    /// Whether its licence allows to pass it on as files.
    pub redistributable: bool,
    /// Its version.
    pub version: String,
    /// When it last changed here, RFC 3339.
    pub imported_at: String,
    /// Of its content, so that the same state is recognised.
    pub digest: String,
    /// How much of it a reader can see.
    pub counts: Counts,
}

/// How much there is that a reader can see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events.
    pub events: u64,
    /// Reports.
    pub reports: u64,
    /// Passages of reports.
    pub passages: u64,
    /// Claims.
    pub claims: u64,
    /// Actors.
    pub actors: u64,
    /// Regions and places.
    pub regions: u64,
}

/// See the module's description.
#[derive(Default)]
pub struct Catalog {
    /// The version of everything a reader can see.
    pub generation: i64,
    /// When it came, RFC 3339.
    pub changed_at: String,
    /// The filter index.
    pub index: EventIndex,
    /// The datasets, by row.
    pub datasets: Vec<Dataset>,
    /// The names of actors and regions, for finding them.
    pub names: KnownNames,
    /// How a map can show the events.
    pub on_map: Placed,
    regions: Vec<Region>,
    region_by_id: HashMap<String, usize>,
    region_by_row: HashMap<i64, usize>,
    children: HashMap<i64, Vec<usize>>,
    roots: Vec<usize>,
    in_tree: HashMap<i64, (usize, usize)>,
    actors: Vec<Actor>,
    actor_by_id: HashMap<String, usize>,
    actor_by_row: HashMap<i64, usize>,
    members: HashMap<i64, Vec<i64>>,
    french: HashMap<String, String>,
}

/// Up to so many countries, a reader looks for a region first.
pub const FEW_COUNTRIES: u64 = 3;

impl Catalog {
    pub(super) async fn load(db: &mut SqliteConnection, generation: i64) -> Result<Catalog, StoreError> {
        let changed_at = sqlx::query_scalar!("SELECT changed_at FROM generation").fetch_one(&mut *db).await?;
        let datasets = sqlx::query!(
            "SELECT d.pk, d.id, d.title, d.title_fr, d.description, d.description_fr, d.source, d.licence, d.licence_url, d.redistributable,
                    d.version, d.imported_at, d.digest, n.events, n.reports, n.passages, n.claims, n.actors, n.regions
             FROM dataset d LEFT JOIN dataset_count n ON n.dataset = d.pk ORDER BY d.pk"
        )
        .fetch_all(&mut *db)
        .await?
        .into_iter()
        .map(|d| Dataset {
            row: d.pk,
            id: d.id,
            title: Bilingual::new(d.title, d.title_fr),
            description: Bilingual::new(d.description, d.description_fr),
            source: d.source,
            licence: d.licence,
            licence_url: d.licence_url,
            redistributable: d.redistributable != 0,
            version: d.version,
            imported_at: d.imported_at,
            digest: d.digest,
            counts: Counts {
                events: count(d.events.unwrap_or_default()),
                reports: count(d.reports.unwrap_or_default()),
                passages: count(d.passages.unwrap_or_default()),
                claims: count(d.claims.unwrap_or_default()),
                actors: count(d.actors.unwrap_or_default()),
                regions: count(d.regions.unwrap_or_default()),
            },
        })
        .collect();

        let mut regions = sqlx::query!(
            "SELECT pk, id, parent, name, name_fr, level, pcode, latitude, longitude, alt_names, live FROM region"
        )
        .fetch_all(&mut *db)
        .await?
        .into_iter()
        .map(|r| {
            Ok(Region {
                row: r.pk,
                id: r.id,
                name: Bilingual::new(r.name, r.name_fr),
                alt_names: split(&r.alt_names),
                level: word(&r.level)?,
                pcode: r.pcode,
                point: r.latitude.zip(r.longitude),
                parent: r.parent,
                live: r.live != 0,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
        regions.sort_by_cached_key(|r| (r.level, fold(&r.name.en)));

        let mut actors = sqlx::query!("SELECT pk, id, name, name_fr, kind, alt_names, live FROM actor")
            .fetch_all(&mut *db)
            .await?
            .into_iter()
            .map(|a| {
                Ok(Actor {
                    row: a.pk,
                    id: a.id,
                    name: Bilingual::new(a.name, a.name_fr),
                    alt_names: split(&a.alt_names),
                    kind: word(&a.kind)?,
                    live: a.live != 0,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        actors.sort_by_cached_key(|a| fold(&a.name.en));

        let mut members: HashMap<i64, Vec<i64>> = HashMap::new();
        for link in sqlx::query!("SELECT DISTINCT actor, other FROM actor_link WHERE relation = 'part_of'")
            .fetch_all(&mut *db)
            .await?
        {
            members.entry(link.other).or_default().push(link.actor);
        }
        let french = sqlx::query!("SELECT text, fr FROM translation").fetch_all(&mut *db).await?;
        let mut children: HashMap<i64, Vec<usize>> = HashMap::new();
        let mut roots = Vec::new();
        for (at, region) in regions.iter().enumerate().filter(|(_, r)| r.live) {
            match region.parent {
                Some(parent) => children.entry(parent).or_default().push(at),
                None => roots.push(at),
            }
        }
        let mut in_tree = HashMap::with_capacity(regions.len());
        let mut next: Vec<(usize, usize)> = roots.iter().rev().map(|at| (*at, 0)).collect();
        while let Some((at, depth)) = next.pop() {
            in_tree.insert(regions[at].row, (in_tree.len(), depth));
            let below = children.get(&regions[at].row).into_iter().flatten();
            next.extend(below.rev().map(|child| (*child, depth + 1)));
        }
        let parents: Vec<(i64, Option<i64>)> = regions.iter().map(|r| (r.row, r.parent)).collect();
        let index = EventIndex::load(db, &parents).await?;
        let names = KnownNames::new(
            &index,
            actors.iter().filter(|a| a.live).map(|a| (a.row, &a.name, &a.alt_names)),
            regions.iter().filter(|r| r.live).map(|r| (r.row, &r.name, &r.alt_names, r.pcode.as_deref())),
        );
        Ok(Catalog {
            generation,
            changed_at,
            on_map: Placed::new(&index, &regions),
            index,
            names,
            datasets,
            region_by_id: regions.iter().enumerate().map(|(at, r)| (r.id.clone(), at)).collect(),
            region_by_row: regions.iter().enumerate().map(|(at, r)| (r.row, at)).collect(),
            regions,
            children,
            roots,
            in_tree,
            actor_by_id: actors.iter().enumerate().map(|(at, a)| (a.id.clone(), at)).collect(),
            actor_by_row: actors.iter().enumerate().map(|(at, a)| (a.row, at)).collect(),
            actors,
            members,
            french: french.into_iter().map(|t| (t.text, t.fr)).collect(),
        })
    }

    /// The live regions, larger ones first, then by name.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.regions.iter().filter(|r| r.live)
    }

    /// The live actors, by name.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter().filter(|a| a.live)
    }

    /// A live region by its id.
    pub fn region(&self, id: &str) -> Option<&Region> {
        self.region_by_id.get(id).map(|at| &self.regions[*at]).filter(|r| r.live)
    }

    /// A region by its row, live or not.
    pub fn region_at(&self, row: i64) -> Option<&Region> {
        self.region_by_row.get(&row).map(|at| &self.regions[*at])
    }

    /// A live actor by its id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actor_by_id.get(id).map(|at| &self.actors[*at]).filter(|a| a.live)
    }

    /// An actor by its row, live or not.
    pub fn actor_at(&self, row: i64) -> Option<&Actor> {
        self.actor_by_row.get(&row).map(|at| &self.actors[*at])
    }

    /// The regions that lie in no other.
    pub fn roots(&self) -> impl Iterator<Item = &Region> {
        self.roots.iter().map(|at| &self.regions[*at])
    }

    /// How many countries have events.
    pub fn countries(&self) -> u64 {
        let country = |r: &&Region| r.level == Level::Country && self.index.region.contains_key(&r.row);
        self.regions().filter(country).count() as u64
    }

    /// Whether the events are of so many countries that a reader looks for a country first.
    pub fn is_of_the_world(&self) -> bool {
        self.countries() > FEW_COUNTRIES
    }

    /// The regions directly below one.
    pub fn children(&self, row: i64) -> impl Iterator<Item = &Region> {
        self.children.get(&row).into_iter().flatten().map(|at| &self.regions[*at])
    }

    /// A region and all it lies in, the largest first.
    pub fn path(&self, row: i64) -> Vec<&Region> {
        let mut path = Vec::new();
        let mut next = self.region_at(row);
        while let Some(region) = next {
            path.push(region);
            next = region.parent.and_then(|parent| self.region_at(parent));
        }
        path.reverse();
        path
    }

    /// An actor and the groups that are part of it, at any remove.
    pub fn with_members(&self, row: i64) -> Vec<i64> {
        let mut all = vec![row];
        let mut seen: HashSet<i64> = HashSet::from([row]);
        let mut at = 0;
        while at < all.len() {
            for member in self.members.get(&all[at]).into_iter().flatten() {
                if seen.insert(*member) {
                    all.push(*member);
                }
            }
            at += 1;
        }
        all
    }

    /// How much there is of all datasets together.
    pub fn counts(&self) -> Counts {
        self.datasets.iter().map(|d| d.counts).fold(Counts::default(), |all, of| Counts {
            events: all.events + of.events,
            reports: all.reports + of.reports,
            passages: all.passages + of.passages,
            claims: all.claims + of.claims,
            actors: all.actors + of.actors,
            regions: all.regions + of.regions,
        })
    }

    /// The actors of which others are part.
    pub fn with_any_members(&self) -> Vec<i64> {
        self.members.keys().copied().collect()
    }

    /// Where a region stands when each is followed by those in it, and at which depth.
    pub fn place_in_tree(&self, row: i64) -> Option<(usize, usize)> {
        self.in_tree.get(&row).copied()
    }

    /// A dataset by its id.
    pub fn dataset(&self, id: &str) -> Option<&Dataset> {
        self.datasets.iter().find(|d| d.id == id)
    }

    /// A dataset by its row.
    pub fn dataset_at(&self, row: i64) -> Option<&Dataset> {
        self.datasets.iter().find(|d| d.row == row)
    }

    /// Whether a short text of the dataset has its French.
    pub fn has_french(&self, text: &str) -> bool {
        self.french.contains_key(text)
    }

    /// A short text of the dataset in a language; English where it was never translated.
    pub fn translated<'a>(&'a self, text: &'a str, lang: Lang) -> &'a str {
        match lang {
            Lang::En => text,
            Lang::Fr => self.french.get(text).map_or(text, String::as_str),
        }
    }
}

impl Names for Catalog {
    fn region(&self, id: &RegionId, lang: Lang) -> Option<(String, Level)> {
        Catalog::region(self, id.as_str()).map(|r| (r.name.get(lang).to_owned(), r.level))
    }
    fn actor(&self, id: &ActorId, lang: Lang) -> Option<String> {
        Catalog::actor(self, id.as_str()).map(|a| a.name.get(lang).to_owned())
    }
    fn dataset(&self, id: &DatasetId, lang: Lang) -> Option<String> {
        Catalog::dataset(self, id.as_str()).map(|d| d.title.get(lang).to_owned())
    }
    /// Reports are too many to be held here; whoever describes a filter with reports brings their titles.
    fn report(&self, _: &ReportId) -> Option<String> {
        None
    }
}
