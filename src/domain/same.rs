//! Whether two records of different datasets may tell of the same event: four things have to agree, each with a score
//! and a reason. A proposal only; that two are the same is for a curator to say.
//!
//! The score is a weighted sum of five parts, each from 0 to 1: the date counts [`WEIGHT_DATE`], the place
//! [`WEIGHT_PLACE`], the actors [`WEIGHT_ACTORS`], the toll [`WEIGHT_TOLL`] and the kind [`WEIGHT_KIND`]. Two records
//! that cannot have the same date or the same place are never proposed; nor are two that share neither an actor nor a
//! toll, or of which two things speak against it (days apart, other actors, tolls far apart): at many places something
//! else happened on the next day.

use super::date::Span;
use super::vocab::{EventKind, PlacePrecision, Role};

mod ties;

use self::ties::HOLDS;
pub use self::ties::{ActorTie, DateTie, KindTie, PlaceTie, TollTie};

/// What the date counts.
pub const WEIGHT_DATE: f64 = 0.30;
/// What the place counts.
pub const WEIGHT_PLACE: f64 = 0.25;
/// What the actors count.
pub const WEIGHT_ACTORS: f64 = 0.20;
/// What the toll counts.
pub const WEIGHT_TOLL: f64 = 0.15;
/// What the kind counts.
pub const WEIGHT_KIND: f64 = 0.10;

/// By how many days two dates may miss each other: coders differ on the night before and on the day a body was found.
pub const DAYS_APART: i64 = 2;

/// One of the actors of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its row.
    pub actor: i64,
    /// Itself and the groups that are part of it, at any remove, by row.
    pub with_members: Vec<i64>,
    /// As what it took part.
    pub role: Role,
    /// Whether it is a group of its own, and not the word for men whom nobody has identified, or for civilians.
    pub identified: bool,
}

/// A record, as far as the comparison needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// What sort of event.
    pub kind: EventKind,
    /// When.
    pub span: Span,
    /// WGS 84 latitude and longitude in degrees: its own, or else its region's.
    pub point: Option<(f64, f64)>,
    /// How closely the place is known.
    pub place_precision: PlacePrecision,
    /// Its region and all that lies in, the largest first: by row, with how closely a place is known of which no more
    /// than that region is.
    pub path: Vec<(i64, PlacePrecision)>,
    /// Who took part.
    pub sides: Vec<Side>,
    /// The least and the most that is said of its toll (no upper bound: "or more"); none where nothing is said.
    pub toll: Option<(u32, Option<u32>)>,
}

/// Why two records may be the same event.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// From 0 to 1.
    pub score: f64,
    /// The date.
    pub date: DateTie,
    /// The place.
    pub place: PlaceTie,
    /// How far apart their points are in kilometres, where both have one.
    pub distance: Option<f64>,
    /// The actors.
    pub actors: ActorTie,
    /// The toll.
    pub toll: TollTie,
    /// The kind.
    pub kind: KindTie,
}

/// Compares two records; none where they cannot be the same event.
pub fn compare(a: &Sketch, b: &Sketch) -> Option<Match> {
    let date = date(&a.span, &b.span)?;
    let place = place(a, b)?;
    let (actors, toll, kind) = (actors(&a.sides, &b.sides), toll(a.toll, b.toll), kind(a.kind, b.kind));
    let (of_actors, of_toll) = (actors.score(), toll.score());
    let against = [matches!(date, DateTie::Apart(_)), actors == ActorTie::Others, toll == TollTie::Apart];
    if of_actors < HOLDS && of_toll < HOLDS || against.into_iter().filter(|against| *against).count() > 1 {
        return None;
    }
    let score = WEIGHT_DATE * date.score()
        + WEIGHT_PLACE * place.score()
        + WEIGHT_ACTORS * of_actors
        + WEIGHT_TOLL * of_toll
        + WEIGHT_KIND * kind.score();
    let distance = a.point.zip(b.point).map(|(a, b)| kilometres(a, b));
    Some(Match { score, date, place, distance, actors, toll, kind })
}

