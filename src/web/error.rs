//! What can go wrong on the way to a page. A handler returns a [`Failure`]; one middleware turns it into a page (or, for
//! programs, into problem+json) in the reader's language. The program's own errors are logged and never shown.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::domain::lang::Lang;
use crate::domain::vocab::{Accounts, Certainty, EventKind, Origin, Role, Vocabulary};
use crate::links::{self, Embeddable, Page};
use crate::publish::export::Form;
use crate::publish::problem::Problem as ProblemJson;
use crate::query::parse::{Problem, QueryError};
use crate::query::{EventQuery, filter::words_of};
use crate::store::StoreError;
use crate::store::events::Retired;
use crate::store::filter::FilterError;
use crate::text::labels::Label;
use crate::text::ui::{Text, texts};
use crate::view::embed::EmbeddedError;
use crate::view::error::ErrorPage;
use crate::view::{Ctx, Link};

use super::extract::{Format, format_of, id_of, is_embedded, lang_of};
use super::state::AppState;

/// See the module's description.
#[derive(Clone, Debug)]
pub enum Failure {
    /// A part of the address cannot be used; with all its pairs, to keep the others.
    Query(QueryError, Vec<(String, String)>),
    /// The same on another page than the explorer: the field, its value, and what it could be.
    Param(QueryError, Vec<String>),
    /// Nothing has this address; with what is near: the page and its name, in both languages.
    NotFound(Vec<(Link, Link)>),
    /// It was withdrawn.
    Gone(Retired),
    /// Its dataset may be read here but not passed on; under which terms it came.
    Withheld(String),
    /// The program's own trouble, already logged.
    Internal,
    /// A query took too long.
    TooSlow,
    /// An earlier state of the record is being made, which takes longer than a reader would wait.
    InTheMaking,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match error {
            StoreError::Interrupted => Failure::TooSlow,
            error => {
                tracing::error!(%error, "the store failed");
                Failure::Internal
            }
        }
    }
}

