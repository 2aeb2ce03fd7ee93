//! `/names.json`: names found while they are typed, and what a name typed into a form means.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::publish::names::NamesJson;
use crate::query::parse::{MAX_WORDS_LENGTH, Problem, QueryError};
use crate::search;
use crate::store::catalog::Catalog;
use crate::web::error::Failure;
use crate::web::extract::Ask;
use crate::web::state::AppState;

use super::json;

/// More are not read before one types another letter.
const NAMES: usize = 10;

const KEYS: [&str; 2] = ["of", "q"];

/// What has names to be found, as the filter calls it.
const KINDS: [&str; 2] = ["actor", "region"];

/// Actors or regions with a name like what was typed so far, best first.
pub async fn names(State(app): State<AppState>, ask: Ask) -> Result<Response, Response> {
    let wrong = |field: &str, value: &str, problem, choices: [&str; 2]| {
        let suggestion =
            crate::domain::names::nearest(if problem == Problem::UnknownKey { field } else { value }, choices);
        let suggestion = suggestion.map(str::to_owned);
        let error = QueryError { field: field.to_owned(), value: value.to_owned(), problem, suggestion };
        Failure::Param(error, choices.map(str::to_owned).into()).into_response()
    };
    if let Some((key, value)) = ask.pairs.iter().find(|(key, _)| !KEYS.contains(&key.as_str())) {
        return Err(wrong(key, value, Problem::UnknownKey, KEYS));
    }
    let of = ask.value("of").unwrap_or_default();
    if !KINDS.contains(&of) {
        return Err(wrong("of", of, Problem::UnknownWord, KINDS));
    }
    // As in a search, what is too long to be a name is cut.
    let words: String = ask.value("q").unwrap_or_default().chars().take(MAX_WORDS_LENGTH).collect();
    let snapshot = app.read().await?;
    let catalog = snapshot.catalog.clone();
    let cx = app.context(ask.lang, &catalog);
    let found = match of {
        "actor" => NamesJson::actors(&cx, &search::actors(&catalog, &words, NAMES)),
        _ => NamesJson::regions(&cx, &search::regions(&catalog, &words, NAMES)),
    };
    Ok(json(&snapshot, &found))
}

/// The pairs of an address in which names stand (`region_name=Mopti`, from a form without scripts), with the id of what
/// has the name most like each. A name that nothing has stands as the id, for the error to name it.
pub fn resolved(catalog: &Catalog, pairs: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let named = |key: &str| key.strip_suffix("_name").filter(|key| KINDS.contains(key)).map(str::to_owned);
    if !pairs.iter().any(|(key, _)| named(key).is_some()) {
        return None;
    }
    let pair = |(key, value): &(String, String)| {
        let Some(of) = named(key) else { return (key.clone(), value.clone()) };
        let words: String = value.chars().take(MAX_WORDS_LENGTH).collect();
        let id = match of.as_str() {
            "actor" => {
                let row = search::actors(catalog, &words, 1).actors.first().copied();
                row.and_then(|row| catalog.actor_at(row)).map(|actor| actor.id.clone())
            }
            _ => {
                let row = search::regions(catalog, &words, 1).regions.first().copied();
                row.and_then(|row| catalog.region_at(row)).map(|region| region.id.clone())
            }
        };
        (of, id.unwrap_or(words))
    };
    Some(pairs.iter().map(pair).collect())
}
