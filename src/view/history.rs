//! What changed in an event, when, and with which version of its dataset.

use askama::Template;
use chrono::DateTime;

use crate::domain::record::{Claim, EventRecord, Passage};
use crate::links::{self, Page};
use crate::store::events::Retired;
use crate::store::history::Version;
use crate::text::format::{colon, day, quoted, span};
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
    /// What became of it where it is no longer live: words, the reason and the event it was merged into.
    pub retired: Option<(&'static str, String, Option<Link>)>,
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
    /// That it is the one shown now, or the last there was.
    pub current: Option<&'static str>,
    /// What changed: field, before, after.
    pub fields: Vec<(&'static str, String, String)>,
    /// Claims and passages that came, changed or went.
    pub lists: Vec<(&'static str, Vec<Link>)>,
}

impl HistoryPage {
    /// The history of an event, live or not; none without versions.
    pub fn new(cx: &Ctx, versions: &[Version], retired: Option<&Retired>) -> Option<HistoryPage> {
        let last = versions.last()?;
        let id = last.record.id.as_str();
        let title = last.record.title.get(cx.lang);
        let mut views: Vec<VersionView> = versions
            .iter()
            .enumerate()
            .map(|(at, version)| {
                let before = at.checked_sub(1).map(|before| &versions[before]);
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
            retired: retired.map(|gone| retired_view(cx, gone)),
            total: phrases::versions(versions.len() as u64, cx.lang),
            versions: views,
        })
    }
}

fn retired_view(cx: &Ctx, gone: &Retired) -> (&'static str, String, Option<Link>) {
    let successor = gone.successor.as_deref().map(|id| Link::new(Page::Event(id).path(cx.lang), id));
    let words = if successor.is_some() { cx.t.history_merged } else { cx.t.history_gone };
    (words, gone.reason.get(cx.lang).to_owned(), successor)
}

fn version_view(cx: &Ctx, id: &str, version: &Version, before: Option<&Version>, last: bool) -> VersionView {
    VersionView {
        link: link(cx, id, version),
        recorded: recorded(cx, version),
        change: match version.change.as_str() {
            "added" => cx.t.history_added,
            "withdrawn" => cx.t.history_withdrawn,
            "restored" => cx.t.history_restored,
            _ => cx.t.history_changed,
        },
        dataset: version.dataset_version.clone(),
        current: last.then_some(match version.change.as_str() {
            "withdrawn" => cx.t.history_last,
            _ => cx.t.history_current,
        }),
        fields: before.map(|before| fields(cx, &before.record, &version.record)).unwrap_or_default(),
        lists: before.map(|before| lists(cx, id, before, version)).unwrap_or_default(),
    }
}

fn fields(cx: &Ctx, before: &EventRecord, after: &EventRecord) -> Vec<(&'static str, String, String)> {
    let lang = cx.lang;
    let place = |r: &EventRecord| {
        let point = r.point.map_or_else(String::new, |(north, east)| format!("{}{north}, {east}", cx.t.semicolon));
        format!("{} ({}{point})", cx.region_by_id(r.region.as_str()).text, r.place_precision.label(lang))
    };
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
    let when = |r: &EventRecord| format!("{} ({})", span(&r.span(), lang), r.date_precision.label(lang));
    let all: [(&'static str, String, String); 7] = [
        (cx.t.field_title, before.title.get(lang).to_owned(), after.title.get(lang).to_owned()),
        (cx.t.field_kind, before.kind.label(lang).to_owned(), after.kind.label(lang).to_owned()),
        (cx.t.field_date, when(before), when(after)),
        (cx.t.field_place, place(before), place(after)),
        (cx.t.field_summary, before.summary.get(lang).to_owned(), after.summary.get(lang).to_owned()),
        (cx.t.field_actors, actors(before), actors(after)),
        (cx.t.field_links, links(before), links(after)),
    ];
    all.into_iter().filter(|(_, before, after)| before != after).collect()
}

/// What came, what changed and what went, of things that are known by a key.
fn compared<T: PartialEq>(before: &[T], after: &[T], same: impl Fn(&T, &T) -> bool, words: Words<T>) -> [Vec<Link>; 3] {
    let find = |list: &[T], one: &T| list.iter().position(|other| same(one, other));
    let added = after.iter().filter(|one| find(before, one).is_none()).map(|one| (words.after)(one));
    let changed = after.iter().filter_map(|one| {
        let was = &before[find(before, one)?];
        (was != one).then(|| (words.changed)(was, one))
    });
    let removed = before.iter().filter(|one| find(after, one).is_none()).map(|one| (words.before)(one));
    [added.collect(), changed.collect(), removed.collect()]
}

/// How something is put that came, changed or went.
struct Words<'a, T> {
    before: &'a dyn Fn(&T) -> Link,
    changed: &'a dyn Fn(&T, &T) -> Link,
    after: &'a dyn Fn(&T) -> Link,
}

/// Claims and passages; each claim leads to itself in the version that has it.
fn lists(cx: &Ctx, id: &str, before: &Version, after: &Version) -> Vec<(&'static str, Vec<Link>)> {
    let t = cx.t;
    let link = |n, claim: &Claim, words| Link::new(links::claim_on(Page::Version(id, n), claim.n, cx.lang), words);
    let claims = compared(
        &before.record.claims,
        &after.record.claims,
        |a, b| a.n == b.n,
        Words {
            before: &|claim| link(before.n, claim, words(cx, claim)),
            changed: &|was, is| link(after.n, is, changed(cx, was, is)),
            after: &|claim| link(after.n, claim, words(cx, claim)),
        },
    );
    let passage = |p: &Passage| format!("{}{} {}", quoted(&p.anchor, cx.lang), colon(cx.lang), p.gist.get(cx.lang));
    let passages = compared(
        &before.record.passages,
        &after.record.passages,
        |a, b| (&a.report, &a.id) == (&b.report, &b.id),
        Words {
            before: &|p| Link::text(passage(p)),
            changed: &|was, is| Link::text(format!("{} → {}", passage(was), passage(is))),
            after: &|p| Link::text(passage(p)),
        },
    );
    let headings = [t.history_claims_added, t.history_claims_changed, t.history_claims_removed];
    let more = [t.history_passages_added, t.history_passages_changed, t.history_passages_removed];
    let all = headings.into_iter().zip(claims).chain(more.into_iter().zip(passages));
    all.filter(|(_, list)| !list.is_empty()).collect()
}

fn words(cx: &Ctx, claim: &Claim) -> String {
    format!("#{} {}", claim.n, accounts::in_short(cx, claim))
}

/// What changed in a claim: what it says, and whatever else of it.
fn changed(cx: &Ctx, was: &Claim, is: &Claim) -> String {
    let t = cx.t;
    let said_by = |claim: &Claim| {
        let by = claim.said_by.as_deref().map(|by| cx.catalog.translated(by, cx.lang).to_string());
        by.unwrap_or_else(|| "–".to_owned())
    };
    let passage = |claim: &Claim| format!("{} {}", claim.report, claim.passage);
    let preferred =
        |claim: &Claim| cx.lang.pick(["no", "yes"], ["non", "oui"])[usize::from(claim.preferred)].to_owned();
    let origin = |claim: &Claim| claim.origin.label(cx.lang).to_owned();
    let rest = [
        (t.history_said_by, said_by(was), said_by(is)),
        (t.history_origin, origin(was), origin(is)),
        (t.field_passages, passage(was), passage(is)),
        (t.history_preferred, preferred(was), preferred(is)),
    ];
    let (before, after) = (words(cx, was), words(cx, is));
    let mut parts = vec![if before == after { after } else { format!("{before} → {after}") }];
    let rest = rest.into_iter().filter(|(_, before, after)| before != after);
    parts.extend(rest.map(|(what, before, after)| format!("{what}{} {before} → {after}", colon(cx.lang))));
    parts.join(cx.t.semicolon)
}

/// Which version a page shows, and what is beside it.
pub struct VersionNote {
    /// `Version 2, recorded 12 June 2024 with dataset version 3.`
    pub words: String,
    /// Whether there is a newer one.
    pub standing: &'static str,
    /// The event as it is now.
    pub event: Link,
    /// The version before.
    pub before: Option<Link>,
    /// The version behind.
    pub after: Option<Link>,
}

impl VersionNote {
    /// The note on one of the versions of an event.
    pub fn new(cx: &Ctx, versions: &[Version], at: usize) -> VersionNote {
        let version = &versions[at];
        let id = version.record.id.as_str();
        let link = |version: &Version| link(cx, id, version);
        let newest = at + 1 == versions.len();
        VersionNote {
            words: phrases::version_recorded(version.n, &recorded(cx, version), &version.dataset_version, cx.lang),
            standing: match version.change.as_str() {
                "withdrawn" => cx.t.version_withdrawn,
                _ if newest => cx.t.version_newest,
                _ => cx.t.version_old,
            },
            event: Link::new(Page::Event(id).path(cx.lang), cx.t.version_see_current),
            before: at.checked_sub(1).map(|before| link(&versions[before])),
            after: versions.get(at + 1).map(link),
        }
    }
}

fn link(cx: &Ctx, id: &str, version: &Version) -> Link {
    Link::new(Page::Version(id, version.n).path(cx.lang), format!("Version {}", version.n))
}

fn recorded(cx: &Ctx, version: &Version) -> String {
    let recorded = DateTime::parse_from_rfc3339(&version.recorded);
    recorded.map_or_else(|_| version.recorded.clone(), |at| day(at.date_naive(), cx.lang))
}