impl Failure {
    /// From the filter of an address, keeping its pairs.
    pub fn filter(error: FilterError, pairs: &[(String, String)]) -> Failure {
        match error {
            FilterError::Query(error) => Failure::Query(error, pairs.to_vec()),
            FilterError::Store(error) => error.into(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Failure::Query(..) | Failure::Param(..) => StatusCode::BAD_REQUEST,
            Failure::NotFound(_) => StatusCode::NOT_FOUND,
            Failure::Gone(_) => StatusCode::GONE,
            Failure::Withheld(_) => StatusCode::FORBIDDEN,
            Failure::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Failure::TooSlow | Failure::InTheMaking => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The page for a failure.
fn page(cx: &Ctx, asked: &str, status: StatusCode, failure: Option<&Failure>) -> ErrorPage {
    let t = cx.t;
    let (title, detail) = words(t, status, failure, cx.lang);
    let mut page = ErrorPage::new(cx, asked, status.as_u16(), title, detail);
    match failure {
        Some(Failure::Query(error, pairs)) => {
            if let Some(suggestion) = &error.suggestion {
                let query = EventQuery::mended(pairs, error, Some(suggestion));
                page.nearest.push(Link::new(links::events(&query, cx.lang), named(cx, error, suggestion)));
            }
            page.without =
                Some(Link::new(links::events(&EventQuery::mended(pairs, error, None), cx.lang), t.error_without));
            page.choices = choices(error);
        }
        Some(Failure::Param(_, choices)) => page.choices = choices.clone(),
        // What an event said stays readable when it is gone.
        Some(Failure::Gone(_)) => {
            let path = asked.split('?').next().unwrap_or(asked);
            if let Some(Embeddable::Event(id)) = links::embeddable(path) {
                page.without = Some(Link::new(Page::History(id_of(id)).path(cx.lang), t.event_history));
            }
        }
        Some(Failure::NotFound(near)) => {
            page.nearest = near.iter().map(|(en, fr)| cx.lang.pick(en, fr).clone()).collect();
        }
        _ => {}
    }
    page
}

/// A suggested value by its name, where it has one.
fn named(cx: &Ctx, error: &QueryError, suggestion: &str) -> String {
    match error.field.as_str() {
        "region" => cx.region_by_id(suggestion).text,
        "actor" => cx.actor_by_id(suggestion).text,
        "kind" => EventKind::parse(suggestion).map_or("", |word| word.label(cx.lang)).to_owned(),
        "role" => Role::parse(suggestion).map_or("", |word| word.label(cx.lang)).to_owned(),
        "certainty" => Certainty::parse(suggestion).map_or("", |word| word.label(cx.lang)).to_owned(),
        "accounts" => Accounts::parse(suggestion).map_or("", |word| word.label(cx.lang)).to_owned(),
        "origin" => Origin::parse(suggestion).map_or("", |word| word.label(cx.lang)).to_owned(),
        _ => suggestion.to_owned(),
    }
}

fn choices(error: &QueryError) -> Vec<String> {
    let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
    match error.problem {
        Problem::UnknownKey => owned(crate::query::filter::KEYS.to_vec()),
        Problem::UnknownWord => words_of(&error.field).map(owned).unwrap_or_default(),
        Problem::NotANumber if error.field == "limit" => vec!["1–200".to_owned()],
        _ => Vec::new(),
    }
}

fn words(t: &'static Text, status: StatusCode, failure: Option<&Failure>, lang: Lang) -> (&'static str, String) {
    match failure {
        Some(Failure::Query(error, _) | Failure::Param(error, _)) => {
            return (t.error_400, error.explain(lang));
        }
        Some(Failure::Gone(retired)) => return (t.error_410, retired.reason.get(lang).to_owned()),
        Some(Failure::InTheMaking) => return (t.error_making, t.error_making_text.to_owned()),
        Some(Failure::Withheld(licence)) => return (t.error_403, format!("{} ({licence})", t.error_403_text)),
        _ => {}
    }
    let (title, detail) = match status {
        StatusCode::NOT_FOUND => (t.error_404, t.error_404_text),
        StatusCode::METHOD_NOT_ALLOWED => (t.error_405, t.error_405_text),
        StatusCode::PAYLOAD_TOO_LARGE => (t.error_413, t.error_too_long_text),
        StatusCode::URI_TOO_LONG => (t.error_414, t.error_too_long_text),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => (t.error_503, t.error_503_text),
        status if status.is_client_error() => (t.error_400, t.error_404_text),
        _ => (t.error_500, t.error_500_text),
    };
    (title, detail.to_owned())
}

/// The same for a program.
fn problem(t: &'static Text, status: StatusCode, failure: Option<&Failure>, lang: Lang) -> ProblemJson {
    let (title, detail) = words(t, status, failure, lang);
    let (field, suggestion) = match failure {
        Some(Failure::Query(error, _) | Failure::Param(error, _)) => {
            (Some(error.field.clone()), error.suggestion.clone())
        }
        Some(Failure::NotFound(near)) => (None, near.first().map(|(en, fr)| lang.pick(en, fr).href.clone())),
        _ => (None, None),
    };
    ProblemJson { status: status.as_u16(), title: title.to_owned(), detail, field, suggestion }
}

#[allow(clippy::result_large_err)] // axum's own convention: the error is the answer
/// The answer for an id that is not live: a redirect to its successor, the reason it is gone, or what is near.
pub fn retired<T>(
    found: crate::store::events::Found<T>,
    lang: Lang,
    format: Format,
    to: impl Fn(&str) -> Page<'_>,
    near: Vec<(Link, Link)>,
) -> Result<T, Response> {
    use crate::store::events::Found;
    match found {
        Found::Live(found) => Ok(found),
        Found::Retired(Retired { successor: Some(successor), .. }) => {
            let page = to(&successor);
            let href = match format {
                Format::Json => page.format(lang, "json"),
                Format::File(form) => page.format(lang, form.ending()),
                Format::Cite(form) => page.format(lang, form.ending()),
                Format::Linked => page.format(lang, "jsonld"),
                Format::Png => page.format(lang, "png"),
                Format::Html | Format::Atom => page.path(lang),
            };
            Err(Redirect::permanent(&href).into_response())
        }
        Found::Retired(retired) => Err(Failure::Gone(retired).into_response()),
        Found::Unknown => Err(Failure::NotFound(near).into_response()),
    }
}

/// Gives every error its page, in the reader's language and in the form that was asked for.
pub async fn render(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let (uri, programs) = (request.uri().clone(), for_programs(&request));
    let response = next.run(request).await;
    rendered(&app, &uri, programs, response).await
}

/// Whether a program asks, which could not read a page. An archive is fetched by hand or by a program; only a browser
/// says that it wants a page.
pub fn for_programs(request: &Request) -> bool {
    let uri = request.uri();
    let mementos = ["/timegate", "/timemap"].iter().any(|end| uri.path().ends_with(end));
    mementos
        || match format_of(uri) {
            Format::Html if !uri.path().ends_with(".zip") => false,
            Format::Html | Format::File(Form::Package) => {
                let wants = request.headers().get_all(header::ACCEPT).iter().filter_map(|kinds| kinds.to_str().ok());
                !wants.into_iter().any(|kinds| kinds.contains("text/html"))
            }
            _ => true,
        }
}

/// An error as a page or as a problem; anything else as it is.
pub async fn rendered(app: &AppState, uri: &Uri, programs: bool, response: Response) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let lang = lang_of(uri);
    let failure = response.extensions().get::<Arc<Failure>>().cloned();
    let mut answer = if programs {
        problem_response(status, &problem(texts(lang), status, failure.as_deref(), lang))
    } else {
        // Without a database there are still pages that say so.
        let catalog = match app.store().read().await {
            Ok(snapshot) => snapshot.catalog.clone(),
            Err(_) => Arc::default(),
        };
        let asked = uri.path_and_query().map_or("/", |asked| asked.as_str());
        let cx = app.context(lang, &catalog);
        let page = if is_embedded(uri.path()) {
            let (title, detail) = words(cx.t, status, failure.as_deref(), lang);
            EmbeddedError::new(&cx, title, detail).render()
        } else {
            page(&cx, asked, status, failure.as_deref()).render()
        };
        (status, Html(page.unwrap_or_default())).into_response()
    };
    // What was said beside the body (`Allow`, `Retry-After`) still holds.
    for (name, value) in response.headers() {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

/// A JSON body of an error.
fn problem_response(status: StatusCode, problem: &ProblemJson) -> Response {
    let body = serde_json::to_string(problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
