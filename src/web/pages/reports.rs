//! `/reports` and one of them.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::domain::names::nearest;
use crate::domain::vocab::{ReportKind, Vocabulary};
use crate::links::{self, Page};
use crate::publish::documents::{self, ReportsJson};
use crate::publish::linked;
use crate::query::parse::{MAX_WORDS_LENGTH, Problem, QueryError};
use crate::query::{EventFilter, EventQuery, Sort};
use crate::store::Snapshot;
use crate::store::events::Found;
use crate::store::reports::{AfterReport, ReportFull, ReportsQuery};
use crate::view::cite::CiteFormat;
use crate::view::cite::Work;
use crate::view::report::{ReportPage, ReportsPage, pairs};
use crate::view::{Ctx, Link};
use crate::web::error::{Failure, retired};
use crate::web::extract::{Ask, Format, id_of};
use crate::web::state::AppState;

use super::{Listing, cited, either, html, json, linked_data};

const KEYS: [&str; 4] = ["kind", "language", "publisher", "after"];
const PER_PAGE: u16 = 50;

/// What the address asks of the list.
fn asked(ask: &Ask) -> Result<ReportsQuery, Failure> {
    let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let fail = |field: &str, value: &str, problem, choices: Vec<String>| {
        let suggestion =
            nearest(if problem == Problem::UnknownKey { field } else { value }, choices.iter().map(String::as_str));
        let error = QueryError {
            field: field.to_owned(),
            value: value.to_owned(),
            problem,
            suggestion: suggestion.map(str::to_owned),
        };
        Failure::Param(error, choices)
    };
    if let Some((key, value)) = ask.pairs.iter().find(|(key, _)| !KEYS.contains(&key.as_str())) {
        return Err(fail(key, value, Problem::UnknownKey, owned(&KEYS)));
    }
    let mut seen: Vec<&str> = Vec::new();
    for (key, value) in ask.pairs.iter().filter(|(_, value)| !value.trim().is_empty()) {
        if seen.contains(&key.as_str()) {
            return Err(fail(key, value, Problem::Repeated, Vec::new()));
        }
        if value.chars().count() > MAX_WORDS_LENGTH {
            return Err(fail(key, value, Problem::TooLong, Vec::new()));
        }
        seen.push(key);
    }
    let kind = match ask.value("kind") {
        Some(word) => Some(
            ReportKind::parse(word)
                .ok_or_else(|| fail("kind", word, Problem::UnknownWord, owned(&ReportKind::words())))?,
        ),
        None => None,
    };
    let after = match ask.value("after") {
        Some(text) => {
            let (published, id) =
                text.split_once('~').ok_or_else(|| fail("after", text, Problem::BadCursor, Vec::new()))?;
            Some(AfterReport { published: published.to_owned(), id: id.to_owned() })
        }
        None => None,
    };
    let text = |key: &str| ask.value(key).map(str::to_owned);
    Ok(ReportsQuery { kind, language: text("language"), publisher: text("publisher"), after, limit: PER_PAGE })
}

/// Reports, newest first.
pub async fn list(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let fail = |error| Failure::from(error).into_response();
    let query = asked(&ask).map_err(IntoResponse::into_response)?;
    let mut snapshot = app.read().await?;
    let (cards, total, next) = snapshot.reports(&query).await.map_err(fail)?;
    let facets = snapshot.report_facets().await.map_err(fail)?;
    if let Some(language) =
        query.language.as_ref().filter(|language| !facets.0.iter().any(|(code, _)| code == *language))
    {
        let choices: Vec<String> = facets.0.into_iter().map(|(code, _)| code).collect();
        let error = QueryError {
            field: "language".into(),
            value: language.clone(),
            problem: Problem::UnknownWord,
            suggestion: None,
        };
        return Err(Failure::Param(error, choices).into_response());
    }
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let json = ReportsJson {
        total,
        reports: cards.iter().map(|card| documents::listed_report(&cx, card)).collect(),
        next: next.clone().map(|after| {
            let query = ReportsQuery { after: Some(after), ..query.clone() };
            links::with_pairs(&Page::Reports.format(cx.lang, "json"), &pairs(&query))
        }),
    };
    Ok(either(&snapshot, ask.format, || ReportsPage::new(&cx, &query, (cards, total, next), facets), || json))
}

/// One report, passage by passage.
pub async fn one(State(app): State<AppState>, Path(segment): Path<String>, ask: Ask) -> Result<Response, Response> {
    let fail = |error| Failure::from(error).into_response();
    let id = id_of(&segment);
    let mut snapshot = app.read().await?;
    let found = snapshot.report(id).await.map_err(fail)?;
    let mut near = Vec::new();
    if matches!(found, Found::Unknown) {
        let ids = snapshot.report_ids_like(id).await.map_err(fail)?;
        near.extend(nearest(id, ids.iter().map(String::as_str)).map(|near| {
            let link = |lang: Lang| Link::new(Page::Report(near).path(lang), near);
            (link(Lang::En), link(Lang::Fr))
        }));
    }
    let report = retired(found, ask.lang, ask.format, |id| Page::Report(id), near)?;
    let filter = EventFilter { report: id.parse().into_iter().collect(), ..EventFilter::default() };
    let query = EventQuery { sort: Some(Sort::Date), ..EventQuery::of(filter) };
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let withheld = catalog.withheld(report.card.dataset);
    if ask.format != Format::Html {
        if let Some(dataset) = withheld {
            return Err(Failure::Withheld(dataset.licence.clone()).into_response());
        }
        return match ask.format {
            Format::Cite(form) => cite(&snapshot, &cx, &report, form, ask.value("passage")),
            Format::Linked => Ok(linked_data(&snapshot, &linked::report(&cx, &report))),
            Format::Json => Ok(json(&snapshot, &documents::report(&cx, &report))),
            _ => Err(Failure::NotFound(Vec::new()).into_response()),
        };
    }
    let listing =
        Listing::run(&mut snapshot, &cx, &query).await.map_err(|e| Failure::filter(e, &[]).into_response())?;
    let list = listing.view(&cx, &query);
    let mut page = ReportPage::new(&cx, &report, listing.page.total, list);
    if withheld.is_some() {
        page.frame.json = None;
        page.frame.highwire.clear();
        page.hide_citations();
    }
    Ok(html(&snapshot, &page))
}

/// How a report is cited, or one of its passages.
#[allow(clippy::result_large_err)] // axum's own convention: the error is the answer
fn cite(
    snapshot: &Snapshot,
    cx: &Ctx,
    report: &ReportFull,
    form: CiteFormat,
    passage: Option<&str>,
) -> Result<Response, Response> {
    if let Some(id) = passage
        && report.passages.iter().all(|passage| passage.id != id)
    {
        let known: Vec<String> = report.passages.iter().map(|passage| passage.id.clone()).collect();
        let mut error = QueryError::new("passage", id, Problem::UnknownId);
        error.suggestion = nearest(id, known.iter().map(String::as_str)).map(str::to_owned);
        return Err(Failure::Param(error, known).into_response());
    }
    Ok(cited(snapshot, form, &Work::report(cx, report, passage)))
}
