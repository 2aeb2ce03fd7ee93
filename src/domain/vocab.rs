//! The closed vocabularies of the data package. The words are the ones in the files, in URLs and in JSON; what a
//! reader sees instead is in [`crate::text`].

use std::fmt;
use std::str::FromStr;

/// A closed list of words.
pub trait Vocabulary: Copy + Eq + Ord + std::hash::Hash + fmt::Debug + 'static {
    /// All words, in the order in which a reader meets them.
    const ALL: &'static [Self];
    /// The word as it stands in files, URLs and JSON.
    fn as_str(self) -> &'static str;
    /// The word for a text, if it is one of the list.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.as_str() == text)
    }
    /// The words as texts.
    fn words() -> Vec<&'static str> {
        Self::ALL.iter().map(|word| word.as_str()).collect()
    }
}

/// A word that is not of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not one of {}", .expected.join(", "))]
pub struct UnknownWord {
    /// What was given.
    pub word: String,
    /// What it could have been.
    pub expected: Vec<&'static str>,
}

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl Vocabulary for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Vocabulary::as_str(*self))
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                <Self as Vocabulary>::parse(text).ok_or_else(|| UnknownWord { word: text.to_owned(), expected: Self::words() })
            }
        }
    )+};
}

vocabulary! {
    /// How large a place is; Mali: région, cercle, commune, locality.
    Level { Country = "country", Admin1 = "admin1", Admin2 = "admin2", Admin3 = "admin3", Place = "place" }

    /// What sort of actor.
    ActorKind {
        StateForces = "state_forces", JihadistGroup = "jihadist_group", RebelGroup = "rebel_group",
        SelfDefenceGroup = "self_defence_group", PrivateMilitary = "private_military",
        InternationalMission = "international_mission", ForeignForces = "foreign_forces", Community = "community",
        Government = "government", CivilSociety = "civil_society", Unidentified = "unidentified",
    }

    /// A tie between two actors, read "actor RELATION other".
    ActorRelation {
        PartOf = "part_of", AffiliatedWith = "affiliated_with", AlliedWith = "allied_with",
        SuccessorOf = "successor_of", SplitFrom = "split_from", Opposes = "opposes",
    }

    /// What sort of document a report is.
    ReportKind {
        News = "news", UnReport = "un_report", NgoReport = "ngo_report", Analysis = "analysis",
        Encyclopedia = "encyclopedia", Statement = "statement", Dataset = "dataset",
    }

    /// What sort of event.
    EventKind {
        /// Deliberate killing of five or more people who were not fighting, in one episode.
        Massacre = "massacre",
        AttackOnCivilians = "attack_on_civilians", AttackOnForces = "attack_on_forces", ArmedClash = "armed_clash",
        /// From aircraft, helicopter or drone, whoever was hit: who that was is a matter of claims.
        AirStrike = "air_strike",
        MilitaryOperation = "military_operation", Abduction = "abduction", Arrest = "arrest", Looting = "looting",
        Protest = "protest", Agreement = "agreement", Political = "political",
    }

    /// How closely the date of an event is known.
    DatePrecision { Day = "day", Days = "days", Week = "week", Month = "month", Year = "year" }

    /// How closely the place of an event is known.
    PlacePrecision {
        Exact = "exact", Place = "place", Admin3 = "admin3", Admin2 = "admin2", Admin1 = "admin1", Country = "country",
    }

    /// How a map can show an event: as the point of a known place, as an area of about this size, or not at all.
    OnMap {
        Point = "point", Admin3 = "admin3", Admin2 = "admin2", Admin1 = "admin1", Country = "country", Nowhere = "none",
    }

    /// An actor's part in an event.
    Role {
        Perpetrator = "perpetrator", Victim = "victim", Target = "target", Participant = "participant",
        Responder = "responder",
    }

    /// How sure it is that the actor had that part.
    Certainty {
        /// The actor said so itself.
        Claimed = "claimed",
        /// A named authority or investigation says so.
        Attributed = "attributed",
        Suspected = "suspected", Disputed = "disputed",
    }

    /// What a claim is about.
    Topic {
        When = "when", Where = "where", Perpetrator = "perpetrator", Responsibility = "responsibility",
        Victims = "victims", Killed = "killed", DeadOrMissing = "dead_or_missing", Injured = "injured",
        Abducted = "abducted", Missing = "missing", Arrested = "arrested", Displaced = "displaced",
        Attackers = "attackers", Motive = "motive", Method = "method", Damage = "damage", Response = "response",
        Context = "context",
    }

    /// Whether the source says so or denies it.
    Stance { Asserts = "asserts", Denies = "denies" }

    /// What kind of source a claim comes from. Ten reports that repeat one communiqué are one origin.
    Origin {
        Government = "government", SecurityForces = "security_forces", ArmedGroup = "armed_group",
        ForeignState = "foreign_state", Un = "un", RightsGroup = "rights_group", Justice = "justice",
        Medical = "medical", CivilSociety = "civil_society", LocalOfficial = "local_official",
        Witness = "witness",
        /// The report in its own voice.
        Media = "media",
        /// Whoever coded a dataset from other reports: its figure is the coder's own reading of them.
        Dataset = "dataset",
        Unnamed = "unnamed",
    }

    /// A tie between two events, read "event RELATION other".
    EventRelation {
        ReprisalFor = "reprisal_for", ResponseTo = "response_to", PartOf = "part_of", FollowedBy = "followed_by",
    }

    /// How the accounts of an event's whole toll stand to each other.
    Accounts {
        /// Some two of them cannot both be right.
        Differ = "differ",
        /// Several origins, whose ranges all overlap.
        Agree = "agree",
        /// One origin only.
        Single = "single",
    }
}

