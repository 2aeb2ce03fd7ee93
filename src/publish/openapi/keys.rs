//! What operations take: the keys of the filter, which are the same everywhere, and the few that only one of them has.

use serde_json::{Value, json};

use super::Examples;
use crate::domain::lang::Lang;
use crate::domain::vocab::{ReportKind, Vocabulary as _};
use crate::publish::cells::{MOST_SQUARES, SQUARES};
use crate::publish::parameters::Parameter;
use crate::query::parse::MAX_WORDS_LENGTH;
use crate::text::phrases;

/// In English and in French.
pub type Words = [&'static str; 2];

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the address, before the question mark.
    Path,
    /// Behind it.
    Query,
    /// In a header.
    Header,
}

/// One thing an operation takes.
#[derive(Clone)]
pub struct Key {
    /// What it is called there.
    pub name: &'static str,
    /// By what it is known in the document, where several operations share it.
    pub shared: Option<&'static str>,
    /// Where it stands.
    pub place: Place,
    /// What it asks.
    pub asks: Words,
    /// What one value of it is.
    pub schema: Value,
    /// How many values it takes at most.
    pub most: usize,
    /// Whether it must be there.
    pub required: bool,
    /// A value that works, if it is of this site's data.
    pub example: fn(&Examples) -> Option<&str>,
}

/// The form of an id.
pub fn id_schema() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9-]{1,200}$" })
}

fn key(name: &'static str, asks: Words, schema: Value) -> Key {
    Key { name, shared: None, place: Place::Query, asks, schema, most: 1, required: false, example: |_| None }
}

/// The id of what is asked for; `of` is what it is.
pub fn id(of: &'static str) -> Key {
    let (name, asks, example): (_, Words, fn(&Examples) -> Option<&str>) = match of {
        "actor" => ("id", ["the id of an actor", "identifiant d’un acteur"], |e| e.actor.as_deref()),
        "region" => ("id", ["the id of a region", "identifiant d’une région"], |e| e.region.as_deref()),
        "report" => ("id", ["the id of a report", "identifiant d’un document"], |e| e.report.as_deref()),
        "dataset" => {
            ("dataset", ["the id of a dataset", "identifiant d’un jeu de données"], |e| e.dataset.as_deref())
        }
        _ => ("id", ["the id of an event", "identifiant d’un événement"], |e| e.event.as_deref()),
    };
    Key { place: Place::Path, required: true, example, ..key(name, asks, id_schema()) }
}

/// The id of an event.
pub fn event() -> Vec<Key> {
    vec![id("event")]
}

/// A version of an event.
pub fn version() -> Vec<Key> {
    let schema = json!({ "type": "integer", "minimum": 1 });
    let n = key("n", ["the number of the version, from 1", "numéro de la version, à partir de 1"], schema);
    vec![id("event"), Key { place: Place::Path, required: true, example: |_| Some("1"), ..n }]
}

/// An event at a moment.
pub fn moment() -> Vec<Key> {
    let asks = ["the moment, as HTTP writes dates", "le moment, écrit comme en HTTP"];
    let pattern = "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (0[1-9]|[12][0-9]|3[01]) \
                   (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} \
                   ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT$";
    let at = key("Accept-Datetime", asks, json!({ "type": "string", "pattern": pattern }));
    vec![id("event"), Key { place: Place::Header, example: |_| Some("Tue, 01 Sep 2026 12:00:00 GMT"), ..at }]
}

/// The keys of the filter, without some.
pub fn filter(without: &[&str]) -> Vec<Key> {
    let all = Parameter::all().into_iter().filter(|known| !without.contains(&known.key));
    all.map(|known| Key {
        shared: Some(known.key),
        most: known.most(),
        example: match known.key {
            "region" => |e| e.region.as_deref(),
            "kind" => |e| e.kind,
            _ => |_| None,
        },
        ..key(known.key, [known.description, phrases::filter_key(known.key, Lang::Fr)], known.schema)
    })
    .collect()
}

/// The filter of a feed, which has one order and cursors of its own.
pub fn feed() -> Vec<Key> {
    filter(&["sort", "view", "as_of"])
}

/// The filter, and how fine the grid is.
pub fn cells() -> Vec<Key> {
    let asks = ["how many squares the frame is about wide", "nombre approximatif de carrés dans la largeur du cadre"];
    let schema = json!({ "type": "integer", "minimum": 1, "maximum": MOST_SQUARES, "default": SQUARES });
    let mut keys = filter(&["view", "sort", "limit", "after"]);
    keys.push(key("squares", asks, schema));
    keys
}

/// What is typed of a name.
pub fn names() -> Vec<Key> {
    let of = key("of", ["of what", "de quoi"], json!({ "type": "string", "enum": ["actor", "region"] }));
    let q = key("q", ["what was typed so far", "ce qui a déjà été saisi"], json!({ "type": "string" }));
    vec![Key { required: true, example: |_| Some("region"), ..of }, Key { example: |_| Some("mop"), ..q }]
}

/// Words to search for.
pub fn search() -> Vec<Key> {
    let schema = json!({ "type": "string" });
    let asks = ["words, a name, or an id of any dataset", "mots, nom, ou identifiant d’un jeu de données"];
    vec![Key { example: |_| Some("Mopti"), ..key("q", asks, schema) }]
}

/// The filter of reports.
pub fn reports() -> Vec<Key> {
    let text = || json!({ "type": "string", "maxLength": MAX_WORDS_LENGTH });
    vec![
        key("kind", ["kind of document", "type de document"], json!({ "type": "string", "enum": ReportKind::words() })),
        key("language", ["its language, BCP 47", "sa langue, selon BCP 47"], text()),
        key("publisher", ["who published it", "qui l’a publié"], text()),
        key("after", ["where the page begins, from next", "début de la page, donné par next"], text()),
    ]
}

/// What is to be embedded, and how large it may become.
pub fn oembed() -> Vec<Key> {
    let asks =
        ["the address of an event or of a list, on this site", "adresse d’un événement ou d’une liste de ce site"];
    let url = key("url", asks, json!({ "type": "string", "format": "uri" }));
    let format = ["the form; `xml` is answered too", "la forme\u{a0}; `xml` est aussi possible"];
    let pixels = || json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX });
    vec![
        Key { required: true, example: |e| e.permalink.as_deref(), ..url },
        key("format", format, json!({ "type": "string", "enum": ["json"] })),
        key("maxwidth", ["the greatest width, in pixels", "largeur maximale, en pixels"], pixels()),
        key("maxheight", ["the greatest height, in pixels", "hauteur maximale, en pixels"], pixels()),
    ]
}

/// A report, or a passage of it.
pub fn passage() -> Vec<Key> {
    let asks = ["the id of one of its passages", "identifiant d’un de ses passages"];
    let passage = key("passage", asks, json!({ "type": "string" }));
    vec![id("report"), Key { example: |e| e.passage.as_deref(), ..passage }]
}

/// Two to compare, and what holds for both.
pub fn compare() -> Vec<Key> {
    let side = |name, asks| Key { required: true, ..key(name, asks, id_schema()) };
    let a = side("a", ["the id of an actor or of a region", "identifiant d’un acteur ou d’une région"]);
    let b = side("b", ["the id of another one", "identifiant d’un autre"]);
    let mut keys =
        vec![Key { example: |e| e.actor.as_deref(), ..a }, Key { example: |e| e.other_actor.as_deref(), ..b }];
    keys.extend(filter(&[]).into_iter().filter(|key| matches!(key.name, "kind" | "from" | "to")));
    keys
}
