//! What is odd in the rows of an imported dataset. It is kept as it was published; whoever uses it should know.

use sqlx::SqliteConnection;

use super::{Check, Finding};
use crate::store::StoreError;

/// Looks through the events that came as rows.
pub(super) async fn odd(db: &mut SqliteConnection) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let mut add = |check, subject, detail| findings.push(Finding { check, subject, detail });
    let estimates = sqlx::query!(
        r#"SELECT e.id AS "id!", b.low AS "best!: i64", r.low AS "low!: i64", r.high AS "high!: i64", r.value
           FROM event e
           JOIN claim b ON b.event = e.pk AND b.n = 1 AND b.preferred = 1 AND b.topic = 'killed'
           JOIN claim r ON r.event = e.pk AND r.n = 2 AND r.topic = 'killed'
           WHERE e.live = 1 AND e.row_digest IS NOT NULL AND (r.value IS NOT NULL OR b.low = 0 AND r.high > 0)"#
    );
    for row in estimates.fetch_all(&mut *db).await? {
        match row.value {
            Some(value) => add(Check::EstimatesOutOfOrder, row.id, value),
            None => add(Check::BestZero, row.id, format!("best 0, {} to {}", row.low, row.high)),
        }
    }
    let places = sqlx::query!(
        "SELECT e.id, e.place_precision, r.id AS region FROM event e JOIN region r ON r.pk = e.region
         WHERE e.live = 1 AND e.row_digest IS NOT NULL AND r.level = 'country' AND e.place_precision <> 'country'"
    );
    for row in places.fetch_all(&mut *db).await? {
        add(Check::NoDivision, row.id, format!("{}, precision {}", row.region, row.place_precision));
    }
    let alike = sqlx::query!(
        r#"SELECT group_concat(e.id, ' ') AS "ids!: String" FROM (
               SELECT e.pk, e.id, e.start_date || '/' || coalesce(e.end_date, '') || '/' || e.region || '/' || coalesce(e.latitude, '')
                      || '/' || coalesce(e.longitude, '') || '/' || coalesce(c.low, '') || '/'
                      || (SELECT group_concat(p.actor || p.role) FROM event_actor p WHERE p.event = e.pk) AS likeness
               FROM event e LEFT JOIN claim c ON c.event = e.pk AND c.n = 1
               WHERE e.live = 1 AND e.row_digest IS NOT NULL ORDER BY e.pk) e
           GROUP BY likeness HAVING count(*) > 1"#
    );
    for row in alike.fetch_all(&mut *db).await? {
        let (first, others) = row.ids.split_once(' ').unwrap_or((&row.ids, ""));
        add(Check::LookAlike, first.to_owned(), others.to_owned());
    }
    Ok(findings)
}
