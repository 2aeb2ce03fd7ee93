//! The second pass: rows become events, and events the rows of tables, a few thousand at a time.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::mpsc::Sender;

use super::names::Resolver;
use crate::domain::ids::ReportId;
use crate::domain::lang::Bilingual;
use crate::domain::record::{Claim, Part, Passage, Value};
use crate::domain::vocab::{Role, Vocabulary};
use crate::ingest::ged::event::{self, Made, PASSAGE};
use crate::ingest::ged::row::Row;
use crate::ingest::ged::sources::Source;
use crate::ingest::ged::{Survey, each_row};
use crate::ingest::model::Translation;
use crate::ingest::problem::{Problem, Problems};

/// Rows in a batch: about 2 MB of JSON for each table.
const ROWS: u64 = 2_000;

/// What is known of an event that is there.
pub(super) struct Known {
    /// Whether it is of this dataset.
    pub ours: bool,
    /// Whether it is live.
    pub live: bool,
    /// Its current version.
    pub version: i64,
    /// The digest of its row.
    pub digest: Option<i64>,
    /// Whether the file has it.
    pub met: bool,
}

/// By UCDP's id.
pub(super) type KnownEvents = HashMap<u64, Known>;
/// By report id: the row of the report's passage.
pub(super) type KnownReports = HashMap<String, i64>;

/// The report that stands for the release.
#[derive(Clone)]
pub(super) struct Release {
    /// Its id.
    pub report: ReportId,
    /// The row of its passage.
    pub passage: i64,
    /// The passage as events cite it.
    pub as_cited: Passage,
}

/// An event that differs from what is stored.
pub(super) struct Changed {
    /// Its new state.
    pub made: Made,
    /// The stored version.
    pub version: i64,
    /// Whether it was live until now.
    pub live: bool,
}

/// Rows to write: JSON arrays of arrays.
#[derive(Default)]
pub(super) struct Batch {
    /// Rows of the file.
    pub rows: u64,
    /// Of these as they were.
    pub unchanged: usize,
    /// And new.
    pub added: usize,
    /// The first new row number; the others follow.
    pub first_event: i64,
    /// New events.
    pub events: String,
    /// Their claims.
    pub claims: String,
    /// How many.
    pub claims_written: usize,
    /// New sources.
    pub reports: String,
    /// How many.
    pub reports_written: usize,
    /// Events that differ.
    pub changed: Vec<Changed>,
    /// The French of texts that only one event has.
    pub notes: Vec<Translation>,
}

/// What the second pass found.
pub(super) struct Read {
    /// SHA-256 of the file's text.
    pub digest: [u8; 32],
    /// Ids of live events that the file does not have.
    pub vanished: Vec<String>,
}

/// Reads the file and makes the batches.
pub(super) struct Producer {
    pub survey: Arc<Survey>,
    pub resolver: Resolver,
    pub release: Release,
    pub known: KnownEvents,
    pub reports: KnownReports,
    pub next_event: i64,
    pub next_report: i64,
    pub next_passage: i64,
}

/// The passage of a source's report.
pub(super) fn passage(source: &Source) -> Option<Passage> {
    let gist = Bilingual::new(source.title(), "");
    Some(Passage { report: source.report_id().parse().ok()?, id: PASSAGE.to_owned(), anchor: source.anchor(), gist })
}

impl Producer {
    /// Reads to the end.
    pub fn run(mut self, send: &Sender<Batch>) -> Result<Read, Problems> {
        let survey = self.survey.clone();
        let name = survey.path.display().to_string();
        let mut batch = Batch { first_event: self.next_event, ..Batch::default() };
        let gone = || Problem::file(&*name, "could not be written");
        let (_, digest) = each_row(&survey.path, |_, _, outcome| {
            if let Ok(row) = outcome {
                self.row(&row, &mut batch, &name)?;
            } else if !survey.options.skip_bad_rows {
                return Err(Problem::file(&*name, "was changed while it was imported"));
            }
            if batch.rows >= ROWS {
                let next = Batch { first_event: self.next_event, ..Batch::default() };
                send.blocking_send(std::mem::replace(&mut batch, next).closed()).map_err(|_| gone())?;
            }
            Ok(())
        })?;
        send.blocking_send(batch.closed()).map_err(|_| gone())?;
        let mut vanished: Vec<u64> =
            self.known.iter().filter(|(_, k)| k.ours && k.live && !k.met).map(|(id, _)| *id).collect();
        vanished.sort_unstable();
        Ok(Read { digest, vanished: vanished.into_iter().map(|id| format!("ucdp-ged-{id}")).collect() })
    }

