//! What a curator should look at: nothing of it is wrong, all of it could be better.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use crate::domain::figure::Figure;
use crate::domain::toll::{Account, Toll};
use crate::domain::vocab::Accounts;
use crate::store::StoreError;
use crate::store::rows::{people, word};

mod rows;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// An event whose toll has one origin only.
    OneAccount,
    /// An event whose accounts cannot all be right, and none of which is preferred.
    NoPreferred,
    /// An actor that took part in no event and is in no claim.
    ActorWithoutEvents,
    /// A passage on which no claim, tie or mention rests.
    UnusedPassage,
    /// A report whose date is not known.
    ReportWithoutDate,
    /// A report without an address.
    ReportWithoutAddress,
    /// A text that a reader of French gets in English.
    Untranslated,
    /// A row whose low, best and high estimates are not in that order.
    EstimatesOutOfOrder,
    /// A row whose best estimate is nobody while the high one is not.
    BestZero,
    /// A row whose place is known more closely than the country, with no name of a division.
    NoDivision,
    /// Rows of the same day, place, sides and best estimate.
    LookAlike,
}

impl Check {
    /// All, in the order in which they are listed.
    pub const ALL: [Check; 11] = [
        Check::OneAccount,
        Check::NoPreferred,
        Check::ActorWithoutEvents,
        Check::UnusedPassage,
        Check::ReportWithoutDate,
        Check::ReportWithoutAddress,
        Check::Untranslated,
        Check::EstimatesOutOfOrder,
        Check::BestZero,
        Check::NoDivision,
        Check::LookAlike,
    ];

    /// What it lists, for a heading.
    pub fn title(self) -> &'static str {
        match self {
            Check::OneAccount => "Events whose toll has one account (all from one kind of source)",
            Check::NoPreferred => "Events whose accounts differ, with no preferred figure",
            Check::ActorWithoutEvents => "Actors without events",
            Check::UnusedPassage => "Passages without claims, ties or mentions",
            Check::ReportWithoutDate => "Reports without a date",
            Check::ReportWithoutAddress => "Reports without an address",
            Check::Untranslated => "Texts without a French translation",
            Check::EstimatesOutOfOrder => "Imported rows whose estimates are out of order",
            Check::BestZero => "Imported rows with a best estimate of 0 and a high one above it",
            Check::NoDivision => "Imported rows without the name of a region, though the place is known more closely",
            Check::LookAlike => "Imported rows that look alike (never merged: each has its own id)",
        }
    }
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What about it.
    pub check: Check,
    /// The id of the event, actor, passage (`report passage`) or report; for a text its table and id.
    pub subject: String,
    /// What else helps to find it; may be empty.
    pub detail: String,
}

