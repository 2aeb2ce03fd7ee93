//! Actors and regions as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::vocab::{ActorKind, ActorRelation, Level};
use crate::links::Page;
use crate::search::NamesFound;
use crate::store::actors::{ActorFull, PassageRef, Tie};
use crate::store::catalog::{Actor, Region};
use crate::store::regions::RegionFull;
use crate::text::labels::Label;
use crate::text::phrases;
use crate::view::Ctx;

/// The absolute address of a page.
pub(super) fn url(cx: &Ctx, page: Page) -> String {
    format!("{}{}", cx.base_url, page.path(cx.lang))
}

/// An actor in a list.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ActorInList")]
pub struct ActorItem {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// How many events name it.
    pub events: u64,
    /// Its page.
    pub url: String,
}

/// A region in a list.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "RegionInList")]
pub struct RegionItem {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How large it is.
    pub level: Level,
    /// The id of the region it lies in.
    pub parent: Option<String>,
    /// How many events in it and below it.
    pub events: u64,
    /// Its page.
    pub url: String,
}

/// All actors.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ActorList")]
pub struct ActorsJson {
    /// How many.
    pub total: u64,
    /// All of them.
    pub actors: Vec<ActorItem>,
    /// All are on one page.
    pub next: Option<String>,
}

/// All regions.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "RegionList")]
pub struct RegionsJson {
    /// How many.
    pub total: u64,
    /// All of them.
    pub regions: Vec<RegionItem>,
    /// All are on one page.
    pub next: Option<String>,
}

/// An actor in a list.
pub fn actor_item(cx: &Ctx, actor: &Actor) -> ActorItem {
    ActorItem {
        id: actor.id.clone(),
        name: actor.name.get(cx.lang).to_owned(),
        kind: actor.kind,
        events: cx.catalog.index.actor_events(actor.row).len(),
        url: url(cx, Page::Actor(&actor.id)),
    }
}

/// A region in a list.
pub fn region_item(cx: &Ctx, region: &Region) -> RegionItem {
    RegionItem {
        id: region.id.clone(),
        name: region.name.get(cx.lang).to_owned(),
        level: region.level,
        parent: region.parent.and_then(|row| cx.catalog.region_at(row)).map(|parent| parent.id.clone()),
        events: cx.catalog.index.region.get(&region.row).map_or(0, |set| set.len()),
        url: url(cx, Page::Region(&region.id)),
    }
}

/// All actors.
pub fn actors(cx: &Ctx) -> ActorsJson {
    let actors: Vec<ActorItem> = cx.catalog.actors().map(|actor| actor_item(cx, actor)).collect();
    ActorsJson { total: actors.len() as u64, actors, next: None }
}

/// All regions.
pub fn regions(cx: &Ctx) -> RegionsJson {
    let regions: Vec<RegionItem> = cx.catalog.regions().map(|region| region_item(cx, region)).collect();
    RegionsJson { total: regions.len() as u64, regions, next: None }
}

/// A name that may be the one being typed.
#[derive(JsonSchema, Serialize)]
pub struct NameFound {
    /// The id, as the filter takes it.
    pub id: String,
    /// The name.
    pub name: String,
    /// What has it: the kind of actor; the level of a region and what it lies in.
    pub what: String,
    /// How many events in all.
    pub events: u64,
    /// The same in words.
    pub count: String,
}

/// Names like what was typed so far.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Names")]
pub struct NamesJson {
    /// The names, best first.
    pub names: Vec<NameFound>,
    /// How many they are, to be read out.
    pub status: String,
}

impl NamesJson {
    fn new(cx: &Ctx, names: Vec<NameFound>) -> NamesJson {
        NamesJson { status: phrases::names_found(names.len() as u64, cx.lang), names }
    }

    /// The actors among what was found.
    pub fn actors(cx: &Ctx, found: &NamesFound) -> NamesJson {
        let name = |row: &i64| {
            let ActorItem { id, name, kind, events, .. } = actor_item(cx, cx.catalog.actor_at(*row)?);
            let (what, count) = (kind.label(cx.lang).to_owned(), phrases::events(events, cx.lang));
            Some(NameFound { id, name, what, events, count })
        };
        NamesJson::new(cx, found.actors.iter().filter_map(name).collect())
    }

    /// The regions among what was found.
    pub fn regions(cx: &Ctx, found: &NamesFound) -> NamesJson {
        let name = |row: &i64| {
            let RegionItem { id, name, level, events, .. } = region_item(cx, cx.catalog.region_at(*row)?);
            let mut path = cx.catalog.path(*row);
            path.pop();
            let within = path.iter().rev().map(|region| region.name.get(cx.lang));
            let what = std::iter::once(level.label(cx.lang)).chain(within).collect::<Vec<_>>().join(", ");
            Some(NameFound { id, name, what, events, count: phrases::events(events, cx.lang) })
        };
        NamesJson::new(cx, found.regions.iter().filter_map(name).collect())
    }
}

