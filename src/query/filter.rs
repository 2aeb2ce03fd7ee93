//! The one filter of events, and its wire form. Parsing is in [`super::parse`]; [`EventQuery::pairs`] is the way back,
//! always in the same order, so that one question has one address.

use crate::domain::bbox::BBox;
use crate::domain::date::PartialDate;
use crate::domain::ids::{ActorId, DatasetId, RegionId, ReportId};
use crate::domain::vocab::{Accounts, Certainty, EventKind, OnMap, Origin, Role, Vocabulary};

use super::as_of::AsOf;
use super::page::Cursor;

/// Which events. Values of one field are alternatives, fields must all hold; an empty field asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Words, in titles, summaries, names and passages.
    pub q: Option<String>,
    /// Kinds of event.
    pub kind: Vec<EventKind>,
    /// Regions, each with all below it.
    pub region: Vec<RegionId>,
    /// Actors with a part in the event.
    pub actor: Vec<ActorId>,
    /// Whether an actor stands also for the groups that are part of it.
    pub members: bool,
    /// As what the actor took part (any actor, where none is chosen).
    pub role: Vec<Role>,
    /// How sure that part is.
    pub certainty: Vec<Certainty>,
    /// The event may have gone on at or after this date.
    pub from: Option<PartialDate>,
    /// The event may have begun at or before this date.
    pub to: Option<PartialDate>,
    /// The toll may be this or more.
    pub killed_min: Option<u32>,
    /// The toll may be this or less.
    pub killed_max: Option<u32>,
    /// How the accounts of the toll stand to each other.
    pub accounts: Vec<Accounts>,
    /// A claim on the event comes from one of these kinds of source.
    pub origin: Vec<Origin>,
    /// The dataset the event is in.
    pub source: Vec<DatasetId>,
    /// A claim on the event comes from one of these reports.
    pub report: Vec<ReportId>,
    /// How a map can show the event.
    pub place: Vec<OnMap>,
    /// The event's point lies in this frame.
    pub bbox: Option<BBox>,
    /// Events as they were on record then.
    pub as_of: Option<AsOf>,
}

/// One value of one field, for chips and for links that add or remove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// `q`
    Words,
    /// `kind`
    Kind(EventKind),
    /// `region`
    Region(RegionId),
    /// `actor`
    Actor(ActorId),
    /// `members`
    Members,
    /// `role`
    Role(Role),
    /// `certainty`
    Certainty(Certainty),
    /// `from`
    From,
    /// `to`
    To,
    /// `killed_min`
    KilledMin,
    /// `killed_max`
    KilledMax,
    /// `accounts`
    Accounts(Accounts),
    /// `origin`
    Origin(Origin),
    /// `source`
    Source(DatasetId),
    /// `report`
    Report(ReportId),
    /// `place`
    Place(OnMap),
    /// `bbox`
    BBox,
    /// `as_of`
    AsOf,
}

/// The order of a list. Within equal keys events stand in the order in which they came into the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Newest first.
    DateDesc,
    /// Oldest first.
    Date,
    /// Highest toll first; events without a known toll last.
    KilledDesc,
    /// Lowest toll first; events without a known toll last.
    Killed,
    /// Best match of `q` first.
    Relevance,
}

impl Sort {
    /// All of them.
    pub const ALL: [Sort; 5] = [Sort::DateDesc, Sort::Date, Sort::KilledDesc, Sort::Killed, Sort::Relevance];

    /// The word in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sort::DateDesc => "-date",
            Sort::Date => "date",
            Sort::KilledDesc => "-killed",
            Sort::Killed => "killed",
            Sort::Relevance => "relevance",
        }
    }
}

/// How the result is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewMode {
    /// A list to read.
    #[default]
    List,
    /// A table to compare.
    Table,
    /// Marks on a map.
    Map,
    /// Years or months.
    Timeline,
}

impl ViewMode {
    /// All of them.
    pub const ALL: [ViewMode; 4] = [ViewMode::List, ViewMode::Table, ViewMode::Map, ViewMode::Timeline];

    /// The word in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            ViewMode::List => "list",
            ViewMode::Table => "table",
            ViewMode::Map => "map",
            ViewMode::Timeline => "timeline",
        }
    }
}

/// The most events one page may ask for.
pub const MAX_LIMIT: u16 = 200;

