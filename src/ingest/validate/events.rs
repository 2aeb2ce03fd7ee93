//! Events with their actors and ties.

use std::collections::HashMap;

use super::names::{bilingual, period};
use super::{Once, Tables, claims};
use crate::domain::record::{EventRecord, EventTie, Participation};
use crate::ingest::model::{Correction, Event};
use crate::ingest::problem::Collector;

pub(super) fn events(tables: &Tables, problems: &Collector) -> Vec<Event> {
    let table = tables.table("events");
    let mut actors = participations(tables, problems);
    let mut links = ties(tables, problems);
    let mut claims = claims::claims(tables, problems);
    // Counted from the cells: an event whose only claim is wrong has a claim.
    let claimed: std::collections::HashSet<&str> =
        tables.table("claims").keys(["event"]).map(|[event]| event).collect();
    let claims_known = tables.table("claims").complete && tables.table("claims").has("event");
    let mut once = Once::new();
    let mut events = Vec::with_capacity(table.row_count());
    for row in table.rows(problems) {
        let id = row.id("id");
        once.id(row.raw("id"), &row, "event");
        let title = bilingual(&row, "title", "title_fr", true);
        let kind = row.word("kind");
        let (start, end) = period(&row, "start", "end");
        if row.raw("start").is_empty() {
            row.wrong("start", || "is empty; a date was expected".to_owned());
        }
        let date_precision = row.word("date_precision");
        let region = tables.regions.refer(&row, "region", "region");
        let point = row.point();
        let place_precision = row.word("place_precision");
        let summary = bilingual(&row, "summary", "summary_fr", false);
        if claims_known && !row.raw("id").is_empty() && !claimed.contains(row.raw("id")) {
            row.wrong("id", || "has no claim in claims.csv; every event has at least one".to_owned());
        }
        if let (false, Some(id), Some(kind), Some(start), Some(date_precision), Some(region), Some(place_precision)) =
            (row.is_bad(), id, kind, start, date_precision, region, place_precision)
        {
            let key = row.raw("id");
            let record = EventRecord {
                id,
                title,
                kind,
                start: start.to_string(),
                end: end.map(|end| end.to_string()),
                date_precision,
                region,
                point,
                place_precision,
                summary,
                actors: actors.remove(key).unwrap_or_default(),
                claims: claims.remove(key).unwrap_or_default(),
                passages: Vec::new(),
                links: links.remove(key).unwrap_or_default(),
            };
            events.push(Event { line: row.line, record });
        }
    }
    events
}

fn participations<'a>(tables: &'a Tables, problems: &'a Collector) -> HashMap<&'a str, Vec<Participation>> {
    let mut once = Once::new();
    let mut of_event: HashMap<&str, Vec<Participation>> = HashMap::new();
    for row in tables.table("event_actors").rows(problems) {
        tables.events.refer::<String>(&row, "event", "event");
        let actor = tables.actors.refer(&row, "actor", "actor");
        let role = row.word("role");
        let certainty = row.word("certainty");
        once.row(["event", "actor", "role"].map(|column| row.raw(column)), &row);
        if let (false, Some(actor), Some(role), Some(certainty)) = (row.is_bad(), actor, role, certainty) {
            of_event.entry(row.raw("event")).or_default().push(Participation { actor, role, certainty });
        }
    }
    of_event
}

fn ties<'a>(tables: &'a Tables, problems: &'a Collector) -> HashMap<&'a str, Vec<EventTie>> {
    let mut once = Once::new();
    let mut of_event: HashMap<&str, Vec<EventTie>> = HashMap::new();
    for row in tables.table("event_links").rows(problems) {
        tables.events.refer::<String>(&row, "event", "event");
        let relation = row.word("relation");
        let other = tables.events.refer(&row, "other", "event");
        let passage = tables.passage(&row);
        if !row.raw("event").is_empty() && row.raw("event") == row.raw("other") {
            row.wrong("other", || "is the same event; a tie is between two".to_owned());
        }
        once.row(["event", "relation", "other", "report", "passage"].map(|column| row.raw(column)), &row);
        if let (false, Some(relation), Some(other), Some((report, passage))) = (row.is_bad(), relation, other, passage)
        {
            of_event.entry(row.raw("event")).or_default().push(EventTie { relation, other, report, passage });
        }
    }
    of_event
}

/// Why events were changed: at most once for an event and a version of the dataset.
pub(super) fn corrections(tables: &Tables, problems: &Collector) -> Vec<Correction> {
    let mut once = Once::new();
    let mut corrections = Vec::new();
    for row in tables.table("corrections").rows(problems) {
        let event = tables.events.refer(&row, "event", "event");
        let version = row.required("version");
        let why = bilingual(&row, "why", "why_fr", true);
        once.row(["event", "version"].map(|column| row.raw(column)), &row);
        if let (false, Some(event)) = (row.is_bad(), event) {
            corrections.push(Correction { event, version, why });
        }
    }
    corrections
}
