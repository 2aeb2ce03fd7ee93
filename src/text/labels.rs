//! What a reader sees for the words of the vocabularies.

use crate::domain::lang::Lang;
use crate::domain::vocab::*;

/// A word that has a name in both languages.
pub trait Label {
    /// Its name, as it stands alone or within a sentence (no capital).
    fn label(&self, lang: Lang) -> &'static str;
}

macro_rules! labels {
    ($($name:ident { $($variant:ident => $en:literal | $fr:literal),+ $(,)? })+) => {
        $(impl Label for $name {
            fn label(&self, lang: Lang) -> &'static str {
                match self { $($name::$variant => lang.pick($en, $fr)),+ }
            }
        })+

        /// Every label: vocabulary, word, English, French. For the test that reads them all.
        pub fn all() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
            vec![$($((stringify!($name), stringify!($variant), $en, $fr)),+),+]
        }
    };
}

labels! {
    Level {
        Country => "country" | "pays", Admin1 => "region" | "région", Admin2 => "cercle" | "cercle",
        Admin3 => "commune" | "commune", Place => "locality" | "localité",
    }
    ActorKind {
        StateForces => "state forces" | "forces de l’État", JihadistGroup => "jihadist group" | "groupe djihadiste",
        RebelGroup => "rebel group" | "groupe rebelle", SelfDefenceGroup => "self-defence group" | "groupe d’autodéfense",
        PrivateMilitary => "private military company" | "société militaire privée",
        InternationalMission => "international mission" | "mission internationale",
        ForeignForces => "foreign forces" | "forces étrangères", Community => "community" | "communauté",
        Government => "government body" | "institution publique", CivilSociety => "civil society" | "société civile",
        Unidentified => "unidentified" | "non identifié",
    }
    ActorRelation {
        PartOf => "part of" | "fait partie de", AffiliatedWith => "affiliated with" | "affilié à",
        AlliedWith => "allied with" | "allié à", SuccessorOf => "successor of" | "successeur de",
        SplitFrom => "split from" | "issu d’une scission de", Opposes => "opposed to" | "opposé à",
    }
    ReportKind {
        News => "news" | "presse", UnReport => "UN report" | "rapport de l’ONU", NgoReport => "NGO report" | "rapport d’ONG",
        Analysis => "analysis" | "analyse", Encyclopedia => "encyclopedia" | "encyclopédie",
        Statement => "statement" | "communiqué", Dataset => "dataset" | "jeu de données",
    }
    EventKind {
        Massacre => "massacre" | "massacre", AttackOnCivilians => "attack on civilians" | "attaque contre des civils",
        AttackOnForces => "attack on forces" | "attaque contre des forces", ArmedClash => "armed clash" | "affrontement armé",
        AirStrike => "air strike" | "frappe aérienne", MilitaryOperation => "military operation" | "opération militaire",
        Abduction => "abduction" | "enlèvement", Arrest => "arrest" | "arrestation", Looting => "looting" | "pillage",
        Protest => "protest" | "manifestation", Agreement => "agreement" | "accord",
        Political => "political event" | "événement politique",
    }
    DatePrecision {
        Day => "to the day" | "au jour près", Days => "over several days" | "sur plusieurs jours",
        Week => "to the week" | "à la semaine près", Month => "to the month" | "au mois près",
        Year => "to the year" | "à l’année près",
    }
    PlacePrecision {
        Exact => "exact place" | "lieu exact", Place => "locality known" | "localité connue",
        Admin3 => "known to the commune only" | "seule la commune est connue",
        Admin2 => "known to the cercle only" | "seul le cercle est connu",
        Admin1 => "known to the region only" | "seule la région est connue",
        Country => "known to the country only" | "seul le pays est connu",
    }
    Role {
        Perpetrator => "perpetrator" | "auteur", Victim => "victim" | "victime", Target => "target" | "cible",
        Participant => "participant" | "participant", Responder => "responder" | "intervenant",
    }
    Certainty {
        Claimed => "claimed by itself" | "revendiqué", Attributed => "attributed" | "attribué",
        Suspected => "suspected" | "soupçonné", Disputed => "disputed" | "contesté",
    }
    Topic {
        When => "date" | "date", Where => "place" | "lieu", Perpetrator => "perpetrator named" | "auteur désigné",
        Responsibility => "responsibility" | "responsabilité", Victims => "victims" | "victimes",
        Killed => "killed" | "tués", DeadOrMissing => "dead or missing" | "morts ou disparus",
        Injured => "injured" | "blessés", Abducted => "abducted" | "enlevés", Missing => "missing" | "disparus",
        Arrested => "arrested" | "arrêtés", Displaced => "displaced" | "déplacés", Attackers => "attackers" | "assaillants",
        Motive => "motive" | "mobile", Method => "means" | "déroulement", Damage => "damage" | "dégâts",
        Response => "response" | "réactions", Context => "context" | "contexte",
    }
    Origin {
        Government => "government" | "gouvernement", SecurityForces => "security forces" | "forces de sécurité",
        ArmedGroup => "armed group" | "groupe armé", ForeignState => "foreign state" | "État étranger",
        Un => "United Nations" | "Nations unies", RightsGroup => "rights group" | "organisation de défense des droits",
        Justice => "judiciary" | "justice", Medical => "medical source" | "source médicale",
        CivilSociety => "civil society" | "société civile", LocalOfficial => "local official" | "élu ou responsable local",
        Witness => "witness or survivor" | "témoin ou survivant", Media => "reports in their own voice" | "documents en leur nom propre",
        Dataset => "dataset" | "base de données",
        Unnamed => "unnamed source" | "source non nommée",
    }
    EventRelation {
        ReprisalFor => "reprisal for" | "représailles après", ResponseTo => "response to" | "réponse à",
        PartOf => "part of" | "fait partie de", FollowedBy => "followed by" | "suivi de",
    }
    Accounts {
        Differ => "accounts differ" | "les récits divergent", Agree => "accounts agree" | "les récits concordent",
        Single => "one origin only" | "une seule origine",
    }
    Question {
        HowMany => "How many" | "Combien", When => "When" | "Quand", Where => "Where" | "Où", Who => "Who" | "Qui",
        Why => "Why" | "Pourquoi", How => "How" | "Comment", WhatFollowed => "What followed" | "Ce qui a suivi",
        Background => "Background" | "Contexte",
    }
}

