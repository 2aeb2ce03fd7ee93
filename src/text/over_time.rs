//! Texts of time lines and of what is compared that hold a number or a name.

use crate::domain::lang::Lang;

use super::format::{number, sum};
use super::phrases::{events, killed_in_all};

/// How many events, where a date leaves open whether one counts: `12 to 13 events`.
pub fn events_range(least: u64, most: u64, lang: Lang) -> String {
    if least == most {
        return events(most, lang);
    }
    let word = match (lang, most) {
        (Lang::En, _) => "events",
        (Lang::Fr, 1) => "événement",
        (Lang::Fr, _) => "événements",
    };
    format!("{}\u{a0}{word}", sum(least, most, false, lang))
}

/// Those killed, added up: `30 to 45 or more killed`; none where no account gives any.
pub fn killed_range(least: u64, most: u64, open: bool, lang: Lang) -> Option<String> {
    (most > 0).then(|| killed_in_all(least, most, open, lang))
}

/// The title of two side by side.
pub fn side_by_side(a: &str, b: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{a} and {b}, side by side"),
        Lang::Fr => format!("{a} et {b}, côte à côte"),
    }
}

/// The title of the page on which the second is chosen.
pub fn compare_it_with(a: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Compare {a} with another"),
        Lang::Fr => format!("Comparer avec {a}"),
    }
}

/// That one region lies in the other, so that the events of both are all of its own.
pub fn one_in_the_other(inner: &str, outer: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{inner} lies in {outer}: all its events are among those of {outer}."),
        Lang::Fr => {
            format!("{inner} se trouve dans {outer}\u{a0}: tous ses événements comptent aussi parmi ceux de {outer}.")
        }
    }
}

/// How many of the events that two share are listed: all, or the newest.
pub fn shared_shown(total: u64, shown: u64, lang: Lang) -> String {
    let all = events(total, lang);
    let n = number(shown, lang);
    match (total > shown, lang) {
        (false, _) => all,
        (true, Lang::En) => format!("{all}, of which the newest {n}"),
        (true, Lang::Fr) => format!("{all}, dont voici les {n} plus récents"),
    }
}
