//! `/events/{id}`, its history and its versions.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::response::{IntoResponse, Response};

use crate::domain::lang::Lang;
use crate::domain::names::nearest;
use crate::links::Page;
use crate::publish::event::EventJson;
use crate::publish::export::Form;
use crate::publish::export::geojson::Feature;
use crate::publish::memento::{self, Mementos};
use crate::publish::{self, documents};
use crate::store::Snapshot;
use crate::store::events::{EventFull, Found};
use crate::store::list::Card;
use crate::view::cite::Work;
use crate::view::event::{EventPage, EventParts};
use crate::view::history::HistoryPage;
use crate::view::{Link, place, preview};
use crate::web::error::{Failure, retired};
use crate::web::extract::{Ask, Format, id_of};
use crate::web::state::AppState;

use super::{cited, either, html, json, linked_data, picture, policy};

/// One event with all that is said about it.
pub async fn event(State(app): State<AppState>, Path(segment): Path<String>, ask: Ask) -> Result<Response, Response> {
    let id = id_of(&segment);
    let mut snapshot = app.read().await?;
    let found = snapshot.event(id).await.map_err(fail)?;
    let near = if matches!(found, Found::Unknown) { near(&mut snapshot, id).await? } else { Vec::new() };
    let event = retired(found, ask.lang, ask.format, |id| Page::Event(id), near)?;
    let linked = linked(&mut snapshot, &event).await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let map = place::of_event(&cx, &event.record);
    let parts = || EventParts { event: &event, linked: &linked, map, version: None };
    let mementos = Mementos { base_url: cx.base_url, lang: ask.lang, id };
    // The preview shows no more than the head of the page, which may be read.
    if ask.format == Format::Png {
        return Ok(picture(&app, &snapshot, preview::event(&cx, &event)).await);
    }
    let Some(dataset) = catalog.withheld(event.dataset) else {
        if ask.format == Format::File(Form::GeoJson) {
            let card = snapshot.cards(&[event.row]).await.map_err(fail)?;
            let Some(card) = card.first() else { return Err(Failure::Internal.into_response()) };
            let kind = [(CONTENT_TYPE, Form::GeoJson.media_type())];
            return Ok((policy(&snapshot), kind, Json(Feature::new(&cx, card))).into_response());
        }
        if let Format::Cite(form) = ask.format {
            return Ok(cited(&snapshot, form, &Work::event(&cx, &event)));
        }
        if ask.format == Format::Linked {
            return Ok(linked_data(&snapshot, &publish::linked::event(&cx, &event)));
        }
        if ask.format == Format::Html {
            return Ok(([(LINK, mementos.of_event())], html(&snapshot, &EventPage::new(&cx, parts()))).into_response());
        }
        let page = || EventPage::new(&cx, parts());
        return Ok(either(&snapshot, ask.format, page, || EventJson::new(&cx, &event, &linked)));
    };
    if ask.format != Format::Html {
        return Err(Failure::Withheld(dataset.licence.clone()).into_response());
    }
    let mut page = EventPage::new(&cx, parts());
    page.frame.json = None;
    page.frame.ld = None;
    page.frame.oembed = None;
    page.files.clear();
    page.embed.clear();
    page.cited.files.clear();
    Ok(([(LINK, mementos.of_event())], html(&snapshot, &page)).into_response())
}

const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// What changed in an event, and when. It stays readable when the event is withdrawn or merged.
pub async fn history(State(app): State<AppState>, Path(id): Path<String>, ask: Ask) -> Result<Response, Response> {
    let mut snapshot = app.read().await?;
    let id = id_of(&id).to_owned();
    let versions = snapshot.versions(&id).await.map_err(fail)?;
    let retired = snapshot.retired_event(&id).await.map_err(fail)?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let Some(mut page) = HistoryPage::new(&cx, &versions, retired.as_ref()) else {
        return Err(no_versions(&mut snapshot, &id, &ask, |id| Page::History(id)).await);
    };
    if withheld(&mut snapshot, &id, ask.format).await? {
        page.frame.json = None;
    }
    Ok(either(&snapshot, ask.format, || page, || documents::versions(&versions)))
}

