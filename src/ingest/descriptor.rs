//! `datapackage.json`: what the dataset is called and where its tables are.

use std::collections::BTreeMap;

use serde_json::Value;

use super::files::{DESCRIPTOR, is_safe};
use super::problem::{Collector, Problem};
use super::schema::{self, TABLES};
use crate::domain::ids::{self, DatasetId};
use crate::domain::lang::Bilingual;

/// What a package says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// `name`.
    pub id: DatasetId,
    /// `title`, `title_fr`.
    pub title: Bilingual,
    /// `description`, `description_fr`.
    pub description: Bilingual,
    /// `version`.
    pub version: String,
    /// The name of the first of `licenses`.
    pub licence: String,
    /// And its path: the address of its text.
    pub licence_url: String,
    /// Whether this site may pass the data on as files. A package that somebody made to be passed on may.
    pub redistributable: bool,
}

/// Reads `datapackage.json`: the dataset, and the path of each table by its name. What is wrong goes to `problems`;
/// none if too much is wrong to go on.
pub fn read(bytes: &[u8], problems: &Collector) -> (Option<Meta>, BTreeMap<&'static str, String>) {
    let json: Value = match serde_json::from_slice(bytes) {
        Ok(json) => json,
        Err(error) => {
            problems.add(|| Problem::file(DESCRIPTOR, format!("is not valid JSON: {error}")).at(error.line() as u64));
            return (None, BTreeMap::new());
        }
    };
    (meta(&json, problems), tables(&json, problems))
}

fn meta(json: &Value, problems: &Collector) -> Option<Meta> {
    let text = |json: &Value, path: &str| {
        json.pointer(path).and_then(Value::as_str).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let required = |path: &str, what: &str| {
        let found = text(json, path);
        if found.is_none() {
            let property = path.trim_start_matches('/').replace('/', ".");
            problems.add(|| Problem::file(DESCRIPTOR, format!("\"{property}\" is missing: {what} was expected")));
        }
        found
    };
    let name = required("/name", "the id of the dataset");
    let title = required("/title", "the title of the dataset");
    let version = required("/version", "the version of the dataset, such as \"2026.11.0\",");
    let licence = required("/licenses/0/name", "the name of the licence, such as \"CC-BY-4.0\",");
    let licence_url = required("/licenses/0/path", "the address of the licence's text");
    let optional = |path: &str| text(json, path).unwrap_or_default();
    let name = name?;
    let Ok(id) = name.parse() else {
        problems.add(|| Problem::file(DESCRIPTOR, format!("is no dataset id: {}", ids::BadId)).cell("name", &name));
        return None;
    };
    Some(Meta {
        id,
        title: Bilingual::new(title?, optional("/title_fr")),
        description: Bilingual::new(optional("/description"), optional("/description_fr")),
        version: version?,
        licence: licence?,
        licence_url: licence_url?,
        redistributable: true,
    })
}

fn tables(json: &Value, problems: &Collector) -> BTreeMap<&'static str, String> {
    let mut paths = BTreeMap::new();
    let resources = json.get("resources").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for resource in resources {
        let name = resource.get("name").and_then(Value::as_str).unwrap_or_default();
        let Some(table) = TABLES.iter().find(|table| table.name == name) else {
            problems.add(|| {
                let known = format!("is no table of this format, whose tables are {}", schema::names().join(", "));
                Problem::file(DESCRIPTOR, known).cell("resources", name).nearest(name, schema::names())
            });
            continue;
        };
        let wrong = |expected: &str| {
            problems.add(|| Problem::file(DESCRIPTOR, format!("the resource \"{name}\" {expected}")));
        };
        match resource.get("path") {
            Some(Value::String(path)) if is_safe(path) => {
                if paths.insert(table.name, path.clone()).is_some() {
                    wrong("is there twice");
                }
            }
            Some(Value::String(path)) => wrong(&format!("has the path {path:?}, which is outside of the package")),
            _ => wrong("needs the path of one file"),
        }
        let delimiter = resource.pointer("/dialect/delimiter").and_then(Value::as_str).unwrap_or(",");
        if delimiter != "," {
            wrong(&format!("has the delimiter {delimiter:?}; a comma was expected"));
        }
    }
    for table in TABLES.iter().filter(|table| table.required && !paths.contains_key(table.name)) {
        // One that is there but wrong was named above.
        if !resources.iter().any(|resource| resource.get("name").and_then(Value::as_str) == Some(table.name)) {
            problems.add(|| {
                Problem::file(
                    DESCRIPTOR,
                    format!(
                        "the resource \"{}\" is missing; {} are expected",
                        table.name,
                        schema::required().join(", ")
                    ),
                )
            });
        }
    }
    paths
}
