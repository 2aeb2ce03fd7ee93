//! Actors, regions, reports, histories and search results as JSON.

use serde::Serialize;

use crate::domain::vocab::{ActorKind, ActorRelation, Level, ReportKind};
use crate::links::Page;
use crate::search::PassageHit;
use crate::store::actors::{ActorFull, PassageRef};
use crate::store::catalog::{Actor, Region};
use crate::store::history::Version;
use crate::store::list::Card;
use crate::store::regions::RegionFull;
use crate::store::reports::{ReportCard, ReportFull};
use crate::view::Ctx;

use super::list::EventItem;

/// An actor in a list.
#[derive(Serialize)]
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
#[derive(Serialize)]
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

/// A report in a list.
#[derive(Serialize)]
pub struct ReportItem {
    /// Its id.
    pub id: String,
    /// Its title, in its own language.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, maybe cut short.
    pub published: Option<String>,
    /// BCP 47.
    pub language: String,
    /// What sort of document.
    pub kind: ReportKind,
    /// How many events it speaks of.
    pub events: u64,
    /// Its page here.
    pub page: String,
}

/// All actors.
#[derive(Serialize)]
pub struct ActorsJson {
    /// How many.
    pub total: u64,
    /// All of them.
    pub actors: Vec<ActorItem>,
    /// All are on one page.
    pub next: Option<String>,
}

/// All regions.
#[derive(Serialize)]
pub struct RegionsJson {
    /// How many.
    pub total: u64,
    /// All of them.
    pub regions: Vec<RegionItem>,
    /// All are on one page.
    pub next: Option<String>,
}

/// A page of reports.
#[derive(Serialize)]
pub struct ReportsJson {
    /// How many.
    pub total: u64,
    /// This page of them.
    pub reports: Vec<ReportItem>,
    /// The next page.
    pub next: Option<String>,
}

fn url(cx: &Ctx, page: Page) -> String {
    format!("{}{}", cx.base_url, page.path(cx.lang))
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

/// A report in a list.
pub fn report_item(cx: &Ctx, card: &ReportCard) -> ReportItem {
    ReportItem {
        id: card.id.clone(),
        title: card.title.clone(),
        publisher: card.publisher.clone(),
        published: card.published.clone(),
        language: card.language.clone(),
        kind: card.kind,
        events: card.events,
        page: url(cx, Page::Report(&card.id)),
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

/// A passage that is pointed at.
#[derive(Serialize)]
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
#[derive(Serialize)]
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
#[derive(Serialize)]
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
        ties: full
            .ties
            .iter()
            .filter_map(|tie| {
                Some(TieJson {
                    relation: tie.relation,
                    actor: cx.catalog.actor_at(tie.other)?.id.clone(),
                    reversed: !tie.outgoing,
                    from: tie.from.clone(),
                    until: tie.until.clone(),
                    passage: pointed(cx, &tie.passage),
                })
            })
            .collect(),
        mentions: full.mentions.iter().map(|passage| pointed(cx, passage)).collect(),
    })
}

/// A region whole.
#[derive(Serialize)]
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

/// A passage and what it speaks of.
#[derive(Serialize)]
pub struct PassageJson {
    /// Its id within the report.
    pub id: String,
    /// The report's own few words.
    pub anchor: String,
    /// What it says.
    pub gist: String,
    /// The paragraph, where it may be shown.
    pub text: Option<String>,
    /// Ids of events.
    pub events: Vec<String>,
    /// Ids of actors.
    pub actors: Vec<String>,
    /// Ids of regions.
    pub regions: Vec<String>,
}

/// A report whole.
#[derive(Serialize)]
pub struct ReportJson {
    /// As in lists.
    #[serde(flatten)]
    pub item: ReportItem,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The agencies whose copy it carries.
    pub agency: Vec<String>,
    /// What a reader should know of the copy that was read.
    pub note: Option<String>,
    /// The dataset's id.
    pub source: Option<String>,
    /// What it says.
    pub passages: Vec<PassageJson>,
}

/// A report whole.
pub fn report(cx: &Ctx, full: &ReportFull) -> ReportJson {
    let passages = full.passages.iter().map(|p| PassageJson {
        id: p.id.clone(),
        anchor: p.anchor.clone(),
        gist: p.gist.get(cx.lang).to_owned(),
        text: p.place.and_then(|(n, ..)| full.paragraphs.get(n.checked_sub(1)?).cloned()),
        events: p.events.iter().map(|(id, ..)| id.clone()).collect(),
        actors: p.actors.iter().filter_map(|row| cx.catalog.actor_at(*row)).map(|a| a.id.clone()).collect(),
        regions: p.regions.iter().filter_map(|row| cx.catalog.region_at(*row)).map(|r| r.id.clone()).collect(),
    });
    ReportJson {
        item: report_item(cx, &full.card),
        author: full.author.clone(),
        url: full.url.clone(),
        agency: full.agency.clone(),
        note: full.note.as_deref().map(|note| cx.catalog.translated(note, cx.lang).to_owned()),
        source: cx.catalog.dataset_at(full.dataset).map(|d| d.id.clone()),
        passages: passages.collect(),
    }
}

/// A passage that was found.
#[derive(Serialize)]
pub struct FoundPassage {
    /// The report's id.
    pub report: String,
    /// The passage's id within it.
    pub passage: String,
    /// What it says.
    pub snippet: String,
    /// Ids of the events it speaks of.
    pub events: Vec<String>,
}

/// What a search found.
#[derive(Serialize)]
pub struct SearchJson {
    /// The best events.
    pub events: Vec<EventItem>,
    /// Actors.
    pub actors: Vec<ActorItem>,
    /// Regions.
    pub regions: Vec<RegionItem>,
    /// Passages.
    pub passages: Vec<FoundPassage>,
}

/// What a search found, as JSON.
pub fn search(cx: &Ctx, events: &[Card], actors: &[i64], regions: &[i64], passages: &[PassageHit]) -> SearchJson {
    SearchJson {
        events: events.iter().map(|card| EventItem::new(cx, card)).collect(),
        actors: actors.iter().filter_map(|row| cx.catalog.actor_at(*row)).map(|a| actor_item(cx, a)).collect(),
        regions: regions.iter().filter_map(|row| cx.catalog.region_at(*row)).map(|r| region_item(cx, r)).collect(),
        passages: passages
            .iter()
            .map(|hit| FoundPassage {
                report: hit.report.clone(),
                passage: hit.id.clone(),
                snippet: hit.gist.get(cx.lang).to_owned(),
                events: hit.events.iter().map(|(id, _)| id.clone()).collect(),
            })
            .collect(),
    }
}

/// A version of an event.
#[derive(Serialize)]
pub struct VersionJson<'a> {
    /// Its number.
    pub version: u32,
    /// When it was recorded, RFC 3339.
    pub recorded: &'a str,
    /// `added`, `changed`, `withdrawn` or `restored`.
    pub change: &'a str,
    /// The version of the dataset.
    pub dataset_version: &'a str,
    /// The event as it was.
    pub event: &'a crate::domain::record::EventRecord,
}

/// The versions of an event.
pub fn versions(versions: &[Version]) -> Vec<VersionJson<'_>> {
    versions
        .iter()
        .map(|v| VersionJson {
            version: v.n,
            recorded: &v.recorded,
            change: &v.change,
            dataset_version: &v.dataset_version,
            event: &v.record,
        })
        .collect()
}
