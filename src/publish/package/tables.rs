//! The tables of a dataset as CSV, in the columns of the format.

use sqlx::SqliteConnection;

use super::{ExportError, PackageFile};
use crate::ingest::schema::TABLES;

/// A table to write.
pub(super) struct Table {
    /// Its name.
    pub name: &'static str,
    /// Whether the optional column with numbers is in it.
    pub numbered: bool,
    /// The file.
    pub csv: Vec<u8>,
}

/// A table from its rows, whose cells are in the order of the columns.
fn table<const N: usize>(name: &'static str, rows: impl IntoIterator<Item = [Option<String>; N]>) -> Table {
    Table { name, numbered: false, csv: csv(name, rows, &[]) }
}

fn csv<const N: usize>(name: &str, rows: impl IntoIterator<Item = [Option<String>; N]>, more: &[&str]) -> Vec<u8> {
    let columns = TABLES.iter().find(|table| table.name == name).map_or(&[][..], |table| table.columns);
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Into memory, and each row is as wide as the header: nothing of this can fail.
    let _ = csv.write_record(columns.iter().chain(more));
    for row in rows {
        let _ = csv.write_record(row.iter().map(|cell| cell.as_deref().unwrap_or_default()));
    }
    csv.into_inner().unwrap_or_default()
}

fn text<T: ToString>(value: T) -> Option<String> {
    Some(value.to_string())
}

/// All tables of a dataset, with what of others it refers to.
pub(super) async fn read(db: &mut SqliteConnection, dataset: i64) -> Result<Vec<Table>, ExportError> {
    let mut tables = vec![
        regions(&mut *db, dataset).await?,
        actors(&mut *db, dataset).await?,
        actor_links(&mut *db, dataset).await?,
        reports(&mut *db, dataset).await?,
        passages(&mut *db, dataset).await?,
        events(&mut *db, dataset).await?,
        event_actors(&mut *db, dataset).await?,
        claims(&mut *db, dataset).await?,
        event_links(&mut *db, dataset).await?,
        translations(&mut *db, dataset).await?,
        mentions(&mut *db, dataset).await?,
    ];
    tables.extend(retired(&mut *db, dataset).await?);
    tables.extend(corrections(db, dataset).await?);
    Ok(tables)
}

async fn regions(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        r#"WITH RECURSIVE used (pk) AS (
               SELECT pk FROM region WHERE dataset = ?1 AND live = 1
               UNION SELECT region FROM event WHERE dataset = ?1 AND live = 1
               UNION SELECT c.part_region FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset = ?1
               UNION SELECT c.value_region FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset = ?1
               UNION SELECT region FROM mention WHERE dataset = ?1
               UNION SELECT r.parent FROM used u JOIN region r ON r.pk = u.pk
           )
           SELECT r.id, p.id AS "parent?", r.name, r.name_fr, r.level, r.pcode, r.latitude, r.longitude, r.alt_names
           FROM used u JOIN region r ON r.pk = u.pk LEFT JOIN region p ON p.pk = r.parent
           ORDER BY r.id"#,
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|r| {
        let (latitude, longitude) = (r.latitude.and_then(text), r.longitude.and_then(text));
        [
            text(r.id),
            r.parent,
            text(r.name),
            text(r.name_fr),
            text(r.level),
            r.pcode,
            latitude,
            longitude,
            text(r.alt_names),
        ]
    });
    Ok(table("regions", rows))
}

async fn actors(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        "SELECT id, name, name_fr, kind, country, active_from, active_until, summary, summary_fr, alt_names FROM actor
         WHERE dataset = ?1 AND live = 1
            OR pk IN (SELECT p.actor FROM event_actor p JOIN event e ON e.pk = p.event WHERE e.dataset = ?1)
            OR pk IN (SELECT c.part_actor FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset = ?1)
            OR pk IN (SELECT c.value_actor FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset = ?1)
            OR pk IN (SELECT actor FROM actor_link WHERE dataset = ?1)
            OR pk IN (SELECT other FROM actor_link WHERE dataset = ?1)
            OR pk IN (SELECT actor FROM mention WHERE dataset = ?1)
         ORDER BY id",
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|a| {
        let (from, until) = (a.active_from, a.active_until);
        let (name, name_fr, summary, summary_fr) = (text(a.name), text(a.name_fr), text(a.summary), text(a.summary_fr));
        [text(a.id), name, name_fr, text(a.kind), a.country, from, until, summary, summary_fr, text(a.alt_names)]
    });
    Ok(table("actors", rows))
}

