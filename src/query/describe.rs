//! A filter says in words what it does: "Massacres in the Mopti region by Katiba Macina, 2019 to 2022, where the
//! accounts of the toll differ".

use crate::domain::ids::{ActorId, DatasetId, RegionId, ReportId};
use crate::domain::lang::Lang;
use crate::domain::vocab::{Accounts, Level, OnMap, Role};
use crate::text::format::{date, list, number, quoted};
use crate::text::labels::{Label, kind_plural};

use super::filter::{EventFilter, Part};

/// Where the names behind ids come from.
pub trait Names {
    /// A region's name and level.
    fn region(&self, id: &RegionId, lang: Lang) -> Option<(String, Level)>;
    /// An actor's name.
    fn actor(&self, id: &ActorId, lang: Lang) -> Option<String>;
    /// A dataset's title.
    fn dataset(&self, id: &DatasetId, lang: Lang) -> Option<String>;
    /// A report's title.
    fn report(&self, id: &ReportId) -> Option<String>;
}

impl EventFilter {
    /// The filter as a sentence without its full stop.
    pub fn describe(&self, names: &dyn Names, lang: Lang) -> String {
        let (and, or) = lang.pick(("and", "or"), ("et", "ou"));
        let mut sentence = match self.kind.as_slice() {
            [] if self.without(&Part::AsOf).is_empty() => lang.pick("All events", "Tous les événements").to_owned(),
            [] => lang.pick("Events", "Événements").to_owned(),
            kinds => {
                let mut words: Vec<String> = kinds.iter().map(|k| kind_plural(*k, lang).to_owned()).collect();
                for word in words.iter_mut().skip(1) {
                    *word = lower_first(word);
                }
                list(&words, and)
            }
        };
        let mut push = |text: String| sentence.push_str(&text);
        if !self.region.is_empty() {
            let places: Vec<String> = self
                .region
                .iter()
                .map(|id| {
                    names.region(id, lang).map_or_else(|| id.to_string(), |(name, level)| place_in(&name, level, lang))
                })
                .collect();
            push(format!(" {}", list(&places, or)));
        }
        self.describe_actors(names, lang, or, &mut push);
        if let Some(when) = self.describe_dates(lang) {
            push(format!(", {when}"));
        }
        if !self.place.is_empty() {
            let shown: Vec<String> = self.place.iter().map(|p| place_clause(*p, lang).to_owned()).collect();
            push(format!(", {}", list(&shown, or)));
        }
        if let Some(frame) = self.describe_frame(lang) {
            push(format!(", {frame}"));
        }
        if let Some(killed) = self.describe_killed(lang) {
            push(format!(", {killed}"));
        }
        if !self.accounts.is_empty() {
            let said: Vec<String> = self.accounts.iter().map(|a| accounts_clause(*a, lang).to_owned()).collect();
            push(format!(", {}", list(&said, or)));
        }
        if !self.origin.is_empty() {
            let origins: Vec<String> = self.origin.iter().map(|o| o.label(lang).to_owned()).collect();
            push(format!(
                "{} {}",
                lang.pick(
                    ", with a claim from this kind of source:",
                    ", avec une affirmation de ce type de source\u{a0}:"
                ),
                list(&origins, or)
            ));
        }
        if !self.report.is_empty() {
            let titles: Vec<String> = self
                .report
                .iter()
                .map(|id| quoted(&names.report(id).unwrap_or_else(|| id.to_string()), lang))
                .collect();
            push(format!("{} {}", lang.pick(", reported in", ", dont parle"), list(&titles, or)));
        }
        if !self.source.is_empty() {
            let titles: Vec<String> =
                self.source.iter().map(|id| names.dataset(id, lang).unwrap_or_else(|| id.to_string())).collect();
            push(format!("{} {}", lang.pick(", in the dataset", ", dans le jeu de données"), list(&titles, or)));
        }
        if let Some(q) = &self.q {
            push(format!("{} {}", lang.pick(", matching", ", avec les mots"), quoted(q, lang)));
        }
        if let Some(as_of) = self.as_of {
            push(format!(", {} {}", lang.pick("as recorded by", "selon l’état du registre au"), as_of.describe(lang)));
        }
        sentence
    }

