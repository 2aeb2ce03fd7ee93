//! One page a file: what is asked, the store, the view, the answer.

use std::collections::HashMap;

use askama::Template;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use axum::{Json, Router, routing::get};
use serde::Serialize;

use crate::domain::ids::{ActorId, DatasetId, RegionId, ReportId};
use crate::domain::lang::Lang;
use crate::domain::vocab::Level;
use crate::publish;
use crate::query::describe::Names;
use crate::query::{EventFilter, EventQuery, Page, ViewMode};
use crate::search;
use crate::store::catalog::Catalog;
use crate::store::cells::Cells;
use crate::store::facets::{Facets, Value};
use crate::store::filter::FilterError;
use crate::store::list::Card;
use crate::store::timeline::Timeline;
use crate::store::{Snapshot, StoreError};
use crate::view::Ctx;
use crate::view::cite::{CiteFormat, Work};
use crate::view::explorer::{Beside, ListView};
use crate::view::mapview::{MapView, SmallMap, UNPLACED, square, unplaced};

use super::cache::CachePolicy;
use super::error::Failure;
use super::extract::Format;
use super::state::AppState;

pub mod about;
pub mod actors;
pub mod api;
pub mod cells;
pub mod compare;
pub mod embed;
pub mod event;
pub mod events;
pub mod exports;
pub mod front;
pub mod memento;
pub mod names;
pub mod ogc;
pub mod regions;
pub mod reports;
pub mod search_page;
pub mod sitemap;

/// All pages, in one language's part of the site.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/events", get(events::explorer))
        .route("/events.json", get(events::explorer))
        .route("/cells.json", get(cells::cells))
        .route("/events.csv", get(exports::file))
        .route("/events.claims.csv", get(exports::file))
        .route("/events.geojson", get(exports::file))
        .route("/events.gpkg", get(exports::file))
        .route("/events.jsonl", get(exports::file))
        .route("/events.zip", get(exports::file))
        .route("/events.atom", get(exports::atom))
        .route("/events.bib", get(exports::cite))
        .route("/events.ris", get(exports::cite))
        .route("/events.csl.json", get(exports::cite))
        .route("/events/{id}", get(event::event))
        .route("/events/{id}/history", get(event::history))
        .route("/events/{id}/history.json", get(event::history))
        .route("/events/{id}/versions/{n}", get(event::version))
        .route("/events/{id}/timegate", get(memento::timegate))
        .route("/events/{id}/timemap", get(memento::timemap))
        .route("/embed/events/{id}", get(embed::event))
        .route("/embed/map", get(embed::map))
        .route("/oembed", get(embed::oembed))
        .route("/actors", get(actors::list))
        .route("/actors.json", get(actors::list))
        .route("/actors/{id}", get(actors::one))
        .route("/regions", get(regions::list))
        .route("/regions.json", get(regions::list))
        .route("/regions/{id}", get(regions::one))
        .route("/reports", get(reports::list))
        .route("/reports.json", get(reports::list))
        .route("/reports/{id}", get(reports::one))
        .route("/compare", get(compare::compare))
        .route("/compare.json", get(compare::compare))
        .route("/names.json", get(names::names))
        .route("/search", get(search_page::search))
        .route("/search.json", get(search_page::search))
        .route("/about", get(about::about))
        .route("/about/method", get(about::method))
        .route("/about/data", get(about::data))
        .route("/about/data/{file}", get(about::download))
        .route("/api", get(api::page))
        .route("/api/openapi.json", get(api::document))
}

/// A page's answer: rendered, with the policy of pages.
fn html(snapshot: &Snapshot, page: &impl Template) -> Response {
    match page.render() {
        Ok(body) => (policy(snapshot), Html(body)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            Failure::Internal.into_response()
        }
    }
}

/// The same as JSON.
fn json(snapshot: &Snapshot, value: &impl Serialize) -> Response {
    (policy(snapshot), Json(value)).into_response()
}

fn policy(snapshot: &Snapshot) -> CachePolicy {
    CachePolicy::Page { generation: snapshot.catalog.generation }
}

/// A citation as a file, which a browser hands to the reference manager.
fn cited(snapshot: &Snapshot, form: CiteFormat, work: &Work) -> Response {
    let name = format!("inline; filename=\"{}.{}\"", work.key, form.ending());
    (
        policy(snapshot),
        [(CONTENT_TYPE, form.media_type().to_owned()), (CONTENT_DISPOSITION, name)],
        publish::cite::file(form, work),
    )
        .into_response()
}

/// A document of linked data.
fn linked_data(snapshot: &Snapshot, value: &serde_json::Value) -> Response {
    (policy(snapshot), [(CONTENT_TYPE, "application/ld+json")], value.to_string()).into_response()
}

/// Either form of a page.
fn either<P: Template, J: Serialize>(
    snapshot: &Snapshot,
    format: Format,
    page: impl FnOnce() -> P,
    value: impl FnOnce() -> J,
) -> Response {
    match format {
        Format::Html => html(snapshot, &page()),
        Format::Json => json(snapshot, &value()),
        Format::Atom | Format::File(_) | Format::Cite(_) | Format::Linked | Format::Png => {
            Failure::NotFound(Vec::new()).into_response()
        }
    }
}

