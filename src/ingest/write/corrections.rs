//! Why events were changed. What a package says of the events it holds replaces what was known of these; the reasons for
//! changes of events that it no longer holds stay.

use serde_json::json;
use sqlx::SqliteConnection;

use super::{Import, ROWS_PER_STATEMENT, json};
use crate::ingest::ImportError;

pub(super) async fn write(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let data = import.data;
    let events = json(&data.events, |event| json!(event.record.id.as_str()));
    let said = json(&data.corrections, |c| json!(format!("{} {}", c.event, c.version)));
    let dropped = sqlx::query!(
        "DELETE FROM correction
         WHERE dataset = ?1 AND event IN (SELECT j.value FROM json_each(?2) AS j)
           AND event || ' ' || version NOT IN (SELECT j.value FROM json_each(?3) AS j)",
        import.dataset,
        events,
        said
    );
    let mut written = dropped.execute(&mut *db).await?.rows_affected();
    for chunk in data.corrections.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, |c| json!([c.event.as_str(), c.version, c.why.en, c.why.fr]));
        written += sqlx::query!(
            "INSERT INTO correction (event, version, dataset, why, why_fr)
             SELECT j.value ->> 0, j.value ->> 1, ?1, j.value ->> 2, j.value ->> 3 FROM json_each(?2) AS j WHERE true
             ON CONFLICT (event, version) DO UPDATE SET why = excluded.why, why_fr = excluded.why_fr
             WHERE correction.dataset = excluded.dataset
               AND (correction.why, correction.why_fr) IS NOT (excluded.why, excluded.why_fr)",
            import.dataset,
            rows
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
    }
    Ok(written)
}
