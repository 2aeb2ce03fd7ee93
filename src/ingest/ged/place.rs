//! Places of rows: country, first-order and second-order division, each by its name however it is written.

use std::collections::HashMap;

use crate::domain::names::fold;
use crate::domain::vocab::Level;

/// A place as a row names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The country.
    pub country: String,
    /// First-order division, or nothing.
    pub adm_1: String,
    /// Second-order division, or nothing.
    pub adm_2: String,
}

/// What divisions are called, in the languages of the maps they come from: not part of a division's own name.
const DIVISIONS: [&str; 26] = [
    "region",
    "state",
    "province",
    "division",
    "district",
    "governorate",
    "department",
    "departement",
    "departamento",
    "prefecture",
    "cercle",
    "county",
    "oblast",
    "wilaya",
    "municipality",
    "municipio",
    "community",
    "council",
    "area",
    "township",
    "commune",
    "provincia",
    "estado",
    "territory",
    "subdistrict",
    "raion",
];

/// What ties such a word to the name.
const TIES: [&str; 9] = ["de", "du", "des", "d", "of", "la", "le", "l", "the"];

/// The name by which a place is known whoever writes it: "Mopti region", "Région de Mopti" and "Mopti" are `mopti`.
pub fn key(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let without: Vec<&str> = match words.as_slice() {
        // "Région de Mopti"
        [first, rest @ ..] if DIVISIONS.contains(first) && !rest.is_empty() => {
            let ties = rest.iter().take_while(|word| TIES.contains(word)).count();
            if ties == 0 && rest.len() == 1 && rest[0].bytes().all(|b| b.is_ascii_digit()) {
                words.clone() // "District 9"
            } else {
                rest[ties.min(rest.len() - 1)..].to_vec()
            }
        }
        [rest @ .., last] if DIVISIONS.contains(last) && !rest.is_empty() => rest.to_vec(),
        all => all.to_vec(),
    };
    without.join(" ")
}

/// A region as the database has it, or is to have it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its row.
    pub pk: i64,
    /// Its id.
    pub id: String,
    /// The row of what it lies in.
    pub parent: Option<i64>,
    /// How large it is.
    pub level: Level,
    /// All its names.
    pub names: Vec<String>,
    /// OCHA's code.
    pub pcode: Option<String>,
    /// Whether it came with another dataset than this one.
    pub curated: bool,
}

/// Finds regions by name. Those of other datasets come first: theirs are curated.
#[derive(Debug, Default)]
pub struct Gazetteer {
    by_name: HashMap<(Option<i64>, Level, String), usize>,
    /// Curated ones by the country they are in: a division may have moved to another one since it was entered.
    by_country: HashMap<(i64, Level, String), Option<usize>>,
    by_pcode: HashMap<(Level, String), usize>,
    known: Vec<Known>,
}

impl Gazetteer {
    /// Of the regions that are there, those of other datasets first.
    pub fn new(regions: Vec<Known>) -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        regions.into_iter().for_each(|region| gazetteer.add(region));
        gazetteer
    }

    /// Adds a region.
    pub fn add(&mut self, region: Known) {
        let at = self.known.len();
        let country = self.country_of(&region);
        for name in &region.names {
            self.by_name.entry((region.parent, region.level, key(name))).or_insert(at);
            if let Some(country) = country.filter(|_| region.curated) {
                let same = self.by_country.entry((country, region.level, key(name))).or_insert(Some(at));
                // Two of one name say nothing.
                if same.is_some_and(|other| other != at) {
                    *same = None;
                }
            }
        }
        if let Some(pcode) = &region.pcode {
            self.by_pcode.entry((region.level, pcode.to_uppercase())).or_insert(at);
        }
        self.known.push(region);
    }

    fn country_of(&self, region: &Known) -> Option<i64> {
        let mut parent = region.parent?;
        for _ in 0..8 {
            match self.known.iter().find(|known| known.pk == parent) {
                Some(Known { level: Level::Country, pk, .. }) => return Some(*pk),
                Some(Known { parent: Some(next), .. }) => parent = *next,
                _ => return None,
            }
        }
        None
    }

    /// The region of a name in another one (or of a P-code). `country` is the row of the country it is in.
    pub fn find(&self, name: &str, level: Level, parent: Option<i64>, country: Option<i64>) -> Option<&Known> {
        let name_key = key(name);
        let at = self.by_name.get(&(parent, level, name_key.clone())).copied();
        let at = at.or_else(|| self.by_pcode.get(&(level, name.to_uppercase())).copied());
        let at = at.or_else(|| self.by_country.get(&(country?, level, name_key)).copied().flatten());
        at.map(|at| &self.known[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_has_one_key() {
        for name in ["Mopti region", "Région de Mopti", "Mopti", "MOPTI Region", "region of Mopti"] {
            assert_eq!(key(name), "mopti");
        }
        assert_eq!(key("Cercle d’Abeïbara"), "abeibara");
        assert_eq!(key("Shan State"), key("Shan  state"));
        assert_ne!(key("Baja California state"), key("Baja California Sur state"));
        assert_ne!(key("Ciudad de México"), key("México state"));
        assert_eq!(key("Region"), "region");
        assert_eq!(key("District 9"), "district 9");
    }

    #[test]
    fn a_p_code_is_a_name_too_and_a_moved_division_is_found_in_its_country() {
        let region = |pk, id: &str, parent, level, name: &str, pcode: &str| Known {
            pk,
            id: id.into(),
            parent,
            level,
            names: vec![name.into()],
            pcode: Some(pcode.to_owned()).filter(|code| !code.is_empty()),
            curated: true,
        };
        let gazetteer = Gazetteer::new(vec![
            region(1, "ml", None, Level::Country, "Mali", "ML"),
            region(2, "ml-mopti", Some(1), Level::Admin1, "Mopti region", "ML05"),
            region(3, "ml-koro", Some(2), Level::Admin2, "Koro cercle", "ML0505"),
            region(4, "ml-bandiagara", Some(1), Level::Admin1, "Bandiagara region", ""),
        ]);
        let found = |name: &str, level, parent| gazetteer.find(name, level, Some(parent), Some(1)).map(|r| &*r.id);
        assert_eq!(found("Région de Mopti", Level::Admin1, 1), Some("ml-mopti"));
        assert_eq!(found("ML05", Level::Admin1, 1), Some("ml-mopti"));
        assert_eq!(found("Koro", Level::Admin2, 4), Some("ml-koro"));
        assert_eq!(found("Sikasso", Level::Admin1, 1), None);
    }
}