impl Topic {
    /// Whether a claim on this topic is a number of people, in `low` and `high`.
    pub fn is_number(self) -> bool {
        use Topic::*;
        matches!(self, Killed | DeadOrMissing | Injured | Abducted | Missing | Arrested | Displaced | Attackers)
    }
}

/// The questions by which an event page sets accounts side by side, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// How many were killed, wounded, taken.
    HowMany,
    /// When it began.
    When,
    /// Where it was.
    Where,
    /// Who did it, and to whom.
    Who,
    /// For what motive.
    Why,
    /// By what means.
    How,
    /// What was done about it.
    WhatFollowed,
    /// What else the reports say around it.
    Background,
}

impl Question {
    /// All, in the order of the page.
    pub const ALL: [Question; 8] = [
        Question::HowMany,
        Question::When,
        Question::Where,
        Question::Who,
        Question::Why,
        Question::How,
        Question::WhatFollowed,
        Question::Background,
    ];

    /// The topics that answer it, in order.
    pub fn topics(self) -> &'static [Topic] {
        use Topic::*;
        match self {
            Question::HowMany => &[Killed, DeadOrMissing, Injured, Abducted, Missing, Arrested, Displaced],
            Question::When => &[When],
            Question::Where => &[Where],
            Question::Who => &[Perpetrator, Responsibility, Attackers, Victims],
            Question::Why => &[Motive],
            Question::How => &[Method, Damage],
            Question::WhatFollowed => &[Response],
            Question::Background => &[Context],
        }
    }

    /// The word used in addresses within the page (`#how-many`).
    pub fn slug(self) -> &'static str {
        match self {
            Question::HowMany => "how-many",
            Question::When => "when",
            Question::Where => "where",
            Question::Who => "who",
            Question::Why => "why",
            Question::How => "how",
            Question::WhatFollowed => "what-followed",
            Question::Background => "background",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_answers_exactly_one_question() {
        for topic in Topic::ALL {
            let asked = Question::ALL.iter().filter(|q| q.topics().contains(topic)).count();
            assert_eq!(asked, 1, "{topic}");
        }
    }

    #[test]
    fn words_come_back() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse::<EventKind>(), Ok(*kind));
        }
        let error = "masacre".parse::<EventKind>().unwrap_err();
        assert!(error.to_string().contains("massacre"), "{error}");
    }
}
