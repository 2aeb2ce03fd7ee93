//! The ids of everything with a page of its own, a stretch at a time, for maps of the site.

use super::{Snapshot, StoreError};

/// An id, and when what it names was last changed, RFC 3339; none where that is not known.
pub type Address = (String, Option<String>);

/// What there may be too many of for one map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Events.
    Events,
    /// Reports.
    Reports,
}

impl Many {
    fn table(self) -> &'static str {
        match self {
            Many::Events => "event",
            Many::Reports => "report",
        }
    }
}

impl Snapshot {
    /// The rows at which stretches of so many that are live begin.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stretches(&mut self, of: Many, each: i64) -> Result<Vec<i64>, StoreError> {
        let table = of.table();
        let rows = sqlx::query_scalar!(
            r#"SELECT pk AS "pk!: i64" FROM (
                   SELECT pk, row_number() OVER (ORDER BY pk) AS n FROM (
                       SELECT pk FROM event WHERE live = 1 AND ?1 = 'event'
                       UNION ALL SELECT pk FROM report WHERE live = 1 AND ?1 = 'report'))
               WHERE (n - 1) % ?2 = 0"#,
            table,
            each
        );
        Ok(rows.fetch_all(self.db()).await?)
    }

    /// Those that are live from a row on, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn addresses(&mut self, of: Many, from: i64, most: i64) -> Result<Vec<Address>, StoreError> {
        let table = of.table();
        let rows = sqlx::query!(
            r#"SELECT id AS "id!: String", updated AS "updated?: String" FROM (
                   SELECT pk, id, updated FROM event WHERE live = 1 AND ?1 = 'event' AND pk >= ?2
                   UNION ALL SELECT pk, id, NULL FROM report WHERE live = 1 AND ?1 = 'report' AND pk >= ?2)
               ORDER BY pk LIMIT ?3"#,
            table,
            from,
            most
        );
        Ok(rows.fetch_all(self.db()).await?.into_iter().map(|row| (row.id, row.updated)).collect())
    }
}
