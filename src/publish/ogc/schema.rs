//! What a feature has: once, for the description of the interface (OpenAPI 3.0) and for the schema of a collection (JSON
//! Schema), by which programs make columns before they have seen all rows. Dates are texts: they may be cut short.

use serde_json::{Map, Value, json};

use crate::domain::vocab::{Accounts, DatePrecision, EventKind, Level, PlacePrecision, Vocabulary};

use super::Collection;

/// How a value that may be missing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `nullable`.
    OpenApi,
    /// A list of types.
    JsonSchema,
}

use Dialect::{JsonSchema, OpenApi};

impl Dialect {
    fn or_null(self, kind: &str) -> Value {
        match self {
            OpenApi => json!({ "type": kind, "nullable": true }),
            JsonSchema => json!({ "type": [kind, "null"] }),
        }
    }

    fn geometry(self, kinds: &[&str]) -> Value {
        let coordinates = json!({ "type": "array", "items": {} });
        let kind = json!({ "type": "string", "enum": kinds });
        let mut schema = self.or_null("object");
        schema["required"] = json!(["type", "coordinates"]);
        schema["properties"] = json!({ "type": kind, "coordinates": coordinates });
        schema
    }
}

fn word<T: Vocabulary>() -> Value {
    json!({ "type": "string", "enum": T::words() })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

/// What is said of an event.
fn event(dialect: Dialect) -> Value {
    let count = || dialect.or_null("integer");
    let killed = json!({ "low": count(), "high": count(), "open": { "type": "boolean" }, "preferred": count(), "preferred_claim": count() });
    let actor = object(json!({ "id": text(), "name": text(), "role": text(), "certainty": text() }));
    let mut accounts = dialect.or_null("string");
    if dialect == JsonSchema {
        accounts["description"] = json!(Accounts::words().join(", "));
    }
    json!({
        "title": text(), "kind": word::<EventKind>(), "start": text(), "end": dialect.or_null("string"),
        "date_precision": word::<DatePrecision>(), "region": object(json!({ "id": text(), "name": text() })),
        "killed": object(killed), "accounts": accounts, "actors": { "type": "array", "items": actor },
        "url": { "type": "string", "format": "uri" }, "place_precision": word::<PlacePrecision>(),
        "version": { "type": "integer" }, "updated": { "type": "string", "format": "date-time" },
        "source": dialect.or_null("string"), "source_version": dialect.or_null("string"),
        "licence": dialect.or_null("string"),
        "when": {
            "type": "string",
            "description": "Its time in words: all of it, where a program makes dates of start and end.",
        },
        "withheld": {
            "type": "string",
            "description": "The terms of a dataset that may be read but not passed on: the event has its address only.",
        },
    })
}

/// What is said of a region.
fn region(dialect: Dialect) -> Value {
    json!({
        "name": text(), "name_fr": text(), "level": word::<Level>(), "pcode": dialect.or_null("string"),
        "parent": dialect.or_null("string"), "events": { "type": "integer" },
        "url": { "type": "string", "format": "uri" },
    })
}

/// A feature of a collection. Its id, which is beside the properties and among them, is described once: of two, programs
/// would make two columns.
pub fn feature(of: Collection, dialect: Dialect) -> Value {
    let (geometry, properties) = match of {
        Collection::Events => (dialect.geometry(&["Point"]), event(dialect)),
        Collection::Regions => (dialect.geometry(&["Point", "Polygon", "MultiPolygon"]), region(dialect)),
    };
    json!({
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": { "type": "string", "enum": ["Feature"] },
            "id": text(),
            "geometry": geometry,
            "properties": object(properties),
        },
    })
}

/// The schema of a collection, at its address.
pub fn document(of: Collection, address: &str) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(address));
    schema.insert("title".to_owned(), json!(of.title()));
    if let Value::Object(feature) = feature(of, JsonSchema) {
        schema.extend(feature);
    }
    Value::Object(schema)
}