async fn actor_links(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        "SELECT a.id AS actor, l.relation, o.id AS other, l.from_date, l.until_date, r.id AS report, p.id AS passage
         FROM actor_link l
         JOIN actor a ON a.pk = l.actor
         JOIN actor o ON o.pk = l.other
         JOIN passage p ON p.pk = l.passage
         JOIN report r ON r.pk = p.report
         WHERE l.dataset = ?
         ORDER BY a.id, l.relation, o.id, r.id, p.seq, l.pk",
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|l| {
        let (from, until) = (l.from_date, l.until_date);
        [text(l.actor), text(l.relation), text(l.other), from, until, text(l.report), text(l.passage)]
    });
    Ok(table("actor_links", rows))
}

async fn reports(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        "SELECT id, title, publisher, author, published, url, language, kind, agency, note FROM report
         WHERE dataset = ?1 AND live = 1
            OR pk IN (SELECT report FROM passage WHERE dataset = ?1)
            OR pk IN (SELECT p.report FROM claim c JOIN event e ON e.pk = c.event JOIN passage p ON p.pk = c.passage
                      WHERE e.dataset = ?1)
            OR pk IN (SELECT p.report FROM event_link l JOIN event e ON e.pk = l.event JOIN passage p ON p.pk = l.passage
                      WHERE e.dataset = ?1)
            OR pk IN (SELECT p.report FROM actor_link l JOIN passage p ON p.pk = l.passage WHERE l.dataset = ?1)
            OR pk IN (SELECT p.report FROM mention m JOIN passage p ON p.pk = m.passage WHERE m.dataset = ?1)
         ORDER BY id",
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|r| {
        let (title, publisher, language, kind) = (text(r.title), text(r.publisher), text(r.language), text(r.kind));
        [text(r.id), title, publisher, r.author, r.published, r.url, language, kind, text(r.agency), r.note]
    });
    Ok(table("reports", rows))
}

async fn passages(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        "SELECT r.id AS report, p.id, p.anchor, p.gist, p.gist_fr FROM passage p JOIN report r ON r.pk = p.report
         WHERE p.dataset = ?1
            OR p.pk IN (SELECT c.passage FROM claim c JOIN event e ON e.pk = c.event WHERE e.dataset = ?1)
            OR p.pk IN (SELECT l.passage FROM event_link l JOIN event e ON e.pk = l.event WHERE e.dataset = ?1)
            OR p.pk IN (SELECT passage FROM actor_link WHERE dataset = ?1)
            OR p.pk IN (SELECT passage FROM mention WHERE dataset = ?1)
         ORDER BY r.id, p.seq, p.pk",
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(table("passages", rows.map(|p| [p.report, p.id, p.anchor, p.gist, p.gist_fr].map(Some))))
}

async fn events(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        "SELECT e.id, e.title, e.title_fr, e.kind, e.start_date, e.end_date, e.date_precision, r.id AS region,
                e.latitude, e.longitude, e.place_precision, e.summary, e.summary_fr
         FROM event e JOIN region r ON r.pk = e.region
         WHERE e.dataset = ? AND e.live = 1
         ORDER BY e.id",
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|e| {
        let (latitude, longitude) = (e.latitude.and_then(text), e.longitude.and_then(text));
        let (start, end, dated) = (text(e.start_date), e.end_date, text(e.date_precision));
        let (title, title_fr, kind, placed) = (text(e.title), text(e.title_fr), text(e.kind), text(e.place_precision));
        let (id, region, summary, summary_fr) = (text(e.id), text(e.region), text(e.summary), text(e.summary_fr));
        [id, title, title_fr, kind, start, end, dated, region, latitude, longitude, placed, summary, summary_fr]
    });
    Ok(table("events", rows))
}

async fn event_actors(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        "SELECT e.id AS event, a.id AS actor, p.role, p.certainty
         FROM event_actor p JOIN event e ON e.pk = p.event JOIN actor a ON a.pk = p.actor
         WHERE e.dataset = ? AND e.live = 1
         ORDER BY e.id, p.seq",
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(table("event_actors", rows.map(|p| [p.event, p.actor, p.role, p.certainty].map(Some))))
}

