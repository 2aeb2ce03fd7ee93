//! Paragraphs of reports, and the places of anchors in them.

use serde_json::json;
use sqlx::SqliteConnection;

use super::{Import, json};
use crate::ingest::ImportError;
use crate::ingest::problem::Collector;
use crate::ingest::texts;

/// Stores the paragraphs of a report if they are not the stored ones; how many rows that wrote.
pub(super) async fn store(db: &mut SqliteConnection, report: &str, paragraphs: &[String]) -> Result<u64, ImportError> {
    if stored(db, report).await? == paragraphs {
        return Ok(0);
    }
    // Takes the places in it along.
    sqlx::query!("DELETE FROM paragraph WHERE report = (SELECT pk FROM report WHERE id = ?)", report)
        .execute(&mut *db)
        .await?;
    let rows = json(paragraphs, |text| json!(text));
    let written = sqlx::query!(
        "INSERT INTO paragraph (report, n, text)
         SELECT r.pk, j.key + 1, j.value FROM json_each(?1) AS j CROSS JOIN report r ON r.id = ?2",
        rows,
        report
    );
    Ok(written.execute(db).await?.rows_affected())
}

async fn stored(db: &mut SqliteConnection, report: &str) -> Result<Vec<String>, ImportError> {
    let texts = sqlx::query_scalar!(
        "SELECT g.text FROM paragraph g JOIN report r ON r.pk = g.report WHERE r.id = ? ORDER BY g.n",
        report
    );
    Ok(texts.fetch_all(db).await?)
}

/// Finds the anchors of a report in its stored text, and puts down those that have no one place. Returns how many
/// were found and how many rows changed. `file` stands for the text in messages.
pub(super) async fn place(
    db: &mut SqliteConnection,
    report: &str,
    file: &str,
    problems: &Collector,
) -> Result<(usize, u64), ImportError> {
    let paragraphs = stored(db, report).await?;
    let passages = sqlx::query!(
        "SELECT p.pk, p.id, p.anchor FROM passage p JOIN report r ON r.pk = p.report WHERE r.id = ? ORDER BY p.seq, p.pk",
        report
    )
    .fetch_all(&mut *db)
    .await?;
    let mut rows = Vec::new();
    for passage in &passages {
        match texts::place(&paragraphs, &passage.anchor) {
            Ok(place) => rows.push(json!([passage.pk, place.paragraph, place.start, place.end])),
            Err(why) => problems.add(|| texts::problem(file, report, &passage.id, &passage.anchor, &why)),
        }
    }
    let found = rows.len();
    let rows = json(&rows, Clone::clone);
    let written = sqlx::query!(
        "INSERT INTO passage_place (passage, report, paragraph, start_at, end_at)
         SELECT j.value ->> 0, r.pk, j.value ->> 1, j.value ->> 2, j.value ->> 3
         FROM json_each(?1) AS j
         CROSS JOIN report r ON r.id = ?2
         WHERE true
         ON CONFLICT (passage) DO UPDATE
         SET paragraph = excluded.paragraph, start_at = excluded.start_at, end_at = excluded.end_at
         WHERE (passage_place.paragraph, passage_place.start_at, passage_place.end_at)
               IS NOT (excluded.paragraph, excluded.start_at, excluded.end_at)",
        rows,
        report
    );
    Ok((found, written.execute(db).await?.rows_affected()))
}

/// Does the same for every report of the dataset that has a text.
pub(super) async fn place_all(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    problems: &Collector,
) -> Result<u64, ImportError> {
    let reports = sqlx::query_scalar!(
        "SELECT DISTINCT r.id FROM paragraph g JOIN report r ON r.pk = g.report JOIN passage p ON p.report = r.pk
         WHERE p.dataset = ? ORDER BY r.id",
        import.dataset
    );
    let mut rows = 0;
    for report in reports.fetch_all(&mut *db).await? {
        let with_package = import.data.texts.iter().find(|text| text.report.as_str() == report);
        let file = with_package.map_or("passages.csv", |text| &text.file);
        rows += place(db, &report, file, problems).await?.1;
    }
    Ok(rows)
}
