//! `/actors` and one of them.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::links::Page;
use crate::publish::names;
use crate::query::{EventFilter, EventQuery};
use crate::store::events::Found;
use crate::store::filter::nearest_actor;
use crate::view::actor::{ActorPage, ActorsPage};
use crate::view::{Link, preview};
use crate::web::error::{Failure, retired};
use crate::web::extract::{Ask, Format, id_of};
use crate::web::state::AppState;

use super::{Listing, either, html, json, picture, small_map, where_they_were};

/// All actors.
pub async fn list(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    Ok(either(&snapshot, ask.format, || ActorsPage::new(&cx), || names::actors(&cx)))
}

/// One actor with its events.
pub async fn one(State(app): State<AppState>, Path(segment): Path<String>, ask: Ask) -> Result<Response, Response> {
    let id = id_of(&segment);
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let found = snapshot.actor(id).await.map_err(|error| Failure::from(error).into_response())?;
    let near = || {
        let near = nearest_actor(&catalog, id)?;
        let link = |lang: Lang| {
            let name = catalog.actor(&near).map_or(near.as_str(), |actor| actor.name.get(lang));
            Link::new(Page::Actor(&near).path(lang), name)
        };
        Some((link(Lang::En), link(Lang::Fr)))
    };
    let near = if matches!(found, Found::Unknown) { near().into_iter().collect() } else { Vec::new() };
    let actor = retired(found, ask.lang, ask.format, |id| Page::Actor(id), near)?;
    let cx = app.context(ask.lang, &catalog);
    if !matches!(ask.format, Format::Html | Format::Json | Format::Png) {
        return Err(Failure::NotFound(Vec::new()).into_response());
    }
    if ask.format == Format::Json {
        return Ok(json(&snapshot, &names::actor(&cx, &actor)));
    }
    let filter = EventFilter { actor: id.parse().into_iter().collect(), ..EventFilter::default() };
    let query = EventQuery::of(filter);
    if ask.format == Format::Png {
        let (total, cells) = where_they_were(&mut snapshot, &query.filter).await?;
        let Some(known) = catalog.actor(id) else { return Err(Failure::Internal.into_response()) };
        return Ok(picture(&app, &snapshot, preview::actor(&cx, known, total, &cells)).await);
    }
    let listing =
        Listing::run(&mut snapshot, &cx, &query).await.map_err(|e| Failure::filter(e, &[]).into_response())?;
    let list = listing.view(&cx, &query);
    let map = small_map(&mut snapshot, &cx, &query.filter, &listing.facets).await?;
    match ActorPage::new(&cx, &actor, &query.filter, listing.page.total, &listing.facets, list, map) {
        Some(page) => Ok(html(&snapshot, &page)),
        None => Err(Failure::Internal.into_response()),
    }
}
