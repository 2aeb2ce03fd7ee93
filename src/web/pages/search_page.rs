//! `/search`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::domain::ids::is_id;
use crate::publish::documents;
use crate::query::parse::{MAX_WORDS_LENGTH, Problem, QueryError};
use crate::query::{EventFilter, EventQuery};
use crate::search;
use crate::view::search::{Found, SearchPage};
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::either;

const EVENTS: u16 = 10;
const NAMES: usize = 8;
const PASSAGES: u32 = 20;

/// The ids that some words may be: our own, or the number that a dataset gave an event (`244657` of UCDP GED,
/// `MLI1234` of ACLED).
fn ids(words: &str) -> Vec<String> {
    let id = words.trim().to_lowercase();
    if is_id(&id) { vec![format!("ucdp-ged-{id}"), format!("acled-{id}"), id] } else { Vec::new() }
}

/// Events, actors, regions and passages that match some words.
pub async fn search(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let fail = |error| Failure::from(error).into_response();
    if let Some((key, value)) = ask.pairs.iter().find(|(key, _)| key != "q") {
        let error = QueryError {
            field: key.clone(),
            value: value.clone(),
            problem: Problem::UnknownKey,
            suggestion: Some("q".to_owned()),
        };
        return Err(Failure::Param(error, vec!["q".to_owned()]).into_response());
    }
    // A text too long to be meant is cut, not refused: what a visitor types can never be an error here.
    let words: String = ask.value("q").unwrap_or_default().chars().take(MAX_WORDS_LENGTH).collect();
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let hits = search::events(&mut snapshot, &words).await.map_err(fail)?;
    let instead = hits.instead.clone();
    let query = EventQuery {
        limit: EVENTS,
        ..EventQuery::of(EventFilter { q: Some(words.clone()), ..EventFilter::default() })
    };
    let selection = snapshot
        .select(&query.filter, Some(hits))
        .await
        .map_err(|error| Failure::filter(error, &[]).into_response())?;
    let page = snapshot.page(&selection, &query).await.map_err(fail)?;
    let mut passages = search::passages(&mut snapshot, &words, PASSAGES).await.map_err(fail)?;
    if let Some(instead) = instead.as_deref().filter(|_| passages.is_empty()) {
        passages = search::passages(&mut snapshot, instead, PASSAGES).await.map_err(fail)?;
    }
    let names = search::names(&catalog, &words, NAMES);
    let mut rows = snapshot.event_rows(&ids(&words)).await.map_err(fail)?;
    rows.extend(page.items.iter().map(|card| card.row));
    let events = snapshot.cards(&rows).await.map_err(fail)?;
    let withheld = snapshot.withheld_reports(passages.iter().map(|hit| hit.report.as_str())).await.map_err(fail)?;
    let cx = app.context(ask.lang, &catalog);
    let found =
        Found { names: &names, events: &events, total: page.total, passages: &passages, instead: instead.as_deref() };
    Ok(either(
        &snapshot,
        ask.format,
        || SearchPage::new(&cx, &words, &found),
        || documents::search(&cx, &found, &withheld),
    ))
}
