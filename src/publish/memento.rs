//! Memento (RFC 7089): how programs find an event as it was. The page of an event is the original, each version of it a
//! memento, from the moment it was recorded to the next one.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::domain::lang::Lang;
use crate::links::Page;
use crate::store::history::Version;

/// What a list of links (RFC 6690) is sent as.
pub const MEDIA_TYPE: &str = "application/link-format";

/// How RFC 7089 writes a moment: as HTTP does.
const DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// The addresses of one event and its versions, in one language.
#[derive(Clone, Copy)]
pub struct Mementos<'a> {
    /// The site's own address, without a slash at its end.
    pub base_url: &'a str,
    /// The language.
    pub lang: Lang,
    /// The event's id.
    pub id: &'a str,
}

impl Mementos<'_> {
    fn link(&self, page: Page, rest: &str) -> String {
        format!("<{}{}>; {rest}", self.base_url, page.path(self.lang))
    }

    fn memento(&self, version: &Version, rel: &str) -> Option<String> {
        let at = date(version)?;
        Some(self.link(Page::Version(self.id, version.n), &format!("rel=\"{rel}\"; datetime=\"{at}\"")))
    }

    fn around(&self) -> Vec<String> {
        vec![
            self.link(Page::Event(self.id), "rel=\"original\""),
            self.link(Page::Timegate(self.id), "rel=\"timegate\""),
            self.link(Page::Timemap(self.id), &format!("rel=\"timemap\"; type=\"{MEDIA_TYPE}\"")),
        ]
    }

    /// The value of `Link` on the event's page and on its timegate.
    pub fn of_event(&self) -> String {
        self.around().join(", ")
    }

    /// The value of `Link` on the page of one of the versions: the same, with the first, the last and those beside it.
    pub fn of_version(&self, versions: &[Version], at: usize) -> String {
        let mut links = self.around();
        let last = versions.len().saturating_sub(1);
        let mut shown = vec![0, at.saturating_sub(1), at, (at + 1).min(last), last];
        shown.dedup();
        links.extend(shown.into_iter().filter_map(|n| {
            let mut rel = Vec::new();
            rel.extend((n == 0).then_some("first"));
            rel.extend((n == last).then_some("last"));
            rel.extend((n + 1 == at).then_some("prev"));
            rel.extend((n == at + 1).then_some("next"));
            rel.push("memento");
            self.memento(&versions[n], &rel.join(" "))
        }));
        links.join(", ")
    }

    /// All versions, as `application/link-format`.
    pub fn timemap(&self, versions: &[Version]) -> String {
        let last = versions.len().saturating_sub(1);
        let mut links = vec![
            self.link(Page::Event(self.id), "rel=\"original\""),
            self.link(Page::Timegate(self.id), "rel=\"timegate\""),
        ];
        let ends = versions.first().and_then(date).zip(versions.last().and_then(date));
        let ends = ends.map_or_else(String::new, |(from, until)| format!("; from=\"{from}\"; until=\"{until}\""));
        links.push(self.link(Page::Timemap(self.id), &format!("rel=\"self\"; type=\"{MEDIA_TYPE}\"{ends}")));
        links.extend(versions.iter().enumerate().filter_map(|(n, version)| {
            let rel = match (n == 0, n == last) {
                (true, true) => "first last memento",
                (true, false) => "first memento",
                (false, true) => "last memento",
                (false, false) => "memento",
            };
            self.memento(version, rel)
        }));
        links.join(",\n") + "\n"
    }
}

/// When a version was recorded, as HTTP writes it: to the second.
pub fn date(version: &Version) -> Option<String> {
    Some(recorded(version)?.format(DATE).to_string())
}

/// A moment as HTTP writes it; none where it is something else.
pub fn asked(text: &str) -> Option<DateTime<Utc>> {
    Some(NaiveDateTime::parse_from_str(text.trim(), DATE).ok()?.and_utc())
}

/// The version that held at a moment: the first one before there was any, the last one where no moment is named.
pub fn held(versions: &[Version], at: Option<DateTime<Utc>>) -> Option<&Version> {
    let Some(at) = at else { return versions.last() };
    // HTTP knows no parts of a second.
    let by_then = |version: &&Version| recorded(version).is_some_and(|then| then.timestamp() <= at.timestamp());
    versions.iter().rev().find(by_then).or(versions.first())
}

fn recorded(version: &Version) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(&version.recorded).ok()?.to_utc())
}
