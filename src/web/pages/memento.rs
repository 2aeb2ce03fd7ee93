//! `/events/{id}/timegate` and `/events/{id}/timemap`: an event as it was, for programs (RFC 7089).

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LINK, LOCATION, VARY};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::links::Page;
use crate::publish::memento::{MEDIA_TYPE, Mementos, asked, held};
use crate::query::parse::{Problem, QueryError};
use crate::store::Snapshot;
use crate::store::history::Version;
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::event::{fail, no_versions};
use super::policy;

const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");

/// How a moment is written.
const EXAMPLE: &str = "Thu, 31 May 2007 20:35:00 GMT";

/// Leads to the version that held at the moment of `Accept-Datetime`. Kept by nobody: what it answers depends on more
/// than its address.
pub async fn timegate(
    State(app): State<AppState>,
    Path(id): Path<String>,
    ask: Ask,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let versions = versions(&mut snapshot, &id, &ask, |id| Page::Timegate(id)).await?;
    let at = match headers.get(ACCEPT_DATETIME) {
        None => None,
        Some(value) => {
            let text = String::from_utf8_lossy(value.as_bytes());
            let Some(at) = asked(&text) else {
                let mut error = QueryError::new("Accept-Datetime", &text, Problem::NotAMoment);
                error.suggestion = Some(EXAMPLE.to_owned());
                let failure = Failure::Param(error, vec![EXAMPLE.to_owned()]);
                return Err(([(VARY, "accept-datetime")], failure).into_response());
            };
            Some(at)
        }
    };
    let Some(version) = held(&versions, at) else { return Err(Failure::NotFound(Vec::new()).into_response()) };
    let mementos = Mementos { base_url: app.base_url().as_str(), lang: ask.lang, id: &id };
    let to = format!("{}{}", app.base_url().as_str(), Page::Version(&id, version.n).path(ask.lang));
    let headers = [(LOCATION, to), (LINK, mementos.of_event()), (VARY, "accept-datetime".to_owned())];
    Ok((StatusCode::FOUND, headers).into_response())
}

/// Every version with the moment it was recorded.
pub async fn timemap(State(app): State<AppState>, Path(id): Path<String>, ask: Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let versions = versions(&mut snapshot, &id, &ask, |id| Page::Timemap(id)).await?;
    let mementos = Mementos { base_url: app.base_url().as_str(), lang: ask.lang, id: &id };
    Ok((policy(&snapshot), [(CONTENT_TYPE, MEDIA_TYPE)], mementos.timemap(&versions)).into_response())
}

/// The versions of an event, of which there is at least one.
async fn versions(
    snapshot: &mut Snapshot,
    id: &str,
    ask: &Ask,
    page: fn(&str) -> Page<'_>,
) -> Result<Vec<Version>, Response> {
    let versions = snapshot.versions(id).await.map_err(fail)?;
    if versions.is_empty() {
        return Err(no_versions(snapshot, id, ask, page).await);
    }
    Ok(versions)
}
