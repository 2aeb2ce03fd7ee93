//! Reports, the versions of events and search results as JSON.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::lang::Bilingual;
use crate::domain::vocab::ReportKind;
use crate::links::Page;
use crate::store::history::Version;
use crate::store::reports::{ReportCard, ReportFull};
use crate::view::Ctx;
use crate::view::search::Found;

use super::list::EventItem;
use super::names::{ActorItem, RegionItem, actor_item, region_item, url};
use super::withheld::Listed;

/// A report in a list.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ReportInList")]
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

/// A page of reports.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ReportList")]
pub struct ReportsJson {
    /// How many.
    pub total: u64,
    /// This page of them.
    pub reports: Vec<Listed<ReportItem>>,
    /// The next page.
    pub next: Option<String>,
}

/// A report in a list, unless its dataset is for reading only.
pub fn listed_report(cx: &Ctx, card: &ReportCard) -> Listed<ReportItem> {
    Listed::new(cx, card.dataset, &card.id, Page::Report(&card.id), || report_item(cx, card))
}

fn report_item(cx: &Ctx, card: &ReportCard) -> ReportItem {
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

/// A passage and what it speaks of.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Passage")]
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
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Report")]
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
        source: cx.catalog.dataset_at(full.card.dataset).map(|d| d.id.clone()),
        passages: passages.collect(),
    }
}

/// A passage that was found.
#[derive(JsonSchema, Serialize)]
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
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "SearchResult")]
pub struct SearchJson {
    /// The words for which the events are, where no event has those that were asked for.
    pub instead: Option<String>,
    /// How many events there are in all.
    pub total: u64,
    /// The best events.
    pub events: Vec<Listed<EventItem>>,
    /// Actors.
    pub actors: Vec<ActorItem>,
    /// Regions.
    pub regions: Vec<RegionItem>,
    /// Passages.
    pub passages: Vec<FoundPassage>,
    /// How many more were found in datasets that are for reading only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    pub passages_withheld: Option<usize>,
}

/// What a search found, as JSON. `withheld` are the reports whose passages are for reading only.
pub fn search(cx: &Ctx, found: &Found, withheld: &HashSet<String>) -> SearchJson {
    let Found { names, events, passages, .. } = found;
    let passed_on = || passages.iter().filter(|hit| !withheld.contains(&hit.report));
    SearchJson {
        instead: found.instead.map(str::to_owned),
        total: found.total,
        events: events.iter().map(|card| EventItem::listed(cx, card)).collect(),
        actors: names.actors.iter().filter_map(|row| cx.catalog.actor_at(*row)).map(|a| actor_item(cx, a)).collect(),
        regions: names
            .regions
            .iter()
            .filter_map(|row| cx.catalog.region_at(*row))
            .map(|r| region_item(cx, r))
            .collect(),
        passages_withheld: Some(passages.len() - passed_on().count()).filter(|n| *n > 0),
        passages: passed_on()
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
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Version")]
pub struct VersionJson<'a> {
    /// Its number.
    pub version: u32,
    /// When it was recorded, RFC 3339.
    pub recorded: &'a str,
    /// `added`, `changed`, `withdrawn` or `restored`.
    pub change: &'a str,
    /// The version of the dataset.
    pub dataset_version: &'a str,
    /// Why the event was changed, in both languages, where that was put down.
    pub why: Option<&'a Bilingual>,
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
            why: v.why.as_ref(),
            event: &v.record,
        })
        .collect()
}
