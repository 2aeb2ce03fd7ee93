//! Sides of rows: who they are in the database, and what is said of one that is new there.

use super::countries;
use super::slug;
use crate::domain::lang::Bilingual;
use crate::domain::vocab::ActorKind;
use crate::ingest::csv;

/// A side as a row names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    /// UCDP's id of it, if the row has one.
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// Whether it was met in state-based violence.
    pub state_based: bool,
}

/// Which actors of other datasets are which curated one.
const SAME_ACTORS: &str = include_str!("../../../data/same-actors.csv");

/// One line of the table: this actor is known by that id or name there.
#[derive(Clone, Debug)]
pub struct Same {
    /// The curated actor's id.
    pub actor: String,
    /// Its id in the dataset; may be empty.
    pub external_id: String,
    /// Its name there.
    pub external_name: String,
}

/// The lines of the table for a dataset.
pub fn same(dataset: &str) -> Vec<Same> {
    let records = csv::Reader::new(SAME_ACTORS).skip(1).filter_map(Result::ok);
    let of_dataset = records.filter(|record| record.cells.len() >= 4 && record.cells[1] == dataset);
    of_dataset
        .map(|record| {
            let [actor, _, external_id, external_name] = [0, 1, 2, 3].map(|at| record.cells[at].clone());
            Same { actor, external_id, external_name }
        })
        .collect()
}

impl Side {
    /// Its id in permalinks, if it is no curated actor.
    pub fn actor_id(&self) -> String {
        match self.id {
            Some(id) => format!("ucdp-actor-{id}"),
            None => format!("ucdp-actor-{}", slug(&self.name)),
        }
    }

    /// Whether the table means this side.
    pub fn is(&self, same: &Same) -> bool {
        match self.id {
            Some(id) if !same.external_id.is_empty() => same.external_id == id.to_string(),
            _ => same.external_name == self.name,
        }
    }

    /// What sort of actor. GED says only whether a side is a state; of the rest it says whether they fought one.
    pub fn kind(&self) -> ActorKind {
        if self.name.starts_with("Government of ") {
            ActorKind::StateForces
        } else if is_civilians(&self.name) {
            ActorKind::Community
        } else if self.state_based {
            ActorKind::RebelGroup
        } else {
            ActorKind::Unidentified
        }
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
        match countries::of_in_french(country) {
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
    fn the_table_is_read_and_names_each_side_once() {
        let same = same(super::super::DATASET);
        let jnim = Side { id: None, name: "JNIM".into(), state_based: true };
        let found: Vec<_> = same.iter().filter(|line| jnim.is(line)).map(|line| &*line.actor).collect();
        assert_eq!(found, ["jnim"]);
        let mut names: Vec<_> = same.iter().map(|line| &line.external_name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), same.len());
    }

    #[test]
    fn names_in_french() {
        assert_eq!(name("Government of Mali").fr, "Gouvernement du Mali");
        assert_eq!(name("Government of Myanmar (Burma)").fr, "Gouvernement du Myanmar (Birmanie)");
        assert_eq!(name("JNIM").fr, "JNIM");
        assert_eq!(name("Civilians").fr, "Civils");
    }
}
