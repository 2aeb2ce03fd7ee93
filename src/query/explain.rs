//! What is wrong with an address, in words.

use crate::domain::lang::Lang;
use crate::text::format::quoted;

use super::parse::{Problem, QueryError};

impl QueryError {
    /// The fault as a sentence.
    pub fn explain(&self, lang: Lang) -> String {
        let (field, value) = (quoted(&self.field, lang), quoted(&self.value, lang));
        match (&self.problem, lang) {
            (Problem::UnknownKey, Lang::En) => format!("There is no filter called {field}."),
            (Problem::UnknownKey, Lang::Fr) => format!("Il n’y a pas de filtre nommé {field}."),
            (Problem::UnknownWord, Lang::En) => format!("{value} is not a value of the filter {field}."),
            (Problem::UnknownWord, Lang::Fr) => format!("{value} n’est pas une valeur du filtre {field}."),
            (Problem::UnknownId, Lang::En) => {
                format!("The filter {field} names {value}, which this site does not know.")
            }
            (Problem::UnknownId, Lang::Fr) => format!("Le filtre {field} nomme {value}, que ce site ne connaît pas."),
            (Problem::NotADate, Lang::En) => {
                format!(
                    "The filter {field} takes a year, a month or a day (2022, 2022-06 or 2022-06-18), and {value} is none."
                )
            }
            (Problem::NotADate, Lang::Fr) => format!(
                "Le filtre {field} attend une année, un mois ou un jour (2022, 2022-06 ou 2022-06-18)\u{a0}; {value} n’en est pas un."
            ),
            (Problem::NotAMoment, Lang::En) => {
                format!("The header {field} takes a date as HTTP writes it, and {value} is none.")
            }
            (Problem::NotAMoment, Lang::Fr) => {
                format!("L’en-tête {field} attend une date écrite comme en HTTP\u{a0}; {value} n’en est pas une.")
            }
            (Problem::NotAnInterval, Lang::En) => format!(
                "The filter {field} takes a moment or two with a stroke between them (2022-06-18T00:00:00Z, 2021-01-01/2022-12-31, 2022-06-18/..), and {value} is none."
            ),
            (Problem::NotAnInterval, Lang::Fr) => format!(
                "Le filtre {field} attend un instant, ou deux séparés par une barre (2022-06-18T00:00:00Z, 2021-01-01/2022-12-31, 2022-06-18/..)\u{a0}; {value} n’en est pas un."
            ),
            (Problem::NotAFrame, Lang::En) => {
                format!(
                    "The filter {field} takes four degrees, west,south,east,north (-5.5,13,-3,15), and {value} is none."
                )
            }
            (Problem::NotAFrame, Lang::Fr) => format!(
                "Le filtre {field} attend quatre degrés, ouest,sud,est,nord (-5.5,13,-3,15)\u{a0}; {value} n’en est pas un."
            ),
            (Problem::NotANumber, Lang::En) => {
                format!("The filter {field} takes a whole number, and {value} is none that fits.")
            }
            (Problem::NotANumber, Lang::Fr) => {
                format!("Le filtre {field} attend un nombre entier\u{a0}; {value} ne convient pas.")
            }
            (Problem::Reversed, Lang::En) => format!("The filter {field} begins at {value}, after its own end."),
            (Problem::Reversed, Lang::Fr) => format!("Le filtre {field} commence à {value}, après sa propre fin."),
            (Problem::Repeated, Lang::En) => {
                format!("The filter {field} takes one value, and {value} is a second one.")
            }
            (Problem::Repeated, Lang::Fr) => {
                format!("Le filtre {field} n’admet qu’une valeur\u{a0}; {value} en est une seconde.")
            }
            (Problem::TooLong, Lang::En) => format!("The filter {field} was given more than it takes."),
            (Problem::TooLong, Lang::Fr) => format!("Le filtre {field} a reçu plus qu’il n’admet."),
            (Problem::BadCursor, Lang::En) => {
                format!("The place in the list that {field} names is not one this site gave out.")
            }
            (Problem::BadCursor, Lang::Fr) => {
                format!("L’endroit de la liste que nomme {field} n’a pas été donné par ce site.")
            }
            (Problem::OtherKind, Lang::En) => {
                format!(
                    "{field} names {value}, which cannot be compared with the other: two actors can, or two regions."
                )
            }
            (Problem::OtherKind, Lang::Fr) => format!(
                "{field} nomme {value}, qui ne peut être comparé à l’autre\u{a0}: on compare deux acteurs, ou deux régions."
            ),
            (Problem::Same, Lang::En) => {
                format!("{field} names {value} a second time; two different ones are compared.")
            }
            (Problem::Same, Lang::Fr) => {
                format!("{field} nomme {value} une seconde fois\u{a0}; on en compare deux différents.")
            }
            (Problem::Missing, Lang::En) => format!("{field} is missing: the id of an actor or of a region."),
            (Problem::Missing, Lang::Fr) => {
                format!("{field} manque\u{a0}: l’identifiant d’un acteur ou d’une région.")
            }
            (Problem::NeedsWords, Lang::En) => {
                "A list can be put in order of relevance only when words are searched for.".into()
            }
            (Problem::NeedsWords, Lang::Fr) => {
                "Une liste ne peut être triée par pertinence que si l’on cherche des mots.".into()
            }
        }
    }
}