/// Looks through all live rows.
///
/// # Errors
/// When the database fails.
pub async fn check(db: &mut SqliteConnection) -> Result<Vec<Finding>, StoreError> {
    let mut findings = tolls(&mut *db).await?;
    let mut add = |check, subject: String, detail: String| findings.push(Finding { check, subject, detail });
    let actors = sqlx::query!(
        "SELECT id, name FROM actor
         WHERE live = 1
           AND NOT EXISTS (SELECT 1 FROM event_actor p WHERE p.actor = actor.pk)
           AND pk NOT IN (SELECT value_actor FROM claim WHERE value_actor IS NOT NULL)
           AND pk NOT IN (SELECT part_actor FROM claim WHERE part_actor IS NOT NULL)"
    );
    for actor in actors.fetch_all(&mut *db).await? {
        add(Check::ActorWithoutEvents, actor.id, actor.name);
    }
    let passages = sqlx::query!(
        "SELECT r.id AS report, p.id, p.anchor FROM passage p JOIN report r ON r.pk = p.report
         WHERE r.live = 1
           AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.passage = p.pk)
           AND NOT EXISTS (SELECT 1 FROM event_link l WHERE l.passage = p.pk)
           AND NOT EXISTS (SELECT 1 FROM actor_link l WHERE l.passage = p.pk)
           AND NOT EXISTS (SELECT 1 FROM mention m WHERE m.passage = p.pk)"
    );
    for passage in passages.fetch_all(&mut *db).await? {
        add(Check::UnusedPassage, format!("{} {}", passage.report, passage.id), passage.anchor);
    }
    let reports = sqlx::query!(
        "SELECT id, title, published, url FROM report WHERE live = 1 AND (published IS NULL OR url IS NULL)
           AND id NOT LIKE 'ucdp-src-%' AND id NOT LIKE 'acled-%'"
    );
    for report in reports.fetch_all(&mut *db).await? {
        if report.published.is_none() {
            add(Check::ReportWithoutDate, report.id.clone(), report.title.clone());
        }
        if report.url.is_none() {
            add(Check::ReportWithoutAddress, report.id, report.title);
        }
    }
    findings.extend(untranslated(&mut *db).await?);
    findings.extend(rows::odd(db).await?);
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Events by how the accounts of their toll stand to each other.
async fn tolls(db: &mut SqliteConnection) -> Result<Vec<Finding>, StoreError> {
    let claims = sqlx::query!(
        "SELECT e.id, c.n, c.low, c.high, c.about, c.origin, c.stance, c.preferred
         FROM claim c JOIN event e ON e.pk = c.event
         WHERE e.live = 1 AND c.topic = 'killed' AND e.row_digest IS NULL
           AND c.part IS NULL AND c.part_region IS NULL AND c.part_actor IS NULL
         ORDER BY c.event, c.n"
    );
    let mut of_event: HashMap<String, Vec<Account>> = HashMap::new();
    for c in claims.fetch_all(db).await? {
        let Ok(figure) = Figure::new(people(c.low), people(c.high), c.about != 0) else { continue };
        of_event.entry(c.id).or_default().push(Account {
            n: u32::try_from(c.n).unwrap_or_default(),
            figure,
            origin: word(&c.origin)?,
            stance: word(&c.stance)?,
            preferred: c.preferred != 0,
        });
    }
    let findings = of_event.into_iter().filter_map(|(subject, accounts)| {
        let toll = Toll::of(&accounts);
        let check = match toll.accounts? {
            Accounts::Single => Check::OneAccount,
            Accounts::Differ if toll.preferred.is_none() => Check::NoPreferred,
            _ => return None,
        };
        let bound = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
        let (count, low, high) = (accounts.len(), bound(toll.low), bound(toll.high));
        let range = if low == high { low } else { format!("{low} to {high}") };
        let claims = if count == 1 { "1 claim".to_owned() } else { format!("{count} claims") };
        Some(Finding { check, subject, detail: format!("{range} killed, {claims}") })
    });
    Ok(findings.collect())
}

/// Texts in English only.
async fn untranslated(db: &mut SqliteConnection) -> Result<Vec<Finding>, StoreError> {
    let texts = sqlx::query!(
        r#"SELECT 'events ' || id || ', title' AS "subject!", title AS "text!" FROM event
           WHERE live = 1 AND title <> '' AND title_fr = ''
           UNION ALL SELECT 'events ' || id || ', summary', summary FROM event
           WHERE live = 1 AND summary <> '' AND summary_fr = ''
           UNION ALL SELECT 'actors ' || id || ', name', name FROM actor WHERE live = 1 AND name_fr = ''
           UNION ALL SELECT 'actors ' || id || ', summary', summary FROM actor
           WHERE live = 1 AND summary <> '' AND summary_fr = ''
           UNION ALL SELECT 'regions ' || id || ', name', name FROM region WHERE live = 1 AND name_fr = ''
           UNION ALL SELECT 'passages ' || r.id || ' ' || p.id || ', gist', p.gist
           FROM passage p JOIN report r ON r.pk = p.report
           WHERE r.live = 1 AND p.gist <> '' AND p.gist_fr = '' AND p.gist <> r.title AND r.id NOT LIKE 'acled-row-%'
           UNION ALL SELECT 'reports ' || id || ', note', note FROM report r
           WHERE live = 1 AND note IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM translation t WHERE t.dataset = r.dataset AND t.text = r.note)"#
    );
    let mut findings: Vec<Finding> = Vec::new();
    let mut add = |subject, detail| findings.push(Finding { check: Check::Untranslated, subject, detail });
    for row in texts.fetch_all(&mut *db).await? {
        add(row.subject, row.text);
    }
    let words = sqlx::query!(
        r#"WITH word (event, n, dataset, col, text) AS (
               SELECT e.id, c.n, e.dataset, 'part', c.part FROM claim c JOIN event e ON e.pk = c.event
               UNION ALL SELECT e.id, c.n, e.dataset, 'value', c.value FROM claim c JOIN event e ON e.pk = c.event
               WHERE c.topic <> 'when'
               UNION ALL SELECT e.id, c.n, e.dataset, 'said_by', c.said_by FROM claim c JOIN event e ON e.pk = c.event
               WHERE e.row_digest IS NULL
           )
           SELECT event AS "event!: String", n AS "n!: i64", col AS "col!: String", text AS "text!: String"
           FROM word w
           WHERE text IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM translation t WHERE t.dataset = w.dataset AND t.text = w.text)"#
    );
    for row in words.fetch_all(db).await? {
        add(format!("claims {} {}, {}", row.event, row.n, row.col), row.text);
    }
    Ok(findings)
}
