//! Events with all that is said about them, many at a time: one event's page and the export of 400,000 read the same
//! way. The number of queries does not depend on the number of events.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use crate::domain::figure::Figure;
use crate::domain::lang::Bilingual;
use crate::domain::record::{Claim, EventRecord, EventTie, Part, Participation, Passage, Value};
use crate::domain::vocab::EventKind;

use super::events::{EventFull, Linked, Paragraph, ReportBrief};
use super::rows::{id, json_rows, people, word};
use super::{Snapshot, StoreError};

/// The passages an event cites, the reports they are of, and their paragraphs where they may be shown.
#[derive(Default)]
struct Cited {
    passages: Vec<Passage>,
    reports: HashMap<String, ReportBrief>,
    paragraphs: HashMap<(String, String), Paragraph>,
}

impl Snapshot {
    /// The events of some rows, in the order of `rows`, each with what is the same event.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn events_at(&mut self, rows: &[i64]) -> Result<Vec<EventFull>, StoreError> {
        let mut events = self.events_alone(rows).await?;
        let ids: Vec<&str> = events.iter().map(|event| event.record.id.as_str()).collect();
        let mut same = self.same_events(&ids).await?;
        for event in &mut events {
            event.same = same.remove(event.record.id.as_str()).unwrap_or_default();
        }
        Ok(events)
    }

    /// The same, without those that are the same.
    pub(super) async fn events_alone(&mut self, rows: &[i64]) -> Result<Vec<EventFull>, StoreError> {
        let wanted = json_rows(rows);
        let found = sqlx::query!(
            "SELECT e.pk, e.id, e.dataset, e.title, e.title_fr, e.kind, e.start_date, e.end_date, e.date_precision, r.id AS region,
                    e.latitude, e.longitude, e.place_precision, e.summary, e.summary_fr, e.version, e.updated
             FROM event e JOIN region r ON r.pk = e.region WHERE e.pk IN (SELECT value FROM json_each(?))",
            wanted
        )
        .fetch_all(self.db())
        .await?;
        let mut cited = cited(self.db(), &wanted).await?;
        let mut actors = participations(self.db(), &wanted).await?;
        let mut claims = claims(self.db(), &wanted).await?;
        let mut ties = ties(self.db(), &wanted).await?;
        let mut links = linked(self.db(), &wanted).await?;
        let mut events: HashMap<i64, EventFull> = HashMap::with_capacity(found.len());
        for e in found {
            let cited = cited.remove(&e.pk).unwrap_or_default();
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
                actors: actors.remove(&e.pk).unwrap_or_default(),
                claims: claims.remove(&e.pk).unwrap_or_default(),
                passages: cited.passages,
                links: ties.remove(&e.pk).unwrap_or_default(),
            };
            let event = EventFull {
                row: e.pk,
                record,
                dataset: e.dataset,
                version: e.version as u32,
                updated: e.updated,
                reports: cited.reports,
                paragraphs: cited.paragraphs,
                links: links.remove(&e.pk).unwrap_or_default(),
                same: Vec::new(),
            };
            events.insert(e.pk, event);
        }
        Ok(rows.iter().filter_map(|row| events.remove(row)).collect())
    }
}

async fn cited(db: &mut SqliteConnection, events: &str) -> Result<HashMap<i64, Cited>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT x.event AS "event!: i64", r.id AS report, r.title, r.publisher, r.published, r.url, r.language,
                  p.id, p.anchor, p.gist, p.gist_fr, g.text AS "text?", w.start_at AS "start_at?", w.end_at AS "end_at?"
           FROM (SELECT event, passage FROM claim WHERE event IN (SELECT value FROM json_each(?1))
                 UNION SELECT event, passage FROM event_link WHERE event IN (SELECT value FROM json_each(?1))
                 UNION SELECT other, passage FROM event_link WHERE other IN (SELECT value FROM json_each(?1))) x
           CROSS JOIN passage p ON p.pk = x.passage
           JOIN report r ON r.pk = p.report
           LEFT JOIN passage_place w ON w.passage = p.pk
           LEFT JOIN paragraph g ON g.report = w.report AND g.n = w.paragraph
           ORDER BY x.event, r.published IS NULL, r.published, r.id, p.seq"#,
        events
    );
    let mut all: HashMap<i64, Cited> = HashMap::new();
    for r in rows.fetch_all(db).await? {
        let cited = all.entry(r.event).or_default();
        if let (Some(text), Some(start), Some(end)) = (r.text, r.start_at, r.end_at) {
            let paragraph = Paragraph { text, start: start as usize, end: end as usize };
            cited.paragraphs.insert((r.report.clone(), r.id.clone()), paragraph);
        }
        cited.passages.push(Passage {
            report: id(&r.report)?,
            id: r.id,
            anchor: r.anchor,
            gist: Bilingual::new(r.gist, r.gist_fr),
        });
        cited.reports.entry(r.report.clone()).or_insert_with(|| ReportBrief {
            id: r.report,
            title: r.title,
            publisher: r.publisher,
            published: r.published,
            url: r.url,
            language: r.language,
        });
    }
    Ok(all)
}

