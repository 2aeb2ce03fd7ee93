//! Claims: what each topic takes, figures, parts, and the one figure a curator stands behind.

use std::collections::HashMap;

use super::{Once, Tables};
use crate::domain::date::Moment;
use crate::domain::figure::{BadFigure, Figure};
use crate::domain::record::{Claim, Part, Value};
use crate::domain::vocab::{Stance, Topic};
use crate::ingest::problem::Collector;
use crate::ingest::table::Row;

/// The claims of each event, in the order of the file; `n` is 0 where the file gives no number.
pub(super) fn claims<'a>(tables: &'a Tables, problems: &'a Collector) -> HashMap<&'a str, Vec<Claim>> {
    let table = tables.table("claims");
    let numbered = table.has("n");
    let (mut numbers, mut preferences) = (Once::new(), Once::new());
    let mut of_event: HashMap<&str, Vec<Claim>> = HashMap::new();
    for row in table.rows(problems) {
        let event = row.raw("event");
        tables.events.refer::<String>(&row, "event", "event");
        let passage = tables.passage(&row);
        let topic = row.word("topic");
        let part = part(tables, &row);
        let figure = topic.and_then(|topic| figure(&row, topic));
        let value = topic.and_then(|topic| value(tables, &row, topic));
        let said_by = row.optional("said_by");
        let origin = row.word("origin");
        let stance = row.word("stance");
        let preferred = row.switch("preferred");
        if let (true, Some(topic)) = (preferred, topic) {
            if preferable(&row, topic, stance)
                && let Some(line) = preferences.seen((event, topic), row.line)
            {
                row.wrong("preferred", || format!("is there twice for {topic} of this event, first on line {line}"));
            }
        }
        let n = if numbered { number(&row, &mut numbers) } else { 0 };
        if let (false, Some((report, passage)), Some(topic), Some(origin), Some(stance)) =
            (row.is_bad(), passage, topic, origin, stance)
        {
            let claim = Claim { n, report, passage, topic, part, figure, value, said_by, origin, stance, preferred };
            of_event.entry(event).or_default().push(claim);
        }
    }
    of_event
}

fn number<'a>(row: &Row<'a>, numbers: &mut Once<(&'a str, u32)>) -> u32 {
    let n = row.count("n");
    if n == Some(0) {
        row.wrong("n", || "is no number of a claim; they start at 1".to_owned());
    } else if let Some(n) = n
        && let Some(line) = numbers.seen((row.raw("event"), n), row.line)
    {
        row.wrong("n", || format!("is the number of this event's claim on line {line} already"));
    }
    n.unwrap_or_default()
}

/// Whether the claim may be preferred: only an account of the whole event's number may.
fn preferable(row: &Row<'_>, topic: Topic, stance: Option<Stance>) -> bool {
    let only = |what: &str| format!("cannot be set {what}; it marks the figure a curator stands behind");
    let misplaced = if !topic.is_number() {
        only(&format!("on the topic {topic}"))
    } else if !row.raw("part").is_empty() {
        only("for a part of the event")
    } else if stance == Some(Stance::Denies) {
        only("on a denial")
    } else {
        return true;
    };
    row.wrong("preferred", || misplaced);
    false
}

fn part(tables: &Tables, row: &Row<'_>) -> Option<Part> {
    let text = row.optional("part")?;
    if tables.regions.has(&text) {
        return text.parse().ok().map(Part::Region);
    }
    if tables.actors.has(&text) {
        return text.parse().ok().map(Part::Actor);
    }
    Some(Part::Words(text))
}

fn figure(row: &Row<'_>, topic: Topic) -> Option<Figure> {
    let (low, high, about) = (row.count("low"), row.count("high"), row.switch("about"));
    if !topic.is_number() {
        for column in ["low", "high", "about"] {
            if !row.raw(column).is_empty() {
                row.wrong(column, || format!("has no place on the topic {topic}, which is not a number"));
            }
        }
        return None;
    }
    match Figure::new(low, high, about) {
        Ok(figure) => Some(figure),
        Err(BadFigure::Reversed) => {
            row.wrong("low", || format!("is more than high \"{}\"", row.raw("high")));
            None
        }
        Err(BadFigure::Empty) => {
            if row.raw("low").is_empty() && row.raw("high").is_empty() {
                row.wrong("low", || {
                    format!("is empty, and so is high; the topic {topic} needs a number in one of them")
                });
            }
            None
        }
    }
}

fn value(tables: &Tables, row: &Row<'_>, topic: Topic) -> Option<Value> {
    let text = row.text("value");
    if text.is_empty() {
        if !topic.is_number() {
            let expected = match topic {
                Topic::When => "a date, or a date and time,",
                Topic::Where => "the id of a region",
                Topic::Perpetrator => "the id of an actor",
                Topic::Victims => "the id of an actor, or words,",
                _ => "words were",
            };
            let was = if expected.ends_with("were") { "" } else { " was" };
            row.wrong("value", || format!("is empty; on the topic {topic} {expected}{was} expected"));
        }
        return None;
    }
    match topic {
        Topic::When => {
            if let Err(error) = text.parse::<Moment>() {
                row.wrong("value", || format!("is no date or date and time (2022-06-18T16:00): {error}"));
            }
            Some(Value::Words(text))
        }
        Topic::Where => tables.regions.refer(row, "value", "region").map(Value::Region),
        Topic::Perpetrator => tables.actors.refer(row, "value", "actor").map(Value::Actor),
        Topic::Victims if tables.actors.has(&text) => text.parse().ok().map(Value::Actor),
        _ => Some(Value::Words(text)),
    }
}
