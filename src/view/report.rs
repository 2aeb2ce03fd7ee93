//! Reports: the list, and one of them, passage by passage.

use std::collections::HashMap;

use askama::Template;

use crate::domain::date::PartialDate;
use crate::links::{self, Page};
use crate::store::reports::{PassageFull, ReportCard, ReportFacets, ReportFull, ReportsFound, ReportsQuery};
use crate::text::format::{capital, date, number};
use crate::text::labels::{self, Label};
use crate::text::phrases;

use super::cite::{CitedView, Work};
use super::explorer::ListView;
use super::frame::Nav;
use super::{Ctx, Frame, Link};

/// The list of reports.
#[derive(Template)]
#[template(path = "reports.html")]
pub struct ReportsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// How many.
    pub total: String,
    /// Languages to choose from, with how many reports.
    pub languages: Vec<(Link, String, bool)>,
    /// Kinds to choose from.
    pub kinds: Vec<(Link, String, bool)>,
    /// The reports.
    pub reports: Vec<ReportLine>,
    /// The next page.
    pub next: Option<String>,
}

/// A report in the list.
pub struct ReportLine {
    /// Its page.
    pub link: Link,
    /// The language of its title.
    pub language: String,
    /// Its language in words.
    pub language_name: String,
    /// Publisher.
    pub publisher: String,
    /// Date.
    pub published: String,
    /// Kind.
    pub kind: String,
    /// How many events.
    pub events: String,
}

/// The pairs of the address of a list of reports.
pub fn pairs(query: &ReportsQuery) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    pairs.extend(query.kind.map(|kind| ("kind", kind.to_string())));
    pairs.extend(query.language.clone().map(|language| ("language", language)));
    pairs.extend(query.publisher.clone().map(|publisher| ("publisher", publisher)));
    pairs.extend(query.after.as_ref().map(|after| ("after", format!("{}~{}", after.published, after.id))));
    pairs
}

impl ReportsPage {
    /// A page of reports. `facets` are the languages and kinds there are.
    pub fn new(
        cx: &Ctx,
        query: &ReportsQuery,
        (cards, total, next): ReportsFound,
        facets: ReportFacets,
    ) -> ReportsPage {
        let lang = cx.lang;
        let to = |query: &ReportsQuery| links::with_pairs(&Page::Reports.path(lang), &pairs(query));
        let from_start = ReportsQuery { after: None, ..query.clone() };
        let languages = facets.0.into_iter().filter(|(code, _)| code != "und").map(|(code, n)| {
            let chosen = query.language.as_deref() == Some(code.as_str());
            let next = ReportsQuery { language: (!chosen).then(|| code.clone()), ..from_start.clone() };
            (Link::new(to(&next), capital(&labels::language(&code, lang))), number(n, lang), chosen)
        });
        let kinds = facets.1.into_iter().map(|(kind, n)| {
            let chosen = query.kind == Some(kind);
            let next = ReportsQuery { kind: (!chosen).then_some(kind), ..from_start.clone() };
            (Link::new(to(&next), capital(kind.label(lang))), number(n, lang), chosen)
        });
        let mut frame = Frame::new(cx, Nav::Reports, cx.t.reports_title, |lang| {
            links::with_pairs(&Page::Reports.path(lang), &pairs(query))
        })
        .described(cx.t.reports_intro)
        .with_json(links::with_pairs(&Page::Reports.format(lang, "json"), &pairs(query)));
        frame.noindex = query.after.is_some();
        ReportsPage {
            frame,
            total: phrases::reports(total, lang),
            languages: languages.collect(),
            kinds: kinds.collect(),
            reports: cards.iter().map(|card| line(cx, card)).collect(),
            next: next.map(|after| to(&ReportsQuery { after: Some(after), ..query.clone() })),
        }
    }
}

fn line(cx: &Ctx, card: &ReportCard) -> ReportLine {
    ReportLine {
        link: Link::new(Page::Report(&card.id).path(cx.lang), card.title.clone()),
        language: card.language.clone(),
        language_name: labels::language(&card.language, cx.lang),
        publisher: card.publisher.clone(),
        published: published(cx, card.published.as_deref()),
        kind: capital(card.kind.label(cx.lang)),
        events: phrases::events(card.events, cx.lang),
    }
}

fn published(cx: &Ctx, text: Option<&str>) -> String {
    let on = text.and_then(|text| text.parse::<PartialDate>().ok());
    on.map_or_else(|| cx.t.report_undated.to_owned(), |on| date(on, cx.lang))
}

/// One report.
#[derive(Template)]
#[template(path = "report.html")]
pub struct ReportPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Its line in the list.
    pub line: ReportLine,
    /// Who wrote it.
    pub author: Option<String>,
    /// The agencies whose copy it carries.
    pub agency: String,
    /// What a reader should know of the copy that was read.
    pub note: Option<String>,
    /// Its own address.
    pub url: Option<String>,
    /// How many events it speaks of.
    pub total: String,
    /// These events.
    pub list: ListView,
    /// Its passages.
    pub passages: Vec<PassageView>,
    /// Its text, paragraph by paragraph, where it may be shown.
    pub paragraphs: Vec<ParagraphView>,
    /// How it is cited.
    pub cited: CitedView,
}

