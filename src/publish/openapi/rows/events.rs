//! Rows about events: lists of them, one of them, and how it was.

use crate::publish::openapi::answers;
use crate::publish::openapi::keys::{cells, event, feed, filter, moment, version};
use crate::publish::openapi::table::{Operation, Part};

/// These rows.
pub const EVENTS: &[Operation] = &[
    Operation {
        name: "events",
        part: Part::Events,
        path: "/events",
        title: ["Events under a filter", "Événements sous un filtre"],
        about: [
            "A page of the list, with the filter in words, the count of every facet and the address of the next page. With \
             `view=timeline` also the events of all pages by year or month.",
            "Une page de la liste, avec le filtre en toutes lettres, le nombre de chaque facette et l’adresse de la page \
             suivante. Avec `view=timeline`, aussi les événements de toutes les pages par année ou par mois.",
        ],
        keys: || filter(&[]),
        answers: answers::LIST,
        may: &[400],
    },
    Operation {
        name: "eventFiles",
        part: Part::Events,
        path: "/events",
        title: ["A list whole, as a file", "Une liste entière, en fichier"],
        about: [
            "All events of the filter in the order of the list; with `limit` and `after` a page of them. A file that is \
             broken off because the data changed meanwhile ends in an error of the connection: ask again.",
            "Tous les événements du filtre, dans l’ordre de la liste\u{a0}; avec `limit` et `after`, une page. Un fichier \
             interrompu parce que les données ont changé se termine par une erreur de connexion\u{a0}: il suffit de le \
             redemander.",
        ],
        keys: || filter(&["view"]),
        answers: answers::FILES,
        may: &[400],
    },
    Operation {
        name: "listCitation",
        part: Part::Events,
        path: "/events",
        title: ["How a list is cited", "La référence d’une liste"],
        about: ["With its filter and the version of the data.", "Avec son filtre et la version des données."],
        keys: || filter(&["view", "limit", "after"]),
        answers: answers::CITED,
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
];
