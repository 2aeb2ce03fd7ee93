//! Texts that hold a number or a name, with the plural each language wants.

use crate::domain::lang::Lang;
use crate::domain::vocab::Origin;

use super::format::{date, is_one, list, number, sum};
use super::labels::Label;

fn counted(n: u64, lang: Lang, en: (&str, &str), fr: (&str, &str)) -> String {
    let (one, many) = lang.pick(en, fr);
    format!("{}\u{a0}{}", number(n, lang), if is_one(n, lang) { one } else { many })
}

/// `3 events`.
pub fn events(n: u64, lang: Lang) -> String {
    counted(n, lang, ("event", "events"), ("événement", "événements"))
}

/// What stands before the sources whose figures can be right if this one is.
pub fn fits(figure: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Can be right together with {figure}:"),
        Lang::Fr => format!("Compatibles avec {figure}\u{a0}:"),
    }
}

/// `Accounts go from 40 to 200 or more`.
pub fn accounts_from(range: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Accounts go from {range}"),
        Lang::Fr => format!("Les récits vont de {range}"),
    }
}

/// That the words of a search are nowhere, and which ones like them were looked for.
pub fn instead(words: &str, instead: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Nothing has “{words}”. These are the events with “{instead}”."),
        Lang::Fr => {
            format!("Rien ne contient «\u{a0}{words}\u{a0}». Voici les événements avec «\u{a0}{instead}\u{a0}».")
        }
    }
}

/// What the site records, where its events are of so many countries.
pub fn world_lead(countries: u64, lang: Lang) -> String {
    let n = number(countries, lang);
    match lang {
        Lang::En => format!(
            "Constat records massacres and other political violence in {n} countries as reports and datasets tell it."
        ),
        Lang::Fr => format!(
            "Constat consigne les massacres et autres violences politiques dans {n} pays tels que les rapportent les sources et les bases de données."
        ),
    }
}

/// How many events a map cannot show.
pub fn without_a_place(n: u64, lang: Lang) -> String {
    let events = events(n, lang);
    match (lang, n) {
        (Lang::En, 1) => format!("{events} has no place on the map."),
        (Lang::En, _) => format!("{events} have no place on the map."),
        (Lang::Fr, 1) => format!("{events} n’a pas de lieu sur la carte."),
        (Lang::Fr, _) => format!("{events} n’ont pas de lieu sur la carte."),
    }
}

/// Of how many of some events only an area is known.
pub fn areas_only(areas: u64, of: u64, lang: Lang) -> String {
    let n = number(areas, lang);
    match (lang, areas == of) {
        (Lang::En, true) => "only the area is known".to_owned(),
        (Lang::En, false) => format!("of {n} only the area is known"),
        (Lang::Fr, true) => "seule la zone est connue".to_owned(),
        (Lang::Fr, false) => format!("pour {n}, seule la zone est connue"),
    }
}

/// The tolls of some events, added up: `30 to 45 or more killed`.
pub fn killed_in_all(least: u64, most: u64, open: bool, lang: Lang) -> String {
    let word = lang.pick("killed", if most == 1 && !open { "tué" } else { "tués" });
    format!("{} {word}", sum(least, most, open, lang))
}

/// `3 reports`.
pub fn reports(n: u64, lang: Lang) -> String {
    counted(n, lang, ("report", "reports"), ("document", "documents"))
}

/// `3 claims`.
pub fn claims(n: u64, lang: Lang) -> String {
    counted(n, lang, ("claim", "claims"), ("affirmation", "affirmations"))
}

/// `3 passages`.
pub fn passages(n: u64, lang: Lang) -> String {
    counted(n, lang, ("passage", "passages"), ("passage", "passages"))
}

/// `3 actors`.
pub fn actors(n: u64, lang: Lang) -> String {
    counted(n, lang, ("actor", "actors"), ("acteur", "acteurs"))
}

/// `3 regions and places`.
pub fn regions(n: u64, lang: Lang) -> String {
    counted(n, lang, ("region or place", "regions and places"), ("région ou lieu", "régions et lieux"))
}

/// Where a page on paper comes from, and of which day its data are.
pub fn on_paper(address: &str, data_of: Option<&str>, lang: Lang) -> String {
    match (lang, data_of) {
        (_, Some(day)) => format!("{address} – {}", self::data_of(day, lang)),
        (_, None) => address.to_owned(),
    }
}

/// What is found while a name is typed, read out by screen readers.
pub fn names_found(n: u64, lang: Lang) -> String {
    match (lang, n) {
        (Lang::En, 0) => "No name like this".to_owned(),
        (Lang::En, 1) => "1 name, use the down arrow".to_owned(),
        (Lang::En, n) => format!("{n} names, use the arrows"),
        (Lang::Fr, 0) => "Aucun nom approchant".to_owned(),
        (Lang::Fr, 1) => "1 nom, à choisir avec la flèche du bas".to_owned(),
        (Lang::Fr, n) => format!("{n} noms, à parcourir avec les flèches"),
    }
}

/// `3 kinds of source`.
pub fn origins(n: u64, lang: Lang) -> String {
    counted(n, lang, ("kind of source", "kinds of source"), ("type de source", "types de source"))
}

/// `3 versions`.
pub fn versions(n: u64, lang: Lang) -> String {
    counted(n, lang, ("version", "versions"), ("version", "versions"))
}

