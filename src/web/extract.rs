//! What handlers take from a request.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::Uri;
use axum::http::request::Parts;

use crate::domain::lang::Lang;
use crate::links;
use crate::publish::export::Form;
use crate::view::cite::CiteFormat;

/// The form in which a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The page.
    Html,
    /// The same as JSON.
    Json,
    /// What changes in it, as a feed.
    Atom,
    /// The whole of it as a file.
    File(Form),
    /// How it is cited, for a reference manager.
    Cite(CiteFormat),
    /// What is said in it, as linked data.
    Linked,
    /// The picture that a chat shows of it.
    Png,
}

/// The language of an address.
pub fn lang_of(uri: &Uri) -> Lang {
    match uri.path().strip_prefix("/fr") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') || rest.starts_with('.') => Lang::Fr,
        _ => Lang::En,
    }
}

/// Whether an address is of a page for frames on other sites.
pub fn is_embedded(path: &str) -> bool {
    ["/embed/", "/fr/embed/"].iter().any(|begin| path.starts_with(begin))
}

/// The form an address asks for.
pub fn format_of(uri: &Uri) -> Format {
    let path = uri.path();
    if matches!(path, "/oembed" | "/fr/oembed") || links::is_ogc(path) {
        return Format::Json;
    }
    // `/about/data/x.zip` is one dataset as it came; only lists are made into packages.
    let ends = |form: &&Form| {
        path.strip_suffix(form.ending()).is_some_and(|page| page.ends_with('.'))
            && (**form != Form::Package || path.ends_with("/events.zip"))
    };
    let cites = |form: &&CiteFormat| path.strip_suffix(form.ending()).is_some_and(|page| page.ends_with('.'));
    if let Some(form) = CiteFormat::ALL.iter().find(cites) {
        return Format::Cite(*form);
    }
    match Form::ALL.iter().rev().find(ends) {
        _ if path.ends_with(".jsonld") => Format::Linked,
        _ if path.ends_with(".png") => Format::Png,
        _ if path.ends_with(".json") => Format::Json,
        _ if path.ends_with(".atom") => Format::Atom,
        Some(Form::Csv) if path.ends_with(".claims.csv") => Format::File(Form::Claims),
        Some(form) => Format::File(*form),
        None => Format::Html,
    }
}

/// Language, form and pairs of a request.
pub struct Ask {
    /// The language.
    pub lang: Lang,
    /// The form.
    pub format: Format,
    /// The pairs of the address, decoded, in their order.
    pub pairs: Vec<(String, String)>,
}

impl Ask {
    /// What an address asks for.
    pub fn of(uri: &Uri) -> Ask {
        let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        Ask { lang: lang_of(uri), format: format_of(uri), pairs }
    }

    /// The pairs, as a query is read from them.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The value of a pair, trimmed; none where it is missing or empty.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Ask, Infallible> {
        Ok(Ask::of(parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0)))
    }
}

/// An id from a path, without the ending of its form.
pub fn id_of(segment: &str) -> &str {
    const ENDINGS: [&str; 7] = [".csl.json", ".json", ".geojson", ".jsonld", ".bib", ".ris", ".png"];
    ENDINGS.iter().find_map(|ending| segment.strip_suffix(ending)).unwrap_or(segment)
}