    fn describe_actors(&self, names: &dyn Names, lang: Lang, or: &str, push: &mut dyn FnMut(String)) {
        let roles: Vec<String> = self.role.iter().map(|r| r.label(lang).to_owned()).collect();
        let certainties: Vec<String> = self.certainty.iter().map(|c| c.label(lang).to_owned()).collect();
        if !self.actor.is_empty() {
            let actors: Vec<String> =
                self.actor.iter().map(|id| names.actor(id, lang).unwrap_or_else(|| id.to_string())).collect();
            let link = match self.role.as_slice() {
                [Role::Perpetrator] => lang.pick("by", "par"),
                [Role::Victim | Role::Target] => lang.pick("against", "contre"),
                _ => lang.pick("involving", "impliquant"),
            };
            push(format!(" {link} {}", list(&actors, or)));
            if self.members {
                push(lang.pick(" or groups that are part of it", " ou des groupes qui en font partie").to_owned());
            }
            if !matches!(self.role.as_slice(), [] | [Role::Perpetrator | Role::Victim | Role::Target]) {
                push(format!(" {} {}", lang.pick("as", "comme"), list(&roles, or)));
            }
        } else if !roles.is_empty() {
            push(format!(
                "{} {}",
                lang.pick(", with an actor named as", ", avec un acteur désigné comme"),
                list(&roles, or)
            ));
        }
        if !certainties.is_empty() {
            push(format!(" ({} {})", lang.pick("certainty:", "certitude\u{a0}:"), list(&certainties, or)));
        }
    }

    fn describe_dates(&self, lang: Lang) -> Option<String> {
        Some(match (self.from, self.to) {
            (None, None) => return None,
            (Some(from), Some(to)) if from == to => date(from, lang),
            (Some(from), Some(to)) => format!("{} {} {}", date(from, lang), lang.pick("to", "à"), date(to, lang)),
            (Some(from), None) => format!("{} {}", lang.pick("from", "depuis"), date(from, lang)),
            (None, Some(to)) => format!("{} {}", lang.pick("until", "jusqu’à"), date(to, lang)),
        })
    }

    fn describe_killed(&self, lang: Lang) -> Option<String> {
        let n = |n: u32| number(u64::from(n), lang);
        Some(match (self.killed_min, self.killed_max) {
            (None, None) => return None,
            (Some(min), None) => lang.pick(format!("{} or more killed", n(min)), format!("{} tués ou plus", n(min))),
            (None, Some(max)) => lang.pick(format!("at most {} killed", n(max)), format!("{} tués au plus", n(max))),
            (Some(min), Some(max)) => {
                lang.pick(format!("{} to {} killed", n(min), n(max)), format!("de {} à {} tués", n(min), n(max)))
            }
        })
    }

    fn describe_frame(&self, lang: Lang) -> Option<String> {
        let [west, south, east, north] = self.bbox?.degrees();
        let across = |degrees: f64| coordinate(degrees, lang.pick(["E", "W"], ["E", "O"]), lang);
        let up = |degrees: f64| coordinate(degrees, ["N", "S"], lang);
        let (between, and) = lang.pick(("between", "and"), ("entre", "et"));
        Some(format!("{between} {} {and} {}, {} {and} {}", up(south), up(north), across(west), across(east)))
    }

