//! Sides as UCDP names them.

use crate::domain::lang::Bilingual;
use crate::domain::vocab::ActorKind;
use crate::ingest::rows::of_country_in_french;

/// What sort of actor. GED says only whether a side is a state; of the rest it says whether they fought one.
pub fn kind(name: &str, state_based: bool) -> ActorKind {
    if name.starts_with("Government of ") {
        ActorKind::StateForces
    } else if is_civilians(name) {
        ActorKind::Community
    } else if state_based {
        ActorKind::RebelGroup
    } else {
        ActorKind::Unidentified
    }
}

/// Whether a side is UCDP's word for the victims of one-sided violence.
pub fn is_civilians(name: &str) -> bool {
    name.eq_ignore_ascii_case("civilians")
}

/// A side's name in both languages.
pub fn name(name: &str) -> Bilingual {
    let fr = if is_civilians(name) {
        "Civils".to_owned()
    } else if let Some(country) = name.strip_prefix("Government of ") {
        match of_country_in_french(country) {
            Some(of_country) => format!("Gouvernement {of_country}"),
            None => format!("Gouvernement ({country})"),
        }
    } else if let Some(whom) = name.strip_prefix("Supporters of ") {
        format!("Partisans de {whom}")
    } else {
        name.to_owned()
    };
    Bilingual::new(name, fr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_french() {
        assert_eq!(name("Government of Mali").fr, "Gouvernement du Mali");
        assert_eq!(name("Government of Myanmar (Burma)").fr, "Gouvernement du Myanmar (Birmanie)");
        assert_eq!(name("JNIM").fr, "JNIM");
        assert_eq!(name("Civilians").fr, "Civils");
    }
}
