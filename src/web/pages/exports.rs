//! A list to take along: as a file, and as a feed of what changes in it.

use askama::Template as _;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LINK, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};

use crate::publish::export::{About, Export};
use crate::publish::feed::{self, Feed};
use crate::query::EventQuery;
use crate::query::page::LastChange;
use crate::query::parse::{Problem, QueryError};
use crate::store::Snapshot;
use crate::store::filter::Selection;
use crate::view::Ctx;
use crate::view::cite::Work;
use crate::web::download::{self, Source};
use crate::web::error::Failure;
use crate::web::extract::{Ask, Format};
use crate::web::state::AppState;

use super::events::{asked, fit, selected};
use super::{FilterNames, cited, policy};

/// The whole list as a file. With `limit` and `after`, only a page of it.
pub async fn file(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let Format::File(form) = ask.format else { return Err(Failure::NotFound(Vec::new()).into_response()) };
    let (mut snapshot, query, selection) = listed(&app, &ask).await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog).of(&query.filter);
    let names = FilterNames::of(&mut snapshot, &catalog, &query.filter).await.map_err(fail)?;
    let most = ask.value("limit").map(|_| usize::from(query.limit));
    let rows = snapshot.in_order(&selection, &query, most);
    let about = About::new(&cx, &query, &names, selection.datasets(&catalog.index));
    let Some(place) = app.downloads().place() else {
        return Err(
            (HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("60"))]), Failure::TooSlow).into_response()
        );
    };
    let headers = headers(&cx, &about, form.media_type(), form.ending());
    let policy = super::CachePolicy::Download { generation: catalog.generation };
    let export = Export::new(form, rows, about, app.store().folder());
    drop(snapshot);
    let store = app.store_of(query.filter.as_of).await?;
    let source = Source { store, generation: catalog.generation, past: cx.past, lang: ask.lang };
    let body = download::body(app.clone(), source, export, place);
    Ok((policy, headers, body).into_response())
}

/// What an address asks for, and its events.
async fn listed(app: &AppState, ask: &Ask) -> Result<(Snapshot, EventQuery, Selection), Response> {
    let (mut snapshot, query) = asked(app, app.read().await?, ask).await?;
    let selection = selected(&mut snapshot, &query, ask).await?;
    Ok((snapshot, query, selection))
}

/// How a list is cited.
pub async fn cite(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let Format::Cite(form) = ask.format else { return Err(Failure::NotFound(Vec::new()).into_response()) };
    let (mut snapshot, query, selection) = listed(&app, &ask).await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog).of(&query.filter);
    let names = FilterNames::of(&mut snapshot, &catalog, &query.filter).await.map_err(fail)?;
    let work = Work::list(&cx, &query, &query.filter.describe(&names, ask.lang), selection.total());
    Ok(cited(&snapshot, form, &work))
}

/// What says beside the file what it is.
fn headers(cx: &Ctx, about: &About, media_type: &'static str, ending: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    let name = format!("attachment; filename=\"{}.{ending}\"", about.name);
    let mut links = vec![format!("<{}>; rel=\"alternate\"; type=\"text/html\"", about.url)];
    let licences = about.datasets(cx).filter(|dataset| !dataset.licence_url.is_empty());
    links.extend(licences.map(|dataset| format!("<{}>; rel=\"license\"", dataset.licence_url)));
    links.dedup();
    for (header, value) in [(CONTENT_DISPOSITION, name), (LINK, links.join(", "))] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header, value);
        }
    }
    headers
}

/// The feed of a filter.
pub async fn atom(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    // A feed has one order, and its cursor is of that order.
    let after = ask.value("after").map(|text| (text, text.parse::<LastChange>().ok()));
    // What was on record at some time does not change any more, so that nobody need follow it.
    let odd = ask.pairs().find(|(key, _)| matches!(*key, "sort" | "view" | "as_of"));
    let parsed = match (odd, after) {
        (Some((key, value)), _) => {
            Err(QueryError { suggestion: None, ..QueryError::new(key, value, Problem::UnknownKey) })
        }
        (_, Some((text, None))) => Err(QueryError::new("after", text, Problem::BadCursor)),
        (_, after) => EventQuery::parse(ask.pairs().filter(|(key, _)| *key != "after"))
            .map(|query| (query, after.and_then(|(_, after)| after))),
    };
    let (query, after) = fit(&mut snapshot, parsed, &ask).await?;
    let selection = selected(&mut snapshot, &query, &ask).await?;
    let limit = ask.value("limit").map_or(feed::USUAL, |_| query.limit);
    let want = usize::from(limit);
    let begin = after.as_ref().map(|after| (after.when.clone(), after.row));
    let mut changes = snapshot.changed(&selection, begin, want + 1).await.map_err(fail)?;
    let more = changes.len() > want;
    changes.truncate(want);
    let last =
        |change: &crate::store::changes::Change| LastChange { when: change.card.updated.clone(), row: change.card.row };
    let next = changes.last().filter(|_| more).map(last);
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let names = FilterNames::of(&mut snapshot, &catalog, &query.filter).await.map_err(fail)?;
    let feed = Feed::new(&cx, &query.filter, (limit, after.as_ref()), &names, &changes, next.as_ref());
    let body = feed.render().map_err(|error| {
        tracing::error!(%error, "a template failed");
        Failure::Internal.into_response()
    })?;
    let kind = [(CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((policy(&snapshot), kind, body).into_response())
}

fn fail(error: crate::store::StoreError) -> Response {
    Failure::from(error).into_response()
}
