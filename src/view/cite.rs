//! What is cited, and how it reads: an event of this site in one of its versions, a list under a filter, a report or one
//! of its passages. The files of reference managers are made of the same [`Work`] in `publish::cite`.
//!
//! APA follows its Publication Manual (7th edition, 10.16 web pages, 10.4 reports), Chicago its Manual of Style (17th
//! edition, author-date, 14.205 to 14.210); both were compared with what citeproc-js makes of the CSL-JSON
//! (`.ci/citations`).

use chrono::{DateTime, NaiveDate};

use crate::domain::date::PartialDate;
use crate::domain::lang::Lang;
use crate::domain::vocab::ReportKind;
use crate::links::{self, Page};
use crate::query::{EventFilter, EventQuery};
use crate::store::catalog::Dataset;
use crate::store::events::EventFull;
use crate::store::reports::ReportFull;
use crate::text::format::{self, span};
use crate::text::phrases;

use super::{Ctx, Link};

/// What sort of work a reference manager should take it for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkKind {
    /// A page of this site.
    Page,
    /// News.
    News,
    /// A report of an organisation, a statement.
    Report,
    /// Anything else on the web: an analysis, an encyclopedia.
    Web,
    /// A dataset.
    Dataset,
}

/// A work and what a citation names of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What sort.
    pub kind: WorkKind,
    /// An id for bibliographies: letters, digits and hyphens.
    pub key: String,
    /// Who made it: a person, or an organisation.
    pub author: String,
    /// Its title; of a page of this site with the version.
    pub title: String,
    /// The work it is part of, or who published it, where that is not the author.
    pub container: Option<String>,
    /// When it was published; of a page of this site, when this version was recorded.
    pub issued: Option<PartialDate>,
    /// Its address.
    pub url: Option<String>,
    /// The language it is in, BCP 47; none where unknown.
    pub language: Option<String>,
    /// A remark: the licence, or which passage.
    pub note: Option<String>,
}

/// The day of a time, RFC 3339.
fn day_of(time: &str) -> Option<PartialDate> {
    DateTime::parse_from_rfc3339(time).ok().map(|at| PartialDate::Day(at.date_naive()))
}

