//! Reports, their passages, what passages mention, and translations.

use std::collections::HashMap;

use super::names::{bilingual, formed};
use super::{Once, Tables};
use crate::domain::record::Passage;
use crate::ingest::model::{Mention, Report, SourcePassage, Translation};
use crate::ingest::problem::Collector;

/// How many words an anchor has: enough to find the paragraph, too few to be a quotation of it.
const ANCHOR_WORDS: std::ops::RangeInclusive<usize> = 2..=8;

pub(super) fn reports(tables: &Tables, problems: &Collector) -> Vec<Report> {
    let table = tables.table("reports");
    let mut once = Once::new();
    let mut reports = Vec::with_capacity(table.len());
    for row in table.rows(problems) {
        let id = row.id("id");
        once.id(row.raw("id"), &row, "report");
        let title = row.required("title");
        let publisher = row.required("publisher");
        let author = row.optional("author");
        let published = row.date("published");
        let address = |text: &str| {
            let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
        };
        let url = formed(&row, "url", address, "is no address: it starts with http:// or https:// and has no blanks");
        let language = row.required("language");
        if !language.is_empty() && !is_language(&language) {
            row.wrong("language", || "is no language code (BCP 47), such as \"fr\"".to_owned());
        }
        let kind = row.word("kind");
        let agency = row.list("agency");
        let note = row.optional("note");
        if let (false, Some(id), Some(kind)) = (row.is_bad(), id, kind) {
            let line = row.line;
            reports.push(Report { line, id, title, publisher, author, published, url, language, kind, agency, note });
        }
    }
    reports
}

/// `fr`, `fr-ML`, `zh-Hans`, `bm`: the shape only, not whether there is such a language.
fn is_language(text: &str) -> bool {
    let mut pieces = text.split('-');
    let first = pieces.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && pieces.all(|piece| (1..=8).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_alphanumeric()))
}

pub(super) fn passages(tables: &Tables, problems: &Collector) -> Vec<SourcePassage> {
    let table = tables.table("passages");
    let mut once = Once::new();
    let mut so_far: HashMap<&str, u32> = HashMap::new();
    let mut passages = Vec::with_capacity(table.len());
    for row in table.rows(problems) {
        let report = tables.reports.refer(&row, "report", "report");
        let id = row.id::<IdText>("id");
        once.id((row.raw("report"), row.raw("id")), &row, "passage of this report");
        let anchor = row.required("anchor");
        let words = anchor.split_whitespace().count();
        if words > 0 && !ANCHOR_WORDS.contains(&words) {
            let expected = format!("{} to {}", ANCHOR_WORDS.start(), ANCHOR_WORDS.end());
            let has = if words == 1 { "1 word".to_owned() } else { format!("{words} words") };
            row.wrong("anchor", || format!("has {has}; {expected} were expected"));
        }
        let gist = bilingual(&row, "gist", "gist_fr", true);
        let seq = so_far.entry(row.raw("report")).or_default();
        *seq += 1;
        if let (false, Some(report), Some(IdText(id))) = (row.is_bad(), report, id) {
            let passage = Passage { report, id, anchor, gist };
            passages.push(SourcePassage { line: row.line, seq: *seq, passage });
        }
    }
    passages
}

/// The id of a passage: of the form of all ids, but unique within its report only.
struct IdText(String);

impl std::str::FromStr for IdText {
    type Err = crate::domain::ids::BadId;

    fn from_str(text: &str) -> Result<IdText, Self::Err> {
        if crate::domain::ids::is_id(text) { Ok(IdText(text.to_owned())) } else { Err(crate::domain::ids::BadId) }
    }
}

pub(super) fn mentions(tables: &Tables, problems: &Collector) -> Vec<Mention> {
    let mut once = Once::new();
    let mut mentions = Vec::new();
    for row in tables.table("mentions").rows(problems) {
        let passage = tables.passage(&row);
        let actor = tables.actors.refer_optional(&row, "actor", "actor");
        let region = tables.regions.refer_optional(&row, "region", "region");
        if row.raw("actor").is_empty() && row.raw("region").is_empty() {
            row.wrong_row(|| "names neither an actor nor a region".to_owned());
        }
        once.row(["report", "passage", "actor", "region"].map(|column| row.raw(column)), &row);
        if let (false, Some((report, passage))) = (row.is_bad(), passage) {
            mentions.push(Mention { report, passage, actor, region });
        }
    }
    mentions
}

pub(super) fn translations(tables: &Tables, problems: &Collector) -> Vec<Translation> {
    let table = tables.table("translations");
    let mut once = Once::new();
    let mut translations = Vec::with_capacity(table.len());
    for row in table.rows(problems) {
        let (text, fr) = (row.required("text"), row.required("fr"));
        if let Some(line) = once.seen(row.raw("text"), row.line) {
            row.wrong("text", || format!("is translated on line {line} already"));
        }
        if !row.is_bad() {
            translations.push(Translation { text, fr });
        }
    }
    translations
}
