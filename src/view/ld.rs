//! Structured data within pages (JSON-LD 1.1, schema.org): small, for search engines; the whole of an event and the
//! annotations of a report are files of their own (`publish::linked`).

use serde_json::{Value, json};

use crate::domain::record::EventRecord;
use crate::links::{self, Page};
use crate::store::catalog::Dataset;
use crate::store::events::EventFull;

use super::Ctx;

/// A JSON document for `<script type="application/ld+json">`: nothing in it can end the element.
pub fn embedded(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// An event as a schema.org Event, without its context.
pub fn event(cx: &Ctx, event: &EventFull) -> Value {
    let record = &event.record;
    let id = record.id.as_str();
    let mut value = json!({
        "@type": "Event",
        "@id": permalink(cx, id),
        "url": permalink(cx, id),
        "name": record.title.get(cx.lang),
        "description": record.summary.get(cx.lang),
        "startDate": record.start,
        "location": location(cx, record),
        "inLanguage": cx.lang.to_string(),
    });
    if let Some(end) = &record.end {
        value["endDate"] = json!(end);
    }
    value
}

/// The address of an event for machines: that of its English page, which all its claims share.
fn permalink(cx: &Ctx, id: &str) -> String {
    format!("{}{}", cx.base_url, Page::Event(id).path(crate::domain::lang::Lang::En))
}

fn location(cx: &Ctx, record: &EventRecord) -> Value {
    let region = cx.catalog.region(record.region.as_str());
    let names: Vec<&str> = region.map_or_else(Vec::new, |region| {
        cx.catalog.path(region.row).iter().rev().map(|region| region.name.get(cx.lang)).collect()
    });
    let mut place = json!({ "@type": "Place", "name": names.first(), "address": names.join(", ") });
    if let Some((latitude, longitude)) = record.point {
        place["geo"] = json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
    }
    place
}

/// A dataset as a schema.org Dataset, without its context. Only one that may be passed on has files to download.
pub fn dataset(cx: &Ctx, dataset: &Dataset) -> Value {
    let page = format!("{}{}", cx.base_url, Page::Data.path(cx.lang));
    let mut value = json!({
        "@type": "Dataset",
        "@id": format!("{page}#{}", dataset.id),
        "name": dataset.title.get(cx.lang),
        "description": dataset.description.get(cx.lang),
        "url": page,
        "version": dataset.version,
        "license": dataset.licence_url,
        "dateModified": dataset.imported_at,
        "isAccessibleForFree": true,
    });
    if dataset.redistributable {
        value["distribution"] = json!([{
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": format!("{}{}", cx.base_url, links::package(&dataset.id)),
        }]);
    }
    value
}

/// A document of one or more things of schema.org.
pub fn document(things: Vec<Value>) -> Value {
    json!({ "@context": "https://schema.org", "@graph": things })
}