async fn ties(db: &mut SqliteConnection, events: &str) -> Result<HashMap<i64, Vec<EventTie>>, StoreError> {
    let rows = sqlx::query!(
        "SELECT l.event, l.relation, o.id AS other, r.id AS report, p.id AS passage FROM event_link l
         JOIN event o ON o.pk = l.other JOIN passage p ON p.pk = l.passage JOIN report r ON r.pk = p.report
         WHERE l.event IN (SELECT value FROM json_each(?)) ORDER BY l.event, l.relation, o.id, r.id, p.seq",
        events
    );
    let mut all: HashMap<i64, Vec<EventTie>> = HashMap::new();
    for t in rows.fetch_all(db).await? {
        all.entry(t.event).or_default().push(EventTie {
            relation: word(&t.relation)?,
            other: id(&t.other)?,
            report: id(&t.report)?,
            passage: t.passage,
        });
    }
    Ok(all)
}

async fn linked(db: &mut SqliteConnection, events: &str) -> Result<HashMap<i64, Vec<Linked>>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT x.event AS "event!: i64", x.relation AS "relation!: String", x.outgoing AS "outgoing!: bool",
                  o.pk AS "row!", r.id AS report, p.id AS passage
           FROM (SELECT event, relation, other, passage, 1 AS outgoing FROM event_link
                 WHERE event IN (SELECT value FROM json_each(?1))
                 UNION ALL SELECT other, relation, event, passage, 0 FROM event_link
                 WHERE other IN (SELECT value FROM json_each(?1)) AND other <> event) x
           CROSS JOIN event o ON o.pk = x.other AND o.live = 1
           JOIN passage p ON p.pk = x.passage JOIN report r ON r.pk = p.report
           ORDER BY x.event, o.start_date, o.id, r.id, p.seq"#,
        events
    );
    let mut all: HashMap<i64, Vec<Linked>> = HashMap::new();
    for l in rows.fetch_all(db).await? {
        all.entry(l.event).or_default().push(Linked {
            relation: word(&l.relation)?,
            outgoing: l.outgoing,
            row: l.row,
            report: l.report,
            passage: l.passage,
        });
    }
    Ok(all)
}

/// Who took part in some events (rows as a JSON array), by event.
pub(super) async fn participations(
    db: &mut SqliteConnection,
    events: &str,
) -> Result<HashMap<i64, Vec<Participation>>, StoreError> {
    let rows = sqlx::query!(
        "SELECT p.event, a.id, p.role, p.certainty FROM event_actor p JOIN actor a ON a.pk = p.actor
         WHERE p.event IN (SELECT value FROM json_each(?)) ORDER BY p.event, p.seq",
        events
    );
    let mut all: HashMap<i64, Vec<Participation>> = HashMap::new();
    for p in rows.fetch_all(db).await? {
        let part = Participation { actor: id(&p.id)?, role: word(&p.role)?, certainty: word(&p.certainty)? };
        all.entry(p.event).or_default().push(part);
    }
    Ok(all)
}

/// What is said about some events (rows as a JSON array), by event and in each by number.
pub(super) async fn claims(db: &mut SqliteConnection, events: &str) -> Result<HashMap<i64, Vec<Claim>>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT c.event, c.n, rep.id AS report, p.id AS passage, c.topic, c.part, pr.id AS "part_region?", pa.id AS "part_actor?",
                  c.low, c.high, c.about, c.value, vr.id AS "value_region?", va.id AS "value_actor?",
                  c.said_by, c.origin, c.stance, c.preferred
           FROM claim c
           JOIN passage p ON p.pk = c.passage JOIN report rep ON rep.pk = p.report
           LEFT JOIN region pr ON pr.pk = c.part_region LEFT JOIN actor pa ON pa.pk = c.part_actor
           LEFT JOIN region vr ON vr.pk = c.value_region LEFT JOIN actor va ON va.pk = c.value_actor
           WHERE c.event IN (SELECT value FROM json_each(?)) ORDER BY c.event, c.n"#,
        events
    );
    let mut all: HashMap<i64, Vec<Claim>> = HashMap::new();
    for c in rows.fetch_all(db).await? {
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
        all.entry(c.event).or_default().push(Claim {
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
        });
    }
    Ok(all)
}
