//! Of each word, the events or passages that have it: a search costs a look at each of its words, however many events
//! have them.
//!
//! A word is kept in the best field in which an event has it: title, then names (of its place, of all that this lies in,
//! of who took part, its years), then what is said of it.

use futures_util::TryStreamExt;
use roaring::RoaringBitmap;
use sqlx::SqliteConnection;

use crate::domain::names::fold;
use crate::store::StoreError;

mod build;

pub use self::build::rebuild;

/// How many fields there are.
const FIELDS: usize = 3;

/// In a title, in names, in what is said. Of a passage: in its gist, nowhere, in the paragraph around it.
const TITLE: usize = 0;
const NAMES: usize = 1;
const BODY: usize = 2;

/// Longer words are cut; nobody types them, and a file may hold anything.
const MAX_LETTERS: usize = 40;

/// The most words of a search that are used.
const MAX_WORDS: usize = 16;

/// What is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Live events, by ordinal.
    Events,
    /// Passages, by row.
    Passages,
}

impl Space {
    fn number(self) -> i64 {
        match self {
            Space::Events => 0,
            Space::Passages => 1,
        }
    }
}

/// Particles that French joins to the word behind them: `l'armée` and `d'armée` both speak of an `armée`.
const JOINED: [&str; 12] = ["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu"];

/// The words of a text, folded, without the particles that an apostrophe joins to them.
pub fn words(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut pieces = text.split(['\'', '’']).peekable();
    while let Some(piece) = pieces.next() {
        all.extend(fold(piece).split(' ').filter(|word| !word.is_empty()).map(cut));
        let joined = pieces.peek().is_some() && piece.ends_with(char::is_alphanumeric);
        if joined && all.last().is_some_and(|last| JOINED.contains(&last.as_str())) {
            all.pop();
        }
    }
    all
}

fn cut(word: &str) -> String {
    word.chars().take(MAX_LETTERS).collect()
}

/// The words of a search that are used.
pub fn wanted(text: &str) -> Vec<String> {
    let mut all = words(text);
    all.truncate(MAX_WORDS);
    all
}

/// Under which word the beginnings of words are kept. No folded word has a star.
fn beginning(start: &str) -> String {
    format!("{start}*")
}

/// What some words find.
pub struct Found {
    /// What has all of them in its title, then what has them in names too, then anywhere. Nothing is in two.
    pub tiers: [RoaringBitmap; FIELDS],
    /// The words that were looked for, if they are not those that were asked for.
    pub mended: Option<Vec<String>>,
}

/// What has all the words, the last of them also as the beginning of one; nothing where there are no words. `mend` says
/// what may have been meant by a word that nothing has.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    db: &mut SqliteConnection,
    space: Space,
    mut wanted: Vec<String>,
    mend: impl Fn(&str) -> Option<String>,
) -> Result<Found, StoreError> {
    let mut all: Option<[RoaringBitmap; FIELDS]> = None;
    let mut mended = false;
    let last = wanted.len().saturating_sub(1);
    for (at, word) in wanted.iter_mut().enumerate() {
        let mut sets = look_up(db, space, word, at == last).await?;
        if sets.iter().all(RoaringBitmap::is_empty)
            && let Some(meant) = mend(word)
        {
            sets = look_up(db, space, &meant, at == last).await?;
            (*word, mended) = (meant, true);
        }
        // To have a word in the title is to have it in title or names too, and so on.
        for worse in 1..FIELDS {
            let (better, rest) = sets.split_at_mut(worse);
            rest[0] |= &better[worse - 1];
        }
        match &mut all {
            Some(all) => all.iter_mut().zip(&sets).for_each(|(all, set)| *all &= set),
            None => all = Some(sets),
        }
    }
    let mut tiers = all.unwrap_or_default();
    for worse in (1..FIELDS).rev() {
        let (better, rest) = tiers.split_at_mut(worse);
        rest[0] -= &better[worse - 1];
    }
    Ok(Found { tiers, mended: mended.then_some(wanted) })
}

async fn look_up(
    db: &mut SqliteConnection,
    space: Space,
    word: &str,
    or_begins: bool,
) -> Result<[RoaringBitmap; FIELDS], StoreError> {
    let number = space.number();
    let letters = word.chars().count();
    let (word, past) = match (or_begins, letters) {
        (true, 2 | 3) => (beginning(word), beginning(word)),
        // No word that begins so comes after that.
        (true, 4..) => (word.to_owned(), format!("{word}\u{10ffff}")),
        // So many words begin with one letter that it says nothing.
        _ => (word.to_owned(), word.to_owned()),
    };
    let mut rows =
        sqlx::query_scalar!("SELECT data FROM word WHERE space = ?1 AND word BETWEEN ?2 AND ?3", number, word, past)
            .fetch(db);
    let mut sets = <[RoaringBitmap; FIELDS]>::default();
    while let Some(data) = rows.try_next().await? {
        let mut rest = data.as_slice();
        for all in &mut sets {
            let set = RoaringBitmap::deserialize_unchecked_from(&mut rest);
            *all |= set.map_err(|error| StoreError::Corrupt(format!("the word {word}: {error}")))?;
        }
    }
    Ok(sets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_do_not_hide_the_word_they_are_joined_to() {
        assert_eq!(words("l’armée d'Ogossagou"), ["armee", "ogossagou"]);
        assert_eq!(words("Jama'at Nusrat"), ["jama", "at", "nusrat"]);
        assert_eq!(words("N’Tillit, C-130"), ["tillit", "c", "130"]);
        assert_eq!(words("' l '"), ["l"]);
        assert!(words("-*(\"").is_empty());
    }
}
