//! What `constat match` writes: pairs that may be the same event, each with its score and the reasons, for a curator
//! to decide on.

use crate::domain::date::Span;
use crate::domain::same::{ActorTie, DateTie, KindTie, PlaceTie, TollTie};
use crate::domain::toll::Toll;
use crate::domain::vocab::{DatePrecision, PlacePrecision};
use crate::store::catalog::Catalog;
use crate::store::same::Proposal;

/// The columns.
const COLUMNS: [&str; 9] =
    ["event", "other", "score", "date", "distance_km", "shared_actors", "toll", "reasons", "accepted"];

/// The proposals as CSV, in their order. The last column is left for the curator.
pub fn csv(catalog: &Catalog, proposals: &[Proposal]) -> Vec<u8> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Into memory, and each row is as wide as the header: nothing of this can fail.
    let _ = csv.write_record(COLUMNS);
    for proposal in proposals {
        let Proposal { event, other, found } = proposal;
        let _ = csv.write_record([
            event.id.clone(),
            other.id.clone(),
            format!("{:.2}", found.score),
            both(days(&event.span), days(&other.span)),
            found.distance.map(|distance| format!("{distance:.1}")).unwrap_or_default(),
            shared(catalog, &found.actors).join("|"),
            both(toll(&event.toll), toll(&other.toll)),
            reasons(catalog, proposal).join("; "),
            String::new(),
        ]);
    }
    csv.into_inner().unwrap_or_default()
}

/// One value where both are the same, or the one of the event and the one of the other.
fn both(event: String, other: String) -> String {
    if event == other { event } else { format!("{event} / {other}") }
}

fn days(span: &Span) -> String {
    let (from, to) = (span.earliest(), span.latest());
    if from == to { from.to_string() } else { format!("{from} to {to}") }
}

fn toll(toll: &Toll) -> String {
    match (toll.low, toll.high) {
        (Some(low), Some(high)) => {
            let open = if toll.open { " or more" } else { "" };
            if low == high { format!("{low}{open}") } else { format!("{low} to {high}{open}") }
        }
        _ => "not known".to_owned(),
    }
}

/// The ids of the actors that are in both.
fn shared(catalog: &Catalog, tie: &ActorTie) -> Vec<String> {
    let rows = match tie {
        ActorTie::Shared(rows) | ActorTie::Members(rows) | ActorTie::Victims(rows) => rows.as_slice(),
        ActorTie::NotKnown | ActorTie::Others => &[],
    };
    rows.iter().filter_map(|row| catalog.actor_at(*row)).map(|actor| actor.id.clone()).collect()
}

fn reasons(catalog: &Catalog, proposal: &Proposal) -> Vec<String> {
    let Proposal { event, other, found } = proposal;
    let names = || shared(catalog, &found.actors).join(", ");
    let date = match found.date {
        DateTie::Within(_)
            if event.span.earliest() == event.span.latest() && days(&event.span) == days(&other.span) =>
        {
            "the same day".to_owned()
        }
        DateTie::Within(precision) => {
            format!("the dates overlap (the coarser one is known to the {})", unit(precision))
        }
        DateTie::Apart(1) => "1 day apart".to_owned(),
        DateTie::Apart(days) => format!("{days} days apart"),
    };
    let place = match found.place {
        PlaceTie::Near(distance) => format!("{distance:.1} km apart"),
        PlaceTie::Inside(PlacePrecision::Exact | PlacePrecision::Place) => "the same place by name".to_owned(),
        PlaceTie::Inside(area) => format!("one lies in the area to which the other is known ({area})"),
    };
    let actors = match &found.actors {
        ActorTie::Shared(_) => format!("{} in both", names()),
        ActorTie::Members(_) => format!("{}: a group of one is part of a group of the other", names()),
        ActorTie::Victims(_) => format!("only {} in both, and one of them identifies no group", names()),
        ActorTie::NotKnown => "one of them identifies no group".to_owned(),
        ActorTie::Others => "no group in common".to_owned(),
    };
    let tolls = format!("{} and {}", toll(&event.toll), toll(&other.toll));
    let toll = match found.toll {
        TollTie::Overlap => format!("the tolls overlap ({tolls})"),
        TollTie::Close => format!("the tolls are close ({tolls})"),
        TollTie::NotKnown => "one of the tolls is not known".to_owned(),
        TollTie::Apart => format!("the tolls are far apart ({tolls})"),
    };
    let kind = match found.kind {
        KindTie::Same => "kinds alike".to_owned(),
        KindTie::Violence | KindTie::Other => format!("kinds differ ({} and {})", event.kind, other.kind),
    };
    vec![date, place, actors, toll, kind]
}

fn unit(precision: DatePrecision) -> &'static str {
    use DatePrecision::*;
    match precision {
        Day => "day",
        Days => "range of a few days",
        Week => "week",
        Month => "month",
        Year => "year",
    }
}
