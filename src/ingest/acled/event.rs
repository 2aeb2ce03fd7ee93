//! What the program makes of a row: an event with its title, sides and claims. Where the format leaves a choice, the
//! reason for the one taken stands beside it.

use super::actors;
use super::kinds::Becomes;
use super::row::Row;
use crate::domain::figure::Figure;
use crate::domain::ids::{BadId, ReportId};
use crate::domain::lang::Bilingual;
use crate::domain::names::fold;
use crate::domain::record::{Claim, EventRecord, Participation, Value};
use crate::domain::vocab::{
    Certainty, DatePrecision, EventKind, Origin, PlacePrecision, ReportKind, Role, Stance, Topic,
};
use crate::ingest::rows::{Cited, Made, Resolved, cut};

/// The rule of the vocabulary: deliberate killing of five or more people who were not fighting.
const MASSACRE: u32 = 5;

/// What is said of a source that a row lists.
const LISTED: (&str, &str) = ("ACLED lists it as a source for this event.", "Source qu’ACLED cite pour cet événement.");
/// Whom the rest comes from.
const ACLED: &str = "ACLED";

/// What is said of a figure that stands in for one the sources do not give.
const STAND_IN: (&str, &str) = (
    "ACLED’s coders write a round figure where sources give none, or only “several”, “tens” or “dozens”.",
    "Les codeurs d’ACLED écrivent un chiffre rond quand les sources n’en donnent pas, ou seulement « plusieurs » ou « des dizaines ».",
);

/// The texts that need their French beside them.
pub const TRANSLATIONS: [(&str, &str); 3] = [LISTED, STAND_IN, (ACLED, ACLED)];

/// Numbers of the claims that have the same meaning in every event: the deaths are claim 1, ACLED's type claim 2, its
/// tags claim 3. Sources come after them.
pub const FIRST_SOURCE: u32 = 7;

/// No title of a source is kept longer, in characters.
const MOST_CHARS: usize = 300;

/// The id of the report that stands for a row, which is where its notes stand.
pub fn own_report(id: &str) -> String {
    format!("acled-row-{id}")
}

/// Makes the event.
///
/// # Errors
/// Never, in truth: ids that are made here have the form of ids.
pub fn make(row: &Row<'_>, resolved: &Resolved, release: &ReportId) -> Result<Made, BadId> {
    let mut cited = vec![own(row)?];
    for source in &row.sources {
        let source = source_report(source)?;
        if cited.iter().all(|known| known.report != source.report) {
            cited.push(source);
        }
    }
    let (claims, notes) = claims(row, &cited);
    let kind = kind(row);
    let precise = |text: &str| row.date.format(text).to_string();
    let record = EventRecord {
        id: format!("acled-{}", row.id).parse()?,
        title: title(row),
        kind,
        // Of a month ACLED writes the middle: a day that nobody gave.
        start: if row.time_precision == 3 { precise("%Y-%m") } else { precise("%Y-%m-%d") },
        end: None,
        date_precision: match row.time_precision {
            1 => DatePrecision::Day,
            2 => DatePrecision::Week,
            _ => DatePrecision::Month,
        },
        region: resolved.region.clone(),
        point: row.point,
        place_precision: match row.geo_precision {
            // A named town, at its own coordinates; ACLED goes no closer.
            1 => PlacePrecision::Place,
            // A part of a region, shown by a town in it.
            2 => PlacePrecision::Admin2,
            // A region, shown by its capital or a natural feature.
            _ => PlacePrecision::Admin1,
        },
        summary: summary(row),
        actors: participations(row, resolved),
        claims,
        passages: Vec::new(),
        links: Vec::new(),
    };
    Made::new(record, cited, notes, release)
}

