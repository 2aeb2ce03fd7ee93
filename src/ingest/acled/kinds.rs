//! ACLED's types of event as kinds of event, after the definitions of its codebook ("ACLED event and sub-event types").
//! Exports from before 2019 have the types of the codebook of 2017.

use crate::domain::names::fold;
use crate::domain::vocab::EventKind;

/// What a type of event becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// Always that.
    Kind(EventKind),
    /// An attack on civilians or a massacre, by the number of dead.
    OnCivilians,
    /// An attack on civilians if these were the target, else on forces.
    ByTarget,
}

use Becomes::{ByTarget, Kind, OnCivilians};
use EventKind::{
    Abduction, Agreement, AirStrike, ArmedClash, Arrest, AttackOnCivilians, Looting, MilitaryOperation, Political,
    Protest,
};

/// A type: as ACLED writes it, in French, and what it becomes.
type Type = (&'static str, &'static str, Becomes);

/// Types of event, with what becomes of those that have no sub-event type of the second table.
const EVENTS: [Type; 13] = [
    ("Battles", "Combats", Kind(ArmedClash)),
    ("Explosions/Remote violence", "Explosions et violence à distance", ByTarget),
    ("Violence against civilians", "Violence contre des civils", OnCivilians),
    ("Protests", "Manifestations", Kind(Protest)),
    ("Riots", "Émeutes", Kind(Protest)),
    ("Strategic developments", "Évolutions stratégiques", Kind(Political)),
    // The codebook of 2017.
    ("Battle-No change of territory", "Combat sans changement de territoire", Kind(ArmedClash)),
    ("Battle-Government regains territory", "Combat, territoire repris par le gouvernement", Kind(ArmedClash)),
    (
        "Battle-Non-state actor overtakes territory",
        "Combat, territoire pris par un acteur non étatique",
        Kind(ArmedClash),
    ),
    ("Remote violence", "Violence à distance", ByTarget),
    ("Riots/Protests", "Émeutes et manifestations", Kind(Protest)),
    ("Strategic development", "Évolution stratégique", Kind(Political)),
    ("Non-violent activity", "Activité non violente", Kind(Political)),
];

/// Sub-event types that say more than their type.
const SUB_EVENTS: [Type; 26] = [
    ("Armed clash", "Affrontement armé", Kind(ArmedClash)),
    ("Government regains territory", "Territoire repris par le gouvernement", Kind(ArmedClash)),
    ("Non-state actor overtakes territory", "Territoire pris par un acteur non étatique", Kind(ArmedClash)),
    ("Air/drone strike", "Frappe aérienne ou de drone", Kind(AirStrike)),
    ("Chemical weapon", "Arme chimique", ByTarget),
    ("Suicide bomb", "Attentat-suicide", ByTarget),
    ("Shelling/artillery/missile attack", "Tir d’artillerie ou de missile", ByTarget),
    ("Remote explosive/landmine/IED", "Engin explosif ou mine", ByTarget),
    ("Grenade", "Grenade", ByTarget),
    ("Attack", "Attaque", OnCivilians),
    ("Sexual violence", "Violence sexuelle", Kind(AttackOnCivilians)),
    ("Abduction/forced disappearance", "Enlèvement ou disparition forcée", Kind(Abduction)),
    ("Peaceful protest", "Manifestation pacifique", Kind(Protest)),
    ("Protest with intervention", "Manifestation avec intervention", Kind(Protest)),
    ("Excessive force against protesters", "Force excessive contre des manifestants", Kind(Protest)),
    ("Violent demonstration", "Manifestation violente", Kind(Protest)),
    ("Mob violence", "Violence de foule", Kind(Protest)),
    ("Agreement", "Accord", Kind(Agreement)),
    ("Arrests", "Arrestations", Kind(Arrest)),
    ("Looting/property destruction", "Pillage ou destruction de biens", Kind(Looting)),
    ("Disrupted weapons use", "Usage d’armes empêché", Kind(MilitaryOperation)),
    ("Headquarters or base established", "Installation d’un quartier général ou d’une base", Kind(MilitaryOperation)),
    ("Non-violent transfer of territory", "Transfert de territoire sans violence", Kind(MilitaryOperation)),
    ("Change to group/activity", "Changement d’un groupe ou de son activité", Kind(Political)),
    ("Other", "Autre", Kind(Political)),
    ("Headquarters or base establishment", "Installation d’un quartier général ou d’une base", Kind(MilitaryOperation)),
];

fn find<'a>(table: &'a [Type], word: &str) -> Option<&'a Type> {
    let wanted = fold(word);
    table.iter().find(|(name, ..)| fold(name) == wanted)
}

/// A type and a sub-event type, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub struct Kinds {
    /// The type, in French.
    pub event_fr: &'static str,
    /// The sub-event type, in French.
    pub sub_event_fr: Option<&'static str>,
    /// What the event becomes.
    pub becomes: Becomes,
}

/// The kinds of a type; none if ACLED has no such type. In old exports what is a sub-event type now was a type.
pub fn of(event_type: &str, sub_event_type: &str) -> Option<Kinds> {
    let (_, event_fr, becomes) = find(&EVENTS, event_type).or_else(|| find(&SUB_EVENTS, event_type))?;
    let sub = find(&SUB_EVENTS, sub_event_type);
    // "Other" and the like say no more than the type they stand under.
    let becomes = sub.map_or(*becomes, |(_, _, becomes)| *becomes);
    Some(Kinds { event_fr, sub_event_fr: sub.map(|(_, fr, _)| *fr), becomes })
}

/// Whether the type by its definition has civilians as its target.
pub fn is_against_civilians(event_type: &str) -> bool {
    fold(event_type) == "violence against civilians"
}

/// The names of the types there are today.
pub fn names() -> Vec<&'static str> {
    EVENTS[..6].iter().map(|(name, ..)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_every_codebook_become_kinds() {
        let becomes = |event: &str, sub: &str| of(event, sub).map(|kinds| kinds.becomes);
        assert_eq!(becomes("Battles", "Armed clash"), Some(Kind(ArmedClash)));
        assert_eq!(becomes("BATTLES", ""), Some(Kind(ArmedClash)));
        assert_eq!(becomes("Explosions/Remote violence", "Air/drone strike"), Some(Kind(AirStrike)));
        assert_eq!(becomes("Violence against civilians", "Abduction/forced disappearance"), Some(Kind(Abduction)));
        assert_eq!(becomes("Violence against civilians", ""), Some(OnCivilians));
        assert_eq!(becomes("Strategic developments", "Arrests"), Some(Kind(Arrest)));
        assert_eq!(becomes("Strategic developments", "a new word"), Some(Kind(Political)));
        assert_eq!(becomes("Headquarters or base established", ""), Some(Kind(MilitaryOperation)));
        assert_eq!(becomes("Batles", "Armed clash"), None);
    }
}
