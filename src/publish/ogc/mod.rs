//! OGC API Features (17-069r4, part 1: core, GeoJSON, OpenAPI 3.0), for QGIS, GDAL and others: events as the GeoJSON
//! files have them, regions as areas. A view over the one filter.

use serde::Serialize;
use serde_json::{Value, json};

use super::export::geojson::Feature;
use crate::domain::bbox::BBox;
use crate::links::{self, Page as Path};
use crate::query::Page;
use crate::query::ogc::EventsAsked;
use crate::store::list::Card;
use crate::text::format::span;
use crate::view::Ctx;

pub mod api;
pub mod geometry;
pub mod regions;
pub mod schema;

/// The type of its own description, to the letter as QGIS looks for it.
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";
/// The type of features.
pub const GEOJSON: &str = "application/geo+json";
/// The type of schemas.
pub const SCHEMA: &str = "application/schema+json";
/// The type of the rest.
pub const JSON: &str = "application/json";
const HTML: &str = "text/html";

const CRS: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// What there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// Events, as points.
    Events,
    /// Regions, as areas.
    Regions,
}

impl Collection {
    /// Both.
    pub const ALL: [Collection; 2] = [Collection::Events, Collection::Regions];

    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Collection::Events => "events",
            Collection::Regions => "regions",
        }
    }

    /// The one with an id.
    pub fn parse(id: &str) -> Option<Collection> {
        Collection::ALL.into_iter().find(|of| of.id() == id)
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Collection::Events => "Events",
            Collection::Regions => "Regions and places",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Collection::Events => {
                "Massacres and other political violence, at their points; without a geometry where no more than an area \
                 is known. Each is a view of the event’s page, where every figure leads to the report it comes from."
            }
            Collection::Regions => {
                "Countries, regions and places with the number of their events: as areas where an outline is known here \
                 (Mali, its regions and cercles in the division of 2021, after OCHA COD-AB, CC BY-IGO, simplified to \
                 some 300 m), else as points. No statement on where a border runs."
            }
        }
    }

    /// Its page for readers.
    const fn page(self) -> Path<'static> {
        match self {
            Collection::Events => Path::Events,
            Collection::Regions => Path::Regions,
        }
    }
}

/// A link, as all documents have them.
fn link(cx: &Ctx, rel: &str, kind: &str, path: &str, title: &str) -> Value {
    json!({ "rel": rel, "type": kind, "href": format!("{}{path}", cx.base_url), "title": title })
}

/// To a collection.
fn to_collection(cx: &Ctx, rel: &str, of: Collection) -> Value {
    link(cx, rel, JSON, &links::ogc_collection(of.id(), ""), of.title())
}

/// To the terms of every dataset.
fn licences<'a>(cx: &'a Ctx) -> impl Iterator<Item = Value> + 'a {
    cx.catalog.datasets.iter().map(|dataset| {
        let title = format!("{}: {}", dataset.title.get(cx.lang), dataset.licence);
        json!({ "rel": "license", "type": HTML, "href": dataset.licence_url, "title": title })
    })
}

/// Which datasets, which versions of them, under which terms.
fn datasets(cx: &Ctx) -> String {
    let said = |dataset: &crate::store::catalog::Dataset| {
        let terms = if dataset.redistributable { "" } else { ", not to be passed on: addresses only" };
        format!("{} {} ({}{terms})", dataset.title.get(cx.lang), dataset.version, dataset.licence)
    };
    cx.catalog.datasets.iter().map(said).collect::<Vec<_>>().join("; ")
}

/// The landing page.
pub fn landing(cx: &Ctx) -> Value {
    let mut to = vec![
        link(cx, "self", JSON, links::OGC, "This document"),
        link(cx, "service-desc", OPENAPI, links::OGC_API, "This interface, described for programs"),
        link(cx, "service-doc", HTML, &Path::Api.path(cx.lang), "All interfaces, described for readers"),
        link(cx, "conformance", JSON, links::OGC_CONFORMANCE, "What it conforms to"),
        link(cx, "data", JSON, links::OGC_COLLECTIONS, "Events and regions"),
        link(cx, "alternate", HTML, &Path::Front.path(cx.lang), cx.t.site),
    ];
    to.extend(licences(cx));
    json!({
        "title": cx.t.site,
        "description": format!("Events and regions for geographic information systems. {}.", datasets(cx)),
        "links": to,
    })
}

/// What it conforms to.
pub fn conformance() -> Value {
    let class = |class| format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
    let classes = ["core", "geojson", "oas30"].map(class);
    json!({ "conformsTo": classes })
}

