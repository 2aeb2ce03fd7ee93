//! Ids that no longer stand for a live row: 410 with a reason, or 308 to a successor. They come back when the package
//! has them again.

use serde_json::json;
use sqlx::SqliteConnection;

use super::{Import, json};
use crate::domain::vocab::Vocabulary;
use crate::ingest::ImportError;
use crate::ingest::model::RetiredKind;

/// Puts down ids (a JSON array) as withdrawn by this version of the dataset.
pub(super) async fn put(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    kind: &str,
    ids: &str,
) -> Result<(), ImportError> {
    let meta = &import.data.meta;
    let (title, version) = (&meta.title, &meta.version);
    let title_fr = if title.fr.is_empty() { &title.en } else { &title.fr };
    let reason = format!("Version {version} of the dataset “{}” no longer has it.", title.en);
    let reason_fr = format!("La version {version} du jeu de données « {title_fr} » ne l’a plus.");
    sqlx::query!(
        "INSERT INTO retired (kind, id, dataset, reason, reason_fr, at)
         SELECT ?1, j.value, ?2, ?3, ?4, ?5 FROM json_each(?6) AS j WHERE true
         ON CONFLICT (kind, id) DO NOTHING",
        kind,
        import.dataset,
        reason,
        reason_fr,
        import.now,
        ids
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Retires the actors, regions and reports that are no longer in the package, but for those that another dataset uses.
/// Ids that are in the package stand for live rows again.
pub(super) async fn vanished(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let data = import.data;
    let mut rows = 0;
    let live = json(&data.events, |event| json!(event.record.id.as_str()));
    rows += back(db, import, "event", &live).await?;

    let live = json(&data.actors, |actor| json!(actor.id.as_str()));
    rows += back(db, import, "actor", &live).await?;
    let gone = sqlx::query_scalar!(
        "UPDATE actor SET live = 0
         WHERE dataset = ?1 AND live = 1 AND id NOT IN (SELECT j.value FROM json_each(?2) AS j)
           AND NOT EXISTS (SELECT 1 FROM event_actor p JOIN event e ON e.pk = p.event
                           WHERE p.actor = actor.pk AND e.dataset <> ?1)
           AND NOT EXISTS (SELECT 1 FROM claim c JOIN event e ON e.pk = c.event
                           WHERE actor.pk IN (c.part_actor, c.value_actor) AND e.dataset <> ?1)
           AND NOT EXISTS (SELECT 1 FROM actor_link l WHERE actor.pk IN (l.actor, l.other) AND l.dataset <> ?1)
           AND NOT EXISTS (SELECT 1 FROM mention m WHERE m.actor = actor.pk AND m.dataset <> ?1)
         RETURNING id",
        import.dataset,
        live
    )
    .fetch_all(&mut *db)
    .await?;
    put(db, import, "actor", &json(&gone, |id| json!(id))).await?;
    rows += gone.len() as u64;

    let live = json(&data.reports, |report| json!(report.id.as_str()));
    rows += back(db, import, "report", &live).await?;
    let gone = sqlx::query_scalar!(
        "UPDATE report SET live = 0
         WHERE dataset = ?1 AND live = 1 AND id NOT IN (SELECT j.value FROM json_each(?2) AS j)
           AND NOT EXISTS (SELECT 1 FROM passage p WHERE p.report = report.pk AND p.dataset <> ?1)
         RETURNING id",
        import.dataset,
        live
    )
    .fetch_all(&mut *db)
    .await?;
    put(db, import, "report", &json(&gone, |id| json!(id))).await?;
    rows += gone.len() as u64;
    Ok(rows + vanished_regions(db, import).await?)
}

async fn vanished_regions(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let live = json(&import.data.regions, |region| json!(region.id.as_str()));
    let mut rows = back(db, import, "region", &live).await?;
    let gone = sqlx::query_scalar!(
        "WITH RECURSIVE used (pk) AS (
             SELECT e.region FROM event e WHERE e.dataset <> ?1
             UNION SELECT c.part_region FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset <> ?1
             UNION SELECT c.value_region FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset <> ?1
             UNION SELECT m.region FROM mention m WHERE m.dataset <> ?1
             UNION SELECT r.parent FROM region r WHERE r.dataset <> ?1
             UNION SELECT r.parent FROM used u JOIN region r ON r.pk = u.pk
         )
         UPDATE region SET live = 0
         WHERE dataset = ?1 AND live = 1 AND id NOT IN (SELECT j.value FROM json_each(?2) AS j)
           AND NOT EXISTS (SELECT 1 FROM used u WHERE u.pk = region.pk)
         RETURNING id",
        import.dataset,
        live
    )
    .fetch_all(&mut *db)
    .await?;
    put(db, import, "region", &json(&gone, |id| json!(id))).await?;
    rows += gone.len() as u64;
    Ok(rows)
}

/// Ids (a JSON array) that the package has are not retired.
pub(super) async fn back(
    db: &mut SqliteConnection,
    import: &Import<'_>,
    kind: &str,
    live: &str,
) -> Result<u64, ImportError> {
    let back = sqlx::query!(
        "DELETE FROM retired
         WHERE kind = ?1 AND dataset = ?2 AND id IN (SELECT j.value FROM json_each(?3) AS j)",
        kind,
        import.dataset,
        live
    );
    Ok(back.execute(db).await?.rows_affected())
}

/// Puts down what the package itself says of retired ids: that goes before what was put down when they vanished.
pub(super) async fn listed(db: &mut SqliteConnection, import: &Import<'_>) -> Result<u64, ImportError> {
    let rows = json(&import.data.retired, |r| {
        let kind = RetiredKind::as_str(r.kind);
        json!([kind, r.id, r.successor, r.reason.en, r.reason.fr])
    });
    let written = sqlx::query!(
        "INSERT INTO retired (kind, id, dataset, successor, reason, reason_fr, at)
         SELECT j.value ->> 0, j.value ->> 1, ?1, j.value ->> 2, j.value ->> 3, j.value ->> 4, ?2
         FROM json_each(?3) AS j
         WHERE true
         ON CONFLICT (kind, id) DO UPDATE
         SET successor = excluded.successor, reason = excluded.reason, reason_fr = excluded.reason_fr, at = excluded.at
         WHERE retired.dataset = excluded.dataset
           AND (retired.successor, retired.reason, retired.reason_fr)
               IS NOT (excluded.successor, excluded.reason, excluded.reason_fr)",
        import.dataset,
        import.now,
        rows
    );
    Ok(written.execute(db).await?.rows_affected())
}
