//! `/compare`: two actors or two regions side by side.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::domain::vocab::Role;
use crate::links;
use crate::publish::compare::CompareJson;
use crate::query::EventFilter;
use crate::query::compare::{CompareQuery, KEYS};
use crate::query::parse::{Problem, QueryError};
use crate::store::Snapshot;
use crate::store::catalog::Catalog;
use crate::store::events::Found;
use crate::store::filter::{FilterError, Selection, nearest_actor, nearest_region};
use crate::view::compare::{Both, ChoosePage, ComparePage, Side, Subject};
use crate::web::error::Failure;
use crate::web::extract::{Ask, Format};
use crate::web::state::AppState;

use super::{html, json};

/// So many of the events that both share are shown.
const SHARED: usize = 20;

/// Two side by side, or the form that chooses them.
pub async fn compare(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let refuse = |error: QueryError| {
        let choices = match error.problem {
            Problem::UnknownKey => KEYS.map(str::to_owned).to_vec(),
            _ => Vec::new(),
        };
        Failure::Param(error, choices).into_response()
    };
    let fail = |error: FilterError| match error {
        FilterError::Query(error) => refuse(error),
        FilterError::Store(error) => Failure::from(error).into_response(),
    };
    let query = CompareQuery::parse(ask.pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()))).map_err(refuse)?;
    if ask.format == Format::Html && ask.pairs.iter().any(|(_, value)| value.is_empty()) {
        return Ok(Redirect::temporary(&links::compare(&query, ask.lang)).into_response());
    }
    let mut snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let (a, b) = subjects(&catalog, &query).map_err(refuse)?;
    let (Some(a), Some(b)) = (a, b) else {
        if ask.format == Format::Json {
            let key = if query.a.is_none() { "a" } else { "b" };
            return Err(refuse(QueryError::new(key, "", Problem::Missing)));
        }
        return Ok(html(&snapshot, &ChoosePage::new(&cx, &query, a.or(b))));
    };
    let first = selected(&mut snapshot, &query, a).await.map_err(fail)?;
    let second = selected(&mut snapshot, &query, b).await.map_err(fail)?;
    let index = &catalog.index;
    // Both over the same time, however long each of them has events.
    let days = [&first, &second].into_iter().filter_map(|(selection, side)| selection.days(&side.filter, index));
    let days = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let (shared, cards) = snapshot.shared(&first.0, &second.0, SHARED).await.map_err(|error| fail(error.into()))?;
    let ties = match (a, b) {
        (Subject::Actor(a), Subject::Actor(b)) => match snapshot.actor(&a.id).await.map_err(|e| fail(e.into()))? {
            Found::Live(full) => full.ties.into_iter().filter(|tie| tie.other == b.row).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let sides = [first, second].map(|(selection, mut side)| {
        side.timeline = days.map(|days| selection.timeline_on(days, index)).unwrap_or_default();
        side
    });
    let both = Both { sides, shared, cards, ties };
    Ok(match ask.format {
        Format::Json => json(&snapshot, &CompareJson::new(&cx, &both)),
        _ => html(&snapshot, &ComparePage::new(&cx, &query, &both)),
    })
}

/// The events of a side, and what is counted of them.
async fn selected<'a>(
    snapshot: &mut Snapshot,
    query: &CompareQuery,
    subject: Subject<'a>,
) -> Result<(Selection, Side<'a>), FilterError> {
    let catalog = snapshot.catalog.clone();
    let filter = subject.filter(&query.filter);
    let selection = snapshot.select(&filter, None).await?;
    let facets = selection.facets(&filter, &catalog);
    let accused = match subject {
        Subject::Actor(_) => None,
        Subject::Region(_) => {
            let accused = EventFilter { role: vec![Role::Perpetrator], ..filter.clone() };
            Some(snapshot.select(&accused, None).await?.facets(&accused, &catalog))
        }
    };
    let side = Side {
        subject,
        total: selection.total(),
        datasets: selection.datasets(&catalog.index),
        killed: selection.killed(&catalog.index),
        filter,
        facets,
        accused,
        timeline: Default::default(),
    };
    Ok((selection, side))
}

/// The two that are named, as far as they are. An id that both an actor and a region have is what the other one is.
fn subjects<'a>(
    catalog: &'a Catalog,
    query: &CompareQuery,
) -> Result<(Option<Subject<'a>>, Option<Subject<'a>>), QueryError> {
    let found = |key: &str, id: &Option<String>| -> Result<Vec<Subject<'a>>, QueryError> {
        let Some(id) = id else { return Ok(Vec::new()) };
        let actor = catalog.actor(id).map(Subject::Actor);
        let found: Vec<_> = actor.into_iter().chain(catalog.region(id).map(Subject::Region)).collect();
        if found.is_empty() {
            let suggestion = nearest_actor(catalog, id).or_else(|| nearest_region(catalog, id));
            return Err(QueryError { suggestion, ..QueryError::new(key, id, Problem::UnknownId) });
        }
        Ok(found)
    };
    let (a, b) = (found("a", &query.a)?, found("b", &query.b)?);
    let pair = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b))).find(|(a, b)| a.is_like(*b));
    match (pair, &query.b) {
        (Some((a, b)), _) => Ok((Some(a), Some(b))),
        (None, Some(id)) if !a.is_empty() => Err(QueryError::new("b", id, Problem::OtherKind)),
        _ => Ok((a.first().copied(), b.first().copied())),
    }
}
