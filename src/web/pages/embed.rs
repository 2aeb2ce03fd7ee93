//! `/embed/…`, pages for frames on other sites, and `/oembed`, which tells their programs of them.

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::links::{self, Embeddable, Page};
use crate::publish::oembed::OEmbed;
use crate::query::EventQuery;
use crate::query::parse::{Problem, QueryError};
use crate::store::Snapshot;
use crate::store::catalog::Catalog;
use crate::store::events::EventFull;
use crate::view::embed::{Embed, EmbeddedEvent, EmbeddedMap};
use crate::view::mapview::square;
use crate::web::error::{Failure, retired};
use crate::web::extract::{Ask, Format, lang_of};
use crate::web::state::AppState;

use super::event::fail;
use super::events::{asked, selected};
use super::{FilterNames, html, json, policy};

/// The head of an event and its accounts.
pub async fn event(State(app): State<AppState>, Path(id): Path<String>, ask: Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let event = passed_on(&mut snapshot, &id, &ask, |id| Page::EmbeddedEvent(id)).await?;
    let catalog = snapshot.catalog.clone();
    Ok(html(&snapshot, &EmbeddedEvent::new(&app.context(ask.lang, &catalog), &event)))
}

/// An event that may be shown elsewhere.
async fn passed_on(
    snapshot: &mut Snapshot,
    id: &str,
    ask: &Ask,
    to: fn(&str) -> Page<'_>,
) -> Result<EventFull, Response> {
    let found = snapshot.event(id).await.map_err(fail)?;
    let event = retired(found, ask.lang, Format::Html, to, Vec::new())?;
    match snapshot.catalog.withheld(event.dataset) {
        Some(dataset) => Err(Failure::Withheld(dataset.licence.clone()).into_response()),
        None => Ok(event),
    }
}

/// The events of a filter on a map.
pub async fn map(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let (mut snapshot, query) = asked(&app, app.read().await?, &ask).await?;
    let selection = selected(&mut snapshot, &query, &ask).await?;
    let catalog = snapshot.catalog.clone();
    may_go(&catalog, &selection.datasets(&catalog.index))?;
    let cx = app.context(ask.lang, &catalog).of(&query.filter);
    let names = FilterNames::of(&mut snapshot, &catalog, &query.filter).await.map_err(fail)?;
    let cells = selection.cells(&catalog, |points, areas| square(&catalog, query.filter.bbox, points, areas));
    let regions = selection.regions(&catalog);
    Ok(html(&snapshot, &EmbeddedMap::new(&cx, &query, selection.total(), &cells, &regions, &names)))
}

/// Refuses where events of these datasets may be read here and nowhere else.
fn may_go(catalog: &Catalog, datasets: &[i64]) -> Result<(), Response> {
    match datasets.iter().find_map(|row| catalog.withheld(*row)) {
        Some(dataset) => Err(Failure::Withheld(dataset.licence.clone()).into_response()),
        None => Ok(()),
    }
}

/// The keys of `/oembed`.
const KEYS: [&str; 4] = ["url", "format", "maxwidth", "maxheight"];

/// The forms of its answer.
const FORMATS: [&str; 2] = ["json", "xml"];

/// How an address of this site is embedded.
pub async fn oembed(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let wrong = |key: &str, value: &str, problem, choices: &[&str]| {
        let error = QueryError { field: key.to_owned(), value: value.to_owned(), problem, suggestion: None };
        Failure::Param(error, choices.iter().map(|word| (*word).to_owned()).collect()).into_response()
    };
    if let Some((key, value)) = ask.pairs().find(|(key, _)| !KEYS.contains(key)) {
        return Err(wrong(key, value, Problem::UnknownKey, &KEYS));
    }
    let Some(url) = ask.value("url") else { return Err(wrong("url", "", Problem::Missing, &[])) };
    let xml = match ask.value("format") {
        None | Some("json") => false,
        Some("xml") => true,
        Some(other) => return Err(wrong("format", other, Problem::UnknownWord, &FORMATS)),
    };
    let mut most = [None, None];
    for (most, key) in most.iter_mut().zip(["maxwidth", "maxheight"]) {
        if let Some(value) = ask.value(key) {
            let pixels = value.parse::<u32>().ok().filter(|pixels| *pixels > 0);
            *most = Some(pixels.ok_or_else(|| wrong(key, value, Problem::NotANumber, &[]))?);
        }
    }
    let none = || Failure::NotFound(Vec::new()).into_response();
    let uri: Uri = url.parse().map_err(|_| none())?;
    let path = url.strip_prefix(app.base_url().as_str()).filter(|path| path.starts_with('/')).ok_or_else(none)?;
    let lang = lang_of(&uri);
    let of_page = Ask::of(&path.parse().map_err(|_| none())?);
    let mut snapshot = app.read().await?;
    let (embed, picture) = match links::embeddable(uri.path()).ok_or_else(none)? {
        Embeddable::Events => {
            let (present, query) = asked(&app, snapshot, &of_page).await?;
            snapshot = present;
            (of_map(&app, &mut snapshot, &query, &of_page).await?, None)
        }
        Embeddable::Event(id) => {
            let event = passed_on(&mut snapshot, id, &of_page, |id| Page::Event(id)).await?;
            let catalog = snapshot.catalog.clone();
            let cx = app.context(lang, &catalog);
            let picture = format!("{}{}", cx.base_url, Page::Event(event.record.id.as_str()).format(lang, "png"));
            (Embed::event(&cx, &event), Some(picture))
        }
    };
    let catalog = snapshot.catalog.clone();
    let answer = OEmbed::new(&app.context(lang, &catalog), embed, picture, most);
    Ok(match xml {
        true => (policy(&snapshot), [(CONTENT_TYPE, "text/xml; charset=utf-8")], answer.xml()).into_response(),
        false => json(&snapshot, &answer),
    })
}

async fn of_map(app: &AppState, snapshot: &mut Snapshot, query: &EventQuery, ask: &Ask) -> Result<Embed, Response> {
    let selection = selected(snapshot, query, ask).await?;
    let catalog = snapshot.catalog.clone();
    may_go(&catalog, &selection.datasets(&catalog.index))?;
    let names = FilterNames::of(snapshot, &catalog, &query.filter).await.map_err(fail)?;
    Ok(Embed::map(&app.context(ask.lang, &catalog), query, query.filter.describe(&names, ask.lang)))
}