/// `20261121T153749Z`
fn file_safe(time: &str) -> String {
    time.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A title with its version: `Massacre at Moura, 27 to 31 March 2022 (version 3)`.
fn versioned(title: &str, version: &str) -> String {
    format!("{title} (version {version})")
}

fn of_dataset(cx: &Ctx, dataset: Option<&Dataset>) -> (Option<String>, Option<String>) {
    let title = dataset.map(|dataset| dataset.title.get(cx.lang).to_owned());
    let note =
        dataset.map(|dataset| format!("{} {}, {}", dataset.title.get(cx.lang), dataset.version, dataset.licence));
    (title, note)
}

impl Work {
    /// An event in the version at hand, at the address of that version.
    pub fn event(cx: &Ctx, event: &EventFull) -> Work {
        let record = &event.record;
        let id = record.id.as_str();
        let dataset = cx.catalog.datasets.iter().find(|dataset| dataset.row == event.dataset);
        let (container, note) = of_dataset(cx, dataset);
        let title = format!("{}, {}", record.title.get(cx.lang), span(&record.span(), cx.lang));
        Work {
            kind: WorkKind::Page,
            key: format!("constat-{id}-v{}", event.version),
            author: cx.t.site.to_owned(),
            title: versioned(&title, &event.version.to_string()),
            container,
            issued: day_of(&event.updated),
            url: Some(format!("{}{}", cx.base_url, Page::Version(id, event.version).path(cx.lang))),
            language: Some(cx.lang.to_string()),
            note,
        }
    }

    /// The list of a query, of which `description` is the filter in words: as of the last change of the data, which is
    /// its version, and to which the address leads back.
    pub fn list(cx: &Ctx, query: &EventQuery, description: &str, total: u64) -> Work {
        let as_of = query.filter.as_of.or_else(|| cx.catalog.changed_at.parse().ok());
        let query = EventQuery { after: None, filter: EventFilter { as_of, ..query.filter.clone() }, ..query.clone() };
        let title = format!("{description}{} {}", format::colon(cx.lang), phrases::events(total, cx.lang));
        let datasets: Vec<String> = cx
            .catalog
            .datasets
            .iter()
            .filter(|dataset| {
                query.filter.source.is_empty() || query.filter.source.iter().any(|id| id.as_str() == dataset.id)
            })
            .map(|dataset| format!("{} {}", dataset.title.get(cx.lang), dataset.version))
            .collect();
        Work {
            kind: WorkKind::Page,
            key: format!("constat-list-{}", file_safe(&cx.catalog.changed_at)),
            author: cx.t.site.to_owned(),
            title: versioned(&title, &cx.catalog.changed_at),
            container: None,
            issued: day_of(&cx.catalog.changed_at),
            url: Some(format!("{}{}", cx.base_url, links::events(&query, cx.lang))),
            language: Some(cx.lang.to_string()),
            note: (!datasets.is_empty()).then(|| datasets.join(cx.t.semicolon)),
        }
    }

    /// A report, or one of its passages.
    pub fn report(cx: &Ctx, report: &ReportFull, passage: Option<&str>) -> Work {
        let card = &report.card;
        let author = report.author.clone().unwrap_or_else(|| card.publisher.clone());
        let passage = passage.map(|passage| {
            let here = format!("{}{}", cx.base_url, links::passage(&card.id, passage, cx.lang));
            format!("{} {passage}{} {here}", cx.t.cite_passage, format::colon(cx.lang))
        });
        Work {
            kind: match card.kind {
                ReportKind::News => WorkKind::News,
                ReportKind::UnReport | ReportKind::NgoReport | ReportKind::Statement => WorkKind::Report,
                ReportKind::Analysis | ReportKind::Encyclopedia => WorkKind::Web,
                ReportKind::Dataset => WorkKind::Dataset,
            },
            key: card.id.clone(),
            container: (author != card.publisher).then(|| card.publisher.clone()),
            author,
            title: card.title.clone(),
            issued: card.published.as_deref().and_then(|on| on.parse().ok()),
            url: report.url.clone(),
            language: (card.language != "und").then(|| card.language.clone()),
            note: passage,
        }
    }

    /// As a line of a list of references in the style of the APA.
    pub fn apa(&self, lang: Lang) -> String {
        let date = match self.issued {
            None => lang.pick("n.d.", "s.\u{a0}d.").to_owned(),
            // APA gives the day of what appears daily, and the year of reports.
            Some(on) if matches!(self.kind, WorkKind::Report | WorkKind::Dataset) => year(on),
            Some(on) => match on {
                PartialDate::Year(_) => year(on),
                PartialDate::Month(..) => format!("{}, {}", year(on), month_only(on, lang)),
                PartialDate::Day(day) => format!("{}, {}", year(on), day_only(day, lang)),
            },
        };
        let mut line = format!("{} ({date}). {}", sentence(&self.author), sentence(&self.title));
        for part in
            self.container.iter().map(|container| sentence(container)).chain(self.url.clone()).chain(self.locator())
        {
            line.push(' ');
            line.push_str(&part);
        }
        line
    }

    /// As a line of a list of references in the style of the Chicago Manual, by author and date.
    pub fn chicago(&self, lang: Lang) -> String {
        let year =
            self.issued.map_or_else(|| lang.pick("n.d.", "s.\u{a0}d.").to_owned(), |on| format!("{}.", year(on)));
        let title = match (self.kind, lang) {
            (WorkKind::Report | WorkKind::Dataset, _) => sentence(&self.title),
            (_, Lang::En) => format!("“{}”", sentence(&self.title.replace('“', "‘").replace('”', "’"))),
            (_, Lang::Fr) => format!("«\u{a0}{}\u{a0}».", self.title),
        };
        let day =
            self.issued.filter(|_| !matches!(self.kind, WorkKind::Report | WorkKind::Dataset)).and_then(
                |on| match on {
                    PartialDate::Year(_) => None,
                    PartialDate::Month(..) => Some(month_only(on, lang)),
                    PartialDate::Day(day) => Some(day_only(day, lang)),
                },
            );
        let within: Vec<String> = self.container.clone().into_iter().chain(day).collect();
        let mut line = format!("{} {year} {title}", sentence(&self.author));
        let within = (!within.is_empty()).then(|| sentence(&within.join(", ")));
        for part in within.into_iter().chain(self.url.as_deref().map(|url| format!("{url}."))).chain(self.locator()) {
            line.push(' ');
            line.push_str(&part);
        }
        line
    }

    /// Which passage of a report, where it is one.
    fn locator(&self) -> Option<String> {
        self.note.as_ref().filter(|_| self.kind != WorkKind::Page).map(|note| format!("({note})"))
    }
}

/// A file of a reference manager. `publish::cite` makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CiteFormat {
    /// BibTeX, as btxdoc describes it, with the `url` and `urldate`-less fields every style knows or passes over.
    Bib,
    /// RIS (Research Information Systems).
    Ris,
    /// CSL-JSON (Citation Style Language 1.0.2).
    Csl,
}

