//! What programs may ask for: one row for each thing, with its endings. Document, page and tests read these rows; a route
//! that answers programs and is in none of them fails a test.

use super::answers::Answer;
use super::keys::{Key, Words};
use super::rows::events::EVENTS;
use super::rows::others::OTHERS;

/// What goes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Lists of events.
    Events,
    /// One event.
    Event,
    /// How it was before.
    Versions,
    /// Actors and regions.
    Names,
    /// What claims come from.
    Reports,
    /// Finding.
    Search,
    /// The data whole.
    Data,
    /// The site itself.
    Site,
}

impl Part {
    /// All of them, in the order in which they are read.
    pub const ALL: [Part; 8] =
        [Part::Events, Part::Event, Part::Versions, Part::Names, Part::Reports, Part::Search, Part::Data, Part::Site];

    /// Its heading.
    pub const fn title(self) -> Words {
        match self {
            Part::Events => ["Lists of events", "Listes d’événements"],
            Part::Event => ["One event", "Un événement"],
            Part::Versions => ["An event as it was", "Un événement tel qu’il était"],
            Part::Names => ["Actors and regions", "Acteurs et régions"],
            Part::Reports => ["Reports", "Documents"],
            Part::Search => ["Search and comparison", "Recherche et comparaison"],
            Part::Data => ["Whole datasets", "Jeux de données entiers"],
            Part::Site => ["The site itself", "Le site lui-même"],
        }
    }
}

/// One thing that can be asked for.
pub struct Operation {
    /// By what it is called in code; with the ending it is the `operationId`.
    pub name: &'static str,
    /// With what it goes together.
    pub part: Part,
    /// The address without its ending.
    pub path: &'static str,
    /// What it is.
    pub title: Words,
    /// More about it.
    pub about: Words,
    /// What it takes, the parts of its path among it.
    pub keys: fn() -> Vec<Key>,
    /// What it can be answered with.
    pub answers: &'static [Answer],
    /// Statuses besides those that any may have.
    pub may: &'static [u16],
}

impl Operation {
    /// Whether it is a page, which is in both languages and has a tag.
    pub fn is_page(&self) -> bool {
        self.part != Part::Site || matches!(self.name, "openapi" | "oembed")
    }
}

/// All of them.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    EVENTS.iter().chain(OTHERS)
}
