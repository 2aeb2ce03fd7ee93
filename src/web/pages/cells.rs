//! `/cells.json`: the events of a filter gathered on a grid, for maps.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::publish::cells::{CellsJson, MOST_SQUARES, SQUARES, square};
use crate::query::parse::{Problem, QueryError};
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::events::{asked, fit, selected};
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
    let squares = fit(&mut snapshot, squares(&ask), &ask).await?;
    ask.pairs.retain(|(key, _)| key != KEY);
    let (mut snapshot, query) = asked(&app, snapshot, &ask).await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog).of(&query.filter);
    let selection = selected(&mut snapshot, &query, &ask).await?;
    let names = FilterNames::of(&mut snapshot, &catalog, &query.filter)
        .await
        .map_err(|error| Failure::from(error).into_response())?;
    let cells = selection.cells(&catalog, |_, _| square(query.filter.bbox, squares));
    let datasets = selection.datasets(&catalog.index);
    let withheld = catalog.datasets.iter().any(|d| !d.redistributable && datasets.contains(&d.row));
    let total = selection.total();
    Ok(json(&snapshot, &CellsJson::new(&cx, &query.filter, total, withheld, &cells, &names)))
}