/// How many events a page shows when it is not said.
pub const DEFAULT_LIMIT: u16 = 25;

/// A filter with the order and the page that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventQuery {
    /// Which events.
    pub filter: EventFilter,
    /// How they are shown.
    pub view: ViewMode,
    /// In which order; none: by date, or by relevance where words are asked for.
    pub sort: Option<Sort>,
    /// How many on a page.
    pub limit: u16,
    /// After which event.
    pub after: Option<Cursor>,
}

impl Default for EventQuery {
    fn default() -> EventQuery {
        EventQuery::of(EventFilter::default())
    }
}

impl EventQuery {
    /// The first page of a filter in its usual order.
    pub fn of(filter: EventFilter) -> EventQuery {
        EventQuery { filter, view: ViewMode::List, sort: None, limit: DEFAULT_LIMIT, after: None }
    }

    /// The order that applies.
    pub fn order(&self) -> Sort {
        self.sort.unwrap_or(if self.filter.q.is_some() { Sort::Relevance } else { Sort::DateDesc })
    }

    /// The wire form: keys and values in canonical order, without what is usual anyway.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter.pairs();
        if self.view != ViewMode::List {
            pairs.push(("view", self.view.as_str().to_owned()));
        }
        if let Some(sort) = self.sort {
            pairs.push(("sort", sort.as_str().to_owned()));
        }
        if self.limit != DEFAULT_LIMIT {
            pairs.push(("limit", self.limit.to_string()));
        }
        if let Some(after) = &self.after {
            pairs.push(("after", after.to_string()));
        }
        pairs
    }
}

impl EventFilter {
    /// Whether it asks nothing.
    pub fn is_empty(&self) -> bool {
        *self == EventFilter::default()
    }