impl CiteFormat {
    /// All of them, in the order in which a page offers them.
    pub const ALL: [CiteFormat; 3] = [CiteFormat::Bib, CiteFormat::Ris, CiteFormat::Csl];

    /// How its address ends, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            CiteFormat::Bib => "bib",
            CiteFormat::Ris => "ris",
            CiteFormat::Csl => "csl.json",
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            CiteFormat::Bib => "BibTeX",
            CiteFormat::Ris => "RIS",
            CiteFormat::Csl => "CSL-JSON",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            CiteFormat::Bib => "application/x-bibtex; charset=utf-8",
            CiteFormat::Ris => "application/x-research-info-systems; charset=utf-8",
            CiteFormat::Csl => "application/vnd.citationstyles.csl+json",
        }
    }
}

/// How a work is cited, to copy and to take along.
pub struct CitedView {
    /// In the style of the APA.
    pub apa: String,
    /// In the style of the Chicago Manual.
    pub chicago: String,
    /// The language of the work, BCP 47.
    pub language: String,
    /// Files of reference managers.
    pub files: Vec<Link>,
}

impl CitedView {
    /// A work, of whose files `format` gives the addresses by their ending.
    pub fn new(cx: &Ctx, work: &Work, format: impl Fn(&str) -> String) -> CitedView {
        CitedView {
            apa: work.apa(cx.lang),
            chicago: work.chicago(cx.lang),
            language: work.language.clone().unwrap_or_else(|| "und".to_owned()),
            files: CiteFormat::ALL.map(|form| Link::new(format(form.ending()), form.name())).into(),
        }
    }
}

/// With a full stop at its end, unless it ends with a sign of its own.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

fn year(on: PartialDate) -> String {
    format!("{:04}", on.year())
}

/// `June`
fn month_only(on: PartialDate, lang: Lang) -> String {
    let text = format::date(on, lang);
    text.rsplit_once(' ').map_or(text.clone(), |(month, _)| month.to_owned())
}

/// `June 21`, `21 juin`
fn day_only(day: NaiveDate, lang: Lang) -> String {
    let text = format::day(day, lang);
    let without = text.rsplit_once(' ').map_or(text.as_str(), |(day, _)| day);
    match (lang, without.split_once('\u{a0}')) {
        (Lang::En, Some((number, month))) => format!("{month} {number}"),
        _ => without.to_owned(),
    }
}