    /// A part as it stands on its chip.
    pub fn describe_part(&self, part: &Part, names: &dyn Names, lang: Lang) -> String {
        let one =
            |date_: Option<_>, before: &str| date_.map_or_else(String::new, |d| format!("{before} {}", date(d, lang)));
        match part {
            Part::Words => self.q.as_ref().map_or_else(String::new, |q| quoted(q, lang)),
            Part::Kind(kind) => kind.label(lang).to_owned(),
            Part::Region(id) => names.region(id, lang).map_or_else(|| id.to_string(), |(name, _)| name),
            Part::Actor(id) => names.actor(id, lang).unwrap_or_else(|| id.to_string()),
            Part::Members => lang.pick("with member groups", "avec les groupes membres").to_owned(),
            Part::Role(role) => role.label(lang).to_owned(),
            Part::Certainty(certainty) => certainty.label(lang).to_owned(),
            Part::From => one(self.from, lang.pick("from", "depuis")),
            Part::To => one(self.to, lang.pick("until", "jusqu’à")),
            Part::KilledMin => {
                EventFilter { killed_max: None, ..self.clone() }.describe_killed(lang).unwrap_or_default()
            }
            Part::KilledMax => {
                EventFilter { killed_min: None, ..self.clone() }.describe_killed(lang).unwrap_or_default()
            }
            Part::Accounts(accounts) => accounts.label(lang).to_owned(),
            Part::Origin(origin) => origin.label(lang).to_owned(),
            Part::Source(id) => names.dataset(id, lang).unwrap_or_else(|| id.to_string()),
            Part::Report(id) => names.report(id).unwrap_or_else(|| id.to_string()),
            Part::Place(place) => place_clause(*place, lang).to_owned(),
            Part::BBox => self.describe_frame(lang).unwrap_or_default(),
            Part::AsOf => self.as_of.map_or_else(String::new, |as_of| {
                format!("{} {}", lang.pick("as recorded by", "état au"), as_of.describe(lang))
            }),
        }
    }
}

/// `5.5° W`, `5,5° O`: one word to a screen reader, and never broken at the end of a line.
fn coordinate(degrees: f64, [positive, negative]: [&str; 2], lang: Lang) -> String {
    let side = if degrees < 0.0 { negative } else { positive };
    let plain = format!("{}", degrees.abs());
    format!("{}°\u{a0}{side}", lang.pick(plain.clone(), plain.replace('.', ",")))
}

fn place_clause(place: OnMap, lang: Lang) -> &'static str {
    let (en, fr) = match place {
        OnMap::Point => ("at a known place on the map", "en un lieu connu de la carte"),
        OnMap::Admin3 => ("on the map as a commune", "sur la carte à l’échelle d’une commune"),
        OnMap::Admin2 => ("on the map as a district", "sur la carte à l’échelle d’un cercle ou d’un district"),
        OnMap::Admin1 => ("on the map as a region", "sur la carte à l’échelle d’une région"),
        OnMap::Country => ("on the map as a whole country", "sur la carte à l’échelle d’un pays"),
        OnMap::Nowhere => ("without a place on the map", "sans lieu sur la carte"),
    };
    lang.pick(en, fr)
}

fn accounts_clause(accounts: Accounts, lang: Lang) -> &'static str {
    let (en, fr) = match accounts {
        Accounts::Differ => ("where the accounts of the toll differ", "où les récits divergent sur le bilan"),
        Accounts::Agree => ("where several origins agree on the toll", "où plusieurs origines concordent sur le bilan"),
        Accounts::Single => ("where one origin alone gives the toll", "où une seule origine donne le bilan"),
    };
    lang.pick(en, fr)
}

/// A place with its preposition: `in the Mopti region`, `at Diallassagou`, `dans la région de Mopti`, `au Mali`.
pub fn place_in(name: &str, level: Level, lang: Lang) -> String {
    match (lang, level) {
        (Lang::En, Level::Country) => format!("in {name}"),
        (Lang::En, Level::Place) => format!("at {name}"),
        (Lang::En, _) if ["region", "cercle", "commune", "district"].iter().any(|w| name.ends_with(w)) => {
            format!("in the {name}")
        }
        (Lang::En, _) => format!("in {name}"),
        (Lang::Fr, Level::Place) => format!("à {name}"),
        (Lang::Fr, Level::Country) => format!("{} {name}", country_preposition(name)),
        (Lang::Fr, _) => match name.split(' ').next() {
            Some("Région" | "Commune" | "Province") => format!("dans la {}", lower_first(name)),
            Some("Cercle" | "District") => format!("dans le {}", lower_first(name)),
            _ => format!("dans {name}"),
        },
    }
}

