//! Reports and their passages.

use std::collections::HashMap;

use crate::domain::lang::Bilingual;
use crate::domain::vocab::ReportKind;

use super::events::Found;
use super::rows::{count, split, word};
use super::{Snapshot, StoreError};

/// A report as lists show it.
#[derive(Clone, Debug)]
pub struct ReportCard {
    /// Its id.
    pub id: String,
    /// The dataset's row.
    pub dataset: i64,
    /// Its title, in its own language.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, ISO 8601, maybe cut short.
    pub published: Option<String>,
    /// Its language, BCP 47.
    pub language: String,
    /// What sort of document.
    pub kind: ReportKind,
    /// How many events claims from it speak of.
    pub events: u64,
}

/// A report whole.
pub struct ReportFull {
    /// As in lists.
    pub card: ReportCard,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The agencies whose copy it carries.
    pub agency: Vec<String>,
    /// What a reader should know of the copy that was read.
    pub note: Option<String>,
    /// What it says, passage by passage.
    pub passages: Vec<PassageFull>,
    /// Its paragraphs, where its text may be shown.
    pub paragraphs: Vec<String>,
}

/// A passage with all it speaks of.
#[derive(Clone, Debug)]
pub struct PassageFull {
    /// Its id within the report.
    pub id: String,
    /// A few of the report's words.
    pub anchor: String,
    /// What it says, in the dataset's words.
    pub gist: Bilingual,
    /// Paragraph number (from 1) and bytes of the anchor, where the text may be shown.
    pub place: Option<(usize, usize, usize)>,
    /// Rows and ids of the events it speaks of, with the number of the first claim on each.
    pub events: Vec<(String, Bilingual, Option<u32>)>,
    /// Rows of the actors.
    pub actors: Vec<i64>,
    /// Rows of the regions.
    pub regions: Vec<i64>,
}

/// Where a page of reports begins: after this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterReport {
    /// The date it was published, empty where unknown.
    pub published: String,
    /// Its id.
    pub id: String,
}

/// Languages and kinds of reports, with how many there are of each, most first.
pub type ReportFacets = (Vec<(String, u64)>, Vec<(ReportKind, u64)>);

/// One page of reports, how many there are in all, and where the next page begins.
pub type ReportsFound = (Vec<ReportCard>, u64, Option<AfterReport>);

/// What is asked of the list of reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportsQuery {
    /// Kind of document.
    pub kind: Option<ReportKind>,
    /// Language, BCP 47.
    pub language: Option<String>,
    /// Publisher, exactly.
    pub publisher: Option<String>,
    /// Where to begin.
    pub after: Option<AfterReport>,
    /// How many.
    pub limit: u16,
}

/// How many events are listed beside a passage at most. The one passage that stands for a whole dataset speaks of
/// hundreds of thousands; all of them are in the list under the filter by its report.
const EVENTS_PER_PASSAGE: i64 = 100;