/// How the dates stand to each other; none where they lie further apart than [`DAYS_APART`].
pub fn date(a: &Span, b: &Span) -> Option<DateTie> {
    let gap = (b.earliest() - a.latest()).num_days().max((a.earliest() - b.latest()).num_days());
    match gap {
        ..=0 => Some(DateTie::Within(a.precision.max(b.precision))),
        1..=DAYS_APART => Some(DateTie::Apart(gap)),
        _ => None,
    }
}

/// How the places stand to each other; none where they cannot be one.
pub fn place(a: &Sketch, b: &Sketch) -> Option<PlaceTie> {
    if let (Some(reach), Some((from, to))) = (reach(a, b), a.point.zip(b.point)) {
        let distance = kilometres(from, to);
        return (distance <= reach).then_some(PlaceTie::Near(distance));
    }
    let inside = |outer: &Sketch, inner: &Sketch| outer.path.last().filter(|area| inner.path.contains(area)).copied();
    let (fine, coarse) = if a.place_precision >= b.place_precision { (b, a) } else { (a, b) };
    // Of two that are known equally ill, or without a point, either may be given by the larger area.
    let equally = a.place_precision == b.place_precision || a.point.is_none() || b.point.is_none();
    let found = inside(coarse, fine).or_else(|| inside(fine, coarse).filter(|_| equally));
    found.map(|(_, area)| PlaceTie::Inside(area))
}

/// How many kilometres a point of this precision may be from where it happened; none for areas, whose points stand
/// for the whole of them.
fn radius(precision: PlacePrecision) -> Option<f64> {
    match precision {
        PlacePrecision::Exact => Some(5.0),
        // GED's "within 25 km" is one of these.
        PlacePrecision::Place => Some(25.0),
        PlacePrecision::Admin3 => Some(35.0),
        PlacePrecision::Admin2 | PlacePrecision::Admin1 | PlacePrecision::Country => None,
    }
}

/// How far apart the points may be: each may be off by its radius, and one of them mostly is right.
fn reach(a: &Sketch, b: &Sketch) -> Option<f64> {
    Some(radius(a.place_precision)?.max(radius(b.place_precision)?).max(15.0))
}

/// The distance of two points on a sphere the size of the earth (haversine), in kilometres.
pub fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    const EARTH: f64 = 6371.0;
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat_a, lat_b) + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_a, lon_b);
    2.0 * EARTH * h.sqrt().min(1.0).asin()
}

/// How the actors stand to each other.
pub fn actors(a: &[Side], b: &[Side]) -> ActorTie {
    let found = |tied: &dyn Fn(&Side, &Side) -> bool| {
        let mut rows: Vec<i64> =
            a.iter().filter(|one| b.iter().any(|other| tied(one, other))).map(|side| side.actor).collect();
        rows.dedup();
        rows
    };
    let shared = found(&|one, other| one.identified && one.actor == other.actor);
    if !shared.is_empty() {
        return ActorTie::Shared(shared);
    }
    let members = found(&|one, other| {
        let part_of = one.with_members.contains(&other.actor) || other.with_members.contains(&one.actor);
        one.identified && other.identified && part_of
    });
    if !members.is_empty() {
        return ActorTie::Members(members);
    }
    // Whoever was hit says less than who did it, and speaks only where neither names another.
    let acted = |side: &&Side| side.identified && side.role != Role::Victim;
    if a.iter().find(acted).is_some() && b.iter().find(acted).is_some() {
        return ActorTie::Others;
    }
    let victims = found(&|one, other| one.actor == other.actor);
    if victims.is_empty() { ActorTie::NotKnown } else { ActorTie::Victims(victims) }
}

