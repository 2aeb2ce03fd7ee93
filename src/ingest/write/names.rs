//! Regions, actors and the ties between actors.

use serde_json::json;
use sqlx::SqliteConnection;

use super::{Import, ROWS_PER_STATEMENT, expect_rows, json};
use crate::domain::vocab::{Level, Vocabulary};
use crate::ingest::ImportError;
use crate::ingest::model::{Actor, ActorLink, Region};

/// The columns of a region as the statements here and in `foreign` take them.
pub(super) fn region_row(r: &Region) -> serde_json::Value {
    let (latitude, longitude) = r.point.unzip();
    let parent = r.parent.as_ref().map(|parent| parent.as_str());
    json!([
        r.id.as_str(),
        parent,
        r.name.en,
        r.name.fr,
        r.level.as_str(),
        r.pcode,
        latitude,
        longitude,
        r.alt_names,
        r.line
    ])
}

/// The columns of an actor as the statements here and in `foreign` take them.
pub(super) fn actor_row(a: &Actor) -> serde_json::Value {
    let from = a.active_from.map(|date| date.to_string());
    let until = a.active_until.map(|date| date.to_string());
    json!([
        a.id.as_str(),
        a.name.en,
        a.name.fr,
        a.kind.as_str(),
        a.country,
        from,
        until,
        a.summary.en,
        a.summary.fr,
        a.alt_names,
        a.line
    ])
}

pub(super) async fn regions(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let mut written = 0;
    // Level by level, so that what a place lies in is there before it.
    for level in Level::ALL {
        let of_level: Vec<Region> =
            import.data.regions.iter().filter(|region| region.level == *level).cloned().collect();
        for chunk in of_level.chunks(ROWS_PER_STATEMENT) {
            let rows = json(chunk, region_row);
            written += sqlx::query!(
                "INSERT INTO region (id, dataset, parent, name, name_fr, level, pcode, latitude, longitude, alt_names)
                 SELECT j.value ->> 0, ?1, (SELECT p.pk FROM region p WHERE p.id = j.value ->> 1), j.value ->> 2,
                        j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6, j.value ->> 7, j.value ->> 8
                 FROM json_each(?2) AS j
                 WHERE true
                 ORDER BY j.key
                 ON CONFLICT (id) DO UPDATE
                 SET parent = excluded.parent, name = excluded.name, name_fr = excluded.name_fr, level = excluded.level,
                     pcode = excluded.pcode, latitude = excluded.latitude, longitude = excluded.longitude,
                     alt_names = excluded.alt_names, live = 1
                 WHERE region.dataset = excluded.dataset
                   AND (region.parent, region.name, region.name_fr, region.level, region.pcode, region.latitude,
                        region.longitude, region.alt_names, region.live)
                       IS NOT (excluded.parent, excluded.name, excluded.name_fr, excluded.level, excluded.pcode,
                               excluded.latitude, excluded.longitude, excluded.alt_names, 1)",
                import.dataset,
                rows
            )
            .execute(&mut *db)
            .await?
            .rows_affected();
        }
    }
    Ok(written)
}

pub(super) async fn actors(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let mut written = 0;
    for chunk in import.data.actors.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, actor_row);
        written += sqlx::query!(
            "INSERT INTO actor (id, dataset, name, name_fr, kind, country, active_from, active_until, summary,
                                summary_fr, alt_names)
             SELECT j.value ->> 0, ?1, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5,
                    j.value ->> 6, j.value ->> 7, j.value ->> 8, j.value ->> 9
             FROM json_each(?2) AS j
             WHERE true
             ORDER BY j.key
             ON CONFLICT (id) DO UPDATE
             SET name = excluded.name, name_fr = excluded.name_fr, kind = excluded.kind, country = excluded.country,
                 active_from = excluded.active_from, active_until = excluded.active_until, summary = excluded.summary,
                 summary_fr = excluded.summary_fr, alt_names = excluded.alt_names, live = 1
             WHERE actor.dataset = excluded.dataset
               AND (actor.name, actor.name_fr, actor.kind, actor.country, actor.active_from, actor.active_until,
                    actor.summary, actor.summary_fr, actor.alt_names, actor.live)
                   IS NOT (excluded.name, excluded.name_fr, excluded.kind, excluded.country, excluded.active_from,
                           excluded.active_until, excluded.summary, excluded.summary_fr, excluded.alt_names, 1)",
            import.dataset,
            rows
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
    }
    Ok(written)
}

fn link_row(link: &ActorLink) -> [Option<String>; 7] {
    [
        Some(link.actor.to_string()),
        Some(link.relation.to_string()),
        Some(link.other.to_string()),
        link.from.map(|date| date.to_string()),
        link.until.map(|date| date.to_string()),
        Some(link.report.to_string()),
        Some(link.passage.clone()),
    ]
}

/// Ties have no id by which one could be changed: if they are not the stored ones, all are written anew.
pub(super) async fn actor_links(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let stored = sqlx::query!(
        r#"SELECT a.id AS actor, l.relation, o.id AS other, l.from_date, l.until_date, r.id AS report, p.id AS passage
           FROM actor_link l
           JOIN actor a ON a.pk = l.actor
           JOIN actor o ON o.pk = l.other
           JOIN passage p ON p.pk = l.passage
           JOIN report r ON r.pk = p.report
           WHERE l.dataset = ?
           ORDER BY l.pk"#,
        import.dataset
    )
    .fetch_all(&mut *db)
    .await?;
    let mut stored: Vec<[Option<String>; 7]> = stored
        .into_iter()
        .map(|l| {
            let (from, until) = (l.from_date, l.until_date);
            [Some(l.actor), Some(l.relation), Some(l.other), from, until, Some(l.report), Some(l.passage)]
        })
        .collect();
    let mut new: Vec<[Option<String>; 7]> = import.data.actor_links.iter().map(link_row).collect();
    stored.sort_unstable();
    new.sort_unstable();
    if stored == new {
        return Ok(0);
    }
    sqlx::query!("DELETE FROM actor_link WHERE dataset = ?", import.dataset).execute(&mut *db).await?;
    for chunk in import.data.actor_links.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, |link| json!(link_row(link)));
        let written = sqlx::query!(
            "INSERT INTO actor_link (dataset, actor, relation, other, from_date, until_date, passage)
             SELECT ?1, a.pk, j.value ->> 1, o.pk, j.value ->> 3, j.value ->> 4, p.pk
             FROM json_each(?2) AS j
             CROSS JOIN actor a ON a.id = j.value ->> 0
             CROSS JOIN actor o ON o.id = j.value ->> 2
             CROSS JOIN report r ON r.id = j.value ->> 5
             CROSS JOIN passage p ON p.report = r.pk AND p.id = j.value ->> 6
             ORDER BY j.key",
            import.dataset,
            rows
        )
        .execute(&mut *db)
        .await?;
        expect_rows(written.rows_affected(), chunk.len(), "actor_link")?;
    }
    let kept = stored.iter().filter(|link| new.binary_search(link).is_ok()).count();
    Ok((stored.len() + new.len() - 2 * kept) as u64)
}
