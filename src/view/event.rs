//! The event page: the heart of the site.

use askama::Template;

use crate::domain::lang::Lang;
use crate::domain::record::{Claim, EventRecord};
use crate::domain::toll::Toll;
use crate::domain::vocab::{Topic, Vocabulary};
use crate::links::{self, Page};
use crate::store::events::EventFull;
use crate::store::history::Version;
use crate::store::list::Card;
use crate::store::same::SameEvent;
use crate::text::format::{capital, headline, span, toll_range};
use crate::text::labels::Label;
use crate::text::phrases;

use super::accounts::{self, GlanceRow, QuestionView};
use super::card::place_note;
use super::cite::{CitedView, Work};
use super::embed::Embed;
use super::frame::Nav;
use super::history::VersionNote;
use super::lanes::{self, Mark};
use super::ld;
use super::{Ctx, Frame, Link};

mod chain;
mod passages;

pub use self::chain::ChainView;
use self::chain::{chain, strip};
use self::passages::reports;
pub use self::passages::{PassageView, ReportView};

/// The page of an event, or of one of its versions.
#[derive(Template)]
#[template(path = "event.html")]
pub struct EventPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Where one version is shown: which one it is, and what is beside it.
    pub version: Option<VersionNote>,
    /// Breadcrumb: the kind of event, as a filter.
    pub kind: Link,
    /// When.
    pub when: String,
    /// For `<time datetime>`.
    pub datetime: String,
    /// How closely the date is known.
    pub date_precision: &'static str,
    /// Where, the smallest place first.
    pub place: Vec<Link>,
    /// How the place is known, where that is less than a locality.
    pub place_note: Option<&'static str>,
    /// The head figure.
    pub toll: Option<TollView>,
    /// A few sentences.
    pub summary: String,
    /// The locator map, as SVG.
    pub map: Option<String>,
    /// Records of other datasets that are the same event.
    pub same: Vec<SameView>,
    /// Whether their claims stand among the accounts.
    pub others: bool,
    /// The summary of accounts.
    pub glance: Vec<GlanceRow>,
    /// The toll, a mark for each claim, as SVG.
    pub chart: Option<String>,
    /// All accounts.
    pub questions: Vec<QuestionView>,
    /// Who took part, by role.
    pub actors: Vec<(String, Vec<NamedActor>)>,
    /// Linked events in the order of time, this one among them.
    pub chain: Vec<ChainView>,
    /// The same, true to time, as SVG.
    pub chain_strip: Option<String>,
    /// Passages by report.
    pub reports: Vec<ReportView>,
    /// How many claims, passages and reports, in words.
    pub counts: String,
    /// The permalink.
    pub permalink: String,
    /// How this version is cited.
    pub cited: CitedView,
    /// The code with which it is embedded elsewhere; empty where that cannot be.
    pub embed: String,
    /// Its history.
    pub history: Link,
    /// The same for programs and maps.
    pub files: Vec<Link>,
}

/// An actor, and how sure its part is: a class and words.
pub type NamedActor = (Link, &'static str, &'static str);

/// The figure at the head of an event.
pub struct TollView {
    /// `132`.
    pub figure: String,
    /// `killed`.
    pub word: &'static str,
    /// The claim that carries it, where a curator prefers one.
    pub claim: Option<u32>,
    /// `Accounts go from 40 to 200 or more and come from 9 kinds of source.`
    pub note: String,
    /// How the accounts stand: class and words.
    pub standing: Option<(&'static str, &'static str)>,
}

/// Another dataset's record of the same event.
pub struct SameView {
    /// `The same event in UCDP Georeferenced Event Dataset:`
    pub words: String,
    /// The record.
    pub link: Link,
    /// Why they are one.
    pub note: String,
}

/// What the page of an event is made of.
pub struct EventParts<'a> {
    /// The event.
    pub event: &'a EventFull,
    /// The cards of linked events.
    pub linked: &'a [Card],
    /// The locator map.
    pub map: Option<String>,
    /// Where one version is shown: all of them, and which of these.
    pub version: Option<(&'a [Version], usize)>,
}

