//! Sides as ACLED names them, and the types of actor of its codebook ("inter codes").

use crate::domain::lang::Bilingual;
use crate::domain::names::fold;
use crate::domain::vocab::ActorKind;
use crate::ingest::rows::{country_in_french, of_country_in_french};

/// ACLED's types of actor, by code from 1, as words since 2024.
const INTER: [&str; 8] = [
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
];

/// The code of a type, written as a code or in words; 0 where there is no second actor; none if ACLED has no such type.
pub fn inter(text: &str) -> Option<u8> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    if text.is_empty() || text == "0" {
        return Some(0);
    }
    let folded = fold(text);
    let at = INTER.iter().position(|word| fold(word) == folded);
    match at {
        Some(at) => Some(at as u8 + 1),
        // The plurals and short forms that were used for a while.
        None if folded == "rebel groups" || folded == "rebel forces" => Some(2),
        None if folded == "political militias" => Some(3),
        None if folded == "identity militias" || folded == "communal militias" => Some(4),
        None if folded == "other forces" || folded == "external other forces" => Some(8),
        None => text.parse().ok().filter(|code| (1..=8).contains(code)),
    }
}

/// Whether a side is ACLED's word for the unarmed.
pub fn is_civilians(name: &str, inter: u8) -> bool {
    inter == 7 || inter == 0 && (name == "Civilians" || name.starts_with("Civilians ("))
}

/// A name without the years in which a regime held the forces it names: `Military Forces of Mali (2020-)`.
pub fn without_years(name: &str) -> &str {
    let Some((before, years)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) else { return name };
    let Some((from, to)) = years.split_once('-') else { return name };
    let year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    if year(from) && (to.is_empty() || year(to)) { before } else { name }
}

/// What sort of actor, by its code, or by its name where it has none (associates).
pub fn kind(name: &str, inter: u8) -> ActorKind {
    if name.starts_with("Unidentified ") {
        return ActorKind::Unidentified;
    }
    if name.starts_with("Civilians") || name.starts_with("Protesters") || name.starts_with("Rioters") {
        return ActorKind::Community;
    }
    if name.contains("United Nations") {
        return ActorKind::InternationalMission;
    }
    match inter {
        1 => ActorKind::StateForces,
        2 => ActorKind::RebelGroup,
        // Armed men of a party, a village or a community: the vocabulary has no nearer word.
        3 | 4 => ActorKind::SelfDefenceGroup,
        5..=7 => ActorKind::Community,
        8 => ActorKind::ForeignForces,
        _ if name.starts_with("Military Forces of ") || name.starts_with("Police Forces of ") => ActorKind::StateForces,
        _ if name.starts_with("Government of ") => ActorKind::Government,
        _ if name.contains(" Ethnic Group") || name.contains(" Communal Group") => ActorKind::Community,
        _ => ActorKind::Unidentified,
    }
}

/// Names that stand before a country in brackets, with their French.
const IN_COUNTRY: [(&str, &str); 5] = [
    ("Civilians", "Civils"),
    ("Protesters", "Manifestants"),
    ("Rioters", "Émeutiers"),
    ("Unidentified Armed Group", "Groupe armé non identifié"),
    ("Unidentified Communal Militia", "Milice communautaire non identifiée"),
];

/// Names that stand before a country and its years, with their French.
const OF_COUNTRY: [(&str, &str); 3] = [
    ("Military Forces of ", "Forces armées"),
    ("Police Forces of ", "Forces de police"),
    ("Government of ", "Gouvernement"),
];

/// A side's name in both languages.
pub fn name(name: &str) -> Bilingual {
    let fr = IN_COUNTRY.iter().find_map(|(en, fr)| match name.strip_prefix(en)? {
        "" => Some((*fr).to_owned()),
        rest => {
            let country = rest.strip_prefix(" (")?.strip_suffix(')')?;
            Some(format!("{fr} ({})", country_in_french(country)))
        }
    });
    let of_state = || {
        OF_COUNTRY.iter().find_map(|(en, fr)| {
            let whole = name.strip_prefix(en)?;
            let country = without_years(whole);
            Some(format!("{fr} {}{}", of_country_in_french(country)?, &whole[country.len()..]))
        })
    };
    Bilingual::new(name, fr.or_else(of_state).unwrap_or_else(|| name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_numbers_or_words() {
        assert_eq!([inter("7"), inter("Civilians"), inter("civilians"), inter("7.0")], [Some(7); 4]);
        assert_eq!((inter(""), inter("External/Other forces"), inter("Rebel group")), (Some(0), Some(8), Some(2)));
        assert_eq!([inter("9"), inter("Soldiers"), inter("-1")], [None; 3]);
    }

    #[test]
    fn years_are_no_part_of_a_name() {
        assert_eq!(without_years("Military Forces of Mali (2020-2021)"), "Military Forces of Mali");
        assert_eq!(without_years("Military Forces of Mali (2021-)"), "Military Forces of Mali");
        for name in ["Civilians (Mali)", "MINUSMA (x-y)", "Group (12-)", "(2020-)"] {
            assert_eq!(without_years(name), name);
        }
    }

    #[test]
    fn names_in_french() {
        assert_eq!(name("Civilians (Niger)").fr, "Civils (Niger)");
        assert_eq!(name("Military Forces of Mali (2020-)").fr, "Forces armées du Mali (2020-)");
        assert_eq!(name("Katiba Macina").fr, "Katiba Macina");
        assert_eq!(name("Protesters").fr, "Manifestants");
    }
}
