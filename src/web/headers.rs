//! The security headers, on every response whatever made it: page, asset, error, 304.

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::links;
use crate::web::extract::is_embedded;
use crate::web::state::AppState;

/// Nothing inline and nothing from elsewhere: a text that slipped through unescaped could still not run or phone home.
/// No `data:` images either; drawings are inline SVG elements, styled by class. Only where the operator has named a host of
/// map tiles may pictures come from there.
pub fn policy(tiles: Option<&str>) -> HeaderValue {
    let tiles = tiles.map_or_else(String::new, |origin| format!(" {origin}"));
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'{tiles}; connect-src 'self'; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// A page for frames may stand in any page, and loads nothing but its style sheet: it has no script and no form.
const EMBED_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *",
);

/// Powers the site never asks for. The clipboard stays allowed: citations and permalinks are copied with it.
const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
     midi=(), payment=(), usb=()",
);

/// Two years. Without `includeSubDomains`: other sites under the host are not ours to decide about.
const TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=63072000");

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The formats that exist to be read by other programs, those in a browser on another site among them.
const OPEN_FORMATS: [&str; 11] =
    [".json", ".geojson", ".csv", ".atom", ".jsonl", ".jsonld", ".gpkg", ".zip", ".bib", ".ris", ".png"];

/// Whether an address is one of these; versions are found by programs too.
fn is_open(path: &str) -> bool {
    OPEN_FORMATS.iter().chain(&["/timegate", "/timemap", "/oembed"]).any(|ending| path.ends_with(ending))
        || links::is_ogc(path)
}

/// What a script on another site may read of an answer, besides its body.
const EXPOSED: HeaderValue =
    HeaderValue::from_static("Allow, Content-Disposition, ETag, Link, Memento-Datetime, Retry-After");

/// What such a script may ask with.
pub fn preflight(path: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if is_open(path) {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Accept-Datetime, If-None-Match"));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    headers
}

/// Adds the headers.
pub async fn secure(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = is_open(path);
    let asset = path.starts_with("/static/");
    let embed = is_embedded(path);
    let mut response = next.run(request).await;
    let image = asset
        && response
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.to_str().is_ok_and(|k| k.starts_with("image/")));
    let headers = response.headers_mut();
    if embed {
        headers.insert(CONTENT_SECURITY_POLICY, EMBED_POLICY);
    }
    // A drawing has one of its own, stricter still.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert_with(|| state.policy().clone());
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Where a reader came from may tell what they read: nothing is passed on, not even within the site.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(PERMISSIONS_POLICY, PERMISSIONS);
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    let embeddable = if open || image || embed { "cross-origin" } else { "same-origin" };
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static(embeddable));
    if open {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    if state.base_url().is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, TRANSPORT);
    }
    response
}
