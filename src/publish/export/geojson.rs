//! GeoJSON (RFC 7946): what lists say of an event, at its point. An event whose point is unknown has no geometry, and
//! is in the file all the same.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{About, Failed};
use crate::domain::vocab::PlacePrecision;
use crate::publish::list::EventItem;
use crate::publish::withheld::Listed;
use crate::store::catalog::Dataset;
use crate::store::list::Card;
use crate::view::Ctx;

/// An event on the map.
#[derive(JsonSchema, Serialize)]
pub struct Feature {
    #[serde(rename = "type")]
    #[schemars(extend("const" = "Feature"))]
    kind: &'static str,
    id: String,
    geometry: Option<Point>,
    properties: Listed<Properties>,
}

/// Longitude and latitude, WGS 84.
#[derive(JsonSchema, Serialize)]
struct Point {
    #[serde(rename = "type")]
    #[schemars(extend("const" = "Point"))]
    kind: &'static str,
    coordinates: [f64; 2],
}

/// What a list says of an event, and what a file must say of it besides.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "FeatureProperties")]
pub struct Properties {
    #[serde(flatten)]
    item: EventItem,
    place_precision: PlacePrecision,
    version: u32,
    updated: String,
    source: Option<String>,
    source_version: Option<String>,
    licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
}

impl Feature {
    /// An event, or what stands for it.
    pub fn new(cx: &Ctx, card: &Card) -> Feature {
        let dataset = cx.catalog.dataset_at(card.dataset);
        let properties = EventItem::listed(cx, card).map(|item| Properties {
            item,
            place_precision: card.place_precision,
            version: card.version,
            updated: card.updated.clone(),
            source: dataset.map(|dataset| dataset.id.clone()),
            source_version: dataset.map(|dataset| dataset.version.clone()),
            licence: dataset.map(|dataset| dataset.licence.clone()),
            when: None,
        });
        // A point is more than an address.
        let point = card.point.filter(|_| matches!(properties, Listed::Item(_)));
        let geometry = point.map(|(latitude, longitude)| Point { kind: "Point", coordinates: [longitude, latitude] });
        Feature { kind: "Feature", id: card.id.clone(), geometry, properties }
    }

    /// The same with its time in words, for programs that make a date of `start` and lose what is cut short.
    pub fn in_words(self, when: String) -> Feature {
        let properties = self.properties.map(|said| Properties { when: Some(when), ..said });
        Feature { properties, ..self }
    }
}

/// A file of events, as it is described; it is written piece by piece.
#[derive(JsonSchema)]
#[schemars(rename = "FeatureCollection")]
pub struct Collection {
    #[schemars(rename = "type", extend("const" = "FeatureCollection"))]
    _kind: String,
    #[schemars(flatten)]
    _origin: Origin,
    #[schemars(rename = "features")]
    _features: Vec<Feature>,
}

/// Where a file comes from: members beside the features, which RFC 7946 allows and readers ignore.
#[derive(JsonSchema, Serialize)]
pub struct Origin {
    /// The filter in words.
    description: String,
    /// The list, absolute.
    url: String,
    /// The day on which the data were as the file has them.
    data_of: String,
    /// The datasets its events are of.
    sources: Vec<Source>,
}

/// A dataset.
#[derive(JsonSchema, Serialize)]
struct Source {
    id: String,
    title: String,
    version: String,
    licence: String,
    licence_url: String,
}

/// Where a file comes from.
pub(super) fn origin(cx: &Ctx, about: &About) -> Result<Value, Failed> {
    let source = |dataset: &Dataset| Source {
        id: dataset.id.clone(),
        title: dataset.title.get(cx.lang).to_owned(),
        version: dataset.version.clone(),
        licence: dataset.licence.clone(),
        licence_url: dataset.licence_url.clone(),
    };
    Ok(serde_json::to_value(Origin {
        description: about.description.clone(),
        url: about.url.clone(),
        data_of: about.day.clone(),
        sources: about.datasets(cx).map(source).collect(),
    })?)
}

/// A piece of the file.
pub(super) fn piece(cx: &Ctx, about: &About, cards: &[Card], first: bool, last: bool) -> Result<Vec<u8>, Failed> {
    let mut out = Vec::new();
    if first {
        // The object of the origin, left open.
        let mut head = origin(cx, about)?.to_string();
        head.pop();
        out.extend_from_slice(format!("{{\"type\":\"FeatureCollection\",{},\"features\":[", &head[1..]).as_bytes());
    }
    for (n, card) in cards.iter().enumerate() {
        out.extend_from_slice(if first && n == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut out, &Feature::new(cx, card))?;
    }
    if last {
        out.extend_from_slice(b"\n]}\n");
    }
    Ok(out)
}
