//! The description of the API: OpenAPI 3.1, made from the table of operations, from the types that are serialized and from
//! the keys that the filter reads. What is not in the code cannot get into it.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::domain::lang::Lang;
use crate::links::{self, Page};
use crate::text::format::capital;
use crate::view::Ctx;

use super::problem::Problem;

pub mod answers;
pub mod keys;
pub mod page;
mod rows;
mod statuses;
pub mod table;

use self::answers::{Answer, Body};
use self::keys::{Key, Place};
use self::table::{Operation, Part, operations};

/// Ids of this site's own data, for examples that work.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// An event that may be passed on.
    pub event: Option<String>,
    /// Its address, absolute.
    pub permalink: Option<String>,
    /// The actor with most events.
    pub actor: Option<String>,
    /// Another one.
    pub other_actor: Option<String>,
    /// A region with many events, smaller than a country.
    pub region: Option<String>,
    /// A kind of which that region has events.
    pub kind: Option<&'static str>,
    /// A report that may be passed on.
    pub report: Option<String>,
    /// A passage of it.
    pub passage: Option<String>,
    /// A dataset that may be passed on.
    pub dataset: Option<String>,
}

/// The document.
pub fn document(cx: &Ctx, examples: &Examples) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schemas = SchemaGenerator::new(settings.with(|s| s.definitions_path = "/components/schemas".into()));
    let (mut paths, mut parameters) = (Map::new(), Map::new());
    let problem = schemas.subschema_for::<Problem>();
    for operation in operations() {
        for answer in operation.answers {
            let mut item = json!({ "get": described(operation, answer, examples, &mut schemas, &mut parameters) });
            if !operation.is_page() {
                // These are in no language.
                item["servers"] = json!([{ "url": cx.base_url }]);
            }
            paths.insert(format!("{}{}", operation.path, answer.ending), item);
        }
    }
    let mut document = json!({
        "openapi": "3.1.1",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": info(cx),
        "servers": [
            { "url": cx.base_url, "description": "Names and texts in English" },
            { "url": format!("{}{}", cx.base_url, Page::Front.path(Lang::Fr)), "description": "Names and texts in French" },
        ],
        "tags": Part::ALL.map(|part| json!({ "name": part.title()[0] })),
        "paths": paths,
        "components": { "parameters": parameters, "responses": statuses::shared(&problem.into()), "headers": statuses::headers() },
        "externalDocs": {
            "description": "The same for people, with forms to try it",
            "url": format!("{}{}", cx.base_url, Page::Api.path(Lang::En)),
        },
    });
    document["components"]["schemas"] = Value::Object(schemas.take_definitions(true));
    document
}

fn info(cx: &Ctx) -> Value {
    let terms: Vec<String> = cx
        .catalog
        .datasets
        .iter()
        .map(|d| format!("{} {}: [{}]({}).", d.title.en, d.version, d.licence, d.licence_url))
        .collect();
    let mut info = json!({
        "title": "Constat",
        "version": env!("CARGO_PKG_VERSION"),
        "summary": "Conflict events, and who says what of them",
        "description": format!("{DESCRIPTION}\n\n{}", terms.join(" ")),
    });
    // One licence for all is named as such; of several each event says its own.
    if let [dataset] = cx.catalog.datasets.as_slice()
        && !dataset.licence_url.is_empty()
    {
        info["license"] = json!({ "name": dataset.licence, "url": dataset.licence_url });
    }
    info
}

const DESCRIPTION: &str = "The pages of the site with another ending: one surface, the same filters, the same cursors, and \
the same object wherever an event appears. Everything is read with GET or HEAD; no key is needed, and pages of other sites \
may read it (CORS).

A key of the filter may be repeated for \"any of these\"; different keys must all hold. An empty value asks nothing. A \
key, word or id that does not exist is never ignored: the answer is a problem (RFC 9457) that names the field and the \
nearest valid choice.

A list gives `next`, the address of its next page, until it is null. Answers have an `ETag`; asked again with \
`If-None-Match`, what has not changed is a 304 without a body. A correction changes the tag at once.