impl EventPage {
    /// Puts an event into words.
    pub fn new(cx: &Ctx, parts: EventParts) -> EventPage {
        let EventParts { event, linked, map, version: shown } = parts;
        let version = shown.map(|(versions, at)| versions[at].n);
        let (lang, record) = (cx.lang, &event.record);
        let id = record.id.as_str();
        let title = record.title.get(lang);
        let toll = record.toll(Topic::Killed);
        let when = span(&record.span(), lang);
        let path = |lang: Lang| version.map_or_else(|| Page::Event(id).path(lang), |n| Page::Version(id, n).path(lang));
        let toll_view = toll_view(cx, &toll);
        let place = cx.catalog.region(record.region.as_str()).map(|r| cx.place(r.row)).unwrap_or_default();
        let mut frame =
            Frame::new(cx, Nav::Events, title, path)
                .speaking_of_killings()
                .described(description(cx, record, toll_view.as_ref(), &place))
                .with_json(version.map_or_else(
                    || Page::Event(id).format(lang, "json"),
                    |n| Page::Version(id, n).format(lang, "json"),
                ));
        frame.noindex = version.is_some();
        frame = frame.pictured(Page::Event(id));
        if version.is_none() {
            frame = frame.embeddable();
        }
        frame.ld = version.is_none().then(|| ld::embedded(&ld::document(vec![ld::event(cx, event)])));
        let cited = Work::event(cx, event);
        let permalink = format!("{}{}", cx.base_url, path(lang));
        EventPage {
            version: shown.map(|(versions, at)| VersionNote::new(cx, versions, at)),
            kind: Link::new(kind_filter(record, lang), capital(record.kind.label(lang))),
            datetime: record.start.clone(),
            date_precision: record.date_precision.label(lang),
            place_note: place_note(record.place_precision, lang),
            summary: record.summary.get(lang).to_owned(),
            map,
            glance: accounts::glance(cx, &record.claims),
            chart: toll_chart(cx, event, ""),
            questions: accounts::questions(cx, event),
            same: same(cx, event),
            others: event.same.iter().any(|same| same.curated),
            actors: actors(cx, record),
            chain: chain(cx, event, linked, &when),
            chain_strip: strip(cx, event, linked),
            reports: reports(cx, event),
            counts: counts(cx, record),
            embed: match version {
                None => Embed::event(cx, event).code(),
                Some(_) => String::new(),
            },
            cited: CitedView::new(cx, &cited, |ending| Page::Event(id).format(lang, ending)),
            permalink,
            history: Link::new(Page::History(id).path(lang), cx.t.event_history),
            files: match version {
                None => ["json", "geojson"].map(|ending| file(cx, id, ending)).into(),
                Some(_) => Vec::new(),
            },
            toll: toll_view,
            when,
            place,
            frame,
        }
    }
}

fn kind_filter(record: &EventRecord, lang: Lang) -> String {
    let filter = crate::query::EventFilter { kind: vec![record.kind], ..Default::default() };
    links::filtered(&filter, lang)
}

fn description(cx: &Ctx, record: &EventRecord, toll: Option<&TollView>, place: &[Link]) -> String {
    let place: Vec<&str> = place.iter().map(|link| link.text.as_str()).collect();
    let mut text = format!("{}, {}", span(&record.span(), cx.lang), place.join(", "));
    if let Some(toll) = toll {
        text.push_str(&format!(". {} {}.", toll.figure, toll.word));
    }
    text
}

fn file(cx: &Ctx, id: &str, ending: &str) -> Link {
    let words = if ending == "json" { "JSON" } else { "GeoJSON" };
    Link::new(Page::Event(id).format(cx.lang, ending), words)
}

