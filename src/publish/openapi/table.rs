//! What programs may ask for: one row for each thing, with its endings. Document, page and tests read these rows; a route
//! that answers programs and is in none of them fails a test.

use super::answers::{self, Answer};
use super::keys::{Key, Words, cells, compare, event, feed, filter, moment, names, passage, reports, search, version};

/// What goes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Lists of events.
    Events,
    /// One event.
    Event,
    /// How it was before.
    Versions,
    /// Actors and regions.
    Names,
    /// What claims come from.
    Reports,
    /// Finding.
    Search,
    /// The data whole.
    Data,
    /// The site itself.
    Site,
}

impl Part {
    /// All of them, in the order in which they are read.
    pub const ALL: [Part; 8] =
        [Part::Events, Part::Event, Part::Versions, Part::Names, Part::Reports, Part::Search, Part::Data, Part::Site];

    /// Its heading.
    pub const fn title(self) -> Words {
        match self {
            Part::Events => ["Lists of events", "Listes d’événements"],
            Part::Event => ["One event", "Un événement"],
            Part::Versions => ["An event as it was", "Un événement tel qu’il était"],
            Part::Names => ["Actors and regions", "Acteurs et régions"],
            Part::Reports => ["Reports", "Documents"],
            Part::Search => ["Search and comparison", "Recherche et comparaison"],
            Part::Data => ["Whole datasets", "Jeux de données entiers"],
            Part::Site => ["The site itself", "Le site lui-même"],
        }
    }
}

/// One thing that can be asked for.
pub struct Operation {
    /// By what it is called in code; with the ending it is the `operationId`.
    pub name: &'static str,
    /// With what it goes together.
    pub part: Part,
    /// The address without its ending.
    pub path: &'static str,
    /// What it is.
    pub title: Words,
    /// More about it.
    pub about: Words,
    /// What it takes, the parts of its path among it.
    pub keys: fn() -> Vec<Key>,
    /// What it can be answered with.
    pub answers: &'static [Answer],
    /// Statuses besides those that any may have.
    pub may: &'static [u16],
}

impl Operation {
    /// Whether it is a page, which is in both languages and has a tag.
    pub fn is_page(&self) -> bool {
        self.part != Part::Site || self.name == "openapi"
    }
}

