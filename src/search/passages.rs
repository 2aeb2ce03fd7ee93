//! Passages of reports that match a search.

use crate::domain::lang::Bilingual;
use crate::store::rows::json_rows;
use crate::store::{Snapshot, StoreError};

use super::words;

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

/// How many of the passages that match alike are put in order. Beyond that, nobody misses the one report that is newer.
const IN_ORDER: usize = 500;

/// The passages that match some words, best first, at most `limit`: those that say so themselves, then those in whose
/// paragraph it stands; among equals those of newer reports first.
///
/// # Errors
/// When the database fails.
pub async fn passages(snapshot: &mut Snapshot, text: &str, limit: u32) -> Result<Vec<PassageHit>, StoreError> {
    let found = words::find(snapshot.as_mut(), words::Space::Passages, words::wanted(text), |_| None).await?;
    let mut hits = Vec::new();
    for tier in found.tiers {
        let left = limit.saturating_sub(hits.len() as u32);
        if left > 0 && !tier.is_empty() {
            let rows: Vec<i64> = tier.iter().rev().take(IN_ORDER).map(i64::from).collect();
            hits.extend(of_rows(snapshot, &rows, left).await?);
        }
    }
    Ok(hits)
}

async fn of_rows(snapshot: &mut Snapshot, rows: &[i64], limit: u32) -> Result<Vec<PassageHit>, StoreError> {
    let wanted = json_rows(rows);
    let rows = sqlx::query!(
        r#"SELECT p.pk, r.id AS report, r.title, r.publisher, r.published, p.id, p.gist, p.gist_fr
           FROM passage p JOIN report r ON r.pk = p.report AND r.live = 1
           WHERE p.pk IN (SELECT value FROM json_each(?1))
           ORDER BY coalesce(r.published, '') DESC, r.id, p.seq LIMIT ?2"#,
        wanted,
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
