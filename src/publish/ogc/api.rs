//! The interface described in OpenAPI 3.0. Every collection has paths of its own, since that is where QGIS and GDAL look
//! for the parameters by which they can ask for less.

use serde_json::{Map, Value, json};

use super::schema::{self, Dialect};
use super::{Collection, GEOJSON, JSON, OPENAPI, SCHEMA, datasets};
use crate::domain::vocab::{Level, Vocabulary};
use crate::links;
use crate::publish::parameters::Parameter;
use crate::query::ogc::{MOST, REGION_KEYS, USUAL, event_keys};
use crate::view::Ctx;

/// The description.
pub fn openapi(cx: &Ctx) -> Value {
    let mut paths = Map::new();
    let mut path = |address: &str, operation: Value| {
        // Below the server's address.
        let below = address.strip_prefix(links::OGC).filter(|below| !below.is_empty());
        paths.insert(below.unwrap_or("/").to_owned(), json!({ "get": operation }));
    };
    path(links::OGC, operation("landing", "The landing page", (JSON, "landing"), &[], &[]));
    path(links::OGC_API, operation("api", "This description", (OPENAPI, "any"), &[], &[]));
    path(links::OGC_CONFORMANCE, operation("conformance", "What it conforms to", (JSON, "conformance"), &[], &[]));
    path(links::OGC_COLLECTIONS, operation("collections", "What there is", (JSON, "collections"), &[], &[]));
    let id = reference("parameters", "featureId");
    for of in Collection::ALL {
        let (name, title) = (of.id(), of.title());
        let at = |below: &str| links::ogc_collection(name, below);
        let said = |what: &str| format!("{title}: {what}");
        let named = |what: &str| format!("{name}.{what}");
        let (items, item) = (format!("{name}Page"), format!("{name}Feature"));
        let keys: Vec<&str> = match of {
            Collection::Events => event_keys().collect(),
            Collection::Regions => REGION_KEYS.to_vec(),
        };
        let keys: Vec<Value> = keys.into_iter().map(|key| reference("parameters", key)).collect();
        path(&at(""), operation(&named("collection"), &said("what they are"), (JSON, "collection"), &[], &[]));
        path(&at("/schema"), operation(&named("schema"), &said("what a feature has"), (SCHEMA, "any"), &[], &[]));
        path(&at("/items"), operation(&named("items"), &said("a page of them"), (GEOJSON, &items), &keys, &[]));
        let one = operation(&named("item"), &said("one of them"), (GEOJSON, &item), std::slice::from_ref(&id), &GONE);
        path(&at("/items/{featureId}"), one);
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": cx.t.site,
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!("Events and regions as features. {}.", datasets(cx)),
        },
        "servers": [{ "url": format!("{}{}", cx.base_url, links::OGC) }],
        "paths": paths,
        "components": { "parameters": parameters(), "schemas": schemas(), "responses": responses() },
    })
}

fn reference(section: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{section}/{name}") })
}

/// What becomes of the id of one thing.
const GONE: [(&str, &str); 4] = [("308", "moved"), ("403", "problem"), ("404", "problem"), ("410", "problem")];

fn operation(
    id: &str,
    summary: &str,
    (kind, schema): (&str, &str),
    parameters: &[Value],
    more: &[(&str, &str)],
) -> Value {
    let content = Map::from_iter([(kind.to_owned(), json!({ "schema": reference("schemas", schema) }))]);
    let mut responses = Map::from_iter([
        ("200".to_owned(), json!({ "description": summary, "content": content })),
        ("304".to_owned(), reference("responses", "unchanged")),
        ("400".to_owned(), reference("responses", "problem")),
        ("500".to_owned(), reference("responses", "problem")),
    ]);
    responses.extend(more.iter().map(|(status, name)| ((*status).to_owned(), reference("responses", name))));
    json!({ "operationId": id, "summary": summary, "parameters": parameters, "responses": responses })
}

fn responses() -> Value {
    let problem = json!({ "application/problem+json": { "schema": reference("schemas", "problem") } });
    json!({
        "problem": { "description": "What was wrong, with the field (RFC 9457)", "content": problem },
        "unchanged": { "description": "As it was when its ETag was given out" },
        "moved": { "description": "It was merged into another, which Location names" },
    })
}