/// The plural of a kind of event, with a capital: the subject of the sentence that describes a filter.
pub fn kind_plural(kind: EventKind, lang: Lang) -> &'static str {
    let (en, fr) = match kind {
        EventKind::Massacre => ("Massacres", "Massacres"),
        EventKind::AttackOnCivilians => ("Attacks on civilians", "Attaques contre des civils"),
        EventKind::AttackOnForces => ("Attacks on forces", "Attaques contre des forces"),
        EventKind::ArmedClash => ("Armed clashes", "Affrontements armés"),
        EventKind::AirStrike => ("Air strikes", "Frappes aériennes"),
        EventKind::MilitaryOperation => ("Military operations", "Opérations militaires"),
        EventKind::Abduction => ("Abductions", "Enlèvements"),
        EventKind::Arrest => ("Arrests", "Arrestations"),
        EventKind::Looting => ("Looting", "Pillages"),
        EventKind::Protest => ("Protests", "Manifestations"),
        EventKind::Agreement => ("Agreements", "Accords"),
        EventKind::Political => ("Political events", "Événements politiques"),
    };
    lang.pick(en, fr)
}

/// A tie read from the other actor's side: "A part of B" is, for B, "includes A".
pub fn relation_reversed(relation: ActorRelation, lang: Lang) -> &'static str {
    let (en, fr) = match relation {
        ActorRelation::PartOf => ("includes", "comprend"),
        ActorRelation::AffiliatedWith => ("has as its affiliate", "a pour affilié"),
        ActorRelation::AlliedWith => ("allied with", "allié à"),
        ActorRelation::SuccessorOf => ("followed by", "a pour successeur"),
        ActorRelation::SplitFrom => ("lost by a split", "a perdu par scission"),
        ActorRelation::Opposes => ("opposed to", "opposé à"),
    };
    lang.pick(en, fr)
}

/// How an event of the chain stands to the event at hand. `outgoing`: the event at hand is the first of the two.
pub fn in_chain(relation: EventRelation, outgoing: bool, lang: Lang) -> &'static str {
    use EventRelation::{FollowedBy, PartOf, ReprisalFor, ResponseTo};
    let (en, fr) = match (relation, outgoing) {
        (ReprisalFor, true) => ("this event was a reprisal for it", "cet événement en a constitué les représailles"),
        (ReprisalFor, false) => ("a reprisal for this event", "représailles après cet événement"),
        (ResponseTo, true) => ("this event was a response to it", "cet événement y répondait"),
        (ResponseTo, false) => ("a response to this event", "réponse à cet événement"),
        (PartOf, true) => ("this event was part of it", "cet événement en faisait partie"),
        (PartOf, false) => ("part of this event", "fait partie de cet événement"),
        (FollowedBy, true) => ("came after this event", "a suivi cet événement"),
        (FollowedBy, false) => ("came before this event", "a précédé cet événement"),
    };
    lang.pick(en, fr)
}

/// The name of a language, from its BCP 47 tag; the tag itself where it is none of those that occur, and nothing for
/// `und`, which says that it is not known.
pub fn language(tag: &str, lang: Lang) -> String {
    let (en, fr) = match tag.split('-').next().unwrap_or(tag) {
        "fr" => ("French", "français"),
        "en" => ("English", "anglais"),
        "ar" => ("Arabic", "arabe"),
        "es" => ("Spanish", "espagnol"),
        "pt" => ("Portuguese", "portugais"),
        "de" => ("German", "allemand"),
        "nl" => ("Dutch", "néerlandais"),
        "it" => ("Italian", "italien"),
        "ru" => ("Russian", "russe"),
        "bm" => ("Bambara", "bambara"),
        "und" => ("", ""),
        _ => return tag.to_owned(),
    };
    lang.pick(en, fr).to_owned()
}
