//! `/cells.json`: the events of a filter gathered on a grid, for maps.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::publish::cells::{CellsJson, MOST_SQUARES, SQUARES, square};
use crate::query::EventQuery;
use crate::query::parse::{Problem, QueryError};
use crate::search;
use crate::store::filter::FilterError;
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::events::unfit;
use super::{FilterNames, json};

/// The key that says how many squares the frame is wide; the others are those of the filter.
const KEY: &str = "squares";

fn squares(ask: &Ask) -> Result<u32, QueryError> {
    let Some(value) = ask.value(KEY) else { return Ok(SQUARES) };
    value.parse().ok().filter(|n| (1..=MOST_SQUARES).contains(n)).ok_or_else(|| QueryError {
        field: KEY.to_owned(),
        value: value.to_owned(),
        problem: Problem::NotANumber,
        suggestion: Some(SQUARES.to_string()),
    })
}

/// Events under a filter in cells, at most 2,000.
pub async fn cells(State(app): State<AppState>, mut ask: Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let squares = match squares(&ask) {
        Ok(squares) => squares,
        Err(error) => return Err(unfit(&mut snapshot, error, &ask).await),
    };
    ask.pairs.retain(|(key, _)| key != KEY);
    let query = match EventQuery::parse(ask.pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()))) {
        Ok(query) => query,
        Err(error) => return Err(unfit(&mut snapshot, error, &ask).await),
    };
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let selection = match search::select(&mut snapshot, &query.filter).await {
        Ok(selection) => selection,
        Err(FilterError::Query(error)) => return Err(unfit(&mut snapshot, error, &ask).await),
        Err(FilterError::Store(error)) => return Err(Failure::from(error).into_response()),
    };
    let names = FilterNames::of(&mut snapshot, &catalog, &query.filter)
        .await
        .map_err(|error| Failure::from(error).into_response())?;
    let cells = selection.cells(&catalog, |_, _| square(query.filter.bbox, squares));
    let datasets = selection.datasets(&catalog.index);
    let withheld = catalog.datasets.iter().any(|d| !d.redistributable && datasets.contains(&d.row));
    let total = selection.total();
    Ok(json(&snapshot, &CellsJson::new(&cx, &query.filter, total, withheld, &cells, &names)))
}
