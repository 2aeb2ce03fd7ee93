//! Ids that another dataset holds. Sharing one is fine where both say the same of it; otherwise it is an error that
//! names the other dataset.

use serde_json::json;
use sqlx::SqliteConnection;

use super::{Import, ROWS_PER_STATEMENT, documents, json, names};
use crate::domain::vocab::Vocabulary;
use crate::ingest::ImportError;
use crate::ingest::model::RetiredKind;
use crate::ingest::problem::{Collector, Problem};

/// The problem to put down.
pub(super) fn problem(file: &str, line: u64, id: &str, owner: &str) -> Problem {
    let expected = format!("belongs to the dataset \"{owner}\" already, which says something else of it");
    Problem::file(file, expected).at(line).cell("id", id)
}

/// Puts down the regions, actors, reports and passages of the package that another dataset has otherwise, and the
/// ids that another dataset has retired. Events are compared as they are written.
pub(super) async fn check(db: &mut SqliteConnection, import: &Import<'_>) -> Result<(), ImportError> {
    let others = sqlx::query_scalar!("SELECT count(*) FROM dataset WHERE pk <> ?", import.dataset);
    if others.fetch_one(&mut *db).await? == 0 {
        return Ok(());
    }
    let problems = Collector::default();
    let put = |file: &str, line: i64, id: &str, owner: &str| {
        problems.add(|| problem(file, u64::try_from(line).unwrap_or_default(), id, owner));
    };
    for chunk in import.data.regions.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, names::region_row);
        let found = sqlx::query!(
            r#"SELECT r.id, d.id AS owner, j.value ->> 9 AS "line!: i64"
               FROM json_each(?1) AS j
               CROSS JOIN region r ON r.id = j.value ->> 0
               JOIN dataset d ON d.pk = r.dataset
               LEFT JOIN region p ON p.pk = r.parent
               WHERE r.dataset <> ?2
                 AND (p.id, r.name, r.name_fr, r.level, r.pcode, r.latitude, r.longitude, r.alt_names, r.live)
                     IS NOT (j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6,
                             j.value ->> 7, j.value ->> 8, 1)"#,
            rows,
            import.dataset
        );
        for row in found.fetch_all(&mut *db).await? {
            put("regions.csv", row.line, &row.id, &row.owner);
        }
    }
    for chunk in import.data.actors.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, names::actor_row);
        let found = sqlx::query!(
            r#"SELECT a.id, d.id AS owner, j.value ->> 10 AS "line!: i64"
               FROM json_each(?1) AS j
               CROSS JOIN actor a ON a.id = j.value ->> 0
               JOIN dataset d ON d.pk = a.dataset
               WHERE a.dataset <> ?2
                 AND (a.name, a.name_fr, a.kind, a.country, a.active_from, a.active_until, a.summary, a.summary_fr,
                      a.alt_names, a.live)
                     IS NOT (j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6,
                             j.value ->> 7, j.value ->> 8, j.value ->> 9, 1)"#,
            rows,
            import.dataset
        );
        for row in found.fetch_all(&mut *db).await? {
            put("actors.csv", row.line, &row.id, &row.owner);
        }
    }
    for chunk in import.data.reports.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, documents::report_row);
        let found = sqlx::query!(
            r#"SELECT r.id, d.id AS owner, j.value ->> 10 AS "line!: i64"
               FROM json_each(?1) AS j
               CROSS JOIN report r ON r.id = j.value ->> 0
               JOIN dataset d ON d.pk = r.dataset
               WHERE r.dataset <> ?2
                 AND (r.title, r.publisher, r.author, r.published, r.url, r.language, r.kind, r.agency, r.note, r.live)
                     IS NOT (j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6,
                             j.value ->> 7, j.value ->> 8, j.value ->> 9, 1)"#,
            rows,
            import.dataset
        );
        for row in found.fetch_all(&mut *db).await? {
            put("reports.csv", row.line, &row.id, &row.owner);
        }
    }
    for chunk in import.data.passages.chunks(ROWS_PER_STATEMENT) {
        let rows = json(chunk, documents::passage_row);
        let found = sqlx::query!(
            r#"SELECT p.id, d.id AS owner, j.value ->> 6 AS "line!: i64"
               FROM json_each(?1) AS j
               CROSS JOIN report r ON r.id = j.value ->> 0
               CROSS JOIN passage p ON p.report = r.pk AND p.id = j.value ->> 1
               JOIN dataset d ON d.pk = p.dataset
               WHERE p.dataset <> ?2
                 AND (p.anchor, p.gist, p.gist_fr) IS NOT (j.value ->> 3, j.value ->> 4, j.value ->> 5)"#,
            rows,
            import.dataset
        );
        for row in found.fetch_all(&mut *db).await? {
            put("passages.csv", row.line, &row.id, &row.owner);
        }
    }
    retired(db, import, &problems).await?;
    problems.finish(()).map_err(ImportError::from)
}

async fn retired(db: &mut SqliteConnection, import: &Import<'_>, problems: &Collector) -> Result<(), ImportError> {
    let data = import.data;
    let live: [(RetiredKind, &str, Vec<&str>); 4] = [
        (RetiredKind::Event, "events.csv", data.events.iter().map(|e| e.record.id.as_str()).collect()),
        (RetiredKind::Actor, "actors.csv", data.actors.iter().map(|a| a.id.as_str()).collect()),
        (RetiredKind::Region, "regions.csv", data.regions.iter().map(|r| r.id.as_str()).collect()),
        (RetiredKind::Report, "reports.csv", data.reports.iter().map(|r| r.id.as_str()).collect()),
    ];
    for (kind, file, mut ids) in live {
        let kind_word = kind.as_str();
        ids.extend(data.retired.iter().filter(|retired| retired.kind == kind).map(|retired| retired.id.as_str()));
        let ids = json(&ids, |id| json!(id));
        let found = sqlx::query!(
            "SELECT t.id, d.id AS owner FROM retired t JOIN dataset d ON d.pk = t.dataset
             WHERE t.kind = ?1 AND t.dataset <> ?2 AND t.id IN (SELECT j.value FROM json_each(?3) AS j)",
            kind_word,
            import.dataset,
            ids
        );
        for row in found.fetch_all(&mut *db).await? {
            problems.add(|| {
                let expected = format!("was retired by the dataset \"{}\"; an id is never given again", row.owner);
                Problem::file(file, expected).cell("id", &row.id)
            });
        }
    }
    Ok(())
}
