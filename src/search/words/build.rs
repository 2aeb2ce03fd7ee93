//! Putting the words down: anew with every import, some hundred thousand events or passages at a time, so that an import
//! holds no more than that.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use roaring::RoaringBitmap;
use sqlx::SqliteConnection;

use super::{BODY, FIELDS, NAMES, Space, TITLE, beginning, words};
use crate::store::StoreError;
use crate::store::index::EventIndex;

/// Events or passages that are put down at a time: some tens of megabytes.
const BATCH: usize = 100_000;

/// A passage of so many events of one batch stands for a dataset and says nothing of any of them.
const TOO_MANY: usize = 1_000;

/// The words of some events or passages, with where they are.
#[derive(Default)]
struct Batch {
    words: HashMap<Box<str>, [Vec<u32>; FIELDS]>,
}

impl Batch {
    fn add(&mut self, field: usize, text: &str, of: &[u32]) {
        for word in words(text) {
            match self.words.get_mut(word.as_str()) {
                Some(fields) => fields[field].extend_from_slice(of),
                None => {
                    let mut fields = <[Vec<u32>; FIELDS]>::default();
                    fields[field].extend_from_slice(of);
                    self.words.insert(word.into(), fields);
                }
            }
        }
    }

    /// Puts the words down, and for each two and three letters with which some begin all that have one of those.
    async fn write(self, db: &mut SqliteConnection, space: Space, batch: i64) -> Result<(), StoreError> {
        let mut words: Vec<(Box<str>, [Vec<u32>; FIELDS])> = self.words.into_iter().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut beginnings = [Beginning::default(), Beginning::default()];
        for (word, lists) in words {
            let sets = distinct(lists);
            for (letters, beginning) in (2..).zip(&mut beginnings) {
                let Some(start) = start(&word, letters) else { continue };
                if beginning.start != start {
                    let done =
                        std::mem::replace(beginning, Beginning { start: start.to_owned(), ..Beginning::default() });
                    done.write(db, space, batch).await?;
                }
                beginning.sets.iter_mut().zip(&sets).for_each(|(all, set)| *all |= set);
            }
            put(db, space, &word, batch, &sets).await?;
        }
        for beginning in beginnings {
            beginning.write(db, space, batch).await?;
        }
        Ok(())
    }
}

/// All words that begin with the same letters.
#[derive(Default)]
struct Beginning {
    start: String,
    sets: [RoaringBitmap; FIELDS],
}

impl Beginning {
    async fn write(self, db: &mut SqliteConnection, space: Space, batch: i64) -> Result<(), StoreError> {
        if self.start.is_empty() { Ok(()) } else { put(db, space, &beginning(&self.start), batch, &self.sets).await }
    }
}

/// The first letters of a word that has at least as many.
fn start(word: &str, letters: usize) -> Option<&str> {
    let last = word.char_indices().nth(letters - 1)?;
    Some(&word[..last.0 + last.1.len_utf8()])
}

/// Each in its best field only.
fn distinct(lists: [Vec<u32>; FIELDS]) -> [RoaringBitmap; FIELDS] {
    let mut sets = lists.map(|mut list| {
        list.sort_unstable();
        list.into_iter().collect::<RoaringBitmap>()
    });
    for worse in 1..FIELDS {
        let (better, rest) = sets.split_at_mut(worse);
        for set in better {
            rest[0] -= &*set;
        }
    }
    sets
}

async fn put(
    db: &mut SqliteConnection,
    space: Space,
    word: &str,
    batch: i64,
    sets: &[RoaringBitmap; FIELDS],
) -> Result<(), StoreError> {
    let mut data = Vec::with_capacity(sets.iter().map(RoaringBitmap::serialized_size).sum());
    for set in sets {
        set.serialize_into(&mut data).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    }
    let space = space.number();
    sqlx::query!("INSERT INTO word (space, word, batch, data) VALUES (?, ?, ?, ?)", space, word, batch, data)
        .execute(db)
        .await?;
    Ok(())
}

/// Puts down the words of all live events and of all passages anew. The importer calls it in its transaction, with the
/// index it has just made.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn rebuild(db: &mut SqliteConnection, index: &EventIndex) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM word").execute(&mut *db).await?;
    let (mut after, mut batch) = (0, 0);
    while let Some(last) = events(db, index, after, batch).await? {
        (after, batch) = (last, batch + 1);
    }
    let (mut after, mut batch) = (0, 0);
    while let Some(last) = passages(db, after, batch).await? {
        (after, batch) = (last, batch + 1);
    }
    Ok(())
}

/// One batch of events, those whose rows follow `after`; the last of them.
async fn events(
    db: &mut SqliteConnection,
    index: &EventIndex,
    after: i64,
    batch: i64,
) -> Result<Option<i64>, StoreError> {
    let want = BATCH as i64;
    let mut words = Batch::default();
    let (mut places, mut years) = (Groups::default(), Groups::default());
    let mut last = None;
    let mut stored = sqlx::query!(
        "SELECT pk, title, title_fr, summary, summary_fr, region FROM event WHERE live = 1 AND pk > ? ORDER BY pk LIMIT ?",
        after,
        want
    )
    .fetch(&mut *db);
    while let Some(event) = stored.try_next().await? {
        last = Some(event.pk);
        let Some(ordinal) = index.ordinal(event.pk) else { continue };
        let at = &[ordinal];
        words.add(TITLE, &event.title, at);
        words.add(TITLE, &event.title_fr, at);
        words.add(BODY, &event.summary, at);
        words.add(BODY, &event.summary_fr, at);
        places.add(event.region, ordinal);
        let (first, past) = index.years(ordinal);
        (first..=past).for_each(|year| years.add(i64::from(year), ordinal));
    }
    drop(stored);
    let Some(last) = last else { return Ok(None) };
    for (year, of) in years.0 {
        words.add(NAMES, &year.to_string(), &of);
    }
    place_names(db, &mut words, &places).await?;
    actor_names(db, index, &mut words, after, last).await?;
    said(db, index, &mut words, after, last).await?;
    words.write(db, Space::Events, batch).await?;
    Ok(Some(last))
}

