//! The ids of everything with a page of its own, a stretch at a time, for maps of the site.

use super::{Snapshot, StoreError};

/// An id, and when what it names was last changed, RFC 3339; none where that is not known.
pub type Address = (String, Option<String>);

impl Snapshot {
    /// The rows at which stretches of so many live events begin.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn event_stretches(&mut self, each: i64) -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query_scalar!(
            r#"SELECT pk AS "pk!" FROM (SELECT pk, row_number() OVER (ORDER BY pk) AS n FROM event WHERE live = 1)
               WHERE (n - 1) % ? = 0"#,
            each
        );
        Ok(rows.fetch_all(self.db()).await?)
    }

    /// Live events from a row on, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn event_addresses(&mut self, from: i64, most: i64) -> Result<Vec<Address>, StoreError> {
        let rows =
            sqlx::query!("SELECT id, updated FROM event WHERE live = 1 AND pk >= ? ORDER BY pk LIMIT ?", from, most);
        Ok(rows.fetch_all(self.db()).await?.into_iter().map(|row| (row.id, Some(row.updated))).collect())
    }

    /// The rows at which stretches of so many live reports begin.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_stretches(&mut self, each: i64) -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query_scalar!(
            r#"SELECT pk AS "pk!" FROM (SELECT pk, row_number() OVER (ORDER BY pk) AS n FROM report WHERE live = 1)
               WHERE (n - 1) % ? = 0"#,
            each
        );
        Ok(rows.fetch_all(self.db()).await?)
    }

    /// Live reports from a row on, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_addresses(&mut self, from: i64, most: i64) -> Result<Vec<Address>, StoreError> {
        let rows =
            sqlx::query_scalar!("SELECT id FROM report WHERE live = 1 AND pk >= ? ORDER BY pk LIMIT ?", from, most);
        Ok(rows.fetch_all(self.db()).await?.into_iter().map(|id| (id, None)).collect())
    }
}
