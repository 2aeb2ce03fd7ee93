//! What changed in an event, when, and with which version of its dataset.

use askama::Template;
use chrono::DateTime;

use crate::domain::record::{Claim, EventRecord};
use crate::links::Page;
use crate::store::history::Version;
use crate::text::format::{colon, day, span};
use crate::text::labels::Label;
use crate::text::phrases;

use super::frame::Nav;
use super::{Ctx, Frame, Link, accounts};

/// The page of `/events/{id}/history`.
#[derive(Template)]
#[template(path = "history.html")]
pub struct HistoryPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The event.
    pub event: Link,
    /// How many versions.
    pub total: String,
    /// Its versions, the newest first.
    pub versions: Vec<VersionView>,
}

/// A version and how it differs from the one before.
pub struct VersionView {
    /// Its page.
    pub link: Link,
    /// When it was recorded.
    pub recorded: String,
    /// `added`, `changed` ...
    pub change: &'static str,
    /// The version of the dataset.
    pub dataset: String,
    /// Whether it is the one shown now.
    pub current: bool,
    /// What changed: field, before, after.
    pub fields: Vec<(&'static str, String, String)>,
    /// Claims that came, went or changed, in words.
    pub claims: Vec<(&'static str, Vec<String>)>,
}

impl HistoryPage {
    /// The history of an event; none without versions.
    pub fn new(cx: &Ctx, versions: &[Version]) -> Option<HistoryPage> {
        let last = versions.last()?;
        let id = last.record.id.as_str();
        let title = last.record.title.get(cx.lang);
        let mut views: Vec<VersionView> = versions
            .iter()
            .enumerate()
            .map(|(at, version)| {
                let before = at.checked_sub(1).map(|before| &versions[before].record);
                version_view(cx, id, version, before, at + 1 == versions.len())
            })
            .collect();
        views.reverse();
        let heading = format!("{} – {title}", cx.t.history_title);
        let mut frame = Frame::new(cx, Nav::Events, heading, |lang| Page::History(id).path(lang));
        frame.json = Some(Page::History(id).format(cx.lang, "json"));
        Some(HistoryPage {
            frame,
            event: Link::new(Page::Event(id).path(cx.lang), title),
            total: phrases::versions(versions.len() as u64, cx.lang),
            versions: views,
        })
    }
}

fn version_view(cx: &Ctx, id: &str, version: &Version, before: Option<&EventRecord>, current: bool) -> VersionView {
    let recorded = DateTime::parse_from_rfc3339(&version.recorded);
    VersionView {
        link: Link::new(Page::Version(id, version.n).path(cx.lang), format!("Version {}", version.n)),
        recorded: recorded.map_or_else(|_| version.recorded.clone(), |at| day(at.date_naive(), cx.lang)),
        change: match version.change.as_str() {
            "added" => cx.t.history_added,
            "withdrawn" => cx.t.history_withdrawn,
            "restored" => cx.t.history_restored,
            _ => cx.t.history_changed,
        },
        dataset: version.dataset_version.clone(),
        current,
        fields: before.map(|before| fields(cx, before, &version.record)).unwrap_or_default(),
        claims: before.map(|before| claims(cx, before, &version.record)).unwrap_or_default(),
    }
}

fn fields(cx: &Ctx, before: &EventRecord, after: &EventRecord) -> Vec<(&'static str, String, String)> {
    let lang = cx.lang;
    let place = |r: &EventRecord| cx.region_by_id(r.region.as_str()).text;
    let actors = |r: &EventRecord| {
        let named = r.actors.iter().map(|part| {
            let name = cx.actor_by_id(part.actor.as_str()).text;
            format!("{name} ({}, {})", part.role.label(lang), part.certainty.label(lang))
        });
        named.collect::<Vec<_>>().join(cx.t.semicolon)
    };
    let links = |r: &EventRecord| {
        r.links
            .iter()
            .map(|l| format!("{} {}", l.relation.label(lang), l.other))
            .collect::<Vec<_>>()
            .join(cx.t.semicolon)
    };
    let passages = |r: &EventRecord| {
        r.passages
            .iter()
            .map(|p| format!("{}{} {}", p.anchor, colon(lang), p.gist.get(lang)))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let when = |r: &EventRecord| format!("{} ({})", span(&r.span(), lang), r.date_precision.label(lang));
    let all: [(&'static str, String, String); 8] = [
        (cx.t.field_title, before.title.get(lang).to_owned(), after.title.get(lang).to_owned()),
        (cx.t.field_kind, before.kind.label(lang).to_owned(), after.kind.label(lang).to_owned()),
        (cx.t.field_date, when(before), when(after)),
        (cx.t.field_place, place(before), place(after)),
        (cx.t.field_summary, before.summary.get(lang).to_owned(), after.summary.get(lang).to_owned()),
        (cx.t.field_actors, actors(before), actors(after)),
        (cx.t.field_links, links(before), links(after)),
        (cx.t.field_passages, passages(before), passages(after)),
    ];
    all.into_iter().filter(|(_, before, after)| before != after).collect()
}

fn claims(cx: &Ctx, before: &EventRecord, after: &EventRecord) -> Vec<(&'static str, Vec<String>)> {
    let words = |claim: &Claim| format!("#{} {}", claim.n, accounts::in_short(cx, claim));
    let find = |record: &EventRecord, n: u32| record.claims.iter().find(|c| c.n == n).cloned();
    let added = after.claims.iter().filter(|c| find(before, c.n).is_none()).map(words).collect::<Vec<_>>();
    let removed = before.claims.iter().filter(|c| find(after, c.n).is_none()).map(words).collect::<Vec<_>>();
    let changed = after
        .claims
        .iter()
        .filter_map(|c| find(before, c.n).filter(|was| was != c).map(|was| format!("{} → {}", words(&was), words(c))))
        .collect::<Vec<_>>();
    [(cx.t.history_claims_added, added), (cx.t.history_claims_changed, changed), (cx.t.history_claims_removed, removed)]
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .collect()
}