/// How the tolls stand to each other.
pub fn toll(a: Option<(u32, Option<u32>)>, b: Option<(u32, Option<u32>)>) -> TollTie {
    let (Some((a_low, a_high)), Some((b_low, b_high))) = (a, b) else { return TollTie::NotKnown };
    if a_high.is_none_or(|high| b_low <= high) && b_high.is_none_or(|high| a_low <= high) {
        return TollTie::Overlap;
    }
    // They miss each other: one ends below where the other begins.
    let (ends, begins) = match a_high {
        Some(high) if high < b_low => (high, b_low),
        _ => (b_high.unwrap_or(b_low), a_low),
    };
    if u64::from(ends) * 3 >= u64::from(begins) * 2 { TollTie::Close } else { TollTie::Apart }
}

/// How the kinds stand to each other.
pub fn kind(a: EventKind, b: EventKind) -> KindTie {
    use EventKind::*;
    let against_civilians = |kind| matches!(kind, Massacre | AttackOnCivilians | AirStrike | Looting | Abduction);
    let fighting = |kind| matches!(kind, AttackOnForces | ArmedClash | MilitaryOperation | AirStrike);
    let violence = |kind| against_civilians(kind) || fighting(kind);
    if a == b || against_civilians(a) && against_civilians(b) || fighting(a) && fighting(b) {
        KindTie::Same
    } else if violence(a) && violence(b) {
        KindTie::Violence
    } else {
        KindTie::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::span;
    use crate::domain::vocab::DatePrecision;

    fn side(actor: i64, role: Role) -> Side {
        Side { actor, with_members: vec![actor], role, identified: true }
    }

    fn path(rows: &[i64]) -> Vec<(i64, PlacePrecision)> {
        use PlacePrecision::*;
        rows.iter().copied().zip([Country, Admin1, Admin2, Place]).collect()
    }

    /// In a village (4) of a cercle (3) of a region (2) of a country (1).
    fn sketch() -> Sketch {
        Sketch {
            kind: EventKind::Massacre,
            span: span("2022-06-18", None, DatePrecision::Day),
            point: Some((13.75, -3.6)),
            place_precision: PlacePrecision::Place,
            path: path(&[1, 2, 3, 4]),
            sides: vec![side(10, Role::Perpetrator)],
            toll: Some((40, Some(200))),
        }
    }

    fn on(start: &str, precision: DatePrecision) -> Sketch {
        Sketch { span: span(start, None, precision), ..sketch() }
    }

    fn score(b: &Sketch) -> Option<f64> {
        compare(&sketch(), b).map(|found| (found.score * 100.0).round() / 100.0)
    }

    #[test]
    fn the_weights_are_a_whole() {
        let all = WEIGHT_DATE + WEIGHT_PLACE + WEIGHT_ACTORS + WEIGHT_TOLL + WEIGHT_KIND;
        assert!((all - 1.0).abs() < 1e-9);
        assert_eq!(score(&sketch()), Some(1.0));
    }

    #[test]
    fn a_date_counts_within_its_precision_and_hardly_beyond_it() {
        assert_eq!(score(&on("2022-06-19", DatePrecision::Day)), Some(0.85));
        assert_eq!(score(&on("2022-06-16", DatePrecision::Day)), Some(0.78));
        assert_eq!(score(&on("2022-06-21", DatePrecision::Day)), None);
        assert_eq!(score(&on("2022-06-15", DatePrecision::Day)), None);
        assert_eq!(score(&on("2022-06-15", DatePrecision::Days)), Some(0.97));
        assert_eq!(score(&on("2022-06-01", DatePrecision::Month)), Some(0.88));
        assert_eq!(score(&on("2022-05-01", DatePrecision::Month)), None);
    }

    #[test]
    fn a_place_counts_within_its_precision_and_never_beyond_it() {
        let at = |latitude, place_precision| Sketch { point: Some((latitude, -3.6)), place_precision, ..sketch() };
        // A hundredth of a degree of latitude is 1.11 km.
        assert_eq!(score(&at(13.77, PlacePrecision::Exact)), Some(1.0));
        assert!(score(&at(13.95, PlacePrecision::Exact)).is_some_and(|score| (0.9..0.95).contains(&score)));
        assert_eq!(score(&at(14.0, PlacePrecision::Exact)), None);
        // 80 km off, in the same cercle: both points are known too well for that.
        assert_eq!(score(&at(14.47, PlacePrecision::Place)), None);
        let area = |rows: &[i64], precision| Sketch { path: path(rows), ..at(14.47, precision) };
        assert_eq!(score(&area(&[1, 2, 3], PlacePrecision::Admin2)), Some(0.9));
        assert_eq!(score(&area(&[1, 2, 9], PlacePrecision::Admin2)), None);
        assert_eq!(score(&area(&[1], PlacePrecision::Country)), Some(0.78));
        // The village is not in a cercle because the cercle is in the village's region.
        let cercle = Sketch { path: path(&[1, 2]), place_precision: PlacePrecision::Admin2, ..sketch() };
        assert_eq!(place(&cercle, &area(&[1, 2, 9], PlacePrecision::Admin1)), None);
        let without = |rows: &[i64]| Sketch { point: None, path: path(rows), ..sketch() };
        assert_eq!(score(&without(&[1, 2, 3, 4])), Some(0.98));
        assert_eq!(score(&without(&[1, 2, 3])), Some(0.9));
        assert_eq!(score(&without(&[1, 2, 9])), None);
    }

    #[test]
    fn a_shared_actor_counts_and_another_one_speaks_against_it() {
        let by = |sides: &[Side]| Sketch { sides: sides.to_vec(), ..sketch() };
        let group = Side { with_members: vec![20, 10], ..side(20, Role::Participant) };
        assert_eq!(score(&by(&[group])), Some(0.96));
        assert_eq!(score(&by(&[side(11, Role::Perpetrator)])), Some(0.8));
        let gunmen = Side { identified: false, ..side(12, Role::Perpetrator) };
        assert_eq!(score(&by(std::slice::from_ref(&gunmen))), Some(0.88));
        assert_eq!(score(&by(&[])), Some(0.88));
        // The same victims do not make up for another perpetrator.
        let victims = Side { identified: false, ..side(30, Role::Victim) };
        let two = |actor| [side(actor, Role::Perpetrator), victims.clone()];
        assert_eq!(actors(&two(10), &two(11)), ActorTie::Others);
        assert_eq!(actors(&two(10), &two(10)), ActorTie::Shared(vec![10]));
        assert_eq!(actors(&two(10), &[gunmen, victims.clone()]), ActorTie::Victims(vec![30]));
    }

    #[test]
    fn tolls_count_where_they_overlap_and_do_not_where_they_are_far_apart() {
        let of = |low, high| Sketch { toll: Some((low, high)), ..sketch() };
        assert_eq!(score(&of(200, None)), Some(1.0));
        assert_eq!(score(&of(30, Some(39))), Some(0.93));
        assert_eq!(score(&of(300, Some(300))), Some(0.93));
        assert_eq!(score(&of(301, None)), Some(0.85));
        assert_eq!(score(&of(0, Some(6))), Some(0.85));
        assert_eq!(score(&Sketch { toll: None, ..sketch() }), Some(0.91));
    }

    #[test]
    fn what_shares_neither_actor_nor_toll_or_has_two_things_against_it_is_something_else() {
        let next_day = on("2022-06-19", DatePrecision::Day);
        let small = Sketch { toll: Some((6, Some(6))), ..next_day.clone() };
        assert_eq!(score(&small), None);
        assert_eq!(score(&Sketch { sides: vec![side(11, Role::Perpetrator)], ..next_day }), None);
        assert!(score(&Sketch { span: sketch().span, ..small }).is_some());

        let other = Sketch { sides: vec![side(11, Role::Perpetrator)], toll: Some((6, Some(6))), ..sketch() };
        assert_eq!(score(&other), None);
        assert_eq!(score(&Sketch { sides: Vec::new(), ..other }), None);
    }

    #[test]
    fn kinds_of_one_family_are_alike() {
        let of = |kind| score(&Sketch { kind, ..sketch() });
        assert_eq!(of(EventKind::AttackOnCivilians), Some(1.0));
        assert_eq!(of(EventKind::ArmedClash), Some(0.95));
        assert_eq!(of(EventKind::Protest), Some(0.9));
    }
}