async fn claims(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        r#"SELECT e.id AS event, r.id AS report, p.id AS passage, c.topic,
                  coalesce(c.part, pr.id, pa.id) AS "part?: String", c.low, c.high, c.about,
                  coalesce(c.value, vr.id, va.id) AS "value?: String", c.said_by, c.origin, c.stance, c.preferred, c.n
           FROM claim c
           JOIN event e ON e.pk = c.event
           JOIN passage p ON p.pk = c.passage
           JOIN report r ON r.pk = p.report
           LEFT JOIN region pr ON pr.pk = c.part_region
           LEFT JOIN actor pa ON pa.pk = c.part_actor
           LEFT JOIN region vr ON vr.pk = c.value_region
           LEFT JOIN actor va ON va.pk = c.value_actor
           WHERE e.dataset = ? AND e.live = 1
           ORDER BY e.id, c.n"#,
        dataset
    );
    let switch = |on: i64| (on != 0).then(|| "true".to_owned());
    // Without a column for them claims are numbered as they stand in the file.
    let (mut event, mut place, mut numbered) = (String::new(), 0, false);
    let mut cells = Vec::new();
    for c in rows.fetch_all(db).await? {
        place = if c.event == event { place + 1 } else { 1 };
        numbered |= c.n != place;
        event.clone_from(&c.event);
        let (low, high) = (c.low.and_then(text), c.high.and_then(text));
        let (topic, origin, stance) = (text(c.topic), text(c.origin), text(c.stance));
        let (event, report, passage, n) = (text(c.event), text(c.report), text(c.passage), text(c.n));
        let (about, preferred) = (switch(c.about), switch(c.preferred));
        cells.push([
            event, report, passage, topic, c.part, low, high, about, c.value, c.said_by, origin, stance, preferred, n,
        ]);
    }
    if numbered {
        return Ok(Table { name: "claims", numbered, csv: csv("claims", cells, &["n"]) });
    }
    Ok(table(
        "claims",
        cells.into_iter().map(|row| -> [Option<String>; 13] { std::array::from_fn(|i| row[i].clone()) }),
    ))
}

async fn event_links(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        "SELECT e.id AS event, l.relation, o.id AS other, r.id AS report, p.id AS passage
         FROM event_link l
         JOIN event e ON e.pk = l.event
         JOIN event o ON o.pk = l.other
         JOIN passage p ON p.pk = l.passage
         JOIN report r ON r.pk = p.report
         WHERE e.dataset = ? AND e.live = 1
         ORDER BY e.id, l.relation, o.id, r.id, p.seq",
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(table("event_links", rows.map(|l| [l.event, l.relation, l.other, l.report, l.passage].map(Some))))
}

async fn translations(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!("SELECT text, fr FROM translation WHERE dataset = ? ORDER BY text", dataset);
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(table("translations", rows.map(|t| [t.text, t.fr].map(Some))))
}

async fn mentions(db: &mut SqliteConnection, dataset: i64) -> Result<Table, ExportError> {
    let rows = sqlx::query!(
        r#"SELECT r.id AS report, p.id AS passage, a.id AS "actor?", g.id AS "region?"
           FROM mention m
           JOIN passage p ON p.pk = m.passage
           JOIN report r ON r.pk = p.report
           LEFT JOIN actor a ON a.pk = m.actor
           LEFT JOIN region g ON g.pk = m.region
           WHERE m.dataset = ?
           ORDER BY r.id, p.seq, m.pk"#,
        dataset
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(table("mentions", rows.map(|m| [Some(m.report), Some(m.passage), m.actor, m.region])))
}

async fn retired(db: &mut SqliteConnection, dataset: i64) -> Result<Option<Table>, ExportError> {
    let rows = sqlx::query!(
        "SELECT kind, id, successor, reason, reason_fr FROM retired WHERE dataset = ? ORDER BY kind, id",
        dataset
    );
    let rows = rows.fetch_all(db).await?;
    let any = !rows.is_empty();
    let rows = rows.into_iter().map(|r| [text(r.kind), text(r.id), r.successor, text(r.reason), text(r.reason_fr)]);
    Ok(any.then(|| table("retired", rows)))
}

/// Why events were changed; of those that are live, since a package says nothing of others but that they are retired.
async fn corrections(db: &mut SqliteConnection, dataset: i64) -> Result<Option<Table>, ExportError> {
    let rows = sqlx::query!(
        "SELECT c.event, c.version, c.why, c.why_fr FROM correction c JOIN event e ON e.id = c.event AND e.live = 1
         WHERE c.dataset = ? ORDER BY c.event, c.version",
        dataset
    );
    let rows = rows.fetch_all(db).await?;
    let any = !rows.is_empty();
    let rows = rows.into_iter().map(|c| [c.event, c.version, c.why, c.why_fr].map(Some));
    Ok(any.then(|| table("corrections", rows)))
}

/// The reports' own texts, a blank line between paragraphs.
pub(super) async fn texts(db: &mut SqliteConnection, dataset: i64) -> Result<Vec<PackageFile>, ExportError> {
    let rows = sqlx::query!(
        "SELECT r.id, g.text FROM paragraph g JOIN report r ON r.pk = g.report
         WHERE r.dataset = ? AND r.live = 1
         ORDER BY r.id, g.n",
        dataset
    );
    let mut files: Vec<PackageFile> = Vec::new();
    for row in rows.fetch_all(db).await? {
        let path = format!("texts/{}.txt", row.id);
        match files.last_mut() {
            Some((last, bytes)) if *last == path => bytes.extend(format!("\n{}\n", row.text).bytes()),
            _ => files.push((path, format!("{}\n", row.text).into_bytes())),
        }
    }
    Ok(files)
}