/// A passage that is pointed at.
#[derive(JsonSchema, Serialize)]
pub struct PointedPassage {
    /// The report's id.
    pub report: String,
    /// The passage's id within it.
    pub passage: String,
    /// What it says.
    pub gist: String,
}

fn pointed(cx: &Ctx, passage: &PassageRef) -> PointedPassage {
    PointedPassage {
        report: passage.report.clone(),
        passage: passage.id.clone(),
        gist: passage.gist.get(cx.lang).to_owned(),
    }
}

/// A tie between actors.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ActorLink")]
pub struct TieJson {
    /// Read "this actor RELATION actor"; where `reversed`, "actor RELATION this actor".
    pub relation: ActorRelation,
    /// The other actor's id.
    pub actor: String,
    /// See `relation`.
    pub reversed: bool,
    /// Since, maybe cut short.
    pub from: Option<String>,
    /// Until.
    pub until: Option<String>,
    /// The passage behind it.
    #[serde(flatten)]
    pub passage: PointedPassage,
}

/// An actor whole.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Actor")]
pub struct ActorJson {
    /// As in lists.
    #[serde(flatten)]
    pub item: ActorItem,
    /// Its name in French.
    pub name_fr: String,
    /// Other names and spellings.
    pub alt_names: Vec<String>,
    /// ISO 3166-1 alpha-2, lower case.
    pub country: Option<String>,
    /// Active from, maybe cut short.
    pub active_from: Option<String>,
    /// Active until.
    pub active_until: Option<String>,
    /// A sentence or two.
    pub summary: String,
    /// Ties to others.
    pub ties: Vec<TieJson>,
    /// Passages that name it without a claim on an event.
    pub mentions: Vec<PointedPassage>,
}

/// A tie; none where the catalog does not know the other actor.
pub(super) fn tie(cx: &Ctx, tie: &Tie) -> Option<TieJson> {
    Some(TieJson {
        relation: tie.relation,
        actor: cx.catalog.actor_at(tie.other)?.id.clone(),
        reversed: !tie.outgoing,
        from: tie.from.clone(),
        until: tie.until.clone(),
        passage: pointed(cx, &tie.passage),
    })
}

/// An actor whole; none where the catalog does not know it.
pub fn actor(cx: &Ctx, full: &ActorFull) -> Option<ActorJson> {
    let known = cx.catalog.actor_at(full.row)?;
    Some(ActorJson {
        item: actor_item(cx, known),
        name_fr: known.name.fr.clone(),
        alt_names: known.alt_names.clone(),
        country: full.country.clone(),
        active_from: full.active_from.clone(),
        active_until: full.active_until.clone(),
        summary: full.summary.get(cx.lang).to_owned(),
        ties: full.ties.iter().filter_map(|of| tie(cx, of)).collect(),
        mentions: full.mentions.iter().map(|passage| pointed(cx, passage)).collect(),
    })
}

/// A region whole.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Region")]
pub struct RegionJson {
    /// As in lists.
    #[serde(flatten)]
    pub item: RegionItem,
    /// Its name in French.
    pub name_fr: String,
    /// Other names and spellings.
    pub alt_names: Vec<String>,
    /// The P-code.
    pub pcode: Option<String>,
    /// WGS 84, degrees.
    pub latitude: Option<f64>,
    /// See `latitude`.
    pub longitude: Option<f64>,
    /// The regions it lies in, the largest first.
    pub path: Vec<RegionItem>,
    /// The regions directly below it.
    pub children: Vec<RegionItem>,
    /// Passages that name it without a claim on an event.
    pub mentions: Vec<PointedPassage>,
}

/// A region whole; none where the catalog does not know it.
pub fn region(cx: &Ctx, full: &RegionFull) -> Option<RegionJson> {
    let known = cx.catalog.region_at(full.row)?;
    let mut path = cx.catalog.path(known.row);
    path.pop();
    Some(RegionJson {
        item: region_item(cx, known),
        name_fr: known.name.fr.clone(),
        alt_names: known.alt_names.clone(),
        pcode: known.pcode.clone(),
        latitude: known.point.map(|(latitude, _)| latitude),
        longitude: known.point.map(|(_, longitude)| longitude),
        path: path.into_iter().map(|r| region_item(cx, r)).collect(),
        children: cx.catalog.children(known.row).map(|r| region_item(cx, r)).collect(),
        mentions: full.mentions.iter().map(|passage| pointed(cx, passage)).collect(),
    })
}
