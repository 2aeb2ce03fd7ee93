//! Full text: what is indexed, and how a visitor's words become a query that cannot fail.

use sqlx::SqliteConnection;

use crate::domain::lang::{Bilingual, Lang};
use crate::domain::names::fold;
use crate::query::EventFilter;
use crate::store::catalog::Catalog;
use crate::store::filter::{FilterError, Hits, Selection};
use crate::store::rows::json_rows;
use crate::store::{Snapshot, StoreError};

/// The most words of a search that are used.
const MAX_TOKENS: usize = 16;

/// Indexes all live events and all passages anew. The importer calls it after the tables are written, in its transaction.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn rebuild(db: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query!("INSERT INTO event_text (event_text) VALUES ('delete-all')").execute(&mut *db).await?;
    sqlx::query!("INSERT INTO passage_text (passage_text) VALUES ('delete-all')").execute(&mut *db).await?;
    sqlx::query!(
        "WITH RECURSIVE inside (place, region, names) AS (
             SELECT pk, parent, name || ' ' || name_fr || ' ' || alt_names FROM region
             UNION ALL
             SELECT i.place, r.parent, r.name || ' ' || r.name_fr || ' ' || r.alt_names FROM inside i JOIN region r ON r.pk = i.region
         ),
         places AS (SELECT place, group_concat(names, ' ') AS names FROM inside GROUP BY place),
         people AS (
             SELECT p.event, group_concat(a.name || ' ' || a.name_fr || ' ' || a.alt_names, ' ') AS names
             FROM event_actor p JOIN actor a ON a.pk = p.actor GROUP BY p.event
         ),
         said AS (
             SELECT event, group_concat(gist || ' ' || gist_fr, ' ') AS words
             FROM (SELECT DISTINCT c.event, p.pk, p.gist, p.gist_fr FROM claim c JOIN passage p ON p.pk = c.passage
                   JOIN report r ON r.pk = p.report AND r.kind <> 'dataset') GROUP BY event
         )
         INSERT INTO event_text (rowid, title, names, body)
         SELECT e.pk, e.title || ' ' || e.title_fr, places.names || ' ' || coalesce(people.names, ''),
                e.summary || ' ' || e.summary_fr || ' ' || coalesce(said.words, '')
         FROM event e JOIN places ON places.place = e.region
         LEFT JOIN people ON people.event = e.pk LEFT JOIN said ON said.event = e.pk
         WHERE e.live = 1"
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "INSERT INTO passage_text (rowid, body)
         SELECT p.pk, p.gist || ' ' || p.gist_fr || ' ' || p.anchor || ' ' || coalesce(g.text, '')
         FROM passage p LEFT JOIN passage_place w ON w.passage = p.pk LEFT JOIN paragraph g ON g.report = w.report AND g.n = w.paragraph"
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}

/// The words of a search, folded, for marking them where they were found.
pub fn tokens(words: &str) -> Vec<String> {
    fold(words).split(' ').filter(|t| !t.is_empty()).take(MAX_TOKENS).map(str::to_owned).collect()
}

/// A visitor's words as an FTS5 query: each a quoted string, so that no sign in it has a meaning, the last one also
/// as the beginning of a word. None where there is nothing to look for. <https://www.sqlite.org/fts5.html#full_text_query_syntax>
fn match_query(words: &str) -> Option<String> {
    let tokens: Vec<String> = words
        .split_whitespace()
        .filter(|token| token.chars().any(char::is_alphanumeric))
        .take(MAX_TOKENS)
        .map(|token| format!("\"{}\"", token.replace('"', "\"\"").replace('\0', "")))
        .collect();
    if tokens.is_empty() { None } else { Some(format!("{} *", tokens.join(" "))) }
}

/// The events of a filter, its words included.
///
/// # Errors
/// When the filter names an unknown id or the database fails.
pub async fn select(snapshot: &mut Snapshot, filter: &EventFilter) -> Result<Selection, FilterError> {
    let hits = match &filter.q {
        Some(words) => Some(events(snapshot, words).await?),
        None => None,
    };
    snapshot.select(filter, hits).await
}

/// The events that match some words, best first.
///
/// # Errors
/// When the database fails.
pub async fn events(snapshot: &mut Snapshot, words: &str) -> Result<Hits, StoreError> {
    let Some(query) = match_query(words) else { return Ok(Hits::default()) };
    // A word in the title counts more than one in a name, and that more than one in a passage.
    let ranked = sqlx::query!(
        r#"SELECT rowid AS "row!: i64", CAST(bm25(event_text, 10.0, 5.0, 1.0) * 1000 AS INTEGER) AS "rank!: i64"
           FROM event_text WHERE event_text MATCH ? ORDER BY 2, 1"#,
        query
    );
    let ranked = ranked.fetch_all(snapshot.as_mut()).await?;
    Ok(Hits { ranked: ranked.into_iter().map(|hit| (hit.row, hit.rank)).collect() })
}

/// A passage that matches.
pub struct PassageHit {
    /// The report's id.
    pub report: String,
    /// The report's title.
    pub title: String,
    /// The report's publisher.
    pub publisher: String,
    /// When it was published.
    pub published: Option<String>,
    /// The passage's id within the report.
    pub id: String,
    /// What it says.
    pub gist: Bilingual,
    /// The events it speaks of.
    pub events: Vec<(String, Bilingual)>,
}

