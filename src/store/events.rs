//! One event with all that is said about it.

use std::collections::HashMap;

use crate::domain::lang::Bilingual;
use crate::domain::record::EventRecord;
use crate::domain::vocab::EventRelation;

use super::same::SameEvent;
use super::{Snapshot, StoreError};

/// A report, as far as those who cite it need it.
#[derive(Clone, Debug)]
pub struct ReportBrief {
    /// Its id.
    pub id: String,
    /// Its title, in its own language.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, ISO 8601, maybe cut short.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language, BCP 47.
    pub language: String,
}

/// The paragraph a passage stands in, where it may be shown, and the bytes of it that are the anchor.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The paragraph.
    pub text: String,
    /// From this byte.
    pub start: usize,
    /// To before this one.
    pub end: usize,
}

/// An event tied to another one.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The relation, read "first RELATION second".
    pub relation: EventRelation,
    /// Whether the event at hand is the first of the two.
    pub outgoing: bool,
    /// The other event's row.
    pub row: i64,
    /// The report and passage behind the tie.
    pub report: String,
    /// The passage's id within the report.
    pub passage: String,
}

/// A live event.
#[derive(Clone)]
pub struct EventFull {
    /// Its row.
    pub row: i64,
    /// The document.
    pub record: EventRecord,
    /// The dataset's row.
    pub dataset: i64,
    /// Which version this is.
    pub version: u32,
    /// When it was recorded, RFC 3339.
    pub updated: String,
    /// The reports its passages are of, by id.
    pub reports: HashMap<String, ReportBrief>,
    /// Paragraphs that may be shown, by report and passage.
    pub paragraphs: HashMap<(String, String), Paragraph>,
    /// Ties to and from other live events.
    pub links: Vec<Linked>,
    /// Records of other datasets that were accepted as the same event.
    pub same: Vec<SameEvent>,
}

/// What became of an id that is no longer live.
#[derive(Clone, Debug)]
pub struct Retired {
    /// The id it was merged into; none: withdrawn.
    pub successor: Option<String>,
    /// Why.
    pub reason: Bilingual,
    /// When, RFC 3339.
    pub at: String,
}

/// What an id stands for.
pub enum Found<T> {
    /// Something live.
    Live(T),
    /// Something that was.
    Retired(Retired),
    /// Nothing, ever.
    Unknown,
}

impl Snapshot {
    /// The event with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn event(&mut self, wanted: &str) -> Result<Found<EventFull>, StoreError> {
        let row = sqlx::query_scalar!("SELECT pk FROM event WHERE id = ? AND live = 1", wanted)
            .fetch_optional(self.db())
            .await?;
        match row {
            Some(row) => {
                let event = self.events_at(&[row]).await?.into_iter().next();
                event.map(Found::Live).ok_or_else(|| StoreError::Corrupt(format!("the event {wanted} is not whole")))
            }
            None => self.retired("event", wanted).await,
        }
    }

    /// What became of an id that is not live.
    pub(super) async fn retired<T>(&mut self, kind: &str, wanted: &str) -> Result<Found<T>, StoreError> {
        let retired = sqlx::query!(
            "SELECT successor, reason, reason_fr, at FROM retired WHERE kind = ? AND id = ?",
            kind,
            wanted
        )
        .fetch_optional(self.db())
        .await?;
        Ok(retired.map_or(Found::Unknown, |r| {
            Found::Retired(Retired { successor: r.successor, reason: Bilingual::new(r.reason, r.reason_fr), at: r.at })
        }))
    }

    /// The rows of live events by their ids, in no order; ids nothing has are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn event_rows(&mut self, ids: &[String]) -> Result<Vec<i64>, StoreError> {
        let ids = serde_json::to_string(ids).unwrap_or_default();
        let rows =
            sqlx::query_scalar!("SELECT pk FROM event WHERE live = 1 AND id IN (SELECT value FROM json_each(?))", ids);
        Ok(rows.fetch_all(self.db()).await?)
    }

    /// Ids of live events near a text, for "did you mean": those before and behind it in order, those that begin like it,
    /// and of the first few thousand (the curated ones) those that hold its last word.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn event_ids_like(&mut self, wanted: &str) -> Result<Vec<String>, StoreError> {
        let Near { start, past, word } = Near::new(wanted);
        let ids = sqlx::query_scalar!(
            r#"SELECT id AS "id!: String" FROM (SELECT id FROM event WHERE live = 1 AND id >= ?1 ORDER BY id LIMIT 50)
               UNION SELECT id FROM (SELECT id FROM event WHERE live = 1 AND id < ?1 ORDER BY id DESC LIMIT 50)
               UNION SELECT id FROM (SELECT id FROM event WHERE live = 1 AND id BETWEEN ?2 AND ?3 LIMIT 200)
               UNION SELECT id FROM (SELECT id, live FROM event ORDER BY pk LIMIT 5000) WHERE live = 1 AND instr(id, ?4) > 0"#,
            wanted,
            start,
            past,
            word
        );
        Ok(ids.fetch_all(self.db()).await?)
    }

    /// The same for reports.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_ids_like(&mut self, wanted: &str) -> Result<Vec<String>, StoreError> {
        let Near { start, past, word } = Near::new(wanted);
        let ids = sqlx::query_scalar!(
            r#"SELECT id AS "id!: String" FROM (SELECT id FROM report WHERE live = 1 AND id >= ?1 ORDER BY id LIMIT 50)
               UNION SELECT id FROM (SELECT id FROM report WHERE live = 1 AND id < ?1 ORDER BY id DESC LIMIT 50)
               UNION SELECT id FROM (SELECT id FROM report WHERE live = 1 AND id BETWEEN ?2 AND ?3 LIMIT 200)
               UNION SELECT id FROM (SELECT id, live FROM report ORDER BY pk LIMIT 5000) WHERE live = 1 AND instr(id, ?4) > 0"#,
            wanted,
            start,
            past,
            word
        );
        Ok(ids.fetch_all(self.db()).await?)
    }
}

/// What ids near a mistyped one share with it.
struct Near {
    /// Its first characters, and what comes after all ids that begin so.
    start: String,
    past: String,
    /// The first characters of its last word.
    word: String,
}

impl Near {
    fn new(wanted: &str) -> Near {
        let cut = |text: &str| text.chars().take(4).collect::<String>();
        let start = cut(wanted);
        let last = wanted.rsplit('-').find(|word| !word.is_empty()).unwrap_or(wanted);
        Near { past: format!("{start}\u{10ffff}"), start, word: cut(last) }
    }
}
