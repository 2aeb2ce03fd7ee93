//! Errors as `application/problem+json` (RFC 9457).

use schemars::JsonSchema;
use serde::Serialize;

/// What was wrong, for a program.
#[derive(JsonSchema, Serialize)]
pub struct Problem {
    /// The status code.
    pub status: u16,
    /// What was wrong, in general.
    pub title: String,
    /// What was wrong here.
    pub detail: String,
    /// The key of the address at fault, if one is.
    pub field: Option<String>,
    /// The nearest valid choice, if there is one.
    pub suggestion: Option<String>,
}
