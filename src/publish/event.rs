//! An event as JSON: the same object wherever it appears (`url-contract.md`).

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::record::{Claim, EventRecord, Part, Value};
use crate::domain::toll::Toll;
use crate::domain::vocab::{
    Certainty, DatePrecision, EventKind, EventRelation, Origin, PlacePrecision, Role, Stance, Topic,
};
use crate::links::Page;
use crate::store::events::EventFull;
use crate::store::list::Card;
use crate::store::same::SameEvent;
use crate::view::Ctx;

/// A region by id and name.
#[derive(JsonSchema, Serialize)]
pub struct RegionRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it lies in, the largest first, itself last; only in an event's own document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<RegionRef>")]
    pub path: Option<Vec<RegionRef>>,
}

/// The toll.
#[derive(JsonSchema, Serialize)]
pub struct Killed {
    /// The least any account of the whole event says.
    pub low: Option<u32>,
    /// The most any account says.
    pub high: Option<u32>,
    /// Whether some account sets no upper bound.
    pub open: bool,
    /// The figure of the account a curator stands behind: its lower bound, or its upper one where it has no lower.
    pub preferred: Option<u32>,
    /// The number of the claim that carries it.
    pub preferred_claim: Option<u32>,
}

impl Killed {
    /// From the toll.
    pub fn new(toll: &Toll) -> Killed {
        Killed {
            low: toll.low,
            high: toll.high,
            open: toll.open,
            preferred: toll.preferred.map(|(_, figure)| figure.point()),
            preferred_claim: toll.preferred.map(|(n, _)| n),
        }
    }
}

/// An actor's part.
#[derive(JsonSchema, Serialize)]
pub struct ActorRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// How sure.
    pub certainty: Certainty,
}

/// A report as a claim cites it.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ReportCited")]
pub struct ReportRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, maybe cut short.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// A passage as a claim cites it.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "PassageCited")]
pub struct PassageRef {
    /// Its id within the report.
    pub id: String,
    /// The report's own few words.
    pub anchor: String,
    /// What it says.
    pub gist: String,
    /// The paragraph, where it may be shown.
    pub text: Option<String>,
}

/// A claim.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Claim")]
pub struct ClaimJson {
    /// Its number within the event.
    pub n: u32,
    /// What it is about.
    pub topic: Topic,
    /// What the figure is limited to: a region id, an actor id or words.
    pub part: Option<String>,
    /// The least.
    pub low: Option<u32>,
    /// The most.
    pub high: Option<u32>,
    /// Whether it is rounded.
    pub about: bool,
    /// What it says: a date, a region id, an actor id or words.
    pub value: Option<String>,
    /// Whom the report cites.
    pub said_by: Option<String>,
    /// What kind of source that is.
    pub origin: Origin,
    /// Whether it says so or denies it.
    pub stance: Stance,
    /// Whether a curator stands behind it.
    pub preferred: bool,
    /// The report.
    pub report: Option<ReportRef>,
    /// The passage.
    pub passage: Option<PassageRef>,
}

/// A tie to another event.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "EventLink")]
pub struct LinkJson {
    /// Read "this event RELATION event"; where `reversed`, "event RELATION this event".
    pub relation: EventRelation,
    /// The other event's id.
    pub event: String,
    /// See `relation`.
    pub reversed: bool,
    /// The report behind the tie.
    pub report: String,
    /// Its passage.
    pub passage: String,
}

/// Another dataset's record of the same event.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "SameEvent")]
pub struct SameJson {
    /// Its id.
    pub id: String,
    /// Its dataset's id.
    pub dataset: Option<String>,
    /// What it is called; its id, where it may not be passed on.
    pub title: String,
    /// Why they are one.
    pub note: String,
    /// Its permalink.
    pub url: String,
    /// Its claims, with the numbers they have on its own page; only in the document of a curated event, whose page
    /// shows them. They do not enter `killed` and `accounts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ClaimJson>")]
    pub claims: Option<Vec<ClaimJson>>,
}

/// An event.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Event")]
pub struct EventJson {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What sort of event.
    pub kind: EventKind,
    /// Start, ISO 8601, maybe cut short.
    pub start: String,
    /// End, where it differs.
    pub end: Option<String>,
    /// How closely they are known.
    pub date_precision: DatePrecision,
    /// Where.
    pub region: RegionRef,
    /// WGS 84, degrees.
    pub latitude: Option<f64>,
    /// See `latitude`.
    pub longitude: Option<f64>,
    /// How closely the place is known.
    pub place_precision: PlacePrecision,
    /// A few sentences.
    pub summary: String,
    /// The toll.
    pub killed: Killed,
    /// How the accounts of the toll stand to each other.
    pub accounts: Option<crate::domain::vocab::Accounts>,
    /// Who took part.
    pub actors: Vec<ActorRef>,
    /// All claims.
    pub claims: Vec<ClaimJson>,
    /// Ties.
    pub links: Vec<LinkJson>,
    /// Records of other datasets that are the same event.
    pub same_as: Vec<SameJson>,
    /// The permalink.
    pub url: String,
    /// The dataset's id.
    pub source: Option<String>,
    /// The dataset's version.
    pub source_version: Option<String>,
    /// Under which terms it may be used.
    pub licence: Option<String>,
    /// Which version this is.
    pub version: u32,
    /// When it was recorded, RFC 3339.
    pub updated: String,
}