/// The picture of a page. Drawn on a thread of its own, and few at a time: each takes a processor for a while.
async fn picture(app: &AppState, snapshot: &Snapshot, svg: String) -> Response {
    let Ok(_turn) = app.drawing().acquire().await else { return Failure::Internal.into_response() };
    match tokio::task::spawn_blocking(move || publish::preview::png(&svg)).await {
        Ok(Some(png)) => (policy(snapshot), [(CONTENT_TYPE, "image/png")], png).into_response(),
        _ => Failure::Internal.into_response(),
    }
}

/// The names behind the ids of a filter: the catalog's, and the titles of its reports.
pub struct FilterNames<'a> {
    catalog: &'a Catalog,
    reports: HashMap<String, String>,
}

impl<'a> FilterNames<'a> {
    /// The names a filter needs.
    async fn of(snapshot: &mut Snapshot, catalog: &'a Catalog, filter: &EventFilter) -> Result<Self, StoreError> {
        let ids: Vec<String> = filter.report.iter().map(|id| id.to_string()).collect();
        let reports = if ids.is_empty() { HashMap::new() } else { snapshot.report_titles(&ids).await? };
        Ok(FilterNames { catalog, reports })
    }
}

impl Names for FilterNames<'_> {
    fn region(&self, id: &RegionId, lang: Lang) -> Option<(String, Level)> {
        Names::region(self.catalog, id, lang)
    }
    fn actor(&self, id: &ActorId, lang: Lang) -> Option<String> {
        Names::actor(self.catalog, id, lang)
    }
    fn dataset(&self, id: &DatasetId, lang: Lang) -> Option<String> {
        Names::dataset(self.catalog, id, lang)
    }
    fn report(&self, id: &ReportId) -> Option<String> {
        self.reports.get(id.as_str()).cloned()
    }
}

/// How many events a filter has, and where they were, for pictures.
async fn where_they_were(snapshot: &mut Snapshot, filter: &EventFilter) -> Result<(u64, Cells), Response> {
    let selection = search::select(snapshot, filter).await.map_err(|e| Failure::filter(e, &[]).into_response())?;
    let catalog = &snapshot.catalog;
    let cells = selection.cells(catalog, |points, areas| square(catalog, None, points, areas));
    Ok((selection.total(), cells))
}

/// The map of the events of a filter, for the page of an actor or a region.
async fn small_map(
    snapshot: &mut Snapshot,
    cx: &Ctx<'_>,
    filter: &EventFilter,
    facets: &Facets,
) -> Result<Option<SmallMap>, Response> {
    let (_, cells) = where_they_were(snapshot, filter).await?;
    Ok(MapView::small(cx, filter, &cells, &facets.region))
}

/// A list of events with its facets: the one way from a query to rows.
pub struct Listing<'a> {
    page: Page<Card>,
    facets: Facets,
    names: FilterNames<'a>,
    loosen: Vec<(EventFilter, String, u64)>,
    instead: Option<String>,
    timeline: Option<Timeline>,
    over_time: Timeline,
    cells: Option<Cells>,
    regions: Vec<Value<i64>>,
    unplaced: Vec<Card>,
}

impl<'a> Listing<'a> {
    /// Runs a query.
    async fn run(snapshot: &mut Snapshot, cx: &Ctx<'a>, query: &EventQuery) -> Result<Listing<'a>, FilterError> {
        let selection = search::select(snapshot, &query.filter).await?;
        let page = snapshot.page(&selection, query).await?;
        let facets = selection.facets(&query.filter, cx.catalog);
        let names = FilterNames::of(snapshot, cx.catalog, &query.filter).await?;
        let mut loosen = Vec::new();
        if page.total == 0 {
            for part in query.filter.parts() {
                let without = query.filter.without(&part);
                let total = search::select(snapshot, &without).await?.total();
                if total > 0 {
                    let words = query.filter.describe_part(&part, &names, cx.lang);
                    loosen.push((without, format!("{} {words}", cx.lang.pick("without", "sans")), total));
                }
            }
        }
        let index = &cx.catalog.index;
        let timeline = (query.view == ViewMode::Timeline).then(|| selection.timeline(&query.filter, index));
        let over_time = selection.timeline_of_all_dates(index);
        let asked = query.filter.bbox;
        let cells = (query.view == ViewMode::Map)
            .then(|| selection.cells(cx.catalog, |points, areas| square(cx.catalog, asked, points, areas)));
        let regions = if cells.is_some() { selection.regions(cx.catalog) } else { Vec::new() };
        let unplaced = match unplaced(&query.filter) {
            Some(filter) if cells.as_ref().is_some_and(|cells| cells.without > 0) => {
                let first = EventQuery { limit: UNPLACED, ..EventQuery::of(filter) };
                let selection = search::select(snapshot, &first.filter).await?;
                snapshot.page(&selection, &first).await?.items
            }
            _ => Vec::new(),
        };
        Ok(Listing {
            page,
            facets,
            names,
            loosen,
            instead: selection.hits.instead,
            timeline,
            over_time,
            cells,
            regions,
            unplaced,
        })
    }

    fn view(&self, cx: &Ctx, query: &EventQuery) -> ListView {
        let beside = Beside {
            loosen: &self.loosen,
            instead: self.instead.as_deref(),
            timeline: self.timeline.as_ref(),
            over_time: &self.over_time,
            cells: self.cells.as_ref(),
            regions: &self.regions,
            unplaced: &self.unplaced,
        };
        ListView::new(cx, query, &self.page, &self.facets, &self.names, &beside)
    }
}
