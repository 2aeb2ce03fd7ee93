//! `/regions` and one of them.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::domain::vocab::Role;
use crate::links::Page;
use crate::publish::names;
use crate::query::{EventFilter, EventQuery};
use crate::store::events::Found;
use crate::store::filter::nearest_region;
use crate::view::region::{RegionPage, RegionsPage};
use crate::view::{Link, place, preview};
use crate::web::error::{Failure, retired};
use crate::web::extract::{Ask, Format, id_of};
use crate::web::state::AppState;

use super::{Listing, either, html, json, picture, small_map, where_they_were};

/// The tree of places.
pub async fn list(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    Ok(either(&snapshot, ask.format, || RegionsPage::new(&cx), || names::regions(&cx)))
}

/// One region with the events in it and below it.
pub async fn one(State(app): State<AppState>, Path(segment): Path<String>, ask: Ask) -> Result<Response, Response> {
    let id = id_of(&segment);
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let found = snapshot.region(id).await.map_err(|error| Failure::from(error).into_response())?;
    let near = || {
        let near = nearest_region(&catalog, id)?;
        let link = |lang: Lang| {
            let name = catalog.region(&near).map_or(near.as_str(), |region| region.name.get(lang));
            Link::new(Page::Region(&near).path(lang), name)
        };
        Some((link(Lang::En), link(Lang::Fr)))
    };
    let near = if matches!(found, Found::Unknown) { near().into_iter().collect() } else { Vec::new() };
    let region = retired(found, ask.lang, ask.format, |id| Page::Region(id), near)?;
    let cx = app.context(ask.lang, &catalog);
    if !matches!(ask.format, Format::Html | Format::Json | Format::Png) {
        return Err(Failure::NotFound(Vec::new()).into_response());
    }
    if ask.format == Format::Json {
        return Ok(json(&snapshot, &names::region(&cx, &region)));
    }
    let fail = |error| Failure::filter(error, &[]).into_response();
    let filter = EventFilter { region: id.parse().into_iter().collect(), ..EventFilter::default() };
    let query = EventQuery::of(filter);
    if ask.format == Format::Png {
        let (total, cells) = where_they_were(&mut snapshot, &query.filter).await?;
        let Some(known) = catalog.region(id) else { return Err(Failure::Internal.into_response()) };
        return Ok(picture(&app, &snapshot, preview::region(&cx, known, total, &cells)).await);
    }
    let listing = Listing::run(&mut snapshot, &cx, &query).await.map_err(fail)?;
    let accused = EventFilter { role: vec![Role::Perpetrator], ..query.filter.clone() };
    let perpetrators = snapshot.select(&accused, None).await.map_err(fail)?.facets(&accused, &catalog);
    let list = listing.view(&cx, &query);
    let map = catalog.region(id).and_then(|region| place::of_region(&cx, region));
    let events_map = small_map(&mut snapshot, &cx, &query.filter, &listing.facets).await?;
    match RegionPage::new(&cx, &region, &query.filter, listing.page.total, &perpetrators, list, map, events_map) {
        Some(page) => Ok(html(&snapshot, &page)),
        None => Err(Failure::Internal.into_response()),
    }
}
