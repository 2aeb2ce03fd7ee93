//! The sources a row names: each becomes a report, the same one wherever it is named again.

use sha2::{Digest, Sha256};

use crate::domain::date::PartialDate;
use crate::domain::names::fold;
use crate::domain::vocab::Origin;

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
    /// The id of its report: made from what it is, so that it is the same in every row and release.
    pub fn report_id(&self) -> String {
        let date = self.date.map(|date| date.to_string()).unwrap_or_default();
        let digest = Sha256::digest(format!("{}\n{date}\n{}", fold(&self.office), fold(&self.headline)));
        let hex: String = digest.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
        format!("ucdp-src-{hex}")
    }

    /// The title of its report.
    pub fn title(&self) -> &str {
        if self.headline.is_empty() { &self.office } else { &self.headline }
    }

    /// A few words of it, by which it is found again.
    pub fn anchor(&self) -> String {
        self.title().split_whitespace().take(8).collect::<Vec<_>>().join(" ")
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
    sources.retain(|source| seen.insert(source.report_id()));
    sources
}

fn cut(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
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
        let of = |text: &str| parse(text, true)[0].report_id();
        assert_eq!(of("\"Reuters,2015-05-13,One  Two\""), of("\"REUTERS,2015-05-13,one two\""));
        assert_ne!(of("\"Reuters,2015-05-13,One Two\""), of("\"Reuters,2015-05-14,One Two\""));
    }
}
