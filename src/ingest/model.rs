//! A dataset as it goes into the database: validated rows. Every importer ends here, whatever its format.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::descriptor::Meta;
use crate::domain::date::PartialDate;
use crate::domain::ids::{ActorId, EventId, RegionId, ReportId};
use crate::domain::lang::Bilingual;
use crate::domain::record::{EventRecord, Passage};
use crate::domain::vocab::{ActorKind, ActorRelation, Level, ReportKind, Vocabulary};

/// A validated dataset: every reference in it resolves within it.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// What it says of itself.
    pub meta: Meta,
    /// Places, in the order of the file.
    pub regions: Vec<Region>,
    /// Actors.
    pub actors: Vec<Actor>,
    /// Ties between actors.
    pub actor_links: Vec<ActorLink>,
    /// Documents.
    pub reports: Vec<Report>,
    /// Their passages; their order within a report is that of the file.
    pub passages: Vec<SourcePassage>,
    /// Events, each with its actors, claims and ties. A claim whose `n` is 0 has no number yet; `passages` is
    /// empty until then.
    pub events: Vec<Event>,
    /// Passages that name an actor or a region.
    pub mentions: Vec<Mention>,
    /// Short English texts and their French.
    pub translations: Vec<Translation>,
    /// Ids that no longer stand for a row.
    pub retired: Vec<Retired>,
    /// Why events were changed.
    pub corrections: Vec<Correction>,
    /// The reports' own texts that are with the package.
    pub texts: Vec<ReportText>,
}

/// A region or place.
#[derive(Clone, Debug)]
pub struct Region {
    /// The line it came from; 0 if unknown.
    pub line: u64,
    /// Its permanent id.
    pub id: RegionId,
    /// What it lies in.
    pub parent: Option<RegionId>,
    /// Its name.
    pub name: Bilingual,
    /// How large it is.
    pub level: Level,
    /// OCHA's code.
    pub pcode: Option<String>,
    /// WGS 84 latitude and longitude, in degrees.
    pub point: Option<(f64, f64)>,
    /// Other names, separated by `|`.
    pub alt_names: String,
}

/// An actor.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The line it came from; 0 if unknown.
    pub line: u64,
    /// Its permanent id.
    pub id: ActorId,
    /// Its name.
    pub name: Bilingual,
    /// What sort.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2, lower case.
    pub country: Option<String>,
    /// Since when it has existed.
    pub active_from: Option<PartialDate>,
    /// Until when it existed.
    pub active_until: Option<PartialDate>,
    /// A few sentences.
    pub summary: Bilingual,
    /// Other names, separated by `|`.
    pub alt_names: String,
}

/// A tie between two actors, and the passage that says so.
#[derive(Clone, Debug)]
pub struct ActorLink {
    /// Read "actor RELATION other".
    pub actor: ActorId,
    /// The tie.
    pub relation: ActorRelation,
    /// The other one.
    pub other: ActorId,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when.
    pub until: Option<PartialDate>,
    /// The report that says so.
    pub report: ReportId,
    /// And its passage.
    pub passage: String,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Report {
    /// The line it came from; 0 if unknown.
    pub line: u64,
    /// Its permanent id.
    pub id: ReportId,
    /// Its title, in its own language.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub published: Option<PartialDate>,
    /// Its address.
    pub url: Option<String>,
    /// BCP 47.
    pub language: String,
    /// What sort.
    pub kind: ReportKind,
    /// Agencies it draws on, separated by `|`.
    pub agency: String,
    /// A remark of the curator's.
    pub note: Option<String>,
}

/// A paragraph of a report.
#[derive(Clone, Debug)]
pub struct SourcePassage {
    /// The line it came from; 0 if unknown.
    pub line: u64,
    /// Its place among the passages of its report, from 1.
    pub seq: u32,
    /// What it is and says.
    pub passage: Passage,
}

/// An event, with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Event {
    /// The line it came from; 0 if unknown.
    pub line: u64,
    /// The event.
    pub record: EventRecord,
}

/// A passage that names an actor, a region or both.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The report.
    pub report: ReportId,
    /// Its passage.
    pub passage: String,
    /// Who is named.
    pub actor: Option<ActorId>,
    /// Where.
    pub region: Option<RegionId>,
}

/// A short English text and its French.
#[derive(Clone, Debug)]
pub struct Translation {
    /// English.
    pub text: String,
    /// French.
    pub fr: String,
}

/// What an id that was retired stood for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RetiredKind {
    /// An event.
    Event,
    /// An actor.
    Actor,
    /// A region.
    Region,
    /// A report.
    Report,
}

impl Vocabulary for RetiredKind {
    const ALL: &'static [RetiredKind] =
        &[RetiredKind::Event, RetiredKind::Actor, RetiredKind::Region, RetiredKind::Report];

    fn as_str(self) -> &'static str {
        match self {
            RetiredKind::Event => "event",
            RetiredKind::Actor => "actor",
            RetiredKind::Region => "region",
            RetiredKind::Report => "report",
        }
    }
}

/// An id that was given out once and no longer stands for a row.
#[derive(Clone, Debug)]
pub struct Retired {
    /// What it stood for.
    pub kind: RetiredKind,
    /// The id.
    pub id: String,
    /// What it was merged into; none: withdrawn.
    pub successor: Option<String>,
    /// Why.
    pub reason: Bilingual,
}

/// Why an event was changed.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The event.
    pub event: EventId,
    /// The version of the dataset that changed it.
    pub version: String,
    /// Why.
    pub why: Bilingual,
}

/// A report's own text.
#[derive(Clone, Debug)]
pub struct ReportText {
    /// Which report's.
    pub report: ReportId,
    /// The file, for messages.
    pub file: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The passages of a dataset by report and id.
pub type PassageIndex<'a> = HashMap<(&'a str, &'a str), &'a Passage>;

impl Dataset {
    /// Its passages by report and id.
    pub fn passage_index(&self) -> PassageIndex<'_> {
        self.passages.iter().map(|p| ((p.passage.report.as_str(), p.passage.id.as_str()), &p.passage)).collect()
    }

    /// A digest of everything that goes into the database but the texts of reports, by which the same package is
    /// recognised whatever the form of its files and the order of its rows.
    pub fn digest(&self) -> String {
        // Debug is as complete as the types are and needs no second description of them; lines are left out.
        fn row(row: &impl std::fmt::Debug) -> [u8; 32] {
            Sha256::digest(format!("{row:?}")).into()
        }
        let mut rows = vec![row(&self.meta)];
        rows.extend(self.regions.iter().map(|region| row(&Region { line: 0, ..region.clone() })));
        rows.extend(self.actors.iter().map(|actor| row(&Actor { line: 0, ..actor.clone() })));
        rows.extend(self.actor_links.iter().map(row));
        rows.extend(self.reports.iter().map(|report| row(&Report { line: 0, ..report.clone() })));
        rows.extend(self.passages.iter().map(|passage| row(&(passage.seq, &passage.passage))));
        rows.extend(self.events.iter().map(|event| row(&event.record)));
        rows.extend(self.mentions.iter().map(row));
        rows.extend(self.translations.iter().map(row));
        rows.extend(self.retired.iter().map(row));
        rows.extend(self.corrections.iter().map(row));
        rows.sort_unstable();
        let mut hash = Sha256::new();
        for row in rows {
            hash.update(row);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
