//! `/events`: the explorer.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::publish::list::ListJson;
use crate::query::EventQuery;
use crate::view::explorer::ExplorerPage;
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::{Listing, either};

/// Events under a filter, with the counts of every facet.
pub async fn explorer(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let query = EventQuery::parse(ask.pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())))
        .map_err(|error| Failure::Query(error, ask.pairs.clone()).into_response())?;
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let listing = Listing::run(&mut snapshot, &cx, &query)
        .await
        .map_err(|error| Failure::filter(error, &ask.pairs).into_response())?;
    let total = listing.page.total;
    Ok(either(
        &snapshot,
        ask.format,
        || ExplorerPage::new(&cx, &query, total, listing.view(&cx, &query), &listing.names),
        || ListJson::new(&cx, &query, &listing.page, &listing.facets, &listing.names),
    ))
}
