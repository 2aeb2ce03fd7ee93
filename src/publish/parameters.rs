//! The keys of the filter as parameters of an API's description. What stands here of JSON Schema means the same in OpenAPI
//! 3.0 (JSON Schema draft 5) and in 3.1 (draft 2020-12), so that both descriptions say the same.

use serde_json::{Value, json};

use crate::domain::lang::Lang;
use crate::query::filter::{DEFAULT_LIMIT, KEYS, MAX_LIMIT, words_of};
use crate::query::parse::{MAX_VALUES, MAX_WORDS_LENGTH, REPEATABLE};
use crate::text::phrases;

/// A key of the filter.
pub struct Parameter {
    /// As it stands in an address.
    pub key: &'static str,
    /// What it asks for.
    pub description: &'static str,
    /// What one value of it is, as JSON Schema.
    pub schema: Value,
    /// Whether it may be given several times, for "any of these".
    pub repeatable: bool,
}

impl Parameter {
    /// All of them, in the order of the wire form.
    pub fn all() -> Vec<Parameter> {
        KEYS.into_iter().map(Parameter::new).collect()
    }

    fn new(key: &'static str) -> Parameter {
        Parameter {
            key,
            description: phrases::filter_key(key, Lang::En),
            schema: schema(key),
            repeatable: REPEATABLE.contains(&key),
        }
    }

    /// The most values it takes.
    pub fn most(&self) -> usize {
        if self.repeatable { MAX_VALUES } else { 1 }
    }
}

/// A date that is cut short.
const YEAR_OR_MONTH: &str = "^[0-9]{4}(-(0[1-9]|1[0-2]))?$";

/// A number of degrees as it stands in `bbox`, up to 180 and up to 90.
const LONGITUDE: &str = r"-?(180(\.0+)?|(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]+)?)";
const LATITUDE: &str = r"-?(90(\.0+)?|[0-8]?[0-9](\.[0-9]+)?)";

/// One value of a key.
fn schema(key: &str) -> Value {
    match key {
        "q" => json!({ "type": "string", "maxLength": MAX_WORDS_LENGTH }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT }),
        "killed_min" | "killed_max" => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        // The type stands before the choice too: QGIS looks for it there.
        "from" | "to" => {
            json!({ "type": "string", "anyOf": [{ "pattern": YEAR_OR_MONTH }, { "format": "date" }] })
        }
        "as_of" => {
            let forms = json!([{ "pattern": YEAR_OR_MONTH }, { "format": "date" }, { "format": "date-time" }]);
            json!({ "type": "string", "anyOf": forms })
        }
        "region" | "actor" | "source" | "report" => json!({ "type": "string", "pattern": "^[a-z0-9-]{1,200}$" }),
        "bbox" => json!({
            "type": "string",
            "pattern": format!("^{LONGITUDE},{LATITUDE},{LONGITUDE},{LATITUDE}$"),
        }),
        "after" => json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" }),
        _ => match words_of(key) {
            Some(words) => json!({ "type": "string", "enum": words }),
            None => json!({ "type": "string" }),
        },
    }
}