/// `The same event in UCDP Georeferenced Event Dataset:`.
pub fn same_event(dataset: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("The same event in {dataset}:"),
        Lang::Fr => format!("Le même événement dans «\u{a0}{dataset}\u{a0}»\u{a0}:"),
    }
}

/// `the government, in 15 reports`.
pub fn voice(origin: Origin, in_reports: u64, lang: Lang) -> String {
    format!("{}, {} {}", origin.label(lang), lang.pick("in", "dans"), reports(in_reports, lang))
}

/// Several names with "and".
pub fn and(items: &[String], lang: Lang) -> String {
    list(items, lang.pick("and", "et"))
}

/// What a key of the filter asks, for whoever writes addresses by hand.
pub fn filter_key(key: &str, lang: Lang) -> &'static str {
    let (en, fr) = match key {
        "q" => ("words, in titles, summaries, names and passages", "mots, dans les titres, résumés, noms et passages"),
        "kind" => ("kind of event", "type d’événement"),
        "region" => (
            "the id of a region: it and all below it",
            "identifiant d’une région\u{a0}: elle et tout ce qu’elle comprend",
        ),
        "actor" => ("the id of an actor", "identifiant d’un acteur"),
        "members" => ("also the groups that are part of the actor", "aussi les groupes qui font partie de l’acteur"),
        "role" => ("the actor’s part in the event", "rôle de l’acteur dans l’événement"),
        "certainty" => ("how sure that part is", "certitude de ce rôle"),
        "from" => (
            "a year, month or day: the event may fall on or after it",
            "année, mois ou jour\u{a0}: l’événement peut avoir eu lieu à partir de là",
        ),
        "to" => (
            "a year, month or day: the event may fall on or before it",
            "année, mois ou jour\u{a0}: l’événement peut avoir eu lieu jusque-là",
        ),
        "killed_min" => ("the toll may be this or more", "le bilan peut atteindre ce nombre"),
        "bbox" => (
            "the event’s point lies in this frame: west,south,east,north in degrees",
            "le point de l’événement est dans ce cadre\u{a0}: ouest,sud,est,nord, en degrés",
        ),
        "killed_max" => ("the toll may be this or less", "le bilan peut être de ce nombre au plus"),
        "accounts" => ("how the accounts of the toll stand to each other", "rapport entre les récits du bilan"),
        "origin" => ("a claim comes from this kind of source", "une affirmation vient de ce type de source"),
        "source" => ("the id of a dataset", "identifiant d’un jeu de données"),
        "report" => ("the id of a report with a claim on the event", "identifiant d’un document qui en parle"),
        "place" => (
            "how a map can show the event: at its point, as an area of this size, or not at all",
            "comment une carte peut montrer l’événement\u{a0}: en un point, par une zone de cette taille, ou pas du tout",
        ),
        "as_of" => (
            "a date or a moment (RFC 3339, UTC): events as they were on record at its end",
            "date ou moment (RFC 3339, UTC)\u{a0}: les événements tels qu’ils étaient enregistrés à sa fin",
        ),
        "view" => ("how the page shows the list", "présentation de la liste"),
        "sort" => ("the order", "ordre"),
        "limit" => ("how many on a page", "nombre par page"),
        "after" => {
            ("where the page begins, from the address in next", "début de la page, repris de l’adresse donnée par next")
        }
        _ => ("", ""),
    };
    lang.pick(en, fr)
}

/// That an event is not as it was first recorded.
pub fn corrected(version: u32, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Corrected: this is version {version}."),
        Lang::Fr => format!("Corrigé\u{a0}: ceci est la version {version}."),
    }
}

/// The version of an event and its day: `version 3 of 14 November 2026`.
pub fn version_of(version: u32, day: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("version {version} of {day}"),
        Lang::Fr => format!("version {version} du {day}"),
    }
}

/// The day of the last change of the data.
pub fn data_of(day: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("data of {day}"),
        Lang::Fr => format!("données du {day}"),
    }
}

/// That a list is of an earlier state of the record; `changed` is when it had last changed then, RFC 3339.
pub fn as_of(when: &str, changed: &str, lang: Lang) -> String {
    let Some(last) = changed.get(..10).and_then(|day| day.parse().ok()).map(|day| date(day, lang)) else {
        return lang.pick("Nothing was on record yet.", "Rien n’était encore enregistré.").to_owned();
    };
    match lang {
        Lang::En => format!(
            "Events as they stood on record by {when}; the last change until then was of {last}. The names of actors, \
             regions and reports are those of today."
        ),
        Lang::Fr => format!(
            "Les événements tels qu’ils étaient enregistrés au {when}\u{a0}; la dernière modification jusque-là date du \
             {last}. Les noms des acteurs, des régions et des documents sont ceux d’aujourd’hui."
        ),
    }
}

/// Which version a page shows, and what brought it.
pub fn version_recorded(version: u32, day: &str, dataset: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Version {version}, recorded on {day} with dataset version {dataset}."),
        Lang::Fr => format!("Version {version}, enregistrée le {day} avec la version {dataset} du jeu de données."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_zero_is_singular() {
        assert_eq!(events(0, Lang::Fr), "0\u{a0}événement");
        assert_eq!(events(0, Lang::En), "0\u{a0}events");
        assert_eq!(events(1, Lang::En), "1\u{a0}event");
        assert_eq!(events(1234, Lang::Fr), "1\u{202f}234\u{a0}événements");
    }
}