/// A collection.
pub fn collection(cx: &Ctx, of: Collection) -> Value {
    let below = |below| links::ogc_collection(of.id(), below);
    let mut to = vec![
        to_collection(cx, "self", of),
        link(cx, "items", GEOJSON, &below("/items"), of.title()),
        link(cx, "describedby", SCHEMA, &below("/schema"), "What a feature has"),
        // As GDAL writes it, up to 3.6 at least.
        link(cx, "describedBy", SCHEMA, &below("/schema"), "What a feature has"),
        link(cx, "alternate", HTML, &of.page().path(cx.lang), of.title()),
    ];
    to.extend(licences(cx));
    json!({
        "id": of.id(),
        "title": of.title(),
        "description": format!("{} Datasets: {}.", of.description(), datasets(cx)),
        "itemType": "feature",
        "crs": [CRS],
        "extent": extent(cx, of),
        "links": to,
    })
}

/// Where and when: as far as anything is known.
fn extent(cx: &Ctx, of: Collection) -> Value {
    let (frame, days) = match of {
        Collection::Events => {
            let extent = cx.catalog.extent();
            (extent.frame.map(|frame: BBox| frame.degrees()), extent.days)
        }
        Collection::Regions => (regions::frame(cx), None),
    };
    let mut extent = json!({});
    if let Some(frame) = frame {
        extent["spatial"] = json!({ "bbox": [frame], "crs": CRS });
    }
    if let Some((first, last)) = days {
        let interval = [format!("{first}T00:00:00Z"), format!("{last}T23:59:59Z")];
        let trs = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
        extent["temporal"] = json!({ "interval": [interval], "trs": trs });
    }
    extent
}

/// All collections.
pub fn collections(cx: &Ctx) -> Value {
    let mut to = vec![link(cx, "self", JSON, links::OGC_COLLECTIONS, "This document")];
    to.extend(licences(cx));
    json!({ "links": to, "collections": Collection::ALL.map(|of| collection(cx, of)) })
}

/// A page of features.
#[derive(Serialize)]
pub struct Features<F> {
    #[serde(rename = "type")]
    kind: &'static str,
    // Missing where nothing was on record yet (`as_of`).
    #[serde(rename = "timeStamp", skip_serializing_if = "String::is_empty")]
    changed: String,
    #[serde(rename = "numberMatched")]
    matched: u64,
    #[serde(rename = "numberReturned")]
    returned: usize,
    features: Vec<F>,
    links: Vec<Value>,
}

impl<F> Features<F> {
    /// The time stamp is that of the last change of the data, so that the same question has the same answer.
    fn new(cx: &Ctx, of: Collection, matched: u64, features: Vec<F>, addresses: Addresses) -> Features<F> {
        let mut to = vec![link(cx, "self", GEOJSON, &addresses.own, "This page")];
        to.extend(addresses.next.map(|next| link(cx, "next", GEOJSON, &next, "The next page")));
        to.extend(addresses.page.map(|page| link(cx, "alternate", HTML, &page, of.title())));
        to.push(to_collection(cx, "collection", of));
        to.extend(licences(cx));
        Features {
            kind: "FeatureCollection",
            changed: cx.catalog.changed_at.clone(),
            matched,
            returned: features.len(),
            features,
            links: to,
        }
    }
}

/// Where a page of features is, where the next one is, and where a reader finds the same.
struct Addresses {
    own: String,
    next: Option<String>,
    page: Option<String>,
}

/// An event as the files have it. QGIS takes `start` for a day where the first ones are days, and then leaves a month empty.
fn feature(cx: &Ctx, card: &Card) -> Feature {
    Feature::new(cx, card).in_words(span(&card.span, cx.lang))
}

/// A page of events.
pub fn events(cx: &Ctx, asked: &EventsAsked, page: Page<Card>) -> Features<Feature> {
    let address = |asked: &EventsAsked| links::ogc_items(Collection::Events.id(), &asked.pairs());
    let mut next = asked.clone();
    next.query.after = page.next;
    let addresses = Addresses {
        own: address(asked),
        next: next.query.after.is_some().then(|| address(&next)),
        // Readers have no such time to ask for, and to them a frame holds nothing without a point.
        page: (asked.datetime.is_none() && asked.query.filter.bbox.is_none())
            .then(|| links::filtered(&asked.query.filter, cx.lang)),
    };
    let features = page.items.iter().map(|card| feature(cx, card)).collect();
    Features::new(cx, Collection::Events, page.total, features, addresses)
}

/// A feature by itself.
#[derive(Serialize)]
pub struct One<F> {
    #[serde(flatten)]
    feature: F,
    links: Vec<Value>,
}

fn one<F>(cx: &Ctx, of: Collection, id: &str, feature: F, page: Path) -> One<F> {
    let mut links = vec![
        link(cx, "self", GEOJSON, &links::ogc_item(of.id(), id), "This document"),
        link(cx, "alternate", HTML, &page.path(cx.lang), "Its page"),
        to_collection(cx, "collection", of),
    ];
    links.extend(licences(cx));
    One { feature, links }
}

/// An event.
pub fn event(cx: &Ctx, card: &Card) -> One<Feature> {
    one(cx, Collection::Events, &card.id, feature(cx, card), Path::Event(&card.id))
}
