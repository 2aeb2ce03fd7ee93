//! One event with all that is said about it.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use crate::domain::figure::Figure;
use crate::domain::lang::Bilingual;
use crate::domain::record::{Claim, EventRecord, EventTie, Part, Participation, Passage, Value};
use crate::domain::vocab::{EventKind, EventRelation};

use super::rows::{id, people, word};
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
                let same = self.same_events(wanted).await?;
                Ok(Found::Live(EventFull { same, ..self.event_at(row).await? }))
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

    /// The event of a row, without those that are the same.
    pub(super) async fn event_at(&mut self, row: i64) -> Result<EventFull, StoreError> {
        let e = sqlx::query!(
            "SELECT e.id, e.dataset, e.title, e.title_fr, e.kind, e.start_date, e.end_date, e.date_precision, r.id AS region,
                    e.latitude, e.longitude, e.place_precision, e.summary, e.summary_fr, e.version, e.updated
             FROM event e JOIN region r ON r.pk = e.region WHERE e.pk = ?",
            row
        )
        .fetch_one(self.db())
        .await?;
        let (passages, reports, paragraphs) = self.passages_of_event(row).await?;
        let record = EventRecord {
            id: id(&e.id)?,
            title: Bilingual::new(e.title, e.title_fr),
            kind: word::<EventKind>(&e.kind)?,
            start: e.start_date,
            end: e.end_date,
            date_precision: word(&e.date_precision)?,
            region: id(&e.region)?,
            point: e.latitude.zip(e.longitude),
            place_precision: word(&e.place_precision)?,
            summary: Bilingual::new(e.summary, e.summary_fr),
            actors: participations(self.db(), row).await?,
            claims: claims(self.db(), row).await?,
            passages,
            links: self.ties(row).await?,
        };
        let links = self.linked(row).await?;
        Ok(EventFull {
            row,
            record,
            dataset: e.dataset,
            version: e.version as u32,
            updated: e.updated,
            reports,
            paragraphs,
            links,
            same: Vec::new(),
        })
    }

    #[allow(clippy::type_complexity)] // three views of the same rows
    async fn passages_of_event(
        &mut self,
        event: i64,
    ) -> Result<(Vec<Passage>, HashMap<String, ReportBrief>, HashMap<(String, String), Paragraph>), StoreError> {
        let rows = sqlx::query!(
            r#"SELECT r.id AS report, r.title, r.publisher, r.published, r.url, r.language,
                      p.id, p.anchor, p.gist, p.gist_fr, g.text AS "text?", w.start_at AS "start_at?", w.end_at AS "end_at?"
               FROM passage p JOIN report r ON r.pk = p.report
               LEFT JOIN passage_place w ON w.passage = p.pk
               LEFT JOIN paragraph g ON g.report = w.report AND g.n = w.paragraph
               WHERE p.pk IN (SELECT passage FROM claim WHERE event = ?1 UNION SELECT passage FROM event_link WHERE event = ?1 OR other = ?1)
               ORDER BY r.published IS NULL, r.published, r.id, p.seq"#,
            event
        )
        .fetch_all(self.db())
        .await?;
        let mut passages = Vec::with_capacity(rows.len());
        let mut reports = HashMap::new();
        let mut paragraphs = HashMap::new();
        for r in rows {
            if let (Some(text), Some(start), Some(end)) = (r.text, r.start_at, r.end_at) {
                let paragraph = Paragraph { text, start: start as usize, end: end as usize };
                paragraphs.insert((r.report.clone(), r.id.clone()), paragraph);
            }
            passages.push(Passage {
                report: id(&r.report)?,
                id: r.id,
                anchor: r.anchor,
                gist: Bilingual::new(r.gist, r.gist_fr),
            });
            reports.entry(r.report.clone()).or_insert_with(|| ReportBrief {
                id: r.report,
                title: r.title,
                publisher: r.publisher,
                published: r.published,
                url: r.url,
                language: r.language,
            });
        }
        Ok((passages, reports, paragraphs))
    }

    async fn ties(&mut self, event: i64) -> Result<Vec<EventTie>, StoreError> {
        sqlx::query!(
            "SELECT l.relation, o.id AS other, r.id AS report, p.id AS passage FROM event_link l
             JOIN event o ON o.pk = l.other JOIN passage p ON p.pk = l.passage JOIN report r ON r.pk = p.report
             WHERE l.event = ? ORDER BY l.relation, o.id, r.id, p.seq",
            event
        )
        .fetch_all(self.db())
        .await?
        .into_iter()
        .map(|t| {
            Ok(EventTie {
                relation: word(&t.relation)?,
                other: id(&t.other)?,
                report: id(&t.report)?,
                passage: t.passage,
            })
        })
        .collect()
    }

    async fn linked(&mut self, event: i64) -> Result<Vec<Linked>, StoreError> {
        sqlx::query!(
            r#"SELECT l.relation, l.event = ?1 AS "outgoing!: bool", o.pk AS "row!", r.id AS report, p.id AS passage
               FROM event_link l
               JOIN event o ON o.pk = CASE WHEN l.event = ?1 THEN l.other ELSE l.event END AND o.live = 1
               JOIN passage p ON p.pk = l.passage JOIN report r ON r.pk = p.report
               WHERE l.event = ?1 OR l.other = ?1
               ORDER BY o.start_date, o.id, r.id, p.seq"#,
            event
        )
        .fetch_all(self.db())
        .await?
        .into_iter()
        .map(|l| {
            Ok(Linked {
                relation: word(&l.relation)?,
                outgoing: l.outgoing,
                row: l.row,
                report: l.report,
                passage: l.passage,
            })
        })
        .collect()
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

/// Who took part in an event.
pub(super) async fn participations(db: &mut SqliteConnection, event: i64) -> Result<Vec<Participation>, StoreError> {
    sqlx::query!(
        "SELECT a.id, p.role, p.certainty FROM event_actor p JOIN actor a ON a.pk = p.actor WHERE p.event = ? ORDER BY p.seq",
        event
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|p| Ok(Participation { actor: id(&p.id)?, role: word(&p.role)?, certainty: word(&p.certainty)? }))
    .collect()
}

/// What is said about an event, by number.
pub(super) async fn claims(db: &mut SqliteConnection, event: i64) -> Result<Vec<Claim>, StoreError> {
    let claims = sqlx::query!(
        r#"SELECT c.n, rep.id AS report, p.id AS passage, c.topic, c.part, pr.id AS "part_region?", pa.id AS "part_actor?",
                  c.low, c.high, c.about, c.value, vr.id AS "value_region?", va.id AS "value_actor?",
                  c.said_by, c.origin, c.stance, c.preferred
           FROM claim c
           JOIN passage p ON p.pk = c.passage JOIN report rep ON rep.pk = p.report
           LEFT JOIN region pr ON pr.pk = c.part_region LEFT JOIN actor pa ON pa.pk = c.part_actor
           LEFT JOIN region vr ON vr.pk = c.value_region LEFT JOIN actor va ON va.pk = c.value_actor
           WHERE c.event = ? ORDER BY c.n"#,
        event
    );
    claims
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|c| {
            let part = match (c.part_region, c.part_actor, c.part) {
                (Some(region), ..) => Some(Part::Region(id(&region)?)),
                (_, Some(actor), _) => Some(Part::Actor(id(&actor)?)),
                (.., words) => words.map(Part::Words),
            };
            let value = match (c.value_region, c.value_actor, c.value) {
                (Some(region), ..) => Some(Value::Region(id(&region)?)),
                (_, Some(actor), _) => Some(Value::Actor(id(&actor)?)),
                (.., words) => words.map(Value::Words),
            };
            Ok(Claim {
                n: c.n as u32,
                report: id(&c.report)?,
                passage: c.passage,
                topic: word(&c.topic)?,
                part,
                figure: Figure::new(people(c.low), people(c.high), c.about != 0).ok(),
                value,
                said_by: c.said_by,
                origin: word(&c.origin)?,
                stance: word(&c.stance)?,
                preferred: c.preferred != 0,
            })
        })
        .collect()
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