fn region(cx: &Ctx, id: &str) -> RegionRef {
    let name = |region: &crate::store::catalog::Region| region.name.get(cx.lang).to_owned();
    let Some(known) = cx.catalog.region(id) else {
        return RegionRef { id: id.to_owned(), name: id.to_owned(), path: None };
    };
    let path = cx.catalog.path(known.row);
    let path = path.into_iter().map(|r| RegionRef { id: r.id.clone(), name: name(r), path: None }).collect();
    RegionRef { id: id.to_owned(), name: name(known), path: Some(path) }
}

fn claim(cx: &Ctx, event: &EventFull, claim: &Claim) -> ClaimJson {
    let report = event.reports.get(claim.report.as_str());
    let passage = event.record.passages.iter().find(|p| p.report == claim.report && p.id == claim.passage);
    let text = event.paragraphs.get(&(claim.report.to_string(), claim.passage.clone()));
    let words = |words: &String| cx.catalog.translated(words, cx.lang).to_owned();
    ClaimJson {
        n: claim.n,
        topic: claim.topic,
        part: claim.part.as_ref().map(|part| match part {
            Part::Region(id) => id.to_string(),
            Part::Actor(id) => id.to_string(),
            Part::Words(text) => words(text),
        }),
        low: claim.figure.and_then(|f| f.low()),
        high: claim.figure.and_then(|f| f.high()),
        about: claim.figure.is_some_and(|f| f.about()),
        value: claim.value.as_ref().map(|value| match value {
            Value::Region(id) => id.to_string(),
            Value::Actor(id) => id.to_string(),
            Value::Words(text) => words(text),
        }),
        said_by: claim.said_by.as_ref().map(words),
        origin: claim.origin,
        stance: claim.stance,
        preferred: claim.preferred,
        report: report.map(|r| ReportRef {
            id: r.id.clone(),
            title: r.title.clone(),
            publisher: r.publisher.clone(),
            published: r.published.clone(),
            url: r.url.clone(),
        }),
        passage: passage.map(|p| PassageRef {
            id: p.id.clone(),
            anchor: p.anchor.clone(),
            gist: p.gist.get(cx.lang).to_owned(),
            text: text.map(|t| t.text.clone()),
        }),
    }
}

fn same(cx: &Ctx, same: &SameEvent) -> SameJson {
    let (event, record) = (&same.event, &same.event.record);
    let may_go = cx.catalog.withheld(event.dataset).is_none();
    SameJson {
        id: record.id.to_string(),
        dataset: cx.catalog.dataset_at(event.dataset).map(|dataset| dataset.id.clone()),
        title: if may_go { record.title.get(cx.lang) } else { record.id.as_str() }.to_owned(),
        note: same.note.get(cx.lang).to_owned(),
        url: format!("{}{}", cx.base_url, Page::Event(record.id.as_str()).path(cx.lang)),
        claims: (same.curated && may_go).then(|| record.claims.iter().map(|c| claim(cx, event, c)).collect()),
    }
}

impl EventJson {
    /// An event's document. `linked` are the cards of the events it is tied to.
    pub fn new(cx: &Ctx, event: &EventFull, linked: &[Card]) -> EventJson {
        let record: &EventRecord = &event.record;
        let toll = record.toll(Topic::Killed);
        let dataset = cx.catalog.dataset_at(event.dataset);
        let id_of = |row: i64| linked.iter().find(|card| card.row == row).map(|card| card.id.clone());
        EventJson {
            id: record.id.to_string(),
            title: record.title.get(cx.lang).to_owned(),
            kind: record.kind,
            start: record.start.clone(),
            end: record.end.clone(),
            date_precision: record.date_precision,
            region: region(cx, record.region.as_str()),
            latitude: record.point.map(|(latitude, _)| latitude),
            longitude: record.point.map(|(_, longitude)| longitude),
            place_precision: record.place_precision,
            summary: record.summary.get(cx.lang).to_owned(),
            killed: Killed::new(&toll),
            accounts: toll.accounts,
            actors: record
                .actors
                .iter()
                .map(|part| ActorRef {
                    id: part.actor.to_string(),
                    name: cx.actor_by_id(part.actor.as_str()).text,
                    role: part.role,
                    certainty: part.certainty,
                })
                .collect(),
            claims: record.claims.iter().map(|c| claim(cx, event, c)).collect(),
            links: event
                .links
                .iter()
                .filter_map(|link| {
                    Some(LinkJson {
                        relation: link.relation,
                        event: id_of(link.row)?,
                        reversed: !link.outgoing,
                        report: link.report.clone(),
                        passage: link.passage.clone(),
                    })
                })
                .collect(),
            same_as: event.same.iter().map(|other| same(cx, other)).collect(),
            url: format!("{}{}", cx.base_url, cx.event_page(record.id.as_str(), event.version).path(cx.lang)),
            source: dataset.map(|d| d.id.clone()),
            source_version: dataset.map(|d| d.version.clone()),
            licence: dataset.map(|d| d.licence.clone()),
            version: event.version,
            updated: event.updated.clone(),
        }
    }
}
