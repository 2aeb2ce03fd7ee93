//! `/events`: the explorer.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::links;
use crate::publish::list::ListJson;
use crate::query::EventQuery;
use crate::query::parse::{Problem, QueryError};
use crate::search;
use crate::store::filter::{FilterError, Selection};
use crate::store::{Snapshot, StoreError};
use crate::view::explorer::ExplorerPage;
use crate::web::error::Failure;
use crate::web::extract::{Ask, Format};
use crate::web::state::AppState;

use super::{Listing, either, names};

/// Events under a filter, with the counts of every facet.
pub async fn explorer(State(app): State<AppState>, mut ask: Ask) -> Result<Response, Response> {
    let snapshot = app.read().await?;
    // A form may send a name where an address has an id.
    let named = (ask.format == Format::Html).then(|| names::resolved(&snapshot.catalog, &ask.pairs)).flatten();
    let by_name = named.is_some();
    ask.pairs = named.unwrap_or(ask.pairs);
    let (mut snapshot, query) = asked(&app, snapshot, &ask).await?;
    // A form also sends the fields that were left empty; the address that a reader passes on is without them.
    if by_name || ask.format == Format::Html && ask.pairs.iter().any(|(_, value)| value.is_empty()) {
        return Ok(Redirect::temporary(&links::events(&query, ask.lang)).into_response());
    }
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog).of(&query.filter);
    let listing = match Listing::run(&mut snapshot, &cx, &query).await {
        Ok(listing) => listing,
        Err(FilterError::Query(error)) => return Err(unfit(&mut snapshot, error, &ask).await),
        Err(FilterError::Store(error)) => return Err(Failure::from(error).into_response()),
    };
    let total = listing.page.total;
    Ok(either(
        &snapshot,
        ask.format,
        || ExplorerPage::new(&cx, &query, total, listing.view(&cx, &query), &listing.names),
        || ListJson::new(&cx, &query, &listing.page, &listing.facets, &listing.names, listing.timeline.as_ref()),
    ))
}

/// What an address asks for, and the state of the record in which it asks for it.
pub(super) async fn asked(
    app: &AppState,
    mut present: Snapshot,
    ask: &Ask,
) -> Result<(Snapshot, EventQuery), Response> {
    let query = fit(&mut present, EventQuery::parse(ask.pairs()), ask).await?;
    if query.filter.as_of.is_none() {
        return Ok((present, query));
    }
    drop(present);
    Ok((app.read_of(query.filter.as_of).await?, query))
}

/// What was asked for, or the answer to an address with a fault in it.
pub(super) async fn fit<T>(snapshot: &mut Snapshot, parsed: Result<T, QueryError>, ask: &Ask) -> Result<T, Response> {
    match parsed {
        Ok(asked) => Ok(asked),
        Err(error) => Err(unfit(snapshot, error, ask).await),
    }
}

/// The events of a query, or the answer where it names what is not there.
pub(super) async fn selected(snapshot: &mut Snapshot, query: &EventQuery, ask: &Ask) -> Result<Selection, Response> {
    match search::select(snapshot, &query.filter).await {
        Ok(selection) => Ok(selection),
        Err(FilterError::Query(error)) => Err(unfit(snapshot, error, ask).await),
        Err(FilterError::Store(error)) => Err(Failure::from(error).into_response()),
    }
}

/// The answer to an address with a fault in it.
async fn unfit(snapshot: &mut Snapshot, error: QueryError, ask: &Ask) -> Response {
    match suggested(snapshot, error, ask).await {
        Ok(failure) => failure.into_response(),
        Err(failed) => Failure::from(failed).into_response(),
    }
}

async fn suggested(snapshot: &mut Snapshot, mut error: QueryError, ask: &Ask) -> Result<Failure, StoreError> {
    // What has not the form of an id is refused before the ids are known; it may still be a name.
    if error.problem == Problem::UnknownId && error.suggestion.is_none() {
        error.suggestion = snapshot.nearest_id(&error.field, &error.value).await?;
    }
    let pairs = usable(snapshot, &error, ask).await?;
    Ok(Failure::Query(error, pairs))
}

/// The pairs of the address from which another is made that works: without ids that nothing has. Only the pair that the
/// message is about stays as it is.
async fn usable(snapshot: &mut Snapshot, error: &QueryError, ask: &Ask) -> Result<Vec<(String, String)>, StoreError> {
    let catalog = snapshot.catalog.clone();
    let named = ask.pairs.iter().filter(|(key, _)| key == "report").map(|(_, id)| id.trim().to_owned());
    let reports = snapshot.report_titles(&named.collect::<Vec<_>>()).await?;
    let mut told = false;
    let mut pairs = ask.pairs.clone();
    pairs.retain(|(key, id)| {
        let id = id.trim();
        let at_fault = *key == error.field && id == error.value && !std::mem::replace(&mut told, true);
        at_fault
            || match key.as_str() {
                "region" => catalog.region(id).is_some(),
                "actor" => catalog.actor(id).is_some(),
                "source" => catalog.dataset(id).is_some(),
                "report" => reports.contains_key(id),
                _ => true,
            }
    });
    Ok(pairs)
}
