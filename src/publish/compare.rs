//! Two actors or two regions side by side, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::store::timeline::Timeline;
use crate::view::Ctx;
use crate::view::compare::{Both, Side, Subject};

use super::list::{EventItem, FacetJson, PeriodJson, PeriodKilled, words};
use super::names::{ActorItem, RegionItem, TieJson, actor_item, region_item, tie};
use super::withheld::Listed;

/// The answer.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Comparison")]
pub struct CompareJson {
    /// The first.
    pub a: SideJson,
    /// The second.
    pub b: SideJson,
    /// The events of both.
    pub shared: SharedJson,
    /// Between two actors: ties of the first to the second.
    pub ties: Vec<TieJson>,
}

/// Who or where.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Subject")]
#[serde(untagged)]
pub enum SubjectJson {
    /// An actor, as in lists.
    Actor(ActorItem),
    /// A region, as in lists.
    Region(RegionItem),
}

/// One of the two. `events` of the actor or region counts all of them, `total` those under the filter.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Side")]
pub struct SideJson {
    /// Who or where.
    #[serde(flatten)]
    pub subject: SubjectJson,
    /// How many events under the filter.
    pub total: u64,
    /// Their tolls, added up; null where they are of two datasets, or of one that is for reading only.
    pub killed: Option<PeriodKilled>,
    /// Counts, as in lists.
    pub facets: SideFacets,
    /// By year or month, over the time of both.
    pub timeline: Vec<PeriodJson>,
}

/// Counts of one of the two.
#[derive(JsonSchema, Serialize)]
pub struct SideFacets {
    /// Kinds of event.
    pub kind: Vec<FacetJson>,
    /// Roles; of regions those of any actor.
    pub role: Vec<FacetJson>,
    /// Certainties of the role.
    pub certainty: Vec<FacetJson>,
}

/// The events of both.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Shared")]
pub struct SharedJson {
    /// How many.
    pub total: u64,
    /// The newest.
    pub events: Vec<Listed<EventItem>>,
}

impl CompareJson {
    /// Both.
    pub fn new(cx: &Ctx, both: &Both) -> CompareJson {
        let [a, b] = &both.sides;
        CompareJson {
            a: SideJson::new(cx, a),
            b: SideJson::new(cx, b),
            shared: SharedJson {
                total: both.shared,
                events: both.cards.iter().map(|card| EventItem::listed(cx, card)).collect(),
            },
            ties: both.ties.iter().filter_map(|of| tie(cx, of)).collect(),
        }
    }
}

impl SideJson {
    fn new(cx: &Ctx, side: &Side) -> SideJson {
        let mut datasets = side.datasets.iter().filter_map(|row| cx.catalog.dataset_at(*row));
        let for_reading = datasets.any(|dataset| !dataset.redistributable);
        let Timeline { periods, .. } = &side.timeline;
        SideJson {
            subject: match side.subject {
                Subject::Actor(actor) => SubjectJson::Actor(actor_item(cx, actor)),
                Subject::Region(region) => SubjectJson::Region(region_item(cx, region)),
            },
            total: side.total,
            killed: side.killed.filter(|_| !for_reading).map(PeriodKilled::new),
            facets: SideFacets {
                kind: words(cx, &side.facets.kind),
                role: words(cx, &side.facets.role),
                certainty: words(cx, &side.facets.certainty),
            },
            timeline: periods.iter().map(|period| PeriodJson::new(period, for_reading)).collect(),
        }
    }
}
