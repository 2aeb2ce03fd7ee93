//! Places of rows: a country and the divisions in it, each by its name however it is written.

use std::collections::HashMap;

use crate::domain::names::fold;
use crate::domain::vocab::Level;

/// A place as a row names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The country.
    pub country: String,
    /// First-order division, or nothing.
    pub adm_1: String,
    /// Second-order division, or nothing.
    pub adm_2: String,
    /// Third-order division, or nothing.
    pub adm_3: String,
    /// The locality, where the row says that it was just there, or nothing. There are more than a hundred thousand of
    /// them, so they become no regions of their own; one that a curator entered is found.
    pub location: String,
}

impl Place {
    /// What it lies in, the largest first, without those that are not named.
    pub fn divisions(&self) -> impl Iterator<Item = (&str, Level)> {
        let all = [
            (&*self.country, Level::Country),
            (&*self.adm_1, Level::Admin1),
            (&*self.adm_2, Level::Admin2),
            (&*self.adm_3, Level::Admin3),
        ];
        all.into_iter().filter(|(name, _)| !name.is_empty())
    }
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
    /// Those below the second order, which are looked for in any of the divisions above them.
    small: HashMap<(Level, String), Vec<usize>>,
    by_row: HashMap<i64, usize>,
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
        if region.level > Level::Admin2 {
            for name in &region.names {
                let alike = self.small.entry((region.level, key(name))).or_default();
                if !alike.contains(&at) {
                    alike.push(at);
                }
            }
        }
        if let Some(pcode) = &region.pcode {
            self.by_pcode.entry((region.level, pcode.to_uppercase())).or_insert(at);
        }
        self.by_row.insert(region.pk, at);
        self.known.push(region);
    }

    /// What a region lies in, the smallest first.
    fn above<'a>(&'a self, region: &Known) -> impl Iterator<Item = &'a Known> {
        let of = |row: Option<i64>| row.and_then(|row| self.by_row.get(&row)).map(|at| &self.known[*at]);
        // No chain is longer than that; a circle would be.
        std::iter::successors(of(region.parent), move |known| of(known.parent)).take(8)
    }

    fn country_of(&self, region: &Known) -> Option<i64> {
        self.above(region).find(|known| known.level == Level::Country).map(|country| country.pk)
    }

    /// The one region of a name somewhere in another one; none if there are several.
    pub fn find_below(&self, name: &str, level: Level, within: i64) -> Option<&Known> {
        let alike = self.small.get(&(level, key(name)))?.iter().map(|at| &self.known[*at]);
        let mut found = alike.filter(|region| self.above(region).any(|above| above.pk == within));
        found.next().filter(|_| found.next().is_none())
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
        let mut gazetteer = gazetteer;
        gazetteer.add(region(5, "ml-koro-commune", Some(3), Level::Admin3, "Koro commune", ""));
        gazetteer.add(region(6, "ml-sokoura", Some(5), Level::Place, "Sokoura", ""));
        gazetteer.add(region(7, "ml-sokoura-2", Some(4), Level::Place, "Sokoura", ""));
        let found = |within| gazetteer.find_below("SOKOURA", Level::Place, within).map(|r| &*r.id);
        assert_eq!((found(3), found(4), found(1)), (Some("ml-sokoura"), Some("ml-sokoura-2"), None));
    }
}