/// Parameters as QGIS looks for them. Each is a plain value, for which it and GDAL can ask themselves.
fn parameters() -> Map<String, Value> {
    let mut all = Map::new();
    let mut add = |name: &str, description: &str, schema: Value| {
        let parameter = json!({
            "name": name, "in": "query", "required": false, "style": "form", "explode": false,
            "description": description, "schema": schema,
        });
        all.insert(name.to_owned(), parameter);
    };
    for Parameter { key, description, schema, repeatable, .. } in Parameter::all() {
        let again = if repeatable { "; given again, any of these" } else { "" };
        if event_keys().any(|known| known == key) {
            add(key, &format!("{description}{again}"), schema);
        }
    }
    let of_numbers = |n: usize| json!({ "minItems": n, "maxItems": n });
    add(
        "bbox",
        "west,south,east,north in degrees, or with heights, which are not looked at; across the 180th meridian west is \
         above east. What has no geometry is in every frame.",
        json!({ "type": "array", "items": { "type": "number" }, "oneOf": [of_numbers(4), of_numbers(6)] }),
    );
    add(
        "datetime",
        "A moment (RFC 3339), a year, a month or a day, or two with a stroke between them, of which one may be open \
         (2022-06-18/..): what may fall into it. Regions have no time and are always there.",
        json!({ "type": "string" }),
    );
    add(
        "limit",
        "How many on a page; more than the most is taken for the most.",
        json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }),
    );
    add(
        "level",
        "How large the region is; given again, any of these",
        json!({ "type": "string", "enum": Level::words() }),
    );
    add("parent", "The id of the region it lies in, directly", json!({ "type": "string" }));
    add("after", "Where the page begins: from the link to the next page", json!({ "type": "string" }));
    let id = json!({ "name": "featureId", "in": "path", "required": true, "schema": { "type": "string" } });
    all.insert("featureId".to_owned(), id);
    all
}

fn schemas() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let list = |items: Value| json!({ "type": "array", "items": items });
    let object = |required: &[&str], properties: Value| json!({ "type": "object", "required": required, "properties": properties });
    let to = || list(reference("schemas", "link"));
    let nullable = || json!({ "type": "string", "nullable": true });
    let mut all = Map::from_iter([
        ("any".to_owned(), json!({ "type": "object" })),
        (
            "link".to_owned(),
            object(&["href", "rel"], json!({ "href": text(), "rel": text(), "type": text(), "title": text() })),
        ),
        ("landing".to_owned(), object(&["links"], json!({ "title": text(), "description": text(), "links": to() }))),
        ("conformance".to_owned(), object(&["conformsTo"], json!({ "conformsTo": list(text()) }))),
        (
            "collection".to_owned(),
            object(
                &["id", "links"],
                json!({
                    "id": text(), "title": text(), "description": text(), "itemType": text(), "crs": list(text()),
                    "extent": { "type": "object" }, "links": to(),
                }),
            ),
        ),
        (
            "collections".to_owned(),
            object(
                &["links", "collections"],
                json!({ "links": to(), "collections": list(reference("schemas", "collection")) }),
            ),
        ),
        (
            "problem".to_owned(),
            object(
                &["status", "title", "detail"],
                json!({
                    "status": { "type": "integer" }, "title": text(), "detail": text(), "field": nullable(),
                    "suggestion": nullable(),
                }),
            ),
        ),
    ]);
    for of in Collection::ALL {
        let (page, one) = (format!("{}Page", of.id()), format!("{}Feature", of.id()));
        let number = || json!({ "type": "integer", "minimum": 0 });
        let properties = json!({
            "type": { "type": "string", "enum": ["FeatureCollection"] },
            "timeStamp": { "type": "string", "format": "date-time" }, "numberMatched": number(),
            "numberReturned": number(), "features": list(reference("schemas", &one)), "links": to(),
        });
        all.insert(page, object(&["type", "features"], properties));
        all.insert(one, schema::feature(of, Dialect::OpenApi));
    }
    all
}
