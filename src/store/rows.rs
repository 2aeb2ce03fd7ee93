//! From the texts of a row to the words of the domain.

use crate::domain::vocab::Vocabulary;

use super::StoreError;

/// A word of a vocabulary. The schema's checks let nothing else in.
///
/// # Errors
/// When the schema and the program do not agree on the vocabulary.
pub fn word<T: Vocabulary>(text: &str) -> Result<T, StoreError> {
    T::parse(text).ok_or_else(|| StoreError::Corrupt(format!("{text:?} is not one of {}", T::words().join(", "))))
}

/// An id. The importer lets nothing else in.
///
/// # Errors
/// When something else got in all the same.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("{text:?} is not an id")))
}

/// The parts of a list that is stored with `|` between them.
pub fn split(list: &str) -> Vec<String> {
    list.split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

/// Row numbers as the JSON array that `json_each(?)` takes: one placeholder, however many there are.
pub fn json_rows(rows: &[i64]) -> String {
    serde_json::to_string(rows).unwrap_or_else(|_| "[]".to_owned())
}

/// A count from SQLite, which knows only signed numbers.
pub fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// A number of people; the schema's checks keep it from being negative.
pub fn people(n: Option<i64>) -> Option<u32> {
    n.and_then(|n| u32::try_from(n).ok())
}