/// All of them.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: "events",
        part: Part::Events,
        path: "/events",
        title: ["Events under a filter", "Événements sous un filtre"],
        about: [
            "JSON is a page of the list, with the filter in words, the count of every facet and the address of the next page. \
             The files hold the whole list, in the same order; with `limit` and `after` a page of it. A file that is broken \
             off because the data changed meanwhile ends in an error of the connection: ask again.",
            "Le JSON est une page de la liste, avec le filtre en toutes lettres, le nombre de chaque facette et l’adresse de \
             la page suivante. Les fichiers contiennent toute la liste, dans le même ordre\u{a0}; avec `limit` et `after`, une \
             page. Un fichier interrompu parce que les données ont changé se termine par une erreur de connexion\u{a0}: il \
             suffit de le redemander.",
        ],
        keys: || filter(&[]),
        answers: answers::LIST,
        may: &[400],
    },
    Operation {
        name: "feed",
        part: Part::Events,
        path: "/events",
        title: ["What changed in a list", "Ce qui a changé dans une liste"],
        about: [
            "The feed of a filter: events as they come and are corrected, latest change first.",
            "Le flux d’un filtre\u{a0}: les événements ajoutés ou corrigés, dernière modification d’abord.",
        ],
        keys: feed,
        answers: answers::FEED,
        may: &[400],
    },
    Operation {
        name: "cells",
        part: Part::Events,
        path: "/cells",
        title: ["Events on a grid, for maps", "Événements sur une grille, pour les cartes"],
        about: [
            "The events of a filter gathered in 2,000 squares at most: where they are, how many, their tolls added up where \
             one dataset holds all of them, the frame that holds exactly these, and the areas of which no more is known.",
            "Les événements d’un filtre réunis en 2\u{a0}000 carrés au plus\u{a0}: leur lieu, leur nombre, leurs bilans additionnés \
             quand ils sont tous d’un même jeu de données, le cadre qui contient exactement ceux-là, et les zones dont on \
             ne sait pas davantage.",
        ],
        keys: cells,
        answers: answers::CELLS,
        may: &[400],
    },
    Operation {
        name: "event",
        part: Part::Event,
        path: "/events/{id}",
        title: ["An event with all its claims", "Un événement et toutes ses affirmations"],
        about: [
            "Who says what of it, in which passage of which report. The same object is a line of `/events.jsonl`. `.jsonld` \
             says it in the words of schema.org; the citations are of the present version.",
            "Qui en dit quoi, et dans quel passage de quel document. Le même objet est une ligne de `/events.jsonl`. \
             `.jsonld` le dit avec le vocabulaire de schema.org\u{a0}; les références citent la version actuelle.",
        ],
        keys: event,
        answers: answers::EVENT,
        may: &[308, 400, 403, 404, 410],
    },
    Operation {
        name: "eventPicture",
        part: Part::Event,
        path: "/events/{id}",
        title: ["The picture of an event", "L’image d’un événement"],
        about: ["What a chat shows of it.", "Ce qu’en montre une messagerie."],
        keys: event,
        answers: answers::PICTURE,
        may: &[308, 400, 404, 410],
    },
    Operation {
        name: "history",
        part: Part::Versions,
        path: "/events/{id}/history",
        title: ["All versions of an event", "Toutes les versions d’un événement"],
        about: [
            "They stay when the event is withdrawn or merged with another. A merged event of which no version was kept \
             leads to the history of its successor.",
            "Elles restent lorsque l’événement est retiré ou fusionné avec un autre.",
        ],
        keys: event,
        answers: answers::HISTORY,
        may: &[308, 400, 403, 404, 410],
    },
    Operation {
        name: "version",
        part: Part::Versions,
        path: "/events/{id}/versions/{n}",
        title: ["One version of an event", "Une version d’un événement"],
        about: [
            "As it was kept: in both languages, by ids.",
            "Telle qu’elle est conservée\u{a0}: en deux langues, par identifiants.",
        ],
        keys: version,
        answers: answers::VERSION,
        may: &[308, 400, 403, 404, 410],
    },
    Operation {
        name: "timegate",
        part: Part::Versions,
        path: "/events/{id}/timegate",
        title: ["The version that held at a moment", "La version qui valait à un moment"],
        about: [
            "Memento (RFC 7089): leads to the page of the version that held at the moment of `Accept-Datetime`, to the \
             last one without it.",
            "Memento (RFC 7089)\u{a0}: mène à la page de la version qui valait au moment de `Accept-Datetime`, sans lui à la \
             dernière.",
        ],
        keys: moment,
        answers: answers::TIMEGATE,
        may: &[308, 400, 404, 410],
    },
    Operation {
        name: "timemap",
        part: Part::Versions,
        path: "/events/{id}/timemap",
        title: ["When each version was recorded", "Date d’enregistrement de chaque version"],
        about: ["Memento (RFC 7089): a list of links.", "Memento (RFC 7089)\u{a0}: une liste de liens."],
        keys: event,
        answers: answers::TIMEMAP,
        may: &[308, 400, 404, 410],
    },
    Operation {
        name: "actors",
        part: Part::Names,
        path: "/actors",
        title: ["All actors", "Tous les acteurs"],
        about: ["Armed groups, forces, communities.", "Groupes armés, forces, communautés."],
        keys: Vec::new,
        answers: answers::ACTORS,
        may: &[],
    },
    Operation {
        name: "actor",
        part: Part::Names,
        path: "/actors/{id}",
        title: ["One actor", "Un acteur"],
        about: ["Its names, its ties and what is said of it.", "Ses noms, ses liens et ce qui en est dit."],
        keys: || vec![super::keys::id("actor")],
        answers: answers::ACTOR,
        may: &[308, 400, 404, 410],
    },
    Operation {
        name: "regions",
        part: Part::Names,
        path: "/regions",
        title: ["All regions and places", "Toutes les régions et localités"],
        about: ["Each with the one it lies in.", "Chacune avec celle qui la contient."],
        keys: Vec::new,
        answers: answers::REGIONS,
        may: &[],
    },
    Operation {
        name: "region",
        part: Part::Names,
        path: "/regions/{id}",
        title: ["One region", "Une région"],
        about: [
            "Its names, where it lies and what lies in it.",
            "Ses noms, ce qui la contient et ce qu’elle contient.",
        ],
        keys: || vec![super::keys::id("region")],
        answers: answers::REGION,
        may: &[308, 400, 404, 410],
    },
    Operation {
        name: "names",
        part: Part::Names,
        path: "/names",
        title: ["Names while they are typed", "Noms en cours de saisie"],
        about: [
            "Up to ten actors or regions by any spelling, for fields in which one types.",
            "Jusqu’à dix acteurs ou régions, quelle que soit la graphie, pour les champs de saisie.",
        ],
        keys: names,
        answers: answers::NAMES,
        may: &[400],
    },
    Operation {
        name: "reports",
        part: Part::Reports,
        path: "/reports",
        title: ["Reports, newest first", "Documents, du plus récent au plus ancien"],
        about: ["Fifty on a page.", "Cinquante par page."],
        keys: reports,
        answers: answers::REPORTS,
        may: &[400],
    },
    Operation {
        name: "report",
        part: Part::Reports,
        path: "/reports/{id}",
        title: ["One report, passage by passage", "Un document, passage par passage"],
        about: [
            "Each passage with the events, actors and regions it speaks of; `.jsonld` has them as Web Annotations.",
            "Chaque passage, avec les événements, acteurs et régions dont il parle\u{a0}; en `.jsonld`, comme Web Annotations.",
        ],
        keys: || vec![super::keys::id("report")],
        answers: answers::REPORT,
        may: &[308, 400, 403, 404, 410],
    },
    Operation {
        name: "reportCitation",
        part: Part::Reports,
        path: "/reports/{id}",
        title: ["How a report is cited", "La référence d’un document"],
        about: ["Or one passage of it.", "Ou d’un de ses passages."],
        keys: passage,
        answers: answers::CITED,
        may: &[308, 400, 403, 404, 410],
    },
    Operation {
        name: "search",
        part: Part::Search,
        path: "/search",
        title: ["Search in everything", "Recherche dans tout le site"],
        about: [
            "The best ten events, actors, regions and passages. A text too long to be meant is cut, not refused.",
            "Les dix meilleurs événements, des acteurs, régions et passages. Un texte trop long est coupé, non refusé.",
        ],
        keys: search,
        answers: answers::SEARCH,
        may: &[400],
    },
    Operation {
        name: "compare",
        part: Part::Search,
        path: "/compare",
        title: ["Two actors or two regions side by side", "Deux acteurs ou deux régions côte à côte"],
        about: [
            "Their events by kind, role and time, and those that both share.",
            "Leurs événements par type, rôle et date, et ceux qu’ils partagent.",
        ],
        keys: compare,
        answers: answers::COMPARE,
        may: &[400],
    },
    Operation {
        name: "dataset",
        part: Part::Data,
        path: "/about/data/{dataset}",
        title: ["A dataset as it came", "Un jeu de données tel qu’il est venu"],
        about: [
            "A Data Package in a zip, without the texts of reports.",
            "Un Data Package compressé, sans les textes des documents.",
        ],
        keys: || vec![super::keys::id("dataset")],
        answers: answers::DATASET,
        may: &[400, 403, 404],
    },
    Operation {
        name: "openapi",
        part: Part::Site,
        path: "/api/openapi",
        title: ["This description", "Cette description"],
        about: ["OpenAPI 3.1, made from the code that answers.", "En OpenAPI 3.1, tirée du code qui répond."],
        keys: Vec::new,
        answers: answers::OPENAPI,
        may: &[],
    },
    Operation {
        name: "alive",
        part: Part::Site,
        path: "/healthz",
        title: ["Whether it is up", "S’il est en marche"],
        about: ["It does not look at the database.", "Sans regarder la base de données."],
        keys: Vec::new,
        answers: answers::ALIVE,
        may: &[],
    },
    Operation {
        name: "ready",
        part: Part::Site,
        path: "/readyz",
        title: ["Whether it may take traffic", "S’il peut recevoir des visites"],
        about: ["There is something to read, and it can be read.", "Il y a de quoi lire, et la base est lisible."],
        keys: Vec::new,
        answers: answers::ALIVE,
        may: &[503],
    },
];