impl Snapshot {
    /// One page of the reports, newest first, those without a date last, and how many there are in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reports(&mut self, query: &ReportsQuery) -> Result<ReportsFound, StoreError> {
        let kind = query.kind.map(|k| k.to_string());
        let after = query.after.as_ref();
        let (after_date, after_id) = (after.map(|a| a.published.as_str()), after.map(|a| a.id.as_str()));
        let want = i64::from(query.limit);
        let one_more = want + 1;
        let rows = sqlx::query!(
            r#"SELECT r.id, r.dataset, r.title, r.publisher, r.published, r.language, r.kind,
                      (SELECT count(DISTINCT c.event) FROM passage p JOIN claim c ON c.passage = p.pk JOIN event e ON e.pk = c.event AND e.live = 1
                       WHERE p.report = r.pk) AS "events!: i64"
               FROM report r
               WHERE r.live = 1 AND (?1 IS NULL OR r.kind = ?1) AND (?2 IS NULL OR r.language = ?2) AND (?3 IS NULL OR r.publisher = ?3)
                 AND (?4 IS NULL OR (coalesce(r.published, ''), r.id) < (?4, ?5))
               ORDER BY coalesce(r.published, '') DESC, r.id DESC LIMIT ?6"#,
            kind,
            query.language,
            query.publisher,
            after_date,
            after_id,
            one_more
        )
        .fetch_all(self.db())
        .await?;
        let total = sqlx::query_scalar!(
            "SELECT count(*) FROM report r
             WHERE r.live = 1 AND (?1 IS NULL OR r.kind = ?1) AND (?2 IS NULL OR r.language = ?2) AND (?3 IS NULL OR r.publisher = ?3)",
            kind,
            query.language,
            query.publisher
        )
        .fetch_one(self.db())
        .await?;
        let mut cards = Vec::with_capacity(rows.len());
        for r in rows {
            cards.push(ReportCard {
                id: r.id,
                dataset: r.dataset,
                title: r.title,
                publisher: r.publisher,
                published: r.published,
                language: r.language,
                kind: word(&r.kind)?,
                events: count(r.events),
            });
        }
        let more = cards.len() > usize::from(query.limit);
        cards.truncate(usize::from(query.limit));
        let next = cards.last().filter(|_| more);
        let next = next.map(|r| AfterReport { published: r.published.clone().unwrap_or_default(), id: r.id.clone() });
        Ok((cards, count(total), next))
    }

    /// The languages and the kinds of the live reports, with how many there are of each, most first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_facets(&mut self) -> Result<ReportFacets, StoreError> {
        let languages = sqlx::query!(
            "SELECT language, count(*) AS n FROM report WHERE live = 1 GROUP BY language ORDER BY n DESC, language"
        )
        .fetch_all(self.db())
        .await?;
        let kinds =
            sqlx::query!("SELECT kind, count(*) AS n FROM report WHERE live = 1 GROUP BY kind ORDER BY n DESC, kind")
                .fetch_all(self.db())
                .await?;
        let kinds =
            kinds.into_iter().map(|k| Ok((word(&k.kind)?, count(k.n)))).collect::<Result<Vec<_>, StoreError>>()?;
        Ok((languages.into_iter().map(|l| (l.language, count(l.n))).collect(), kinds))
    }

    /// Titles of reports, by id; ids that are not live are missing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_titles(&mut self, ids: &[String]) -> Result<HashMap<String, String>, StoreError> {
        let wanted = serde_json::to_string(ids).unwrap_or_else(|_| "[]".to_owned());
        let rows = sqlx::query!(
            "SELECT id, title FROM report WHERE live = 1 AND id IN (SELECT value FROM json_each(?))",
            wanted
        );
        Ok(rows.fetch_all(self.db()).await?.into_iter().map(|r| (r.id, r.title)).collect())
    }

    /// The report with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report(&mut self, id: &str) -> Result<Found<ReportFull>, StoreError> {
        let found = sqlx::query!(
            "SELECT pk, dataset, title, publisher, author, published, url, language, kind, agency, note FROM report WHERE id = ? AND live = 1",
            id
        );
        let Some(r) = found.fetch_optional(self.db()).await? else { return self.retired("report", id).await };
        let passages = self.passages_of_report(r.pk).await?;
        let paragraphs = sqlx::query_scalar!("SELECT text FROM paragraph WHERE report = ? ORDER BY n", r.pk)
            .fetch_all(self.db())
            .await?;
        // As in lists and under the filter by report: an event that only a tie names is not counted.
        let events = sqlx::query_scalar!(
            "SELECT count(DISTINCT c.event) FROM passage p JOIN claim c ON c.passage = p.pk
             JOIN event e ON e.pk = c.event AND e.live = 1 WHERE p.report = ?",
            r.pk
        )
        .fetch_one(self.db())
        .await?;
        let card = ReportCard {
            id: id.to_owned(),
            dataset: r.dataset,
            title: r.title,
            publisher: r.publisher,
            published: r.published,
            language: r.language,
            kind: word(&r.kind)?,
            events: count(events),
        };
        let full = ReportFull {
            card,
            author: r.author,
            url: r.url,
            agency: split(&r.agency),
            note: r.note,
            passages,
            paragraphs,
        };
        Ok(Found::Live(full))
    }

    async fn passages_of_report(&mut self, report: i64) -> Result<Vec<PassageFull>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT p.pk, p.id, p.anchor, p.gist, p.gist_fr, w.paragraph AS "paragraph?", w.start_at AS "start_at?", w.end_at AS "end_at?"
               FROM passage p LEFT JOIN passage_place w ON w.passage = p.pk WHERE p.report = ? ORDER BY p.seq"#,
            report
        )
        .fetch_all(self.db())
        .await?;
        let mut passages: Vec<PassageFull> = Vec::with_capacity(rows.len());
        let mut at: HashMap<i64, usize> = HashMap::new();
        for r in rows {
            at.insert(r.pk, passages.len());
            let place = r.paragraph.zip(r.start_at).zip(r.end_at);
            passages.push(PassageFull {
                id: r.id,
                anchor: r.anchor,
                gist: Bilingual::new(r.gist, r.gist_fr),
                place: place.map(|((n, start), end)| (n as usize, start as usize, end as usize)),
                events: Vec::new(),
                actors: Vec::new(),
                regions: Vec::new(),
            });
        }
        // What a passage speaks of: by its claims, by the ties it is behind, and by its mentions.
        let events = sqlx::query!(
            r#"SELECT passage AS "passage!", n AS "n?: i64", id AS "id!", title AS "title!", title_fr AS "title_fr!" FROM (
               SELECT s.passage, min(s.n) AS n, e.id, e.title, e.title_fr,
                      row_number() OVER (PARTITION BY s.passage ORDER BY e.start_date, e.id) AS place FROM (
                   SELECT c.passage, c.event, c.n FROM claim c JOIN passage p ON p.pk = c.passage AND p.report = ?1
                   UNION ALL SELECT l.passage, l.event, NULL FROM event_link l JOIN passage p ON p.pk = l.passage AND p.report = ?1
                   UNION ALL SELECT l.passage, l.other, NULL FROM event_link l JOIN passage p ON p.pk = l.passage AND p.report = ?1
               ) s JOIN event e ON e.pk = s.event AND e.live = 1
               GROUP BY s.passage, e.pk
               ) WHERE place <= ?2 ORDER BY passage, place"#,
            report,
            EVENTS_PER_PASSAGE
        );
        for e in events.fetch_all(self.db()).await? {
            if let Some(passage) = at.get(&e.passage).map(|at| &mut passages[*at]) {
                passage.events.push((e.id, Bilingual::new(e.title, e.title_fr), e.n.map(|n| n as u32)));
            }
        }
        let named = sqlx::query!(
            r#"SELECT DISTINCT s.passage AS "passage!", s.actor AS "actor?: i64", s.region AS "region?: i64" FROM (
                   SELECT c.passage, coalesce(c.value_actor, c.part_actor) AS actor, coalesce(c.value_region, c.part_region) AS region
                       FROM claim c JOIN passage p ON p.pk = c.passage AND p.report = ?1
                   UNION SELECT l.passage, l.actor, NULL FROM actor_link l JOIN passage p ON p.pk = l.passage AND p.report = ?1
                   UNION SELECT l.passage, l.other, NULL FROM actor_link l JOIN passage p ON p.pk = l.passage AND p.report = ?1
                   UNION SELECT m.passage, m.actor, m.region FROM mention m JOIN passage p ON p.pk = m.passage AND p.report = ?1
               ) s WHERE s.actor IS NOT NULL OR s.region IS NOT NULL ORDER BY 1, 2, 3"#,
            report
        );
        for n in named.fetch_all(self.db()).await? {
            if let Some(passage) = at.get(&n.passage).map(|at| &mut passages[*at]) {
                passage.actors.extend(n.actor.filter(|a| !passage.actors.contains(a)));
                passage.regions.extend(n.region.filter(|r| !passage.regions.contains(r)));
            }
        }
        Ok(passages)
    }
}
