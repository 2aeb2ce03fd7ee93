//! `/about`, the method and the data.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::publish::package;
use crate::view::about::{AboutPage, DataPage, MethodPage};
use crate::web::cache::CachePolicy;
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::html;

/// What this is.
pub async fn about(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    Ok(html(&snapshot, &AboutPage::new(&app.context(ask.lang, &catalog))))
}

/// How it is made.
pub async fn method(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    Ok(html(&snapshot, &MethodPage::new(&app.context(ask.lang, &catalog))))
}

/// What may be done with it.
pub async fn data(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    Ok(html(&snapshot, &DataPage::new(&app.context(ask.lang, &catalog))))
}

/// A dataset as a zipped data package, without the texts of reports.
pub async fn download(State(app): State<AppState>, Path(file): Path<String>) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let Some(dataset) = file.strip_suffix(".zip").and_then(|id| catalog.dataset(id)) else {
        return Err(Failure::NotFound(Vec::new()).into_response());
    };
    if !dataset.redistributable {
        return Err(Failure::Withheld(dataset.licence.clone()).into_response());
    }
    let failed = |error| {
        tracing::error!(%error, "the package could not be made");
        Failure::Internal.into_response()
    };
    let files = package::files(snapshot.as_mut(), &dataset.id, false).await.map_err(failed)?;
    let body = package::zip(&files).map_err(failed)?;
    let name = format!("attachment; filename=\"constat-{}-{}.zip\"", dataset.id, dataset.version);
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    let policy = CachePolicy::Download { generation: catalog.generation };
    Ok((policy, headers, body).into_response())
}
