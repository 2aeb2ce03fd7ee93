//! `/robots.txt`, `/sitemap.xml` and the files it names.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::links;
use crate::publish::sitemap::{self, EACH, Of};
use crate::store::addresses::Many;
use crate::store::{Snapshot, StoreError};
use crate::web::cache::CachePolicy;
use crate::web::error::Failure;
use crate::web::state::AppState;

use super::policy;

/// The rows at which the files of a kind begin; for what is in memory, its place.
async fn stretches(snapshot: &mut Snapshot, of: Of) -> Result<Vec<i64>, StoreError> {
    let in_memory = |count: usize| (0..count as i64).step_by(EACH as usize).collect();
    match of {
        Of::Pages => Ok(vec![0]),
        Of::Events => snapshot.stretches(Many::Events, EACH).await,
        Of::Actors => Ok(in_memory(snapshot.catalog.actors().count())),
        Of::Regions => Ok(in_memory(snapshot.catalog.regions().count())),
        Of::Reports => snapshot.stretches(Many::Reports, EACH).await,
    }
}

/// The index of all files.
pub async fn index(State(app): State<AppState>) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let mut files = Vec::new();
    for of in Of::ALL {
        files.push((of, stretches(&mut snapshot, of).await.map_err(fail)?.len()));
    }
    let catalog = snapshot.catalog.clone();
    let cx = app.context(Lang::En, &catalog);
    Ok(xml(&snapshot, sitemap::index(&cx, &files)))
}

/// One of the files.
pub async fn file(State(app): State<AppState>, Path(file): Path<String>) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let none = || Failure::NotFound(Vec::new()).into_response();
    let (of, n) = Of::parse(&file).ok_or_else(none)?;
    let begin = stretches(&mut snapshot, of).await.map_err(fail)?.get(n - 1).copied().ok_or_else(none)?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(Lang::En, &catalog);
    let (skip, most) = (begin as usize, EACH as usize);
    let addresses = match of {
        Of::Pages => return Ok(xml(&snapshot, sitemap::pages(&cx))),
        Of::Events => snapshot.addresses(Many::Events, begin, EACH).await.map_err(fail)?,
        Of::Actors => catalog.actors().skip(skip).take(most).map(|actor| (actor.id.clone(), None)).collect(),
        Of::Regions => catalog.regions().skip(skip).take(most).map(|region| (region.id.clone(), None)).collect(),
        Of::Reports => snapshot.addresses(Many::Reports, begin, EACH).await.map_err(fail)?,
    };
    Ok(xml(&snapshot, sitemap::things(&cx, of, &addresses)))
}

/// Robots may read everything once; the combinations of filters have no end and hold nothing new.
pub async fn robots(State(app): State<AppState>) -> Response {
    let rules = "\
        # Every event, actor, region and report has a page of its own and is welcome in any index.\n\
        # Only the combinations of filters are not, nor the same as map layers: they are endless and repeat these pages.\n\
        User-agent: *\n\
        Disallow: /events?\n\
        Disallow: /fr/events?\n\
        Disallow: /events.*?\n\
        Disallow: /fr/events.*?\n\
        Disallow: /compare?\n\
        Disallow: /fr/compare?\n\
        Disallow: /embed/\n\
        Disallow: /fr/embed/\n\
        Disallow: /oembed\n\
        Disallow: /fr/oembed\n\
        Disallow: /ogc\n";
    let text = format!("{rules}\nSitemap: {}{}\n", app.base_url().as_str(), links::SITEMAP);
    (CachePolicy::Page { generation: 0 }, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn xml(snapshot: &Snapshot, text: String) -> Response {
    (policy(snapshot), [(CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response()
}

fn fail(error: StoreError) -> Response {
    Failure::from(error).into_response()
}