pub(super) fn toll_view(cx: &Ctx, toll: &Toll) -> Option<TollView> {
    let figure = headline(toll, cx.lang)?;
    let origins = phrases::origins(u64::from(toll.origins), cx.lang);
    let note = match toll_range(toll, cx.lang) {
        Some(range) => cx.lang.pick(
            format!("{} and come from {origins}.", phrases::accounts_from(&range, cx.lang)),
            format!("{} et viennent de {origins}.", phrases::accounts_from(&range, cx.lang)),
        ),
        None => cx.lang.pick(
            format!("All accounts give this figure; they come from {origins}."),
            format!("Tous les récits donnent ce chiffre\u{a0}; ils viennent de {origins}."),
        ),
    };
    Some(TollView {
        figure,
        word: cx.killed(toll),
        claim: toll.preferred.map(|(n, _)| n),
        note,
        standing: toll.accounts.map(|a| (a.as_str(), a.label(cx.lang))),
    })
}

/// Marks of the event's own claims, on this page of it, and of those of the records that are the same event.
pub(super) fn toll_chart(cx: &Ctx, event: &EventFull, page: &str) -> Option<String> {
    let others = event.same.iter().filter(|same| same.curated).map(|same| (&same.event, true));
    let marks = std::iter::once((event, false)).chain(others).flat_map(|(event, other)| {
        let claims = event.record.claims.iter().filter(|c| c.topic == Topic::Killed && c.is_whole());
        claims.filter_map(move |claim| mark(cx, event, claim, page, other))
    });
    lanes::toll(&marks.collect::<Vec<_>>(), cx.t.event_chart_label, cx.lang)
}

fn mark(cx: &Ctx, event: &EventFull, claim: &Claim, page: &str, other: bool) -> Option<Mark> {
    let by = claim.said_by.as_deref().map(|by| cx.catalog.translated(by, cx.lang));
    let by = by.unwrap_or(claim.origin.label(cx.lang));
    let from = match other {
        true => accounts::dataset_title(cx, event),
        false => event.reports.get(claim.report.as_str()).map(|r| r.publisher.clone()).unwrap_or_default(),
    };
    Some(Mark {
        n: claim.n,
        who: if other { from.clone() } else { capital(claim.origin.label(cx.lang)) },
        href: match other {
            true => links::claim(event.record.id.as_str(), claim.n, cx.lang),
            false => format!("{page}#claim-{}", claim.n),
        },
        figure: claim.figure?,
        title: format!("{} – {by} ({from})", accounts::in_short(cx, claim)),
        stance: claim.stance,
        preferred: claim.preferred && !other,
        other,
    })
}

fn same(cx: &Ctx, event: &EventFull) -> Vec<SameView> {
    let view = |same: &SameEvent| {
        let record = &same.event.record;
        SameView {
            words: phrases::same_event(&accounts::dataset_title(cx, &same.event), cx.lang),
            link: Link::new(Page::Event(record.id.as_str()).path(cx.lang), record.title.get(cx.lang)),
            note: same.note.get(cx.lang).to_owned(),
        }
    };
    event.same.iter().map(view).collect()
}

fn actors(cx: &Ctx, record: &EventRecord) -> Vec<(String, Vec<NamedActor>)> {
    crate::domain::vocab::Role::ALL
        .iter()
        .filter_map(|role| {
            let named: Vec<_> = record
                .actors
                .iter()
                .filter(|part| part.role == *role)
                .map(|part| {
                    (cx.actor_by_id(part.actor.as_str()), part.certainty.as_str(), part.certainty.label(cx.lang))
                })
                .collect();
            (!named.is_empty()).then(|| (capital(role.label(cx.lang)), named))
        })
        .collect()
}

pub(super) fn counts(cx: &Ctx, record: &EventRecord) -> String {
    let reports: std::collections::BTreeSet<&str> = record.passages.iter().map(|p| p.report.as_str()).collect();
    let parts = [
        phrases::reports(reports.len() as u64, cx.lang),
        phrases::passages(record.passages.len() as u64, cx.lang),
        phrases::claims(record.claims.len() as u64, cx.lang),
    ];
    phrases::and(&parts, cx.lang)
}
