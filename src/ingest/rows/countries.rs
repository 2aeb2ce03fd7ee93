//! The countries as UCDP and ACLED name them, in French.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Columns: the English name, the French name, and the French "of" with it.
const COUNTRIES: &str = include_str!("../../../data/ged-countries.csv");

static IN_FRENCH: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = COUNTRIES.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(';');
        Some((cells.next()?, (cells.next()?, cells.next()?)))
    });
    rows.collect()
});

/// A country in French; as it is where it is not in the table.
pub(in crate::ingest) fn in_french(country: &str) -> &str {
    IN_FRENCH.get(country).map_or(country, |(name, _)| name)
}

/// "of" a country in French.
pub(in crate::ingest) fn of_in_french(country: &str) -> Option<&'static str> {
    IN_FRENCH.get(country).map(|(_, of)| *of)
}
