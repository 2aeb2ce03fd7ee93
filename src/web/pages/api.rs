//! `/api` and the description of it for programs.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::domain::vocab::{Level, Vocabulary as _};
use crate::links::Page;
use crate::publish::openapi::{self, Examples};
use crate::query::EventFilter;
use crate::store::events::Found;
use crate::store::filter::FilterError;
use crate::store::reports::ReportsQuery;
use crate::store::{Snapshot, StoreError};
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::{html, json};

/// So many of the newest reports are looked at for one that may be passed on.
const REPORTS: u16 = 50;

/// What programs may ask for, to be read and tried.
pub async fn page(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let examples = examples(&app, &mut snapshot).await.map_err(|error| Failure::filter(error, &[]).into_response())?;
    let catalog = snapshot.catalog.clone();
    Ok(html(&snapshot, &openapi::page::page(&app.context(ask.lang, &catalog), &examples)))
}

/// The same as an OpenAPI document.
pub async fn document(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let examples = examples(&app, &mut snapshot).await.map_err(|error| Failure::filter(error, &[]).into_response())?;
    let catalog = snapshot.catalog.clone();
    Ok(json(&snapshot, &openapi::document(&app.context(ask.lang, &catalog), &examples)))
}

/// Ids that are there, and may be passed on.
async fn examples(app: &AppState, snapshot: &mut Snapshot) -> Result<Examples, FilterError> {
    let catalog = snapshot.catalog.clone();
    let index = &catalog.index;
    let dataset = catalog.datasets.iter().find(|dataset| dataset.redistributable);
    let latest = dataset.and_then(|dataset| index.source.get(&dataset.row)?.max());
    let latest = latest.and_then(|ordinal| index.rows.get(ordinal as usize).copied());
    let event = snapshot.cards(latest.as_slice()).await?.into_iter().next().map(|card| card.id);
    let mut actors: Vec<_> = catalog.actors().collect();
    actors.sort_by_cached_key(|actor| std::cmp::Reverse(index.actor_events(actor.row).len()));
    let mut actors = actors.into_iter().map(|actor| actor.id.clone());
    let regions = catalog.regions().filter(|region| region.level == Level::Admin1);
    let region = regions.max_by_key(|region| index.region.get(&region.row).map_or(0, |set| set.len()));
    let kind = match region.and_then(|region| region.id.parse().ok()) {
        None => None,
        Some(region) => {
            let filter = EventFilter { region: vec![region], ..EventFilter::default() };
            let kinds = snapshot.select(&filter, None).await?.facets(&filter, &catalog).kind;
            kinds.into_iter().max_by_key(|kind| kind.count).map(|kind| kind.value.as_str())
        }
    };
    let (report, passage) = report(snapshot).await?.unzip();
    let permalink = event.as_deref().map(|id| app.base_url().join(&Page::Event(id).path(Lang::En)));
    Ok(Examples {
        permalink,
        event,
        actor: actors.next(),
        other_actor: actors.next(),
        region: region.map(|region| region.id.clone()),
        kind,
        report,
        passage: passage.flatten(),
        dataset: dataset.map(|dataset| dataset.id.clone()),
    })
}

/// A report that may be passed on, and a passage of it.
async fn report(snapshot: &mut Snapshot) -> Result<Option<(String, Option<String>)>, StoreError> {
    let newest = ReportsQuery { kind: None, language: None, publisher: None, after: None, limit: REPORTS };
    let (cards, ..) = snapshot.reports(&newest).await?;
    let catalog = snapshot.catalog.clone();
    let Some(card) = cards.into_iter().find(|card| catalog.withheld(card.dataset).is_none()) else { return Ok(None) };
    let passage = match snapshot.report(&card.id).await? {
        Found::Live(report) => report.passages.into_iter().next().map(|passage| passage.id),
        _ => None,
    };
    Ok(Some((card.id, passage)))
}