fn kind(row: &Row<'_>) -> EventKind {
    match row.kinds.becomes {
        Becomes::Kind(kind) => kind,
        // As of UCDP's one-sided violence: its dead are civilians by definition.
        Becomes::OnCivilians if row.fatalities >= MASSACRE => EventKind::Massacre,
        Becomes::OnCivilians => EventKind::AttackOnCivilians,
        Becomes::ByTarget if row.targeted => EventKind::AttackOnCivilians,
        Becomes::ByTarget => EventKind::AttackOnForces,
    }
}

/// The report that stands for the row: ACLED's own account, with its notes as the passage.
fn own(row: &Row<'_>) -> Result<Cited, BadId> {
    let title = format!("ACLED {}", row.id.to_uppercase());
    let notes = if row.notes.is_empty() { &title } else { row.notes };
    let anchor = Cited::first_words(notes);
    let gist = Bilingual::new(notes, "");
    Ok(Cited {
        report: own_report(&row.id).parse()?,
        own: true,
        publisher: ACLED.to_owned(),
        published: None,
        url: None,
        language: "en",
        kind: ReportKind::Dataset,
        anchor,
        gist,
        title,
    })
}

/// The report of a source, of which ACLED gives no more than the name.
fn source_report(name: &str) -> Result<Cited, BadId> {
    let name = cut(name, MOST_CHARS);
    Ok(Cited {
        report: Cited::source_id("acled", &fold(&name))?,
        own: false,
        publisher: name.clone(),
        published: None,
        url: None,
        language: "und",
        kind: ReportKind::News,
        anchor: Cited::first_words(&name),
        gist: Bilingual::new(name.clone(), ""),
        title: name,
    })
}

/// What ACLED calls it, in both languages.
fn called(row: &Row<'_>) -> Bilingual {
    if row.sub_event_type.is_empty() {
        Bilingual::new(row.event_type, row.kinds.event_fr)
    } else {
        Bilingual::new(row.sub_event_type, row.kinds.sub_event_fr.unwrap_or(row.sub_event_type))
    }
}

/// The side that was the target and the one that targeted it, where ACLED tells: actor 1 and 2 imply no direction.
fn directed(row: &Row<'_>) -> Option<(usize, usize)> {
    let [first, second] = row.parties.as_slice() else { return None };
    let [first, second] = [first, second].map(|party| actors::is_civilians(party.name, party.inter));
    match (row.targeted, first, second) {
        (true, true, false) => Some((1, 0)),
        (true, false, true) => Some((0, 1)),
        _ => None,
    }
}

fn title(row: &Row<'_>) -> Bilingual {
    let called = called(row);
    let names: Vec<Bilingual> = row.parties.iter().map(|party| actors::name(party.name)).collect();
    let (en, fr) = match (directed(row), names.as_slice()) {
        (Some((by, on)), names) => {
            (format!("{} against {}", names[by].en, names[on].en), format!("{} contre {}", names[by].fr, names[on].fr))
        }
        (None, [a, b]) => (format!("{} and {}", a.en, b.en), format!("{} et {}", a.fr, b.fr)),
        (None, names) => {
            (names.iter().map(|a| a.en.clone()).collect(), names.iter().map(|a| a.fr.clone()).collect::<String>())
        }
    };
    // A place that stands for an area is not where it was.
    let at = if row.geo_precision == 1 { "at" } else { "near" };
    let (place, place_fr) = match row.geo_precision {
        1 | 2 => (format!("{at} {}", row.location), row.location.to_owned()),
        _ => {
            let area = row.admin[0];
            let area = if area.is_empty() { row.country } else { area };
            (format!("in {area}"), area.to_owned())
        }
    };
    Bilingual::new(format!("{}: {en} {place}", called.en), format!("{}\u{a0}: {fr}, {place_fr}", called.fr))
}

