//! OGC API Features, as QGIS and GDAL ask for it: every document, every parameter that is declared, every page. What the
//! features are is held against the lists of the site. `.ci/ogc` opens the same with GDAL.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::pages_kit::{BASE_URL, Site, site, strings};

mod documents;
mod features;

const GEOJSON: &str = "application/geo+json";
const COLLECTIONS: [&str; 2] = ["events", "regions"];

fn document(site: &Site, path: &str, kind: &str) -> Value {
    let raw = site.send(path, &[]);
    assert_eq!((raw.status, raw.header("content-type")), (200, kind), "{path}: {}", String::from_utf8_lossy(&raw.body));
    serde_json::from_slice(&raw.body).unwrap()
}

fn items(site: &Site, of: &str, query: &str) -> Value {
    document(site, &format!("/ogc/collections/{of}/items?{query}"), GEOJSON)
}

/// The links of a document by relation: type and path, where they are of this site.
fn links(value: &Value) -> BTreeMap<String, Vec<(String, String)>> {
    let mut links: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for link in value["links"].as_array().unwrap() {
        let [rel, kind, href] = ["rel", "type", "href"].map(|field| link[field].as_str().unwrap());
        assert!(href.starts_with("https://"), "{href} is not absolute");
        if let Some(path) = href.strip_prefix(BASE_URL) {
            links.entry(rel.to_owned()).or_default().push((kind.to_owned(), path.to_owned()));
        }
    }
    links
}

/// The features of all pages, as a program gathers them.
fn walk(site: &Site, of: &str, query: &str) -> Vec<Value> {
    let (mut features, mut next) = (Vec::new(), Some(format!("/ogc/collections/{of}/items?{query}")));
    let mut matched = None;
    while let Some(path) = next {
        let page = document(site, &path, GEOJSON);
        let shown = page["features"].as_array().unwrap();
        assert_eq!(page["numberReturned"], shown.len(), "{path}");
        assert_eq!(*matched.get_or_insert(page["numberMatched"].clone()), page["numberMatched"], "{path}");
        features.extend(shown.iter().cloned());
        next = links(&page).remove("next").map(|mut next| next.remove(0).1);
        assert!(next.is_none() || !shown.is_empty(), "{path}");
    }
    assert_eq!(matched.unwrap(), features.len(), "{query}");
    features
}

fn ids(site: &Site, of: &str, query: &str) -> Vec<String> {
    strings(&walk(site, of, query).into(), "id")
}

fn set(ids: Vec<String>) -> BTreeSet<String> {
    let all = ids.len();
    let set: BTreeSet<String> = ids.into_iter().collect();
    assert_eq!(set.len(), all, "one is there twice");
    set
}

fn problem(site: &Site, path: &str) -> Value {
    let raw = site.send(path, &[]);
    assert_eq!(raw.header("content-type"), "application/problem+json", "{path}: {}", raw.status);
    let problem: Value = serde_json::from_slice(&raw.body).unwrap();
    assert_eq!(problem["status"], raw.status, "{path}");
    problem
}

fn description() -> Value {
    document(site(), "/ogc/api", "application/vnd.oai.openapi+json;version=3.0")
}

/// The declared parameters of a page, by name.
fn parameters(api: &Value, of: &str) -> BTreeMap<String, Value> {
    let list = api["paths"][format!("/collections/{of}/items")]["get"]["parameters"].as_array().unwrap();
    let resolved = list.iter().map(|parameter| {
        let at = parameter["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
        let parameter = api.pointer(at).unwrap();
        (parameter["name"].as_str().unwrap().to_owned(), parameter.clone())
    });
    resolved.collect()
}