/// French countries are feminine when they end in a silent e, with few exceptions; before a vowel all take "en".
fn country_preposition(name: &str) -> &'static str {
    let first = crate::domain::names::fold(name).chars().next().unwrap_or('m');
    let masculine = ["Mexique", "Cambodge", "Mozambique", "Zimbabwe", "Suriname"].contains(&name);
    if "aeiou".contains(first) || (name.ends_with('e') && !masculine) { "en" } else { "au" }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocab::{EventKind, Vocabulary};

    struct Few;
    impl Names for Few {
        fn region(&self, _: &RegionId, lang: Lang) -> Option<(String, Level)> {
            Some((lang.pick("Mopti region", "Région de Mopti").to_owned(), Level::Admin1))
        }
        fn actor(&self, _: &ActorId, _: Lang) -> Option<String> {
            Some("Katiba Macina".to_owned())
        }
        fn dataset(&self, _: &DatasetId, _: Lang) -> Option<String> {
            None
        }
        fn report(&self, _: &ReportId) -> Option<String> {
            None
        }
    }

    #[test]
    fn a_filter_is_a_sentence() {
        let filter = EventFilter {
            kind: vec![EventKind::Massacre],
            region: vec!["ml-mopti".parse().unwrap()],
            actor: vec!["katiba-macina".parse().unwrap()],
            role: vec![Role::Perpetrator],
            from: "2019".parse().ok(),
            to: "2022".parse().ok(),
            accounts: vec![Accounts::Differ],
            ..EventFilter::default()
        };
        assert_eq!(
            filter.describe(&Few, Lang::En),
            "Massacres in the Mopti region by Katiba Macina, 2019 to 2022, where the accounts of the toll differ"
        );
        assert_eq!(
            filter.describe(&Few, Lang::Fr),
            "Massacres dans la région de Mopti par Katiba Macina, 2019 à 2022, où les récits divergent sur le bilan"
        );
        assert_eq!(EventFilter::default().describe(&Few, Lang::En), "All events");
        let framed = EventFilter { bbox: "-5.5,-13,3,15".parse().ok(), ..EventFilter::default() };
        assert_eq!(
            framed.describe(&Few, Lang::En),
            "Events, between 13°\u{a0}S and 15°\u{a0}N, 5.5°\u{a0}W and 3°\u{a0}E"
        );
        assert_eq!(
            framed.describe(&Few, Lang::Fr),
            "Événements, entre 13°\u{a0}S et 15°\u{a0}N, 5,5°\u{a0}O et 3°\u{a0}E"
        );
    }

    #[test]
    fn every_part_has_its_words_and_can_be_removed() {
        let filter = EventFilter {
            q: Some("l’armée".into()),
            members: true,
            actor: vec!["jnim".parse().unwrap()],
            killed_min: Some(10),
            killed_max: Some(20),
            bbox: "-5.5,13,-3,15".parse().ok(),
            as_of: "2026-05-03".parse().ok(),
            place: OnMap::ALL.to_vec(),
            kind: EventKind::ALL.to_vec(),
            ..EventFilter::default()
        };
        let mut rest = filter.clone();
        for part in filter.parts() {
            assert!(!filter.describe_part(&part, &Few, Lang::Fr).is_empty(), "{part:?}");
            rest = rest.without(&part);
        }
        assert!(rest.is_empty());
    }

    #[test]
    fn french_countries_take_their_preposition() {
        for (name, expected) in [("Mali", "au Mali"), ("Mauritanie", "en Mauritanie"), ("Algérie", "en Algérie")] {
            assert_eq!(place_in(name, Level::Country, Lang::Fr), expected);
        }
    }
}
