//! The names of actors and regions, folded once for a generation, and the words in them: what a reader may have meant
//! who typed a letter wrong.

use std::collections::HashMap;

use crate::domain::lang::{Bilingual, Lang};
use crate::domain::names::fold;

use super::index::EventIndex;

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// An actor's row.
    Actor(i64),
    /// A region's row.
    Region(i64),
}

/// One name of something. A thing has as many as it has spellings.
#[derive(Debug)]
pub struct Name {
    /// What has the name.
    pub of: Named,
    /// How many events that thing is in.
    pub events: u64,
    /// The name, folded.
    pub folded: Box<str>,
    /// Its [`letters`].
    pub letters: u64,
}

/// A word of one name or more.
#[derive(Debug)]
struct Word {
    text: Box<str>,
    letters: u64,
    length: usize,
    events: u64,
}

/// All names of live actors and regions.
#[derive(Debug, Default)]
pub struct KnownNames {
    all: Vec<Name>,
    words: Vec<Word>,
}

impl KnownNames {
    pub(super) fn new<'a>(
        index: &EventIndex,
        actors: impl Iterator<Item = (i64, &'a Bilingual, &'a Vec<String>)>,
        regions: impl Iterator<Item = (i64, &'a Bilingual, &'a Vec<String>, Option<&'a str>)>,
    ) -> KnownNames {
        let mut all = Vec::new();
        for (row, name, others) in actors {
            add(&mut all, Named::Actor(row), index.actor_events(row).len(), name, others, None);
        }
        for (row, name, others, pcode) in regions {
            let events = index.region.get(&row).map_or(0, |set| set.len());
            add(&mut all, Named::Region(row), events, name, others, pcode);
        }
        let mut words: HashMap<&str, u64> = HashMap::new();
        for name in &all {
            for word in name.folded.split(' ').filter(|word| word.len() >= SHORTEST) {
                let events = words.entry(word).or_default();
                *events = name.events.max(*events);
            }
        }
        let words = words
            .into_iter()
            .map(|(word, events)| Word {
                text: word.into(),
                letters: letters(word),
                length: word.chars().count(),
                events,
            })
            .collect();
        KnownNames { all, words }
    }

    /// Each name of each thing.
    pub fn all(&self) -> &[Name] {
        &self.all
    }

    /// The word of a name that was meant by a folded word that is none: one letter wrong, missing, too many or in the
    /// wrong order; two in a word of seven letters or more, if the first is right (Massina, Macina). Among equally near
    /// ones that with most events.
    pub fn nearest_word(&self, wanted: &str) -> Option<&str> {
        if wanted.len() < SHORTEST {
            return None;
        }
        let (signs, length) = (letters(wanted), wanted.chars().count());
        let slips = if length < LONG { 1 } else { 2 };
        self.words
            .iter()
            // Cheap, and true of few.
            .filter(|word| word.length.abs_diff(length) <= slips)
            .filter(|word| (word.letters ^ signs).count_ones() as usize <= 2 * slips)
            .map(|word| (strsim::osa_distance(wanted, &word.text), word))
            .filter(|(distance, word)| {
                *distance <= 1 || (*distance <= slips && word.text.chars().next() == wanted.chars().next())
            })
            .min_by(|(a, x), (b, y)| a.cmp(b).then(y.events.cmp(&x.events)).then(x.text.cmp(&y.text)))
            .map(|(_, word)| &*word.text)
    }
}

/// Shorter words differ by one letter from too many others.
const SHORTEST: usize = 5;

/// From so many letters on two may be wrong.
const LONG: usize = 7;

/// Which letters and digits a folded text has, each a bit; signs of other scripts share the last ones. What a text holds
/// has no others, and each slip changes two at most: most names need not be compared.
pub fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, c| {
        let bit = match c {
            'a'..='z' => c as u32 - 'a' as u32,
            '0'..='9' => 26 + c as u32 - '0' as u32,
            ' ' => return set,
            _ => 36 + c as u32 % 28,
        };
        set | 1 << bit
    })
}

fn add(all: &mut Vec<Name>, of: Named, events: u64, name: &Bilingual, others: &[String], pcode: Option<&str>) {
    let from = all.len();
    let names = [name.get(Lang::En), name.get(Lang::Fr)].into_iter();
    for text in names.chain(others.iter().map(String::as_str)).chain(pcode) {
        let folded = fold(text);
        if !folded.is_empty() && all[from..].iter().all(|name| *name.folded != *folded) {
            all.push(Name { of, events, letters: letters(&folded), folded: folded.into() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str]) -> KnownNames {
        let names: Vec<(i64, Bilingual, Vec<String>)> =
            (1..).zip(names).map(|(row, name)| (row, Bilingual::new(*name, *name), Vec::new())).collect();
        KnownNames::new(
            &EventIndex::default(),
            names.iter().map(|(row, name, all)| (*row, name, all)),
            std::iter::empty(),
        )
    }

    #[test]
    fn a_slip_in_a_word_is_mended_and_another_word_is_not() {
        let known = known(&["Katiba Macina", "Ogossagou", "Diallassagou", "Mopti", "Kidal"]);
        assert_eq!(known.nearest_word("ogosagou"), Some("ogossagou"));
        assert_eq!(known.nearest_word("diallasagou"), Some("diallassagou"));
        assert_eq!(known.nearest_word("massina"), Some("macina"));
        assert_eq!(known.nearest_word("bassina"), None, "three slips");
        assert_eq!(known.nearest_word("bacina"), Some("macina"));
        assert_eq!(known.nearest_word("masone"), None, "two slips in six letters");
        assert_eq!(known.nearest_word("mpoti"), Some("mopti"));
        assert_eq!(known.nearest_word("kida"), None, "too short to tell");
        assert_eq!(known.nearest_word("bamako"), None);
    }

    #[test]
    fn a_name_in_two_languages_is_kept_once() {
        assert_eq!(known(&["Ségou"]).all().len(), 1);
    }
}
