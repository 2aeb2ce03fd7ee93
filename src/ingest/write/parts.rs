//! What belongs to an event and has no id of its own: its actors, claims and ties.

use serde_json::json;
use sqlx::SqliteConnection;

use super::events::Change;
use super::{ROWS_PER_STATEMENT, expect_rows, json};
use crate::domain::record::{Part, Value};
use crate::ingest::ImportError;

/// Removes what belongs to the events of the ids (a JSON array).
pub(super) async fn clear(db: &mut SqliteConnection, ids: &str) -> Result<(), ImportError> {
    sqlx::query!(
        "DELETE FROM event_actor
         WHERE event IN (SELECT e.pk FROM json_each(?) AS j CROSS JOIN event e ON e.id = j.value)",
        ids
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "DELETE FROM claim WHERE event IN (SELECT e.pk FROM json_each(?) AS j CROSS JOIN event e ON e.id = j.value)",
        ids
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "DELETE FROM event_link
         WHERE event IN (SELECT e.pk FROM json_each(?) AS j CROSS JOIN event e ON e.id = j.value)",
        ids
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}

pub(super) async fn actors(db: &mut SqliteConnection, changes: &[Change]) -> Result<(), ImportError> {
    let rows: Vec<serde_json::Value> = changes
        .iter()
        .flat_map(|Change { record, .. }| {
            let of_event = record.actors.iter().enumerate();
            of_event.map(|(i, p)| json!([record.id.as_str(), p.actor.as_str(), p.role, p.certainty, i + 1]))
        })
        .collect();
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, Clone::clone);
        let written = sqlx::query!(
            "INSERT INTO event_actor (event, actor, role, certainty, seq)
             SELECT e.pk, a.pk, j.value ->> 2, j.value ->> 3, j.value ->> 4
             FROM json_each(?) AS j
             CROSS JOIN event e ON e.id = j.value ->> 0
             CROSS JOIN actor a ON a.id = j.value ->> 1",
            rows
        )
        .execute(&mut *db)
        .await?;
        expect_rows(written.rows_affected(), chunk.len(), "event_actor")?;
    }
    Ok(())
}

pub(super) async fn claims(db: &mut SqliteConnection, changes: &[Change]) -> Result<(), ImportError> {
    let mut rows = Vec::new();
    for Change { record, .. } in changes {
        for c in &record.claims {
            let part = match &c.part {
                None => [None, None, None],
                Some(Part::Words(words)) => [Some(words.as_str()), None, None],
                Some(Part::Region(id)) => [None, Some(id.as_str()), None],
                Some(Part::Actor(id)) => [None, None, Some(id.as_str())],
            };
            let value = match &c.value {
                None => [None, None, None],
                Some(Value::Words(words)) => [Some(words.as_str()), None, None],
                Some(Value::Region(id)) => [None, Some(id.as_str()), None],
                Some(Value::Actor(id)) => [None, None, Some(id.as_str())],
            };
            let (low, high) = (c.figure.and_then(|f| f.low()), c.figure.and_then(|f| f.high()));
            let about = c.figure.is_some_and(|figure| figure.about());
            rows.push(json!([
                record.id.as_str(),
                c.n,
                c.report.as_str(),
                c.passage,
                c.topic,
                part[0],
                part[1],
                part[2],
                low,
                high,
                about,
                value[0],
                value[1],
                value[2],
                c.said_by,
                c.origin,
                c.stance,
                c.preferred
            ]));
        }
    }
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, Clone::clone);
        let written = sqlx::query!(
            "INSERT INTO claim (event, n, passage, topic, part, part_region, part_actor, low, high, about, value,
                                value_region, value_actor, said_by, origin, stance, preferred)
             SELECT e.pk, j.value ->> 1, p.pk, j.value ->> 4, j.value ->> 5,
                    (SELECT r.pk FROM region r WHERE r.id = j.value ->> 6),
                    (SELECT a.pk FROM actor a WHERE a.id = j.value ->> 7),
                    j.value ->> 8, j.value ->> 9, j.value ->> 10, j.value ->> 11,
                    (SELECT r.pk FROM region r WHERE r.id = j.value ->> 12),
                    (SELECT a.pk FROM actor a WHERE a.id = j.value ->> 13),
                    j.value ->> 14, j.value ->> 15, j.value ->> 16, j.value ->> 17
             FROM json_each(?) AS j
             CROSS JOIN event e ON e.id = j.value ->> 0
             CROSS JOIN report t ON t.id = j.value ->> 2
             CROSS JOIN passage p ON p.report = t.pk AND p.id = j.value ->> 3
             ORDER BY j.key",
            rows
        )
        .execute(&mut *db)
        .await?;
        expect_rows(written.rows_affected(), chunk.len(), "claim")?;
    }
    Ok(())
}

pub(super) async fn links(db: &mut SqliteConnection, changes: &[Change]) -> Result<(), ImportError> {
    let rows: Vec<serde_json::Value> = changes
        .iter()
        .flat_map(|Change { record, .. }| {
            let links = record.links.iter();
            links.map(|l| json!([record.id.as_str(), l.relation, l.other.as_str(), l.report.as_str(), l.passage]))
        })
        .collect();
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, Clone::clone);
        let written = sqlx::query!(
            "INSERT INTO event_link (event, relation, other, passage)
             SELECT e.pk, j.value ->> 1, o.pk, p.pk
             FROM json_each(?) AS j
             CROSS JOIN event e ON e.id = j.value ->> 0
             CROSS JOIN event o ON o.id = j.value ->> 2
             CROSS JOIN report t ON t.id = j.value ->> 3
             CROSS JOIN passage p ON p.report = t.pk AND p.id = j.value ->> 4",
            rows
        )
        .execute(&mut *db)
        .await?;
        expect_rows(written.rows_affected(), chunk.len(), "event_link")?;
    }
    Ok(())
}