    fn row(&mut self, row: &Row<'_>, batch: &mut Batch, name: &str) -> Result<(), Problem> {
        batch.rows += 1;
        let unknown = || Problem::file(name, "was changed while it was imported").at(row.line);
        let found = self.resolver.find(row).ok_or_else(unknown)?;
        let made = event::make(row, &found.resolved, &self.release.report)
            .map_err(|error| Problem::file(name, error.to_string()).at(row.line))?;
        let found = (found.region, found.sides);
        if let Some((text, fr)) = &made.note {
            batch.notes.push(Translation { text: text.clone(), fr: fr.clone() });
        }
        if let Some(known) = self.known.get_mut(&row.id) {
            known.met = true;
            if !known.ours {
                let expected = "is an event of another dataset already";
                return Err(Problem::file(name, expected).at(row.line).cell("id", &row.id.to_string()));
            }
            if known.live && known.digest == Some(made.digest) {
                batch.unchanged += 1;
                return Ok(());
            }
            let (version, live) = (known.version, known.live);
            self.sources(&made.sources, batch);
            batch.changed.push(Changed { made, version, live });
            return Ok(());
        }
        let passages = self.sources(&made.sources, batch);
        let event = self.next_event;
        self.next_event += 1;
        batch.added += 1;
        batch.event(event, &made, found);
        for claim in &made.record.claims {
            let source = (claim.n as usize).checked_sub(event::FIRST_SOURCE as usize).and_then(|at| passages.get(at));
            let passage = source.copied().unwrap_or(self.release.passage);
            batch.claim(event, passage, claim, |actor| self.resolver.actor(actor));
        }
        Ok(())
    }

    /// The rows of the passages of some sources, which are made if they are new.
    fn sources(&mut self, sources: &[Source], batch: &mut Batch) -> Vec<i64> {
        let mut passages = Vec::with_capacity(sources.len());
        for source in sources {
            let id = source.report_id();
            if let Some(passage) = self.reports.get(&id) {
                passages.push(*passage);
                continue;
            }
            let (report, passage) = (self.next_report, self.next_passage);
            self.next_report += 1;
            self.next_passage += 1;
            let date = source.date.map(|date| date.to_string());
            let row = (report, passage, &id, source.title(), &source.office, date, source.anchor());
            push(&mut batch.reports, &row);
            batch.reports_written += 1;
            self.reports.insert(id, passage);
            passages.push(passage);
        }
        passages
    }
}

/// Adds a row to a JSON array that is not closed yet.
fn push(rows: &mut String, row: &impl Serialize) {
    rows.push(if rows.is_empty() { '[' } else { ',' });
    // Of texts and numbers only: it cannot fail.
    rows.push_str(&serde_json::to_string(row).unwrap_or_default());
}

#[derive(Serialize)]
struct EventRow<'a>(
    i64,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    Option<&'a str>,
    &'a str,
    i64,
    Option<f64>,
    Option<f64>,
    &'a str,
    &'a str,
    &'a str,
    i64,
    i64,
    Role,
    Option<i64>,
    Option<Role>,
);

impl Batch {
    fn closed(mut self) -> Batch {
        for rows in [&mut self.events, &mut self.claims, &mut self.reports] {
            if !rows.is_empty() {
                rows.push(']');
            }
        }
        self
    }

    fn event(&mut self, pk: i64, made: &Made, (region, sides): (i64, [i64; 2])) {
        let r = &made.record;
        let (latitude, longitude) = r.point.unzip();
        let second = r.actors.get(1);
        let row = EventRow(
            pk,
            r.id.as_str(),
            &r.title.en,
            &r.title.fr,
            r.kind.as_str(),
            &r.start,
            r.end.as_deref(),
            r.date_precision.as_str(),
            region,
            latitude,
            longitude,
            r.place_precision.as_str(),
            &r.summary.en,
            &r.summary.fr,
            made.digest,
            sides[0],
            r.actors[0].role,
            second.map(|_| sides[1]),
            second.map(|part| part.role),
        );
        push(&mut self.events, &row);
    }

    fn claim(&mut self, event: i64, passage: i64, claim: &Claim, actor: impl Fn(&str) -> Option<i64>) {
        let (words, part_actor) = match &claim.part {
            Some(Part::Words(words)) => (Some(words.as_str()), None),
            Some(Part::Actor(id)) => (None, actor(id.as_str())),
            _ => (None, None),
        };
        let value = match &claim.value {
            Some(Value::Words(words)) => Some(words.as_str()),
            _ => None,
        };
        let (low, high) = (claim.figure.and_then(|f| f.low()), claim.figure.and_then(|f| f.high()));
        let preferred = u8::from(claim.preferred);
        let said_by = claim.said_by.as_deref();
        let (topic, origin) = (claim.topic.as_str(), claim.origin.as_str());
        let row = (event, claim.n, passage, topic, words, part_actor, low, high, value, said_by, origin, preferred);
        push(&mut self.claims, &row);
        self.claims_written += 1;
    }
}
