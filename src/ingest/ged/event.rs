//! What the program makes of a row: an event with its title, sides and claims. Where the format leaves a choice, the
//! reason for the one taken stands beside it.

use super::actors;
use super::row::Row;
use super::sources::{self, Source};
use crate::domain::figure::Figure;
use crate::domain::ids::{BadId, ReportId};
use crate::domain::lang::Bilingual;
use crate::domain::record::{Claim, EventRecord, Part, Participation, Value};
use crate::domain::vocab::{Certainty, DatePrecision, EventKind, Origin, PlacePrecision, Role, Stance, Topic};
use crate::ingest::rows::{Cited, Made, Resolved, country_in_french};

/// The rule of the vocabulary: deliberate killing of five or more people who were not fighting.
const MASSACRE: u32 = 5;

/// What is said of a source that a row lists.
pub const LISTED: (&str, &str) =
    ("UCDP lists it as a source for this event.", "Source que l’UCDP cite pour cet évènement.");
/// What is said of someone whom a row quotes without naming a report.
pub const QUOTED: (&str, &str) =
    ("UCDP names it as the original source for this event.", "Source première que l’UCDP nomme pour cet évènement.");
/// Of whom the numbers for a part are.
pub const CIVILIANS: (&str, &str) = ("civilians", "civils");
/// The same for people of whom it is not known.
pub const UNKNOWN: (&str, &str) = (
    "people of whom it is not known which side they were on",
    "personnes dont on ne sait pas de quel camp elles étaient",
);
/// Whom the numbers come from.
pub const UCDP: &str = "UCDP";

/// The texts that need their French beside them.
pub const TRANSLATIONS: [(&str, &str); 5] = [LISTED, QUOTED, CIVILIANS, UNKNOWN, (UCDP, UCDP)];

/// Numbers of the claims that have the same meaning in every event: the best estimate is claim 1 whatever it was
/// before. Sources come after them.
pub const FIRST_SOURCE: u32 = 7;

/// Makes the event. `release` is the report that stands for this release of the dataset.
///
/// # Errors
/// Never, in truth: ids made of numbers have the form of ids.
pub fn make(row: &Row<'_>, resolved: &Resolved, release: &ReportId) -> Result<Made, BadId> {
    let sources = sources::parse(row.source_article, row.sources.is_some());
    let (mut claims, note) = numbers(row, resolved, release);
    claims.extend(listed(row, &sources, release)?);
    let day = |date: chrono::NaiveDate| date.format("%Y-%m-%d").to_string();
    let record = EventRecord {
        id: format!("ucdp-ged-{}", row.id).parse()?,
        title: title(row),
        kind: kind(row),
        start: day(row.start),
        end: (row.end != row.start).then(|| day(row.end)),
        date_precision: date_precision(row.date_prec),
        region: resolved.region.clone(),
        point: row.point,
        place_precision: place_precision(row.where_prec),
        summary: summary(row),
        actors: participations(row, resolved),
        claims,
        passages: Vec::new(),
        links: Vec::new(),
    };
    let cited = sources.iter().map(Source::cited).collect::<Result<_, _>>()?;
    Made::new(record, cited, note.into_iter().collect(), release)
}

fn kind(row: &Row<'_>) -> EventKind {
    // Where deaths by side are not given, all of one-sided violence are civilians': that is its definition.
    let civilians = row.deaths[2].unwrap_or(row.best);
    match row.violence {
        3 if civilians >= MASSACRE => EventKind::Massacre,
        3 => EventKind::AttackOnCivilians,
        _ => EventKind::ArmedClash,
    }
}

fn date_precision(code: u8) -> DatePrecision {
    match code {
        1 => DatePrecision::Day,
        2 => DatePrecision::Days,
        3 => DatePrecision::Week,
        4 => DatePrecision::Month,
        _ => DatePrecision::Year,
    }
}

fn place_precision(code: u8) -> PlacePrecision {
    match code {
        1 => PlacePrecision::Exact,
        2 => PlacePrecision::Place,
        3 => PlacePrecision::Admin2,
        // 5 is a river, a road, a fuzzy area: no better known than a first-order division.
        4 | 5 => PlacePrecision::Admin1,
        _ => PlacePrecision::Country,
    }
}

fn title(row: &Row<'_>) -> Bilingual {
    let (a, b) = (actors::name(row.side_a.1), actors::name(row.side_b.1));
    let named = [row.where_coordinates, row.adm_2, row.adm_1].into_iter().find(|name| !name.is_empty());
    let place = named.unwrap_or(row.country);
    let place_fr = named.unwrap_or_else(|| country_in_french(row.country));
    let at = if row.where_prec <= 2 && named.is_some() { "at" } else { "in" };
    match row.violence {
        3 => {
            let (whom, whom_fr) =
                if actors::is_civilians(&b.en) { ("civilians", "des civils") } else { (&*b.en, &*b.fr) };
            Bilingual::new(
                format!("One-sided violence: {} against {whom} {at} {place}", a.en),
                format!("Violence unilatérale : {} contre {whom_fr}, {place_fr}", a.fr),
            )
        }
        2 => Bilingual::new(
            format!("Non-state violence: {} and {} {at} {place}", a.en, b.en),
            format!("Violence non étatique : {} et {}, {place_fr}", a.fr, b.fr),
        ),
        _ => Bilingual::new(
            format!("State-based violence: {} and {} {at} {place}", a.en, b.en),
            format!("Violence impliquant un État : {} et {}, {place_fr}", a.fr, b.fr),
        ),
    }
}