What may be read but not passed on stands in lists by its address alone, and by itself is a 403. An id that was merged \
is a 308 to its successor, one that was withdrawn a 410 with the reason. Events as they were are found by Memento \
(RFC 7089).";

/// An operation with one of its endings.
fn described(
    operation: &Operation,
    answer: &Answer,
    examples: &Examples,
    schemas: &mut SchemaGenerator,
    parameters: &mut Map<String, Value>,
) -> Value {
    let keys = (operation.keys)();
    let taken: Vec<Value> = keys.iter().map(|key| parameter(key, examples, parameters)).collect();
    let ending = answer.ending.replace('.', "_");
    let single = operation.answers.len() == 1;
    let mut described = json!({
        "operationId": if single { operation.name.to_owned() } else { format!("{}{ending}", operation.name) },
        "tags": [operation.part.title()[0]],
        "summary": if single { operation.title[0].to_owned() } else { format!("{}: {}", operation.title[0], answer.says[0]) },
        "description": operation.about[0],
        "responses": statuses::of(operation, answer, body(answer, schemas)),
    });
    if !taken.is_empty() {
        described["parameters"] = Value::Array(taken);
    }
    described
}

/// What a body is, by media type; none where there is none.
fn body(answer: &Answer, schemas: &mut SchemaGenerator) -> Option<Value> {
    let schema = match answer.body {
        Body::Json(schema) => schema(schemas).into(),
        Body::Text => json!({ "type": "string" }),
        Body::Bytes => json!({}),
        Body::Elsewhere => return None,
    };
    Some(json!({ answer.media_type: { "schema": schema } }))
}

/// A key as a parameter; by reference where several operations have it.
fn parameter(key: &Key, examples: &Examples, shared: &mut Map<String, Value>) -> Value {
    let place = match key.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    };
    // What an untouched field of a form sends; only where the key itself may be left out.
    let blank = key.place == Place::Query && !key.required;
    let one = if blank { or_blank(&key.schema) } else { key.schema.clone() };
    let (schema, example) = match (key.most, (key.example)(examples)) {
        (1, example) => (one, example.map(Value::from)),
        (most, example) => {
            (json!({ "type": "array", "items": one, "maxItems": most }), example.map(|example| json!([example])))
        }
    };
    let mut parameter = json!({
        "name": key.name,
        "in": place,
        "description": capital(key.asks[0]),
        "schema": schema,
    });
    if key.required {
        parameter["required"] = json!(true);
    }
    if key.most > 1 {
        parameter["style"] = json!("form");
        parameter["explode"] = json!(true);
    }
    if let Some(example) = example {
        // Numbers stand as numbers.
        let number = example.as_str().filter(|_| key.schema["type"] == "integer").and_then(|n| n.parse::<u64>().ok());
        parameter["example"] = number.map_or(example, Value::from);
    }
    match key.shared {
        None => parameter,
        Some(name) => {
            shared.insert(name.to_owned(), parameter);
            json!({ "$ref": format!("#/components/parameters/{name}") })
        }
    }
}

/// The same schema, or nothing.
fn or_blank(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let any_text = schema["type"] == "string" && schema.get("pattern").is_none() && schema.get("enum").is_none();
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(json!(""));
    } else if let Some(forms) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        forms.push(json!({ "const": "" }));
    } else if !any_text {
        schema = json!({ "anyOf": [schema, { "const": "" }] });
    }
    schema
}

/// The address of an operation with one of its endings, its path filled in with examples; none where there are none.
pub fn example_path(operation: &Operation, answer: &Answer, examples: &Examples, lang: Lang) -> Option<String> {
    let mut path = format!("{}{}", operation.path, answer.ending);
    for key in (operation.keys)().iter().filter(|key| key.place == Place::Path) {
        path = path.replace(&format!("{{{}}}", key.name), (key.example)(examples)?);
    }
    Some(if operation.is_page() { links::in_language(&path, lang) } else { path })
}