    /// The wire form, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut one = |key, value: Option<String>| pairs.extend(value.map(|value| (key, value)));
        one("q", self.q.clone());
        for kind in &self.kind {
            one("kind", Some(kind.to_string()));
        }
        for region in &self.region {
            one("region", Some(region.to_string()));
        }
        for actor in &self.actor {
            one("actor", Some(actor.to_string()));
        }
        one("members", self.members.then(|| "yes".to_owned()));
        for role in &self.role {
            one("role", Some(role.to_string()));
        }
        for certainty in &self.certainty {
            one("certainty", Some(certainty.to_string()));
        }
        one("from", self.from.map(|d| d.to_string()));
        one("to", self.to.map(|d| d.to_string()));
        one("killed_min", self.killed_min.map(|n| n.to_string()));
        one("killed_max", self.killed_max.map(|n| n.to_string()));
        for accounts in &self.accounts {
            one("accounts", Some(accounts.to_string()));
        }
        for origin in &self.origin {
            one("origin", Some(origin.to_string()));
        }
        for source in &self.source {
            one("source", Some(source.to_string()));
        }
        for report in &self.report {
            one("report", Some(report.to_string()));
        }
        for place in &self.place {
            one("place", Some(place.to_string()));
        }
        one("bbox", self.bbox.map(|frame| frame.to_string()));
        one("as_of", self.as_of.map(|as_of| as_of.to_string()));
        pairs
    }

    /// Its parts, each of which can be removed, in the order of the wire form.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        parts.extend(self.q.as_ref().map(|_| Part::Words));
        parts.extend(self.kind.iter().map(|v| Part::Kind(*v)));
        parts.extend(self.region.iter().map(|v| Part::Region(v.clone())));
        parts.extend(self.actor.iter().map(|v| Part::Actor(v.clone())));
        parts.extend(self.members.then_some(Part::Members));
        parts.extend(self.role.iter().map(|v| Part::Role(*v)));
        parts.extend(self.certainty.iter().map(|v| Part::Certainty(*v)));
        parts.extend(self.from.map(|_| Part::From));
        parts.extend(self.to.map(|_| Part::To));
        parts.extend(self.killed_min.map(|_| Part::KilledMin));
        parts.extend(self.killed_max.map(|_| Part::KilledMax));
        parts.extend(self.accounts.iter().map(|v| Part::Accounts(*v)));
        parts.extend(self.origin.iter().map(|v| Part::Origin(*v)));
        parts.extend(self.source.iter().map(|v| Part::Source(v.clone())));
        parts.extend(self.report.iter().map(|v| Part::Report(v.clone())));
        parts.extend(self.place.iter().map(|v| Part::Place(*v)));
        parts.extend(self.bbox.map(|_| Part::BBox));
        parts.extend(self.as_of.map(|_| Part::AsOf));
        parts
    }

    /// The same filter without one of its parts.
    pub fn without(&self, part: &Part) -> EventFilter {
        let mut filter = self.clone();
        match part {
            Part::Words => filter.q = None,
            Part::Kind(v) => filter.kind.retain(|x| x != v),
            Part::Region(v) => filter.region.retain(|x| x != v),
            Part::Actor(v) => {
                filter.actor.retain(|x| x != v);
                filter.members &= !filter.actor.is_empty();
            }
            Part::Members => filter.members = false,
            Part::Role(v) => filter.role.retain(|x| x != v),
            Part::Certainty(v) => filter.certainty.retain(|x| x != v),
            Part::From => filter.from = None,
            Part::To => filter.to = None,
            Part::KilledMin => filter.killed_min = None,
            Part::KilledMax => filter.killed_max = None,
            Part::Accounts(v) => filter.accounts.retain(|x| x != v),
            Part::Origin(v) => filter.origin.retain(|x| x != v),
            Part::Source(v) => filter.source.retain(|x| x != v),
            Part::Report(v) => filter.report.retain(|x| x != v),
            Part::Place(v) => filter.place.retain(|x| x != v),
            Part::BBox => filter.bbox = None,
            Part::AsOf => filter.as_of = None,
        }
        filter
    }

    /// The same filter with one value more. A part that holds no value of its own (words, dates) changes nothing.
    pub fn with(&self, part: &Part) -> EventFilter {
        fn add<T: Clone + PartialEq>(values: &mut Vec<T>, value: &T) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        let mut filter = self.clone();
        match part {
            Part::Kind(v) => add(&mut filter.kind, v),
            Part::Region(v) => add(&mut filter.region, v),
            Part::Actor(v) => add(&mut filter.actor, v),
            Part::Members => filter.members = true,
            Part::Role(v) => add(&mut filter.role, v),
            Part::Certainty(v) => add(&mut filter.certainty, v),
            Part::Accounts(v) => add(&mut filter.accounts, v),
            Part::Origin(v) => add(&mut filter.origin, v),
            Part::Source(v) => add(&mut filter.source, v),
            Part::Report(v) => add(&mut filter.report, v),
            Part::Place(v) => add(&mut filter.place, v),
            Part::Words | Part::From | Part::To | Part::KilledMin | Part::KilledMax | Part::BBox | Part::AsOf => {}
        }
        filter.canonical()
    }

    /// Values in canonical order: words of a vocabulary in its order, ids by alphabet.
    pub(super) fn canonical(mut self) -> EventFilter {
        fn ordered<T: Ord>(values: &mut Vec<T>) {
            values.sort();
            values.dedup();
        }
        ordered(&mut self.kind);
        ordered(&mut self.region);
        ordered(&mut self.actor);
        ordered(&mut self.role);
        ordered(&mut self.certainty);
        ordered(&mut self.accounts);
        ordered(&mut self.origin);
        ordered(&mut self.source);
        ordered(&mut self.report);
        ordered(&mut self.place);
        self
    }
}

/// The keys of the wire form, in canonical order.
pub const KEYS: [&str; 22] = [
    "q",
    "kind",
    "region",
    "actor",
    "members",
    "role",
    "certainty",
    "from",
    "to",
    "killed_min",
    "killed_max",
    "accounts",
    "origin",
    "source",
    "report",
    "place",
    "bbox",
    "as_of",
    "view",
    "sort",
    "limit",
    "after",
];

/// The words a key takes, for keys with a closed list.
pub fn words_of(key: &str) -> Option<Vec<&'static str>> {
    Some(match key {
        "kind" => EventKind::words(),
        "role" => Role::words(),
        "certainty" => Certainty::words(),
        "accounts" => Accounts::words(),
        "origin" => Origin::words(),
        "place" => OnMap::words(),
        "members" => vec!["yes"],
        "view" => ViewMode::ALL.map(ViewMode::as_str).to_vec(),
        "sort" => Sort::ALL.map(Sort::as_str).to_vec(),
        _ => return None,
    })
}
