//! `/ogc`: OGC API Features. In English, and in JSON only: its addresses are kept in programs.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use serde::Serialize;

use crate::domain::names::nearest;
use crate::links;
use crate::publish::ogc::{self, Collection, GEOJSON, JSON, OPENAPI, SCHEMA, api, regions, schema};
use crate::query::ogc::{EventsAsked, RegionsAsked};
use crate::query::parse::{Problem, QueryError};
use crate::store::Snapshot;
use crate::store::events::{Found, Retired};
use crate::store::filter::nearest_region;
use crate::view::{Ctx, Link};
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::event::fail;
use super::events::{fit, selected};
use super::policy;

/// Its routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/ogc", get(landing))
        .route("/ogc/conformance", get(conformance))
        .route("/ogc/api", get(description))
        .route("/ogc/collections", get(collections))
        .route("/ogc/collections/{of}", get(collection))
        .route("/ogc/collections/{of}/schema", get(schema_of))
        .route("/ogc/collections/{of}/items", get(items))
        .route("/ogc/collections/{of}/items/{id}", get(item))
}

async fn landing(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    document(&app, &ask, JSON, ogc::landing).await
}

async fn conformance(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    document(&app, &ask, JSON, |_| ogc::conformance()).await
}

async fn description(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    document(&app, &ask, OPENAPI, api::openapi).await
}

async fn collections(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    document(&app, &ask, JSON, ogc::collections).await
}

async fn collection(State(app): State<AppState>, Path(of): Path<String>, ask: Ask) -> Result<Response, Response> {
    let of = named(&of)?;
    document(&app, &ask, JSON, |cx| ogc::collection(cx, of)).await
}

async fn schema_of(State(app): State<AppState>, Path(of): Path<String>, ask: Ask) -> Result<Response, Response> {
    let of = named(&of)?;
    let address = links::ogc_collection(of.id(), "/schema");
    document(&app, &ask, SCHEMA, |cx| schema::document(of, &format!("{}{address}", cx.base_url))).await
}

/// A page of features.
async fn items(State(app): State<AppState>, Path(of): Path<String>, ask: Ask) -> Result<Response, Response> {
    match named(&of)? {
        Collection::Events => events(&app, &ask).await,
        Collection::Regions => {
            let snapshot = app.read().await?;
            let catalog = snapshot.catalog.clone();
            let cx = app.context(ask.lang, &catalog);
            match RegionsAsked::parse(ask.pairs()).and_then(|asked| regions::page(&cx, &asked)) {
                Ok(page) => Ok(answer(&snapshot, GEOJSON, &page)),
                Err(error) => Err(Failure::Param(error, Vec::new()).into_response()),
            }
        }
    }
}

async fn events(app: &AppState, ask: &Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let asked = fit(&mut snapshot, EventsAsked::parse(ask.pairs()), ask).await?;
    let filter = &asked.query.filter;
    if filter.as_of.is_some() {
        drop(snapshot);
        snapshot = app.read_of(filter.as_of).await?;
    }
    let mut selection = selected(&mut snapshot, &asked.query, ask).await?;
    let catalog = snapshot.catalog.clone();
    selection.or_pointless(&catalog);
    if let Some(time) = &asked.datetime {
        selection.and_dates(&catalog.index, time.from, time.to);
    }
    let page = snapshot.page(&selection, &asked.query).await.map_err(fail)?;
    let cx = app.context(ask.lang, &catalog).of(filter);
    Ok(answer(&snapshot, GEOJSON, &ogc::events(&cx, &asked, page)))
}

/// One feature.
async fn item(
    State(app): State<AppState>,
    Path((of, id)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Response> {
    let of = named(&of)?;
    plain(&ask)?;
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    match of {
        Collection::Events => {
            let found = snapshot.event(&id).await.map_err(fail)?;
            let ids = match found {
                Found::Unknown => snapshot.event_ids_like(&id).await.map_err(fail)?,
                _ => Vec::new(),
            };
            let event = live(of, found, nearest(&id, ids.iter().map(String::as_str)))?;
            if let Some(dataset) = catalog.withheld(event.dataset) {
                return Err(Failure::Withheld(dataset.licence.clone()).into_response());
            }
            let cards = snapshot.cards(&[event.row]).await.map_err(fail)?;
            let Some(card) = cards.first() else { return Err(Failure::Internal.into_response()) };
            Ok(answer(&snapshot, GEOJSON, &ogc::event(&cx, card)))
        }
        Collection::Regions => {
            let found = snapshot.region(&id).await.map_err(fail)?;
            let near = if matches!(found, Found::Unknown) { nearest_region(&catalog, &id) } else { None };
            let region = live(of, found, near.as_deref())?;
            let Some(region) = catalog.region_at(region.row) else { return Err(Failure::Internal.into_response()) };
            Ok(answer(&snapshot, GEOJSON, &regions::region(&cx, region)))
        }
    }
}

/// What an id stands for, or where its successor is, why it is gone, which one is near.
#[allow(clippy::result_large_err)] // axum's own convention: the error is the answer
fn live<T>(of: Collection, found: Found<T>, near: Option<&str>) -> Result<T, Response> {
    let address = |id: &str| links::ogc_item(of.id(), id);
    match found {
        Found::Live(found) => Ok(found),
        Found::Retired(Retired { successor: Some(successor), .. }) => {
            Err(Redirect::permanent(&address(&successor)).into_response())
        }
        Found::Retired(retired) => Err(Failure::Gone(retired).into_response()),
        Found::Unknown => {
            let near = near.map(|id| Link::new(address(id), id)).map(|link| (link.clone(), link));
            Err(Failure::NotFound(near.into_iter().collect()).into_response())
        }
    }
}

#[allow(clippy::result_large_err)] // as above
fn named(of: &str) -> Result<Collection, Response> {
    Collection::parse(of).ok_or_else(|| Failure::NotFound(Vec::new()).into_response())
}

/// A document that takes no pairs.
async fn document<T: Serialize>(
    app: &AppState,
    ask: &Ask,
    kind: &'static str,
    of: impl FnOnce(&Ctx) -> T,
) -> Result<Response, Response> {
    plain(ask)?;
    let snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    Ok(answer(&snapshot, kind, &of(&app.context(ask.lang, &catalog))))
}

/// What is not declared is a fault, as the standard has it.
#[allow(clippy::result_large_err)] // as above
fn plain(ask: &Ask) -> Result<(), Response> {
    match ask.pairs().next() {
        None => Ok(()),
        Some((key, value)) => {
            let error = QueryError { suggestion: None, ..QueryError::new(key, value, Problem::UnknownKey) };
            Err(Failure::Param(error, Vec::new()).into_response())
        }
    }
}

fn answer(snapshot: &Snapshot, kind: &'static str, value: &impl Serialize) -> Response {
    let mut response = (policy(snapshot), Json(value)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(kind));
    response
}