fn summary(row: &Row<'_>) -> Bilingual {
    let mut summary = Bilingual::default();
    if !row.conflict.is_empty() {
        summary = Bilingual::new(
            format!("UCDP counts it under “{}”.", row.conflict),
            format!("L’UCDP le compte sous « {} ».", row.conflict),
        );
    }
    let described = row.where_description.split_whitespace().collect::<Vec<_>>().join(" ");
    if !described.is_empty() && described != row.where_coordinates {
        let space = if summary.is_empty() { "" } else { " " };
        summary.en.push_str(&format!("{space}The place, as UCDP describes it: {described}."));
        summary.fr.push_str(&format!("{space}Le lieu, comme l’UCDP le décrit : {described}."));
    }
    summary
}

fn participations(row: &Row<'_>, resolved: &Resolved) -> Vec<Participation> {
    let roles = match row.violence {
        3 => [Role::Perpetrator, Role::Victim],
        _ => [Role::Participant, Role::Participant],
    };
    let part =
        |i: usize| Participation { actor: resolved.sides[i].clone(), role: roles[i], certainty: Certainty::Attributed };
    let mut parts = vec![part(0), part(1)];
    // Two names that are one actor here.
    parts.dedup();
    parts
}

/// The numbers. UCDP's three estimates become two claims: the best one, which is preferred, and the range from the
/// low to the high one where that says more. Both cite the release and are the coder's own: none of the reports behind
/// a row says its numbers.
fn numbers(row: &Row<'_>, resolved: &Resolved, release: &ReportId) -> (Vec<Claim>, Option<(String, String)>) {
    let killed = |n, low, high, part| Claim {
        n,
        report: release.clone(),
        passage: Cited::PASSAGE.to_owned(),
        topic: Topic::Killed,
        part,
        figure: Figure::new(Some(low), Some(high), false).ok(),
        value: None,
        said_by: Some(UCDP.to_owned()),
        origin: Origin::Dataset,
        stance: Stance::Asserts,
        preferred: false,
    };
    let (low, best, high) = (row.low, row.best, row.high);
    let mut claims = vec![Claim { preferred: true, ..killed(1, best, best, None) }];
    let mut note = None;
    if (low, high) != (best, best) {
        let mut range = killed(2, low.min(high), low.max(high), None);
        if !(low <= best && best <= high) {
            // A claim cannot hold them as they are; they are kept in words.
            let text = format!("As published: low {low}, best {best}, high {high}.");
            let fr = format!("Publié ainsi : bas {low}, meilleur {best}, haut {high}.");
            range.value = Some(Value::Words(text.clone()));
            note = Some((text, fr));
        }
        claims.push(range);
    }
    let parts = [
        Part::Actor(resolved.sides[0].clone()),
        Part::Actor(resolved.sides[1].clone()),
        Part::Words(CIVILIANS.0.to_owned()),
        Part::Words(UNKNOWN.0.to_owned()),
    ];
    for ((n, dead), part) in (3..).zip(row.deaths).zip(parts) {
        // The four add up to the best estimate, so that the ones left out are those of which there are none.
        if let Some(dead) = dead.filter(|dead| *dead > 0) {
            claims.push(killed(n, dead, dead, Some(part)));
        }
    }
    (claims, note)
}

/// A claim for each source: that UCDP lists it. Whom it quotes stands beside it.
fn listed(row: &Row<'_>, sources: &[Source], release: &ReportId) -> Result<Vec<Claim>, BadId> {
    let quoted = row.source_original.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted: String = quoted.chars().take(300).collect();
    let quoted =
        Some(quoted.trim_matches([';', ' ']).to_owned()).filter(|text| text.chars().any(char::is_alphanumeric));
    let origin = sources::origin(quoted.as_deref().unwrap_or_default());
    let claim = |n, report, value: &str| Claim {
        n,
        report,
        passage: Cited::PASSAGE.to_owned(),
        topic: Topic::Context,
        part: None,
        figure: None,
        value: Some(Value::Words(value.to_owned())),
        said_by: quoted.clone(),
        origin,
        stance: Stance::Asserts,
        preferred: false,
    };
    if sources.is_empty() {
        let quotes = quoted.is_some().then(|| claim(FIRST_SOURCE, release.clone(), QUOTED.0));
        return Ok(quotes.into_iter().collect());
    }
    (FIRST_SOURCE..).zip(sources).map(|(n, source)| Ok(claim(n, source.cited()?.report, LISTED.0))).collect()
}
