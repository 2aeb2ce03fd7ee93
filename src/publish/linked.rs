//! What is said about events, for the web of data: an event with its claims as schema.org Claims, and the passages of a
//! report as Web Annotations (W3C, 2017) with quote and position selectors.

use serde_json::{Value, json};

use crate::domain::record::Claim;
use crate::domain::vocab::Vocabulary;
use crate::links::{self, Page};
use crate::store::events::{EventFull, ReportBrief};
use crate::store::reports::ReportFull;
use crate::view::{Ctx, accounts, ld};

/// An event and every claim on it: what is claimed, in which report it appears, and who is cited. A denial is a claim that
/// the other thing is not so; its text says that.
pub fn event(cx: &Ctx, event: &EventFull) -> Value {
    let mut subject = ld::event(cx, event);
    let id = event.record.id.as_str();
    subject["identifier"] = json!(id);
    subject["subjectOf"] =
        json!(event.record.claims.iter().map(|claim| json!({ "@id": claim_url(cx, id, claim.n) })).collect::<Vec<_>>());
    let claims = event.record.claims.iter().map(|claim| claim_of(cx, event, claim, &subject["@id"]));
    let mut things = vec![subject.clone()];
    things.extend(claims);
    if let Some(dataset) = cx.catalog.dataset_at(event.dataset) {
        things.push(ld::dataset(cx, dataset));
    }
    ld::document(things)
}

fn claim_url(cx: &Ctx, event: &str, n: u32) -> String {
    format!("{}{}", cx.base_url, links::claim(event, n, crate::domain::lang::Lang::En))
}

fn claim_of(cx: &Ctx, event: &EventFull, claim: &Claim, about: &Value) -> Value {
    let mut value = json!({
        "@type": "Claim",
        "@id": claim_url(cx, event.record.id.as_str(), claim.n),
        "about": { "@id": about },
        "text": accounts::in_short(cx, claim),
        "inLanguage": cx.lang.to_string(),
        "additionalType": claim.topic.as_str(),
    });
    // Whom the report cites: often a person without a name, whom schema.org's `author` could not hold.
    if let Some(by) = &claim.said_by {
        value["creditText"] = json!(cx.catalog.translated(by, cx.lang));
    }
    if let Some(report) = event.reports.get(claim.report.as_str()) {
        value["appearance"] = appearance(cx, report, &claim.passage);
    }
    value
}

fn appearance(cx: &Ctx, report: &ReportBrief, passage: &str) -> Value {
    let here = format!("{}{}", cx.base_url, links::passage(&report.id, passage, cx.lang));
    let mut value = json!({
        "@type": "CreativeWork",
        "@id": here,
        "isPartOf": {
            "@type": "CreativeWork",
            "name": report.title,
            "publisher": { "@type": "Organization", "name": report.publisher },
            "inLanguage": report.language,
        },
    });
    if let Some(url) = &report.url {
        value["isPartOf"]["url"] = json!(url);
    }
    if let Some(published) = &report.published {
        value["isPartOf"]["datePublished"] = json!(published);
    }
    value
}

/// The passages of a report as a collection of annotations: each says what the passage says and of what, and selects its
/// few words in the report itself, by quotation; and by position in the text as it is kept here, where that may be shown.
pub fn report(cx: &Ctx, report: &ReportFull) -> Value {
    let page = format!("{}{}", cx.base_url, Page::Report(&report.card.id).path(cx.lang));
    // Positions count the characters of the paragraphs, joined by one line feed.
    let begins: Vec<usize> = report
        .paragraphs
        .iter()
        .scan(0, |next, paragraph| {
            let begin = *next;
            *next += paragraph.chars().count() + 1;
            Some(begin)
        })
        .collect();
    let items: Vec<Value> = report
        .passages
        .iter()
        .map(|passage| {
            let mut quote = json!({ "type": "TextQuoteSelector", "exact": passage.anchor });
            let mut targets = Vec::new();
            if let Some((n, from, to)) = passage.place
                && let Some(paragraph) = n.checked_sub(1).and_then(|n| report.paragraphs.get(n))
                && let (Some(before), Some(exact), Some(after)) =
                    (paragraph.get(..from), paragraph.get(from..to), paragraph.get(to..))
            {
                let begin = begins[n - 1] + before.chars().count();
                quote["prefix"] = json!(last(before));
                quote["suffix"] = json!(first(after));
                targets.push(json!({
                    "source": page,
                    "selector": {
                        "type": "TextPositionSelector",
                        "start": begin,
                        "end": begin + exact.chars().count(),
                    },
                }));
            }
            targets.insert(0, json!({ "source": report.url.as_deref().unwrap_or(&page), "selector": quote }));
            let events = passage.events.iter().map(|(id, _, claim)| {
                let href = match claim {
                    Some(n) => links::claim(id, *n, cx.lang),
                    None => Page::Event(id).path(cx.lang),
                };
                json!({ "source": format!("{}{href}", cx.base_url), "purpose": "linking" })
            });
            let mut body = vec![json!({
                "type": "TextualBody",
                "value": passage.gist.get(cx.lang),
                "language": cx.lang.to_string(),
                "format": "text/plain",
                "purpose": "describing",
            })];
            body.extend(events);
            json!({
                "id": format!("{}{}", cx.base_url, links::passage(&report.card.id, &passage.id, cx.lang)),
                "type": "Annotation",
                "motivation": ["describing", "linking"],
                "body": body,
                "target": targets,
            })
        })
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("{page}.jsonld"),
        "type": "AnnotationCollection",
        "label": report.card.title,
        "total": items.len(),
        "first": { "type": "AnnotationPage", "startIndex": 0, "items": items },
    })
}

/// As many characters as tell one place of a text from another.
const AROUND: usize = 24;

fn last(text: &str) -> String {
    let skip = text.chars().count().saturating_sub(AROUND);
    text.chars().skip(skip).collect()
}

fn first(text: &str) -> String {
    text.chars().take(AROUND).collect()
}
