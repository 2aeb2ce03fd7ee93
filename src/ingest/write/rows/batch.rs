//! The second pass: rows become events, and events the rows of tables, a few thousand at a time.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::mpsc::Sender;

use super::known::{KnownEvents, KnownSources};
use super::names::{Found, Resolver};
use crate::domain::ids::{ActorId, ReportId};
use crate::domain::record::{Claim, Part, Value};
use crate::domain::vocab::Vocabulary;
use crate::ingest::model::Translation;
use crate::ingest::problem::{Problem, Problems};
use crate::ingest::rows::{Cited, Format, Made, RowOf, Survey, each_row};

/// Rows in a batch: about 2 MB of JSON for each table.
const ROWS: u64 = 2_000;

/// The report that stands for the release; its passage only where the dataset's figures cite the release.
#[derive(Clone)]
pub(super) struct Release {
    /// Its id.
    pub report: ReportId,
    /// The report, and the row of its passage.
    pub cited: Option<(Cited, i64)>,
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
    /// Who took part in them.
    pub actors: String,
    /// How many.
    pub actors_written: usize,
    /// Their claims.
    pub claims: String,
    /// How many.
    pub claims_written: usize,
    /// New reports.
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
    pub sources: KnownSources,
    pub next_event: i64,
    pub next_report: i64,
    pub next_passage: i64,
}

impl Producer {
    /// Reads to the end.
    pub fn run<F: Format>(mut self, send: &Sender<Batch>) -> Result<Read, Problems> {
        let survey = self.survey.clone();
        let name = survey.path.display().to_string();
        let mut batch = Batch { first_event: self.next_event, ..Batch::default() };
        let gone = || Problem::file(&*name, "could not be written");
        let (_, digest) = each_row::<F>(&survey.path, |_, _, outcome| {
            if let Ok(row) = outcome {
                self.row::<F>(&row, &mut batch, &name)?;
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
        Ok(Read { digest, vanished: self.known.vanished::<F>() })
    }

    fn row<F: Format>(&mut self, row: &F::Row<'_>, batch: &mut Batch, name: &str) -> Result<(), Problem> {
        batch.rows += 1;
        let unknown = || Problem::file(name, "was changed while it was imported").at(row.line());
        let Found { resolved, region } = self.resolver.find(row).ok_or_else(unknown)?;
        let made = F::make(row, &resolved, &self.release.report)
            .map_err(|error| Problem::file(name, error.to_string()).at(row.line()))?;
        batch.notes.extend(made.notes.iter().map(|(text, fr)| Translation { text: text.clone(), fr: fr.clone() }));
        if let Some(known) = self.known.get_mut(row.key()) {
            known.met = true;
            if !known.ours {
                let expected = "is an event of another dataset already";
                let id = F::id_of(row.key());
                return Err(Problem::file(name, expected).at(row.line()).cell(F::ID_COLUMN, &id));
            }
            if known.live && known.digest == made.digest {
                batch.unchanged += 1;
                return Ok(());
            }
            let (version, live) = (i64::from(known.version), known.live);
            // What stands for the row alone is there, and is brought up to date with the event.
            self.reports(made.cited.iter().filter(|cited| !cited.own), batch);
            batch.changed.push(Changed { made, version, live });
            return Ok(());
        }
        let passages = self.reports(&made.cited, batch);
        let event = self.next_event;
        self.next_event += 1;
        batch.added += 1;
        batch.event(event, &made, region);
        for (seq, part) in (1..).zip(&made.record.actors) {
            let actor = self.resolver.actor(&part.actor).ok_or_else(unknown)?;
            push(&mut batch.actors, &(event, actor, part.role, part.certainty, seq));
            batch.actors_written += 1;
        }
        for claim in &made.record.claims {
            let cited = made.cited.iter().position(|cited| cited.report == claim.report);
            let of_release = self.release.cited.as_ref().map(|(_, passage)| *passage);
            let passage = cited.map(|at| passages[at]).or(of_release).ok_or_else(unknown)?;
            batch.claim(event, passage, claim, |actor| self.resolver.actor(actor));
        }
        Ok(())
    }

    /// The rows of the passages of some reports, which are made if they are new.
    fn reports<'a>(&mut self, cited: impl IntoIterator<Item = &'a Cited>, batch: &mut Batch) -> Vec<i64> {
        let mut passages = Vec::new();
        for cited in cited {
            if let Some(passage) = self.sources.get(&cited.report) {
                passages.push(passage);
                continue;
            }
            let (report, passage) = (self.next_report, self.next_passage);
            self.next_report += 1;
            self.next_passage += 1;
            let Cited { report: id, title, publisher, published, url, language, kind, anchor, gist, .. } = cited;
            let of_report = (report, passage, id.as_str(), title, publisher, published, url, language, kind);
            push(&mut batch.reports, &(of_report, (anchor, &gist.en, &gist.fr)));
            batch.reports_written += 1;
            if !cited.own {
                self.sources.insert(&cited.report, passage);
            }
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

impl Batch {
    fn closed(mut self) -> Batch {
        for rows in [&mut self.events, &mut self.actors, &mut self.claims, &mut self.reports] {
            if !rows.is_empty() {
                rows.push(']');
            }
        }
        self
    }

    fn event(&mut self, pk: i64, made: &Made, region: i64) {
        let r = &made.record;
        let (latitude, longitude) = r.point.unzip();
        let row = (
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
        );
        push(&mut self.events, &row);
    }

    fn claim(&mut self, event: i64, passage: i64, claim: &Claim, actor: impl Fn(&ActorId) -> Option<i64>) {
        let (words, part_actor) = match &claim.part {
            Some(Part::Words(words)) => (Some(words.as_str()), None),
            Some(Part::Actor(id)) => (None, actor(id)),
            _ => (None, None),
        };
        let value = match &claim.value {
            Some(Value::Words(words)) => Some(words.as_str()),
            _ => None,
        };
        let figure = claim.figure;
        let (low, high) = (figure.and_then(|f| f.low()), figure.and_then(|f| f.high()));
        let about = u8::from(figure.is_some_and(|f| f.about()));
        let preferred = u8::from(claim.preferred);
        let said_by = claim.said_by.as_deref();
        let (topic, origin) = (claim.topic.as_str(), claim.origin.as_str());
        let row =
            (event, claim.n, passage, topic, words, part_actor, low, high, value, said_by, origin, preferred, about);
        push(&mut self.claims, &row);
        self.claims_written += 1;
    }
}
