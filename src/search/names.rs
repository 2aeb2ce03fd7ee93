//! Actors and regions by any of their names.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::domain::names::fold;
use crate::store::catalog::Catalog;
use crate::store::names::{Name, Named, letters};

/// How a name matches, better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Same,
    Begins,
    WordBegins,
    WordsBegin,
    Holds,
    Slip,
}

/// Words as they are compared with many names.
struct Wanted {
    text: String,
    length: usize,
    letters: u64,
}

impl Wanted {
    fn new(words: &str) -> Wanted {
        let text = fold(words);
        Wanted { length: text.chars().count(), letters: letters(&text), text }
    }

    fn nearness(&self, name: &str, has: u64) -> Option<Nearness> {
        let wanted = self.text.as_str();
        if self.letters & !has != 0 {
            return self.slipped(name, has).then_some(Nearness::Slip);
        }
        let mut begun = name.match_indices(wanted).map(|(at, _)| at == 0 || name.as_bytes()[at - 1] == b' ');
        if name == wanted {
            Some(Nearness::Same)
        } else if name.starts_with(wanted) {
            Some(Nearness::Begins)
        } else if begun.any(|begun| begun) {
            Some(Nearness::WordBegins)
        } else if wanted.split(' ').all(|word| name.split(' ').any(|of| of.starts_with(word))) {
            Some(Nearness::WordsBegin)
        } else if self.length >= 4 && name.contains(wanted) {
            Some(Nearness::Holds)
        } else if self.slipped(name, has) {
            Some(Nearness::Slip)
        } else {
            None
        }
    }

    /// One letter wrong, one more for every nine.
    fn slipped(&self, name: &str, has: u64) -> bool {
        let slips = 1 + self.length / 9;
        self.length >= 5
            && (has ^ self.letters).count_ones() as usize <= 2 * slips
            && name.chars().count().abs_diff(self.length) <= slips
            && strsim::osa_distance(&self.text, name) <= slips
    }
}

/// Everything of a kind with a name like the words, best first; among equals, what is in more events first.
fn named(catalog: &Catalog, words: &str, kind: fn(Named) -> bool) -> Vec<Named> {
    let wanted = Wanted::new(words);
    if wanted.text.is_empty() {
        return Vec::new();
    }
    let mut best: HashMap<Named, (Nearness, Reverse<u64>)> = HashMap::new();
    for Name { of, events, folded, letters } in catalog.names.all().iter().filter(|name| kind(name.of)) {
        if let Some(nearness) = wanted.nearness(folded, *letters) {
            let known = best.entry(*of).or_insert((nearness, Reverse(*events)));
            known.0 = nearness.min(known.0);
        }
    }
    let mut hits: Vec<((Nearness, Reverse<u64>), Named)> = best.into_iter().map(|(of, how)| (how, of)).collect();
    hits.sort_unstable();
    hits.into_iter().map(|(_, of)| of).collect()
}

/// What has a name like the words; where nothing has, what has one like the words with their slips mended.
fn found(catalog: &Catalog, words: &str, kind: fn(Named) -> bool) -> Vec<Named> {
    let found = named(catalog, words, kind);
    if !found.is_empty() {
        return found;
    }
    let folded = fold(words);
    let mended: Vec<&str> = folded.split(' ').map(|word| catalog.names.nearest_word(word).unwrap_or(word)).collect();
    named(catalog, &mended.join(" "), kind)
}

/// Actors and regions with a name like some words.
#[derive(Debug, Default)]
pub struct NamesFound {
    /// Rows of actors, best first.
    pub actors: Vec<i64>,
    /// Rows of regions, best first.
    pub regions: Vec<i64>,
}

impl NamesFound {
    /// The first of each, at most `limit`.
    fn of(found: Vec<Named>, limit: usize) -> NamesFound {
        let mut all = NamesFound::default();
        for of in found {
            match of {
                Named::Actor(row) if all.actors.len() < limit => all.actors.push(row),
                Named::Region(row) if all.regions.len() < limit => all.regions.push(row),
                _ => {}
            }
        }
        all
    }
}

/// The actors and regions with a name like the words, by any of their names, at most `limit` of each.
pub fn names(catalog: &Catalog, words: &str, limit: usize) -> NamesFound {
    NamesFound::of(found(catalog, words, |_| true), limit)
}

/// The same of actors only: a region that has the name would hide one that was mistyped.
pub fn actors(catalog: &Catalog, words: &str, limit: usize) -> NamesFound {
    NamesFound::of(found(catalog, words, |of| matches!(of, Named::Actor(_))), limit)
}

/// The same of regions only.
pub fn regions(catalog: &Catalog, words: &str, limit: usize) -> NamesFound {
    NamesFound::of(found(catalog, words, |of| matches!(of, Named::Region(_))), limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearness(wanted: &str, name: &str) -> Option<Nearness> {
        let name = fold(name);
        Wanted::new(wanted).nearness(&name, letters(&name))
    }

    #[test]
    fn names_match_from_the_same_to_a_slip() {
        assert_eq!(nearness("katiba-macina", "Katiba Macina"), Some(Nearness::Same));
        assert_eq!(nearness("KATIBA", "Katiba Macina"), Some(Nearness::Begins));
        assert_eq!(nearness("macina", "Katiba Macina"), Some(Nearness::WordBegins));
        assert_eq!(nearness("macina kat", "Katiba Macina"), Some(Nearness::WordsBegin));
        assert_eq!(nearness("tiba", "Katiba Macina"), Some(Nearness::Holds));
        assert_eq!(nearness("Diallasagou", "Diallassagou"), Some(Nearness::Slip));
        assert_eq!(nearness("ab", "Katiba"), None);
        assert_eq!(nearness("Diallagou", "Diallassagou"), None);
    }
}
