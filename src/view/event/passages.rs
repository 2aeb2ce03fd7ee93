//! What each report says of an event, passage by passage.

use crate::domain::record::{Claim, Passage};
use crate::links::{self, Page};
use crate::store::events::{EventFull, Paragraph};

use super::super::{Ctx, Link, accounts};

/// A report and what it says about the event.
pub struct ReportView {
    /// The report's page.
    pub link: Link,
    /// The language of its title.
    pub language: String,
    /// Publisher and date.
    pub name: String,
    /// Its own address, which paper needs in full.
    pub url: Option<String>,
    /// Passages.
    pub passages: Vec<PassageView>,
}

/// A passage and the claims it makes.
pub struct PassageView {
    /// The address within the page.
    pub anchor: String,
    /// The report's own few words.
    pub quote: String,
    /// The paragraph in three pieces, the anchor in the middle, where it may be shown.
    pub text: Option<(String, String, String)>,
    /// What it says.
    pub gist: String,
    /// The passage on the report's page.
    pub on_report: String,
    /// The source, scrolled to the anchor.
    pub source: Option<String>,
    /// The claims it makes about this event: number and words.
    pub claims: Vec<(u32, String)>,
}

/// The passages of an event's record, by report.
pub(super) fn reports(cx: &Ctx, event: &EventFull) -> Vec<ReportView> {
    let mut views: Vec<ReportView> = Vec::new();
    for passage in &event.record.passages {
        let Some(report) = event.reports.get(passage.report.as_str()) else { continue };
        let href = Page::Report(&report.id).path(cx.lang);
        let claims: Vec<&Claim> =
            event.record.claims.iter().filter(|c| c.report == passage.report && c.passage == passage.id).collect();
        let text = event.paragraphs.get(&(report.id.clone(), passage.id.clone()));
        let view = passage_view(cx, passage, report.url.as_deref(), &claims, text);
        match views.last_mut().filter(|last| last.link.href == href) {
            Some(last) => last.passages.push(view),
            None => views.push(ReportView {
                link: Link::new(href, report.title.clone()),
                language: report.language.clone(),
                name: accounts::report_name(cx, report),
                url: report.url.clone(),
                passages: vec![view],
            }),
        }
    }
    views
}

fn passage_view(
    cx: &Ctx,
    passage: &Passage,
    url: Option<&str>,
    claims: &[&Claim],
    text: Option<&Paragraph>,
) -> PassageView {
    PassageView {
        anchor: accounts::passage_anchor(passage.report.as_str(), &passage.id),
        quote: passage.anchor.clone(),
        text: text.and_then(in_three),
        gist: passage.gist.get(cx.lang).to_owned(),
        on_report: links::passage(passage.report.as_str(), &passage.id, cx.lang),
        source: url.map(|url| links::source_at(url, &passage.anchor)),
        claims: claims.iter().map(|claim| (claim.n, accounts::in_short(cx, claim))).collect(),
    }
}

/// A paragraph cut around its anchor.
fn in_three(paragraph: &Paragraph) -> Option<(String, String, String)> {
    let text = &paragraph.text;
    let before = text.get(..paragraph.start)?;
    let anchor = text.get(paragraph.start..paragraph.end)?;
    Some((before.to_owned(), anchor.to_owned(), text.get(paragraph.end..)?.to_owned()))
}
