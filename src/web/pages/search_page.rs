//! `/search`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::publish::documents;
use crate::query::parse::{MAX_WORDS_LENGTH, Problem, QueryError};
use crate::search;
use crate::view::search::{Found, SearchPage};
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::either;

const EVENTS: usize = 10;
const NAMES: usize = 8;
const PASSAGES: u32 = 20;

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
    let best: Vec<i64> = hits.ranked.iter().take(EVENTS).map(|(row, _)| *row).collect();
    let events = snapshot.cards(&best).await.map_err(fail)?;
    let passages = search::passages(&mut snapshot, &words, PASSAGES).await.map_err(fail)?;
    let actors = search::actors(&catalog, &words, NAMES);
    let regions = search::regions(&catalog, &words, NAMES);
    let withheld = snapshot.withheld_reports(passages.iter().map(|hit| hit.report.as_str())).await.map_err(fail)?;
    let cx = app.context(ask.lang, &catalog);
    let found = Found {
        actors: &actors,
        regions: &regions,
        events: &events,
        total: hits.ranked.len() as u64,
        passages: &passages,
    };
    Ok(either(
        &snapshot,
        ask.format,
        || SearchPage::new(&cx, &words, &found),
        || documents::search(&cx, &events, (&actors, &regions), &passages, &withheld),
    ))
}
