//! Texts that hold a number or a name, with the plural each language wants.

use crate::domain::lang::Lang;
use crate::domain::vocab::Origin;
use crate::query::parse::Problem;

use super::format::{is_one, list, number};
use super::labels::Label;

fn counted(n: u64, lang: Lang, en: (&str, &str), fr: (&str, &str)) -> String {
    let (one, many) = lang.pick(en, fr);
    format!("{}\u{a0}{}", number(n, lang), if is_one(n, lang) { one } else { many })
}

/// `3 events`.
pub fn events(n: u64, lang: Lang) -> String {
    counted(n, lang, ("event", "events"), ("événement", "événements"))
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

/// `3 kinds of source`.
pub fn origins(n: u64, lang: Lang) -> String {
    counted(n, lang, ("kind of source", "kinds of source"), ("type de source", "types de source"))
}

/// `3 versions`.
pub fn versions(n: u64, lang: Lang) -> String {
    counted(n, lang, ("version", "versions"), ("version", "versions"))
}

/// `the government, in 15 reports`.
pub fn voice(origin: Origin, in_reports: u64, lang: Lang) -> String {
    format!("{}, {} {}", origin.label(lang), lang.pick("in", "dans"), reports(in_reports, lang))
}

/// Several names with "and".
pub fn and(items: &[String], lang: Lang) -> String {
    list(items, lang.pick("and", "et"))
}

/// What is wrong with a part of an address, as a sentence.
pub fn problem(problem: &Problem, field: &str, value: &str, lang: Lang) -> String {
    let (field, value) = match lang {
        Lang::En => (format!("“{field}”"), format!("“{value}”")),
        Lang::Fr => (format!("«\u{a0}{field}\u{a0}»"), format!("«\u{a0}{value}\u{a0}»")),
    };
    match (problem, lang) {
        (Problem::UnknownKey, Lang::En) => format!("There is no filter called {field}."),
        (Problem::UnknownKey, Lang::Fr) => format!("Il n’y a pas de filtre nommé {field}."),
        (Problem::UnknownWord, Lang::En) => format!("{value} is not a value of the filter {field}."),
        (Problem::UnknownWord, Lang::Fr) => format!("{value} n’est pas une valeur du filtre {field}."),
        (Problem::UnknownId, Lang::En) => format!("The filter {field} names {value}, which this site does not know."),
        (Problem::UnknownId, Lang::Fr) => format!("Le filtre {field} nomme {value}, que ce site ne connaît pas."),
        (Problem::NotADate, Lang::En) => {
            format!(
                "The filter {field} takes a year, a month or a day (2022, 2022-06 or 2022-06-18), and {value} is none."
            )
        }
        (Problem::NotADate, Lang::Fr) => format!(
            "Le filtre {field} attend une année, un mois ou un jour (2022, 2022-06 ou 2022-06-18) ; {value} n’en est pas un."
        ),
        (Problem::NotANumber, Lang::En) => {
            format!("The filter {field} takes a whole number, and {value} is none that fits.")
        }
        (Problem::NotANumber, Lang::Fr) => {
            format!("Le filtre {field} attend un nombre entier ; {value} ne convient pas.")
        }
        (Problem::Reversed, Lang::En) => format!("The filter {field} begins at {value}, after its own end."),
        (Problem::Reversed, Lang::Fr) => format!("Le filtre {field} commence à {value}, après sa propre fin."),
        (Problem::Repeated, Lang::En) => format!("The filter {field} takes one value, and {value} is a second one."),
        (Problem::Repeated, Lang::Fr) => {
            format!("Le filtre {field} n’admet qu’une valeur ; {value} en est une seconde.")
        }
        (Problem::TooLong, Lang::En) => format!("The filter {field} was given more than it takes."),
        (Problem::TooLong, Lang::Fr) => format!("Le filtre {field} a reçu plus qu’il n’admet."),
        (Problem::BadCursor, Lang::En) => {
            format!("The place in the list that {field} names is not one this site gave out.")
        }
        (Problem::BadCursor, Lang::Fr) => {
            format!("L’endroit de la liste que nomme {field} n’a pas été donné par ce site.")
        }
        (Problem::NeedsWords, Lang::En) => {
            "A list can be put in order of relevance only when words are searched for.".into()
        }
        (Problem::NeedsWords, Lang::Fr) => {
            "Une liste ne peut être triée par pertinence que si l’on cherche des mots.".into()
        }
    }
}

/// What a key of the filter asks, for whoever writes addresses by hand.
pub fn filter_key(key: &str, lang: Lang) -> &'static str {
    let (en, fr) = match key {
        "q" => ("words, in titles, summaries, names and passages", "mots, dans les titres, résumés, noms et passages"),
        "kind" => ("kind of event", "type d’événement"),
        "region" => {
            ("the id of a region: it and all below it", "identifiant d’une région : elle et tout ce qu’elle comprend")
        }
        "actor" => ("the id of an actor", "identifiant d’un acteur"),
        "members" => ("also the groups that are part of the actor", "aussi les groupes qui font partie de l’acteur"),
        "role" => ("the actor’s part in the event", "rôle de l’acteur dans l’événement"),
        "certainty" => ("how sure that part is", "certitude de ce rôle"),
        "from" => (
            "a year, month or day: the event may fall on or after it",
            "année, mois ou jour : l’événement peut avoir eu lieu à partir de là",
        ),
        "to" => (
            "a year, month or day: the event may fall on or before it",
            "année, mois ou jour : l’événement peut avoir eu lieu jusque-là",
        ),
        "killed_min" => ("the toll may be this or more", "le bilan peut atteindre ce nombre"),
        "killed_max" => ("the toll may be this or less", "le bilan peut être de ce nombre au plus"),
        "accounts" => ("how the accounts of the toll stand to each other", "rapport entre les récits du bilan"),
        "origin" => ("a claim comes from this kind of source", "une affirmation vient de ce type de source"),
        "source" => ("the id of a dataset", "identifiant d’un jeu de données"),
        "report" => ("the id of a report with a claim on the event", "identifiant d’un document qui en parle"),
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
