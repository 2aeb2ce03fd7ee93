//! Sides of rows: who they are in the database, and what is said of one that is new there.

use crate::domain::vocab::ActorKind;
use crate::ingest::csv;

use super::slug;

/// A side as a row names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Side {
    /// The dataset's id of it, if the row has one.
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// What sort of actor, as far as the row tells.
    pub kind: ActorKind,
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
    pub fn actor_id(&self, prefix: &str) -> String {
        match self.id {
            Some(id) => format!("{prefix}-actor-{id}"),
            None => format!("{prefix}-actor-{}", slug(&self.name)),
        }
    }

    /// Whether the table means this side. `known_as` is its name without what changes in it.
    pub fn is(&self, same: &Same, known_as: &str) -> bool {
        match self.id {
            Some(id) if !same.external_id.is_empty() => same.external_id == id.to_string(),
            _ => same.external_name == known_as,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_names_each_side_once() {
        for (dataset, name) in [("ucdp-ged", "JNIM"), ("acled", "JNIM: Group for Support of Islam and Muslims")] {
            let same = same(dataset);
            let jnim = Side { id: None, name: name.into(), kind: ActorKind::RebelGroup };
            let found: Vec<_> = same.iter().filter(|line| jnim.is(line, name)).map(|line| &*line.actor).collect();
            assert_eq!(found, ["jnim"]);
            let mut names: Vec<_> = same.iter().map(|line| &line.external_name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), same.len());
        }
    }
}
