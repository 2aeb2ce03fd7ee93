//! `/`: the front door.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::domain::vocab::Role;
use crate::query::{EventFilter, EventQuery};
use crate::view::front::{self, FrontPage, FrontParts};
use crate::view::mapview::{MapView, square};
use crate::view::place;
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::html;

/// What this is, and ways in.
pub async fn front(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let fail = |error| Failure::from(error).into_response();
    let unfit = |error| Failure::filter(error, &[]).into_response();
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);

    let all = snapshot.select(&EventFilter::default(), None).await.map_err(unfit)?;
    let latest = EventQuery { limit: 5, ..EventQuery::default() };
    let latest = snapshot.page(&all, &latest).await.map_err(fail)?;
    let over_time = all.timeline_of_all_dates(&catalog.index);
    let facets = all.facets(&EventFilter::default(), &catalog);

    let accused = EventFilter { role: vec![Role::Perpetrator], ..EventFilter::default() };
    let perpetrators = snapshot.select(&accused, None).await.map_err(unfit)?.facets(&accused, &catalog);

    let gravest = EventQuery { limit: 5, ..front::gravest() };
    let massacres = snapshot.select(&gravest.filter, None).await.map_err(unfit)?;
    let gravest = snapshot.page(&massacres, &gravest).await.map_err(fail)?;
    // The country with most events: the one whose map says something.
    let country = catalog.roots().max_by_key(|r| catalog.index.region.get(&r.row).map_or(0, |set| set.len()));
    let map = match catalog.is_of_the_world() {
        true => {
            let cells = all.cells(&catalog, |points, areas| square(&catalog, None, points, areas));
            MapView::new(&cx, &EventQuery::default(), &cells, &facets.region, &[]).svg
        }
        false => country.and_then(|country| place::of_region(&cx, country)),
    };
    let parts = FrontParts {
        facets: &facets,
        perpetrators: &perpetrators,
        over_time: &over_time,
        latest: &latest.items,
        gravest: &gravest.items,
        map,
    };
    Ok(html(&snapshot, &FrontPage::new(&cx, &parts)))
}
