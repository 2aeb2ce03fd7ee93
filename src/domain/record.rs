//! An event with all that is said about it: the document behind its page, its JSON and its versions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::{Moment, PartialDate, Span};
use super::figure::Figure;
use super::ids::{ActorId, EventId, RegionId, ReportId};
use super::lang::Bilingual;
use super::toll::{Account, Toll};
use super::vocab::{Certainty, DatePrecision, EventKind, EventRelation, Origin, PlacePrecision, Role, Stance, Topic};

/// An event as the dataset holds it; everything in it is ids and words, so that it can be stored and compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "EventAsKept")]
pub struct EventRecord {
    /// Its permanent id.
    pub id: EventId,
    /// What it is called.
    pub title: Bilingual,
    /// What sort of event.
    pub kind: EventKind,
    /// Start, ISO 8601, maybe cut short.
    pub start: String,
    /// End, where it is known to differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub end: Option<String>,
    /// How closely start and end are known.
    pub date_precision: DatePrecision,
    /// Where: the smallest place it is known to be in.
    pub region: RegionId,
    /// WGS 84 latitude and longitude, in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "(f64, f64)")]
    pub point: Option<(f64, f64)>,
    /// How closely the place is known.
    pub place_precision: PlacePrecision,
    /// A few sentences.
    pub summary: Bilingual,
    /// Who took part, in the dataset's order.
    pub actors: Vec<Participation>,
    /// All claims, by number.
    pub claims: Vec<Claim>,
    /// The passages the claims and ties name, each once.
    pub passages: Vec<Passage>,
    /// Ties from this event to others.
    pub links: Vec<EventTie>,
}

/// An actor's part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participation {
    /// Who.
    pub actor: ActorId,
    /// As what.
    pub role: Role,
    /// How sure that is.
    pub certainty: Certainty,
}

/// What a claim is limited to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ClaimLimitedTo")]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// One place (the toll of one village).
    Region(RegionId),
    /// One actor (the dead of one side).
    Actor(ActorId),
    /// A few words.
    Words(String),
}

/// What a claim says, beside or instead of a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ClaimValue")]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A place, for `where`.
    Region(RegionId),
    /// An actor, for `perpetrator` and `victims`.
    Actor(ActorId),
    /// Words; a date for `when`; the note of a number.
    Words(String),
}

/// One thing that one passage says about one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ClaimAsKept")]
pub struct Claim {
    /// Its number within the event: in permalinks, never reused.
    pub n: u32,
    /// The report and the id of its passage.
    pub report: ReportId,
    /// The passage's id within the report.
    pub passage: String,
    /// What it is about.
    pub topic: Topic,
    /// None: the whole event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Part")]
    pub part: Option<Part>,
    /// The number, for topics that are numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Figure")]
    pub figure: Option<Figure>,
    /// The rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Value")]
    pub value: Option<Value>,
    /// Whom the report gives as its source; none: the report in its own voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub said_by: Option<String>,
    /// What kind of source that is.
    pub origin: Origin,
    /// Whether it says so or denies it.
    pub stance: Stance,
    /// Whether a curator stands behind it.
    pub preferred: bool,
}

/// A passage as the event's claims cite it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PassageAsKept")]
pub struct Passage {
    /// Its report.
    pub report: ReportId,
    /// Its id within the report.
    pub id: String,
    /// Two to eight words of the report, exactly as they stand there.
    pub anchor: String,
    /// What it says, in the dataset's words.
    pub gist: Bilingual,
}

/// A tie from one event to another, and the passage that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "EventLinkAsKept")]
pub struct EventTie {
    /// Read "this event RELATION other".
    pub relation: EventRelation,
    /// The other event.
    pub other: EventId,
    /// The report and passage behind the tie.
    pub report: ReportId,
    /// The passage's id within the report.
    pub passage: String,
}

impl Claim {
    /// Whether it gives a number for the whole event.
    pub fn is_whole(&self) -> bool {
        self.part.is_none()
    }

    /// For `when`: the moment it names.
    pub fn moment(&self) -> Option<Moment> {
        match (&self.topic, &self.value) {
            (Topic::When, Some(Value::Words(words))) => words.parse().ok(),
            _ => None,
        }
    }

    /// As an account of the event's toll on a numeric topic, if it is one.
    pub fn account(&self, topic: Topic) -> Option<Account> {
        let figure = self.figure.filter(|_| self.topic == topic && self.is_whole())?;
        Some(Account { n: self.n, figure, origin: self.origin, stance: self.stance, preferred: self.preferred })
    }
}

impl EventRecord {
    /// When it was. A record that came through the importer has valid dates; anything else counts as the year 0.
    pub fn span(&self) -> Span {
        span(&self.start, self.end.as_deref(), self.date_precision)
    }

    /// The head figure of a numeric topic, from the claims for the whole event.
    pub fn toll(&self, topic: Topic) -> Toll {
        let accounts: Vec<Account> = self.claims.iter().filter_map(|claim| claim.account(topic)).collect();
        Toll::of(&accounts)
    }
}

/// A span from the texts in which it is stored.
pub fn span(start: &str, end: Option<&str>, precision: DatePrecision) -> Span {
    let date = |text: &str| text.parse::<PartialDate>().ok();
    Span { start: date(start).unwrap_or(PartialDate::Year(0)), end: end.and_then(date), precision }
}
