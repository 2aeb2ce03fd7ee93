//! The sources a row names: each becomes a report, the same one wherever it is named again.

use crate::domain::date::PartialDate;
use crate::domain::ids::BadId;
use crate::domain::lang::Bilingual;
use crate::domain::names::fold;
use crate::domain::vocab::{Origin, ReportKind};
use crate::ingest::rows::{self, Cited, Format};

/// A source of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who published it; may be empty.
    pub office: String,
    /// When, if that is said.
    pub date: Option<PartialDate>,
    /// Its headline; of old rows all that is said of it.
    pub headline: String,
}

/// No title or name of a source is kept longer, in characters: a few of the old texts run over pages.
const MOST_CHARS: usize = 600;

impl Source {
    /// What it is, by which it is the same one in every row and release.
    fn what(&self) -> String {
        let date = self.date.map(|date| date.to_string()).unwrap_or_default();
        format!("{}\n{date}\n{}", fold(&self.office), fold(&self.headline))
    }

    /// Its report.
    ///
    /// # Errors
    /// Never, in truth: its id has the form of one.
    pub fn cited(&self) -> Result<Cited, BadId> {
        Ok(Cited {
            report: Cited::source_id(super::Ged::PREFIX, &self.what())?,
            own: false,
            title: self.title().to_owned(),
            publisher: self.office.clone(),
            published: self.date.map(|date| date.to_string()),
            url: None,
            language: "und",
            kind: ReportKind::News,
            anchor: Cited::first_words(self.title()),
            gist: Bilingual::new(self.title(), ""),
        })
    }

    /// The title of its report.
    pub fn title(&self) -> &str {
        if self.headline.is_empty() { &self.office } else { &self.headline }
    }
}

/// The sources in `source_article`: since 2013 `"Office,date,headline";"..."`, before that free text.
pub fn parse(article: &str, counted: bool) -> Vec<Source> {
    let article = article.trim();
    if article.is_empty() {
        return Vec::new();
    }
    let mut sources: Vec<Source> = if counted && article.starts_with('"') {
        article.split("\";\"").map(|part| quoted(part.trim_matches(['"', ' ', ';']))).collect()
    } else {
        free_parts(article).into_iter().map(free).collect()
    };
    sources.retain(|source| !source.title().is_empty());
    let mut seen = std::collections::HashSet::new();
    sources.retain(|source| seen.insert(source.what()));
    sources
}

fn cut(text: &str) -> String {
    rows::cut(text, MOST_CHARS)
}

/// `Office,date,headline`; there are commas in offices and in headlines, so the date between them is looked for.
fn quoted(part: &str) -> Source {
    let date_at = |at: usize| part.get(at + 1..at + 11).and_then(|text| text.parse::<PartialDate>().ok());
    let comma = part.match_indices(',').map(|(at, _)| at).find_map(|at| {
        let date = date_at(at)?;
        part[at + 11..].starts_with(',').then_some((at, date))
    });
    match comma {
        Some((at, date)) => {
            Source { office: cut(&part[..at]), date: Some(date), headline: cut(part[at + 12..].trim()) }
        }
        None => match part.split_once(',') {
            Some((office, headline)) => {
                Source { office: cut(office), date: None, headline: cut(headline.trim_matches([',', ' '])) }
            }
            None => Source { office: cut(part), date: None, headline: String::new() },
        },
    }
}

/// Several sources in one free text: parted by semicolons, where each part has a date of some sort.
fn free_parts(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    let dated = |part: &&str| part.len() >= 8 && part.bytes().any(|b| b.is_ascii_digit());
    if parts.len() > 1 && parts.iter().all(dated) { parts } else { vec![text] }
}

/// Free text, as `Reuters 1992-03-02`: the words before the first digit or comma are taken for the publisher.
fn free(text: &str) -> Source {
    let text = text.trim_matches(['"', ' ']);
    let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, ',' | '"' | ':' | '(')).unwrap_or(0);
    let office = text[..end].trim();
    let office = if office.len() >= 2 && office.split_whitespace().count() <= 6 { office } else { "" };
    let days = text.split(|c: char| !(c.is_ascii_digit() || c == '-')).filter(|word| word.len() == 10);
    let date = days.filter_map(|word| word.parse::<PartialDate>().ok()).next();
    Source { office: cut(office), date, headline: cut(text) }
}

/// What kind of source is quoted, by the words UCDP has for it. Where these do not tell, `unnamed` is the vocabulary's
/// word for someone of whom only a few words are known.
pub fn origin(quoted: &str) -> Origin {
    let folded = format!(" {} ", fold(quoted));
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(&format!(" {word} ")));
    if folded.trim().is_empty() {
        Origin::Media
    } else if has(&["police", "army", "military", "soldier", "soldiers", "security", "troops", "armed forces"]) {
        Origin::SecurityForces
    } else if has(&["un", "unhcr", "ocha", "minusca", "minusma", "monusco", "unamid", "unmiss", "unicef", "undss"]) {
        Origin::Un
    } else if has(&["human rights watch", "hrw", "amnesty", "amnesty international", "ai", "aapp", "human rights"]) {
        Origin::RightsGroup
    } else if has(&["rebel", "rebels", "insurgents", "guerrilla", "knu", "kio", "kia", "lra", "pdf"]) {
        Origin::ArmedGroup
    } else if has(&["hospital", "medical", "doctor", "doctors", "red cross", "msf", "morgue"]) {
        Origin::Medical
    } else if has(&[
        "witness",
        "witnesses",
        "eyewitness",
        "eyewitnesses",
        "resident",
        "residents",
        "villagers",
        "survivors",
        "locals",
    ]) {
        Origin::Witness
    } else if has(&["mayor", "governor", "local official", "local officials", "local authorities", "councillor"]) {
        Origin::LocalOfficial
    } else if has(&["government", "minister", "ministry", "official", "officials", "president", "authorities"]) {
        Origin::Government
    } else if has(&["court", "prosecutor", "attorney general", "judge"]) {
        Origin::Justice
    } else {
        Origin::Unnamed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_semicolons_in_parts_are_theirs() {
        let article = r#""Daily Star, The,2015-05-13,Killed; three, at once";"BBC,2015-05-14,"Quoted" words""#;
        let sources = parse(article, true);
        assert_eq!(sources.len(), 2);
        assert_eq!((&*sources[0].office, &*sources[0].headline), ("Daily Star, The", "Killed; three, at once"));
        assert_eq!(sources[1].date.unwrap().to_string(), "2015-05-14");
        assert_eq!(sources[1].headline, "\"Quoted\" words");
        assert_eq!(parse(&format!("{article};{article}"), true).len(), 2);
    }

    #[test]
    fn old_sources_are_free_text() {
        let one = parse("AI, Myanmar-Killings; and Il-Treatment, 1991-08-01", false);
        assert_eq!((one.len(), &*one[0].office), (1, "AI"));
        assert_eq!(one[0].date.unwrap().to_string(), "1991-08-01");
        assert_eq!(parse("BBC 7/10-09; Radio France, Paris, 7 Oct 09", false).len(), 2);
        assert_eq!(parse("", false), []);
    }

    #[test]
    fn the_same_source_is_the_same_report() {
        let of = |text: &str| parse(text, true)[0].cited().unwrap().report;
        assert_eq!(of("\"Reuters,2015-05-13,One  Two\""), of("\"REUTERS,2015-05-13,one two\""));
        assert_ne!(of("\"Reuters,2015-05-13,One Two\""), of("\"Reuters,2015-05-14,One Two\""));
    }
}
