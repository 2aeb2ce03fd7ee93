//! What an operation can be answered with: endings, media types, and the schemas of what is JSON, made from the types
//! that are serialized.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::keys::Words;
use crate::publish::cells::CellsJson;
use crate::publish::cite::CslItem;
use crate::publish::compare::CompareJson;
use crate::publish::documents::{ReportJson, ReportsJson, SearchJson, VersionJson};
use crate::publish::event::EventJson;
use crate::publish::export::Form;
use crate::publish::export::geojson::{Collection, Feature};
use crate::publish::list::ListJson;
use crate::publish::memento;
use crate::publish::names::{ActorJson, ActorsJson, NamesJson, RegionJson, RegionsJson};
use crate::publish::oembed::OEmbed;
use crate::view::cite::CiteFormat;

/// What is in a body.
#[derive(Clone, Copy)]
pub enum Body {
    /// JSON of this schema.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing: the answer leads elsewhere.
    Elsewhere,
}

/// One ending of an operation.
pub struct Answer {
    /// How the address ends, with its dot.
    pub ending: &'static str,
    /// What it is sent as.
    pub media_type: &'static str,
    /// What it holds.
    pub body: Body,
    /// What it is.
    pub says: Words,
}

const fn json(schema: fn(&mut SchemaGenerator) -> Schema) -> Answer {
    Answer { ending: ".json", media_type: "application/json", body: Body::Json(schema), says: ["JSON", "JSON"] }
}

const fn file(ending: &'static str, form: Form, body: Body, says: Words) -> Answer {
    Answer { ending, media_type: form.media_type(), body, says }
}

const fn cite(ending: &'static str, form: CiteFormat, body: Body, name: &'static str) -> Answer {
    Answer { ending, media_type: form.media_type(), body, says: [name, name] }
}

const fn text(media_type: &'static str) -> Answer {
    Answer { ending: "", media_type, body: Body::Text, says: ["text", "texte"] }
}

const BIB: Answer = cite(".bib", CiteFormat::Bib, Body::Text, "BibTeX");
const RIS: Answer = cite(".ris", CiteFormat::Ris, Body::Text, "RIS");
const CSL: Answer = cite(".csl.json", CiteFormat::Csl, Body::Json(of::<[CslItem; 1]>), "CSL-JSON");
const LINKED: Answer = Answer {
    ending: ".jsonld",
    media_type: "application/ld+json",
    body: Body::Json(linked),
    says: ["linked data (JSON-LD)", "données liées (JSON-LD)"],
};
const PNG: Answer =
    Answer { ending: ".png", media_type: "image/png", body: Body::Bytes, says: ["picture (PNG)", "image (PNG)"] };

/// The schema of a type, by reference where it has a name.
fn of<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Schema {
    schemas.subschema_for::<T>()
}

fn linked(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "description": "JSON-LD 1.1; what its words mean stands in its context.",
        "required": ["@context"],
    })
}

fn described(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "required": ["openapi", "info", "paths"] })
}

/// A page of a list.
pub const LIST: &[Answer] = &[json(of::<ListJson>)];
/// A list whole.
pub const FILES: &[Answer] = &[
    file(".csv", Form::Csv, Body::Text, ["CSV, a row for each event", "CSV, une ligne par événement"]),
    file(".claims.csv", Form::Claims, Body::Text, ["CSV, a row for each claim", "CSV, une ligne par affirmation"]),
    file(".geojson", Form::GeoJson, Body::Json(of::<Collection>), ["GeoJSON", "GeoJSON"]),
    file(".gpkg", Form::GeoPackage, Body::Bytes, ["GeoPackage", "GeoPackage"]),
    file(
        ".jsonl",
        Form::Lines,
        Body::Text,
        ["JSON Lines: an event on each, and its list", "JSON Lines\u{a0}: un événement par ligne, et sa liste"],
    ),
    file(".zip", Form::Package, Body::Bytes, ["Data Package of both tables", "Data Package des deux tableaux"]),
];
/// Of what changes in a list.
pub const FEED: &[Answer] = &[Answer {
    ending: ".atom",
    media_type: "application/atom+xml; charset=utf-8",
    body: Body::Text,
    says: ["Atom", "Atom"],
}];
/// On a grid.
pub const CELLS: &[Answer] = &[json(of::<CellsJson>)];
/// Of an event.
pub const EVENT: &[Answer] = &[
    json(of::<EventJson>),
    file(".geojson", Form::GeoJson, Body::Json(of::<Feature>), ["GeoJSON", "GeoJSON"]),
    LINKED,
    BIB,
    RIS,
    CSL,
];
/// As a picture.
pub const PICTURE: &[Answer] = &[PNG];
/// All versions.
pub const HISTORY: &[Answer] = &[json(of::<Vec<VersionJson>>)];
/// One of them.
pub const VERSION: &[Answer] = &[json(of::<VersionJson>)];
/// To the version of a moment.
pub const TIMEGATE: &[Answer] =
    &[Answer { ending: "", media_type: "", body: Body::Elsewhere, says: ["a redirect", "une redirection"] }];
/// The list of versions.
pub const TIMEMAP: &[Answer] = &[Answer {
    ending: "",
    media_type: memento::MEDIA_TYPE,
    body: Body::Text,
    says: ["links (RFC 6690)", "liens (RFC 6690)"],
}];
/// All actors.
pub const ACTORS: &[Answer] = &[json(of::<ActorsJson>)];
/// One.
pub const ACTOR: &[Answer] = &[json(of::<ActorJson>), PNG];
/// All regions.
pub const REGIONS: &[Answer] = &[json(of::<RegionsJson>)];
/// One.
pub const REGION: &[Answer] = &[json(of::<RegionJson>), PNG];
/// Names.
pub const NAMES: &[Answer] = &[json(of::<NamesJson>)];
/// Reports.
pub const REPORTS: &[Answer] = &[json(of::<ReportsJson>)];
/// One.
pub const REPORT: &[Answer] = &[json(of::<ReportJson>), LINKED];
/// How it is cited.
pub const CITED: &[Answer] = &[BIB, RIS, CSL];
/// What a search found.
pub const SEARCH: &[Answer] = &[json(of::<SearchJson>)];
/// Two side by side.
pub const COMPARE: &[Answer] = &[json(of::<CompareJson>)];
/// A dataset.
pub const DATASET: &[Answer] = &[Answer {
    ending: ".zip",
    media_type: "application/zip",
    body: Body::Bytes,
    says: ["Data Package", "Data Package"],
}];
/// What is embedded elsewhere, and how.
pub const OEMBED: &[Answer] =
    &[Answer { ending: "", media_type: "application/json", body: Body::Json(of::<OEmbed>), says: ["JSON", "JSON"] }];
/// This description.
pub const OPENAPI: &[Answer] = &[json(described)];
/// A word.
pub const ALIVE: &[Answer] = &[text("text/plain; charset=utf-8")];
