//! One actor.

use crate::domain::lang::Bilingual;
use crate::domain::vocab::ActorRelation;

use super::events::Found;
use super::rows::word;
use super::{Snapshot, StoreError};

/// An actor beside what the catalog holds of it.
pub struct ActorFull {
    /// Its row; name and kind are in the catalog.
    pub row: i64,
    /// Where it is from, ISO 3166-1 alpha-2 in lower case.
    pub country: Option<String>,
    /// Active from, ISO 8601, maybe cut short.
    pub active_from: Option<String>,
    /// Active until.
    pub active_until: Option<String>,
    /// A sentence or two.
    pub summary: Bilingual,
    /// Its ties to others.
    pub ties: Vec<Tie>,
    /// Passages that name it without a claim on an event.
    pub mentions: Vec<PassageRef>,
}

/// A tie to another actor, from one passage.
#[derive(Clone, Debug)]
pub struct Tie {
    /// The relation, read "first RELATION second".
    pub relation: ActorRelation,
    /// Whether the actor at hand is the first of the two.
    pub outgoing: bool,
    /// The other actor's row.
    pub other: i64,
    /// Since, ISO 8601, maybe cut short.
    pub from: Option<String>,
    /// Until.
    pub until: Option<String>,
    /// The passage behind it.
    pub passage: PassageRef,
}

/// A passage, as far as those who point at it need it.
#[derive(Clone, Debug)]
pub struct PassageRef {
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
}

impl Snapshot {
    /// The actor with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn actor(&mut self, id: &str) -> Result<Found<ActorFull>, StoreError> {
        let found = sqlx::query!(
            "SELECT pk, country, active_from, active_until, summary, summary_fr FROM actor WHERE id = ? AND live = 1",
            id
        );
        let Some(a) = found.fetch_optional(self.db()).await? else { return self.retired("actor", id).await };
        Ok(Found::Live(ActorFull {
            row: a.pk,
            country: a.country,
            active_from: a.active_from,
            active_until: a.active_until,
            summary: Bilingual::new(a.summary, a.summary_fr),
            ties: self.actor_ties(a.pk).await?,
            mentions: self.mentions(Some(a.pk), None).await?,
        }))
    }

    async fn actor_ties(&mut self, actor: i64) -> Result<Vec<Tie>, StoreError> {
        sqlx::query!(
            r#"SELECT l.relation, l.actor = ?1 AS "outgoing!: bool",
                      CASE WHEN l.actor = ?1 THEN l.other ELSE l.actor END AS "other!: i64", l.from_date, l.until_date,
                      r.id AS report, r.title, r.publisher, r.published, p.id AS passage, p.gist, p.gist_fr
               FROM actor_link l JOIN passage p ON p.pk = l.passage JOIN report r ON r.pk = p.report
               WHERE l.actor = ?1 OR l.other = ?1
               ORDER BY l.from_date IS NULL, l.from_date, l.pk"#,
            actor
        )
        .fetch_all(self.db())
        .await?
        .into_iter()
        .map(|t| {
            Ok(Tie {
                relation: word(&t.relation)?,
                outgoing: t.outgoing,
                other: t.other,
                from: t.from_date,
                until: t.until_date,
                passage: PassageRef {
                    report: t.report,
                    title: t.title,
                    publisher: t.publisher,
                    published: t.published,
                    id: t.passage,
                    gist: Bilingual::new(t.gist, t.gist_fr),
                },
            })
        })
        .collect()
    }

    /// Passages that name an actor or a region without a claim on an event.
    pub(super) async fn mentions(
        &mut self,
        actor: Option<i64>,
        region: Option<i64>,
    ) -> Result<Vec<PassageRef>, StoreError> {
        let rows = sqlx::query!(
            "SELECT DISTINCT r.id AS report, r.title, r.publisher, r.published, p.id AS passage, p.gist, p.gist_fr, p.seq
             FROM mention m JOIN passage p ON p.pk = m.passage JOIN report r ON r.pk = p.report
             WHERE m.actor = ? OR m.region = ? ORDER BY r.published IS NULL, r.published, r.id, p.seq",
            actor,
            region
        );
        Ok(rows
            .fetch_all(self.db())
            .await?
            .into_iter()
            .map(|p| PassageRef {
                report: p.report,
                title: p.title,
                publisher: p.publisher,
                published: p.published,
                id: p.passage,
                gist: Bilingual::new(p.gist, p.gist_fr),
            })
            .collect())
    }
}