/// The events of each of something.
#[derive(Default)]
struct Groups(HashMap<i64, Vec<u32>>);

impl Groups {
    fn add(&mut self, group: i64, ordinal: u32) {
        self.0.entry(group).or_default().push(ordinal);
    }
}

async fn place_names(db: &mut SqliteConnection, words: &mut Batch, places: &Groups) -> Result<(), StoreError> {
    let mut regions = HashMap::new();
    let mut stored = sqlx::query!("SELECT pk, parent, name, name_fr, alt_names, pcode FROM region").fetch(db);
    while let Some(region) = stored.try_next().await? {
        let names = [region.name, region.name_fr, region.alt_names, region.pcode.unwrap_or_default()].join("|");
        regions.insert(region.pk, (region.parent, names));
    }
    for (place, of) in &places.0 {
        let mut next = Some(*place);
        while let Some((parent, names)) = next.and_then(|at| regions.get(&at)) {
            words.add(NAMES, names, of);
            next = *parent;
        }
    }
    Ok(())
}

async fn actor_names(
    db: &mut SqliteConnection,
    index: &EventIndex,
    words: &mut Batch,
    after: i64,
    last: i64,
) -> Result<(), StoreError> {
    let mut actors = Groups::default();
    let mut parts = sqlx::query!("SELECT event, actor FROM event_actor WHERE event > ? AND event <= ?", after, last)
        .fetch(&mut *db);
    while let Some(part) = parts.try_next().await? {
        if let Some(ordinal) = index.ordinal(part.event) {
            actors.add(part.actor, ordinal);
        }
    }
    drop(parts);
    let mut stored = sqlx::query!("SELECT pk, name, name_fr, alt_names FROM actor").fetch(db);
    while let Some(actor) = stored.try_next().await? {
        if let Some(of) = actors.0.get(&actor.pk) {
            words.add(NAMES, &[actor.name, actor.name_fr, actor.alt_names].join("|"), of);
        }
    }
    Ok(())
}

async fn said(
    db: &mut SqliteConnection,
    index: &EventIndex,
    words: &mut Batch,
    after: i64,
    last: i64,
) -> Result<(), StoreError> {
    let mut passages = Groups::default();
    let mut claims =
        sqlx::query!("SELECT DISTINCT event, passage FROM claim WHERE event > ? AND event <= ?", after, last)
            .fetch(&mut *db);
    while let Some(claim) = claims.try_next().await? {
        if let Some(ordinal) = index.ordinal(claim.event) {
            passages.add(claim.passage, ordinal);
        }
    }
    drop(claims);
    passages.0.retain(|_, of| of.len() < TOO_MANY);
    let (Some(first), Some(past)) = (passages.0.keys().min().copied(), passages.0.keys().max().copied()) else {
        return Ok(());
    };
    let mut stored = sqlx::query!(
        "SELECT p.pk, p.gist, p.gist_fr, r.kind FROM passage p JOIN report r ON r.pk = p.report WHERE p.pk BETWEEN ? AND ?",
        first,
        past
    )
    .fetch(db);
    while let Some(passage) = stored.try_next().await? {
        // What a dataset says of itself is said of none of its events; what it says of one is.
        let of = passages.0.get(&passage.pk).filter(|of| passage.kind != "dataset" || of.len() == 1);
        if let Some(of) = of {
            words.add(BODY, &passage.gist, of);
            words.add(BODY, &passage.gist_fr, of);
        }
    }
    Ok(())
}

/// One batch of passages, those whose rows follow `after`; the last of them.
async fn passages(db: &mut SqliteConnection, after: i64, batch: i64) -> Result<Option<i64>, StoreError> {
    let want = BATCH as i64;
    let mut words = Batch::default();
    let mut last = None;
    let mut stored = sqlx::query!(
        r#"SELECT p.pk, p.gist, p.gist_fr, p.anchor, coalesce(g.text, '') AS "text!: String"
           FROM passage p LEFT JOIN passage_place w ON w.passage = p.pk
           LEFT JOIN paragraph g ON g.report = w.report AND g.n = w.paragraph
           WHERE p.pk > ? ORDER BY p.pk LIMIT ?"#,
        after,
        want
    )
    .fetch(&mut *db);
    while let Some(passage) = stored.try_next().await? {
        last = Some(passage.pk);
        let Ok(row) = u32::try_from(passage.pk) else { continue };
        for text in [&passage.gist, &passage.gist_fr, &passage.anchor] {
            words.add(TITLE, text, &[row]);
        }
        words.add(BODY, &passage.text, &[row]);
    }
    drop(stored);
    if last.is_some() {
        words.write(db, Space::Passages, batch).await?;
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_with_letters_not_bytes() {
        assert_eq!(start("كتيبة", 2), Some("كت"));
        assert_eq!(start("a", 2), None);
    }

    #[test]
    fn a_word_counts_in_its_best_field() {
        let sets = distinct([vec![3, 1, 3], vec![1, 2], vec![4, 2, 3]]);
        assert_eq!(sets.map(|set| set.iter().collect::<Vec<_>>()), [vec![1, 3], vec![2], vec![4]]);
    }
}