fn summary(row: &Row<'_>) -> Bilingual {
    let mut summary = Bilingual::new(
        format!("ACLED counts it under “{}”.", row.event_type),
        format!("ACLED le compte sous «\u{a0}{}\u{a0}».", row.kinds.event_fr),
    );
    let stands_for = match row.geo_precision {
        1 => None,
        2 => Some(("the area around it", "les environs")),
        _ => Some(("a whole region", "toute une région")),
    };
    if let Some((en, fr)) = stands_for {
        let place = row.location;
        summary.en.push_str(&format!(" The coordinates are those of {place}, which stands for {en}."));
        summary.fr.push_str(&format!(" Les coordonnées sont celles de {place}, qui représente ici {fr}."));
    }
    summary
}

fn participations(row: &Row<'_>, resolved: &Resolved) -> Vec<Participation> {
    let directed = directed(row);
    let mut parts: Vec<Participation> = Vec::new();
    let mut sides = resolved.sides.iter();
    for (at, party) in row.parties.iter().enumerate() {
        let role = match directed {
            Some((by, _)) if by == at => Role::Perpetrator,
            Some(_) => Role::Victim,
            None => Role::Participant,
        };
        for actor in sides.by_ref().take(1 + party.with.len()) {
            // Two names that are one actor here.
            if parts.iter().all(|part| part.actor != *actor || part.role != role) {
                parts.push(Participation { actor: actor.clone(), role, certainty: Certainty::Attributed });
            }
        }
    }
    parts
}

/// Words in notes that tell of no exact number.
const VAGUE: [&str; 12] = [
    "unknown number",
    "unknown fatalities",
    "unspecified number",
    "unclear number",
    "coded as",
    "coded at",
    "several",
    "many ",
    "dozens",
    "tens of",
    "hundreds",
    "scores of",
];

/// Whether the figure stands in for one that the sources do not give. By ACLED's codebook 10 is written for "tens",
/// "several" or "many", 12 for "dozens", 100 for "hundreds", and 3 or 10 where there is no number. Three people may
/// also just be three, so the notes have to say something of the kind.
fn stands_in(row: &Row<'_>) -> bool {
    let notes = row.notes.to_lowercase();
    matches!(row.fatalities, 3 | 10 | 12 | 100 | 1000) && VAGUE.iter().any(|words| notes.contains(words))
}

/// The claims. All but the sources cite the row's own report and are the coder's.
fn claims(row: &Row<'_>, cited: &[Cited]) -> (Vec<Claim>, Vec<(String, String)>) {
    let claim = |n, cited: &Cited, topic, value: Option<String>| Claim {
        n,
        report: cited.report.clone(),
        passage: Cited::PASSAGE.to_owned(),
        topic,
        part: None,
        figure: None,
        value: value.map(Value::Words),
        said_by: Some(ACLED.to_owned()),
        origin: Origin::Dataset,
        stance: Stance::Asserts,
        preferred: false,
    };
    let (mut claims, mut notes) = (Vec::new(), Vec::new());
    let Some((own, sources)) = cited.split_first() else { return (claims, notes) };
    let about = stands_in(row);
    let figure = Figure::new(Some(row.fatalities), Some(row.fatalities), about).ok();
    let note = about.then(|| STAND_IN.0.to_owned());
    claims.push(Claim { figure, preferred: true, ..claim(1, own, Topic::Killed, note) });
    if !row.sub_event_type.is_empty() {
        let called = called(row);
        let (text, fr) =
            (format!("{}: {}", row.event_type, called.en), format!("{}\u{a0}: {}", row.kinds.event_fr, called.fr));
        claims.push(claim(2, own, Topic::Context, Some(text.clone())));
        notes.push((text, fr));
    }
    if !row.tags.is_empty() {
        let (text, fr) = (format!("Tags: {}", row.tags), format!("Étiquettes\u{a0}: {}", row.tags));
        claims.push(claim(3, own, Topic::Context, Some(text.clone())));
        notes.push((text, fr));
    }
    for (n, source) in (FIRST_SOURCE..).zip(sources) {
        claims.push(claim(n, source, Topic::Context, Some(LISTED.0.to_owned())));
    }
    (claims, notes)
}