/// A passage.
pub struct PassageView {
    /// Its id, the address within the page.
    pub id: String,
    /// The report's own few words.
    pub quote: String,
    /// What it says.
    pub gist: String,
    /// The source, scrolled to the anchor.
    pub source: Option<String>,
    /// How it is cited, as a file.
    pub cite: String,
    /// The events it speaks of: to the first of its claims there.
    pub events: Vec<Link>,
    /// The actors and regions.
    pub named: Vec<Link>,
}

/// A paragraph of the text, in pieces: whether the piece is an anchor, and the passages whose anchor it is.
pub struct ParagraphView {
    /// Pieces: text, whether it is marked.
    pub pieces: Vec<(String, bool)>,
    /// The passages that stand in it.
    pub passages: Vec<PassageView>,
}

impl ReportPage {
    /// A report; `list` holds the events it speaks of.
    pub fn new(cx: &Ctx, report: &ReportFull, total: u64, list: ListView) -> ReportPage {
        let id = report.card.id.as_str();
        let cited = Work::report(cx, report, None);
        let mut frame = Frame::new(cx, Nav::Reports, report.card.title.clone(), |lang| Page::Report(id).path(lang))
            .described(format!("{}, {}", report.card.publisher, published(cx, report.card.published.as_deref())))
            .with_json(Page::Report(id).format(cx.lang, "json"));
        frame.highwire = highwire(report);
        let mut placed: HashMap<usize, Vec<&PassageFull>> = HashMap::new();
        let mut passages = Vec::new();
        for passage in &report.passages {
            match passage.place.filter(|(n, ..)| (1..=report.paragraphs.len()).contains(n)) {
                Some((n, ..)) => placed.entry(n).or_default().push(passage),
                None => passages.push(passage_view(cx, report, passage)),
            }
        }
        let paragraphs = (1..)
            .zip(&report.paragraphs)
            .map(|(n, text)| paragraph_view(cx, report, text, placed.get(&n).map_or(&[][..], Vec::as_slice)))
            .collect();
        ReportPage {
            line: line(cx, &report.card),
            author: report.author.clone(),
            agency: report.agency.join(", "),
            note: report.note.as_deref().map(|note| cx.catalog.translated(note, cx.lang).to_owned()),
            url: report.url.clone(),
            total: phrases::events(total, cx.lang),
            list,
            passages,
            paragraphs,
            cited: CitedView::new(cx, &cited, |ending| Page::Report(id).format(cx.lang, ending)),
            frame,
        }
    }
}

impl ReportPage {
    /// Without files of citations: the report may be read, and nothing of it passed on.
    pub fn hide_citations(&mut self) {
        self.cited.files.clear();
        let placed = self.paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.passages);
        for passage in self.passages.iter_mut().chain(placed) {
            passage.cite.clear();
        }
    }
}

/// What Zotero and others read of the report that a page describes (Highwire Press tags, as Google Scholar lists them). The
/// address is the report's own: it is what is cited, and this page only where it has none.
fn highwire(report: &ReportFull) -> Vec<(&'static str, String)> {
    let card = &report.card;
    let mut tags = vec![
        ("citation_title", card.title.clone()),
        ("citation_author", report.author.clone().unwrap_or_else(|| card.publisher.clone())),
        ("citation_technical_report_institution", card.publisher.clone()),
    ];
    tags.extend(card.published.as_ref().map(|on| ("citation_publication_date", on.replace('-', "/"))));
    if card.language != "und" {
        tags.push(("citation_language", card.language.clone()));
    }
    tags.extend(report.url.clone().map(|url| ("citation_public_url", url)));
    tags
}

fn passage_view(cx: &Ctx, report: &ReportFull, passage: &PassageFull) -> PassageView {
    let event = |(id, title, claim): &(String, crate::domain::lang::Bilingual, Option<u32>)| {
        let href = claim.map_or_else(|| Page::Event(id).path(cx.lang), |n| links::claim(id, n, cx.lang));
        Link::new(href, title.get(cx.lang))
    };
    let mut named: Vec<Link> = passage.actors.iter().map(|row| cx.actor(*row)).collect();
    named.extend(passage.regions.iter().map(|row| cx.region(*row)));
    PassageView {
        id: passage.id.clone(),
        quote: passage.anchor.clone(),
        gist: passage.gist.get(cx.lang).to_owned(),
        source: report.url.as_deref().map(|url| links::source_at(url, &passage.anchor)),
        cite: links::cite_passage(&report.card.id, &passage.id, cx.lang, "bib"),
        events: passage.events.iter().map(event).collect(),
        named,
    }
}

fn paragraph_view(cx: &Ctx, report: &ReportFull, text: &str, passages: &[&PassageFull]) -> ParagraphView {
    let mut places: Vec<(usize, usize)> =
        passages.iter().filter_map(|p| p.place).map(|(_, start, end)| (start, end)).collect();
    places.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in places {
        // Anchors may overlap: what is marked already is not marked twice.
        let start = start.max(at);
        if let (Some(before), Some(anchor)) = (text.get(at..start), text.get(start..end.max(start))) {
            pieces.push((before.to_owned(), false));
            pieces.push((anchor.to_owned(), true));
            at = end.max(start);
        }
    }
    pieces.push((text.get(at..).unwrap_or_default().to_owned(), false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    ParagraphView { pieces, passages: passages.iter().map(|p| passage_view(cx, report, p)).collect() }
}
