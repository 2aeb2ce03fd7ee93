//! Reports, passages, mentions and translations.

use serde_json::json;
use sqlx::SqliteConnection;

use super::{Import, ROWS_PER_STATEMENT, expect_rows, json};
use crate::ingest::ImportError;
use crate::ingest::model::{Mention, Report, SourcePassage};

/// The columns of a report as the statements here and in `foreign` take them.
pub(super) fn report_row(r: &Report) -> serde_json::Value {
    let published = r.published.map(|date| date.to_string());
    json!([
        r.id.as_str(),
        r.title,
        r.publisher,
        r.author,
        published,
        r.url,
        r.language,
        r.kind,
        r.agency,
        r.note,
        r.line
    ])
}

/// The columns of a passage as the statements here and in `foreign` take them.
pub(super) fn passage_row(p: &SourcePassage) -> serde_json::Value {
    let SourcePassage { line, seq, passage } = p;
    json!([passage.report.as_str(), passage.id, seq, passage.anchor, passage.gist.en, passage.gist.fr, line])
}

pub(super) async fn reports(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let mut written = 0;
    for chunk in import.data.reports.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, report_row);
        written += sqlx::query!(
            "INSERT INTO report (id, dataset, title, publisher, author, published, url, language, kind, agency, note)
             SELECT j.value ->> 0, ?1, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5,
                    j.value ->> 6, j.value ->> 7, j.value ->> 8, j.value ->> 9
             FROM json_each(?2) AS j
             WHERE true
             ORDER BY j.key
             ON CONFLICT (id) DO UPDATE
             SET title = excluded.title, publisher = excluded.publisher, author = excluded.author,
                 published = excluded.published, url = excluded.url, language = excluded.language,
                 kind = excluded.kind, agency = excluded.agency, note = excluded.note, live = 1
             WHERE report.dataset = excluded.dataset
               AND (report.title, report.publisher, report.author, report.published, report.url, report.language,
                    report.kind, report.agency, report.note, report.live)
                   IS NOT (excluded.title, excluded.publisher, excluded.author, excluded.published, excluded.url,
                           excluded.language, excluded.kind, excluded.agency, excluded.note, 1)",
            import.dataset,
            rows
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
    }
    Ok(written)
}

pub(super) async fn passages(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let mut written = 0;
    for chunk in import.data.passages.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, passage_row);
        written += sqlx::query!(
            "INSERT INTO passage (report, dataset, id, seq, anchor, gist, gist_fr)
             SELECT r.pk, ?1, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5
             FROM json_each(?2) AS j
             CROSS JOIN report r ON r.id = j.value ->> 0
             WHERE true
             ORDER BY j.key
             ON CONFLICT (report, id) DO UPDATE
             SET seq = excluded.seq, anchor = excluded.anchor, gist = excluded.gist, gist_fr = excluded.gist_fr
             WHERE passage.dataset = excluded.dataset
               AND (passage.seq, passage.anchor, passage.gist, passage.gist_fr)
                   IS NOT (excluded.seq, excluded.anchor, excluded.gist, excluded.gist_fr)",
            import.dataset,
            rows
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
    }
    Ok(written)
}

/// Removes the passages that are no longer in the package, once nothing refers to them any more.
pub(super) async fn drop_passages(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let kept = json(&import.data.passages, |p| json!(format!("{} {}", p.passage.report, p.passage.id)));
    let dropped = sqlx::query!(
        "DELETE FROM passage
         WHERE dataset = ?1
           AND (SELECT r.id FROM report r WHERE r.pk = passage.report) || ' ' || id
               NOT IN (SELECT j.value FROM json_each(?2) AS j)
           AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.passage = passage.pk)
           AND NOT EXISTS (SELECT 1 FROM event_link l WHERE l.passage = passage.pk)
           AND NOT EXISTS (SELECT 1 FROM actor_link l WHERE l.passage = passage.pk)
           AND NOT EXISTS (SELECT 1 FROM mention m WHERE m.passage = passage.pk)",
        import.dataset,
        kept
    );
    Ok(dropped.execute(db).await?.rows_affected())
}

fn mention_row(m: &Mention) -> [Option<String>; 4] {
    let (actor, region) = (m.actor.as_ref().map(ToString::to_string), m.region.as_ref().map(ToString::to_string));
    [Some(m.report.to_string()), Some(m.passage.clone()), actor, region]
}

/// Mentions have no id by which one could be changed: if they are not the stored ones, all are written anew.
pub(super) async fn mentions(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let stored = sqlx::query!(
        r#"SELECT r.id AS report, p.id AS passage, a.id AS "actor?", g.id AS "region?"
           FROM mention m
           JOIN passage p ON p.pk = m.passage
           JOIN report r ON r.pk = p.report
           LEFT JOIN actor a ON a.pk = m.actor
           LEFT JOIN region g ON g.pk = m.region
           WHERE m.dataset = ?"#,
        import.dataset
    )
    .fetch_all(&mut *db)
    .await?;
    let mut stored: Vec<[Option<String>; 4]> =
        stored.into_iter().map(|m| [Some(m.report), Some(m.passage), m.actor, m.region]).collect();
    let mut new: Vec<[Option<String>; 4]> = import.data.mentions.iter().map(mention_row).collect();
    stored.sort_unstable();
    new.sort_unstable();
    if stored == new {
        return Ok(0);
    }
    sqlx::query!("DELETE FROM mention WHERE dataset = ?", import.dataset).execute(&mut *db).await?;
    for chunk in import.data.mentions.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, |mention| json!(mention_row(mention)));
        let written = sqlx::query!(
            "INSERT INTO mention (dataset, passage, actor, region)
             SELECT ?1, p.pk, (SELECT a.pk FROM actor a WHERE a.id = j.value ->> 2),
                    (SELECT g.pk FROM region g WHERE g.id = j.value ->> 3)
             FROM json_each(?2) AS j
             CROSS JOIN report r ON r.id = j.value ->> 0
             CROSS JOIN passage p ON p.report = r.pk AND p.id = j.value ->> 1
             ORDER BY j.key",
            import.dataset,
            rows
        )
        .execute(&mut *db)
        .await?;
        expect_rows(written.rows_affected(), chunk.len(), "mention")?;
    }
    let kept = stored.iter().filter(|mention| new.binary_search(mention).is_ok()).count();
    Ok((stored.len() + new.len() - 2 * kept) as u64)
}

pub(super) async fn translations(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let kept = json(&import.data.translations, |t| json!(t.text));
    let dropped = sqlx::query!(
        "DELETE FROM translation
         WHERE dataset = ?1 AND text NOT IN (SELECT j.value FROM json_each(?2) AS j)",
        import.dataset,
        kept
    );
    let mut written = dropped.execute(&mut *db).await?.rows_affected();
    for chunk in import.data.translations.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, |t| json!([t.text, t.fr]));
        written += sqlx::query!(
            "INSERT INTO translation (dataset, text, fr)
             SELECT ?1, j.value ->> 0, j.value ->> 1 FROM json_each(?2) AS j WHERE true
             ON CONFLICT (dataset, text) DO UPDATE SET fr = excluded.fr WHERE translation.fr <> excluded.fr",
            import.dataset,
            rows
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
    }
    Ok(written)
}
