//! Which regions have an outline to be drawn by: the P-codes of the files in `data/geo`. How they are drawn is for the
//! map; that an event known to its cercle only has a place on it is for the filter too.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The outlines of Mali, its regions and its cercles: a line each, which begins with the P-code.
pub const FILES: [&str; 3] = [
    include_str!("../../data/geo/mali-country.txt"),
    include_str!("../../data/geo/mali-admin1.txt"),
    include_str!("../../data/geo/mali-admin2.txt"),
];

/// The lines of the files that hold an outline.
pub fn lines() -> impl Iterator<Item = &'static str> {
    FILES.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'))
}

static CODES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines().filter_map(|line| line.split(' ').next()).collect());

/// Whether the region with this P-code has an outline.
pub fn is_known(pcode: &str) -> bool {
    CODES.contains(pcode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_regions_and_cercles_have_one() {
        assert!(is_known("ML") && is_known("ML05") && is_known("ML0502"));
        assert!(!is_known("ML0599") && !is_known("BF") && !is_known(""));
        assert_eq!(CODES.len(), 61);
    }
}