/// The passages that match some words, best first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn passages(snapshot: &mut Snapshot, words: &str, limit: u32) -> Result<Vec<PassageHit>, StoreError> {
    let Some(query) = match_query(words) else { return Ok(Vec::new()) };
    let rows = sqlx::query!(
        r#"SELECT p.pk, r.id AS report, r.title, r.publisher, r.published, p.id, p.gist, p.gist_fr
           FROM passage_text t JOIN passage p ON p.pk = t.rowid JOIN report r ON r.pk = p.report AND r.live = 1
           WHERE passage_text MATCH ?1 ORDER BY bm25(passage_text), p.pk LIMIT ?2"#,
        query,
        limit
    )
    .fetch_all(snapshot.as_mut())
    .await?;
    let wanted = json_rows(&rows.iter().map(|r| r.pk).collect::<Vec<_>>());
    let events = sqlx::query!(
        "SELECT DISTINCT c.passage, e.id, e.title, e.title_fr FROM claim c JOIN event e ON e.pk = c.event AND e.live = 1
         WHERE c.passage IN (SELECT value FROM json_each(?)) ORDER BY c.passage, e.start_date, e.id",
        wanted
    )
    .fetch_all(snapshot.as_mut())
    .await?;
    let events_of = |passage: i64| {
        let of = events.iter().filter(|e| e.passage == passage);
        of.map(|e| (e.id.clone(), Bilingual::new(e.title.clone(), e.title_fr.clone()))).collect()
    };
    Ok(rows
        .into_iter()
        .map(|r| PassageHit {
            events: events_of(r.pk),
            report: r.report,
            title: r.title,
            publisher: r.publisher,
            published: r.published,
            id: r.id,
            gist: Bilingual::new(r.gist, r.gist_fr),
        })
        .collect())
}

/// How a name matches, better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Same,
    Begins,
    WordBegins,
    Holds,
    OneSlip,
}

fn nearness(wanted: &str, name: &str) -> Option<Nearness> {
    let name = fold(name);
    if name == wanted {
        Some(Nearness::Same)
    } else if name.starts_with(wanted) {
        Some(Nearness::Begins)
    } else if name.contains(&format!(" {wanted}")) {
        Some(Nearness::WordBegins)
    } else if wanted.chars().count() >= 4 && name.contains(wanted) {
        Some(Nearness::Holds)
    } else if wanted.chars().count() >= 5 && strsim::osa_distance(wanted, &name) <= 1 + wanted.chars().count() / 9 {
        Some(Nearness::OneSlip)
    } else {
        None
    }
}

/// The rows whose names match some words, best first.
fn named<'a>(words: &str, all: impl Iterator<Item = (i64, u64, Vec<&'a str>)>, limit: usize) -> Vec<i64> {
    let wanted = fold(words);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(Nearness, std::cmp::Reverse<u64>, i64)> = all
        .filter_map(|(row, events, names)| {
            let best = names.into_iter().filter_map(|name| nearness(&wanted, name)).min()?;
            Some((best, std::cmp::Reverse(events), row))
        })
        .collect();
    hits.sort_unstable();
    hits.into_iter().take(limit).map(|(.., row)| row).collect()
}

/// The rows of actors with a name like the words, by any of their names; among equals, those with more events first.
pub fn actors(catalog: &Catalog, words: &str, limit: usize) -> Vec<i64> {
    let all = catalog.actors().map(|actor| {
        let mut names = vec![actor.name.get(Lang::En), actor.name.get(Lang::Fr)];
        names.extend(actor.alt_names.iter().map(String::as_str));
        (actor.row, catalog.index.actor_events(actor.row).len(), names)
    });
    named(words, all, limit)
}

/// The same for regions.
pub fn regions(catalog: &Catalog, words: &str, limit: usize) -> Vec<i64> {
    let all = catalog.regions().map(|region| {
        let mut names = vec![region.name.get(Lang::En), region.name.get(Lang::Fr)];
        names.extend(region.alt_names.iter().map(String::as_str));
        names.extend(region.pcode.as_deref());
        (region.row, catalog.index.region.get(&region.row).map_or(0, |set| set.len()), names)
    });
    named(words, all, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_becomes_quoted_words() {
        assert_eq!(match_query("l'armée AND \"x").as_deref(), Some("\"l'armée\" \"AND\" \"\"\"x\" *"));
        assert_eq!(match_query(" - * ( "), None);
        assert_eq!(match_query(""), None);
    }

    #[test]
    fn names_match_from_the_same_to_one_slip() {
        let wanted = fold("Diallasagou");
        assert_eq!(nearness(&wanted, "Diallassagou"), Some(Nearness::OneSlip));
        assert_eq!(nearness(&fold("macina"), "Katiba Macina"), Some(Nearness::WordBegins));
        assert_eq!(nearness(&fold("katiba-macina"), "Katiba Macina"), Some(Nearness::Same));
        assert_eq!(nearness(&fold("ab"), "Katiba"), None);
    }
}