/// An event as it was.
pub async fn version(
    State(app): State<AppState>,
    Path((id, n)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Response> {
    if !matches!(ask.format, Format::Html | Format::Json) {
        return Err(Failure::NotFound(Vec::new()).into_response());
    }
    let mut snapshot = app.read().await?;
    let versions = snapshot.versions(&id).await.map_err(fail)?;
    // A version has one address: not `+1`, not `01`.
    let wanted = id_of(&n).parse::<u32>().ok().filter(|wanted| wanted.to_string() == id_of(&n));
    let Some(at) = versions.iter().position(|v| Some(v.n) == wanted) else {
        if versions.is_empty() {
            return Err(no_versions(&mut snapshot, &id, &ask, |id| Page::History(id)).await);
        }
        let pages = versions.iter().map(|v| {
            let link = |lang| Link::new(Page::Version(&id, v.n).path(lang), format!("Version {}", v.n));
            (link(Lang::En), link(Lang::Fr))
        });
        return Err(Failure::NotFound(pages.collect()).into_response());
    };
    let version = &versions[at];
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let withheld = withheld(&mut snapshot, &id, ask.format).await?;
    let links = Mementos { base_url: cx.base_url, lang: ask.lang, id: &id }.of_version(&versions, at);
    let recorded = memento::date(version).map(|at| [(MEMENTO_DATETIME, at)]);
    let beside = |page: Response| match recorded {
        Some(recorded) => (recorded, [(LINK, links)], page).into_response(),
        None => ([(LINK, links)], page).into_response(),
    };
    if ask.format == Format::Json {
        let one = documents::versions(std::slice::from_ref(version)).into_iter().next();
        return Ok(beside(json(&snapshot, &one)));
    }
    let reports = snapshot.report_briefs(&version.record).await.map_err(fail)?;
    let event = EventFull {
        row: 0,
        record: version.record.clone(),
        dataset: snapshot.dataset_of_event(&id).await.map_err(fail)?.unwrap_or_default(),
        version: version.n,
        updated: version.recorded.clone(),
        reports,
        paragraphs: HashMap::new(),
        links: Vec::new(),
        same: Vec::new(),
    };
    let map = place::of_event(&cx, &event.record);
    let mut page = EventPage::new(&cx, EventParts { event: &event, linked: &[], map, version: Some((&versions, at)) });
    if withheld {
        page.frame.json = None;
        page.cited.files.clear();
    }
    Ok(beside(html(&snapshot, &page)))
}

pub(super) fn fail(error: crate::store::StoreError) -> Response {
    Failure::from(error).into_response()
}

/// Whether an event may be read but not passed on.
///
/// # Errors
/// When that is so and JSON is asked for.
async fn withheld(snapshot: &mut Snapshot, id: &str, format: Format) -> Result<bool, Response> {
    let Some(row) = snapshot.dataset_of_event(id).await.map_err(fail)? else { return Ok(false) };
    match snapshot.catalog.withheld(row) {
        Some(dataset) if format == Format::Json => Err(Failure::Withheld(dataset.licence.clone()).into_response()),
        withheld => Ok(withheld.is_some()),
    }
}

/// The answer for an event of which there is no version: its successor's page, the reason it is gone, or what is near.
pub(super) async fn no_versions(snapshot: &mut Snapshot, id: &str, ask: &Ask, to: fn(&str) -> Page<'_>) -> Response {
    let found = match snapshot.retired_event(id).await {
        Ok(Some(gone)) => Found::Retired(gone),
        Ok(None) => Found::<()>::Unknown,
        Err(error) => return fail(error),
    };
    let near = match near(snapshot, id).await {
        Ok(near) => near,
        Err(answer) => return answer,
    };
    match retired(found, ask.lang, ask.format, to, near) {
        Ok(()) => Failure::NotFound(Vec::new()).into_response(),
        Err(answer) => answer,
    }
}

async fn linked(snapshot: &mut Snapshot, event: &EventFull) -> Result<Vec<Card>, Response> {
    let mut rows: Vec<i64> = event.links.iter().map(|link| link.row).collect();
    rows.sort_unstable();
    rows.dedup();
    snapshot.cards(&rows).await.map_err(fail)
}

/// The events whose ids are nearest to one that does not exist.
async fn near(snapshot: &mut Snapshot, id: &str) -> Result<Vec<(Link, Link)>, Response> {
    let ids = snapshot.event_ids_like(id).await.map_err(fail)?;
    let near = nearest(id, ids.iter().map(String::as_str));
    Ok(near
        .map(|id| {
            let link = |lang| Link::new(Page::Event(id).path(lang), id);
            (link(Lang::En), link(Lang::Fr))
        })
        .into_iter()
        .collect())
}
