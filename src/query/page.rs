//! Pages of a list by keyset: a page begins after the last event of the one before, however far down that is.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::filter::Sort;

/// Some of a list, and where the rest begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), total: self.total, next: self.next }
    }
}

/// The last event of a page, by the key it was sorted by and the row that breaks ties. Opaque to readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The order it belongs to; in another order it means nothing.
    pub sort: Sort,
    /// The key in that order.
    pub key: i64,
    /// The event's row.
    pub row: i64,
}

/// The last change on a page of a feed: when it was recorded, and the event's row, which breaks ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastChange {
    /// When, RFC 3339.
    pub when: String,
    /// Of which event.
    pub row: i64,
}

impl fmt::Display for LastChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{}/{}", self.when, self.row)))
    }
}

impl FromStr for LastChange {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<LastChange, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let plain = std::str::from_utf8(&bytes).map_err(|_| BadCursor)?;
        let (when, row) = plain.split_once('/').ok_or(BadCursor)?;
        let row = row.parse().map_err(|_| BadCursor)?;
        let when = chrono::DateTime::parse_from_rfc3339(when).map(|_| when.to_owned()).map_err(|_| BadCursor)?;
        Ok(LastChange { when, row })
    }
}

/// The text is not a cursor this program gave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct BadCursor;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{}/{}/{}", self.sort.as_str(), self.key, self.row)))
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Cursor, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let plain = std::str::from_utf8(&bytes).map_err(|_| BadCursor)?;
        let mut parts = plain.split('/');
        let sort = parts.next().and_then(|word| Sort::ALL.into_iter().find(|s| s.as_str() == word));
        let mut number = || parts.next().and_then(|n| n.parse().ok()).ok_or(BadCursor);
        let cursor = Cursor { sort: sort.ok_or(BadCursor)?, key: number()?, row: number()? };
        if parts.next().is_some() { Err(BadCursor) } else { Ok(cursor) }
    }
}
