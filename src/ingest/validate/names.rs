//! Regions, actors, the ties between actors, and ids that were retired.

use std::collections::HashMap;

use super::{Once, Tables};
use crate::domain::date::PartialDate;
use crate::domain::ids::is_id;
use crate::domain::lang::Bilingual;
use crate::domain::vocab::{Level, Vocabulary};
use crate::ingest::model::{Actor, ActorLink, Region, Retired, RetiredKind};
use crate::ingest::problem::Collector;
use crate::ingest::table::Row;

/// Name and French name, title and French title, and so on.
pub(super) fn bilingual(row: &Row<'_>, column: &str, column_fr: &str, required: bool) -> Bilingual {
    let en = if required { row.required(column) } else { row.text(column) };
    Bilingual::new(en, row.text(column_fr))
}

/// Two dates of which the second may not be before the first.
pub(super) fn period(row: &Row<'_>, from: &str, until: &str) -> (Option<PartialDate>, Option<PartialDate>) {
    let (start, end) = (row.date(from), row.date(until));
    if let (Some(start), Some(end)) = (start, end)
        && end.latest() < start.earliest()
    {
        row.wrong(until, || format!("is before {from} \"{start}\""));
    }
    (start, end)
}

/// A cell of a fixed form: `form` tells whether it has it, `expected` says which.
pub(super) fn formed(row: &Row<'_>, column: &str, form: impl Fn(&str) -> bool, expected: &str) -> Option<String> {
    let text = row.optional(column)?;
    if !form(&text) {
        row.wrong(column, || expected.to_owned());
    }
    Some(text)
}

pub(super) fn regions(tables: &Tables, problems: &Collector) -> Vec<Region> {
    let table = tables.table("regions");
    let levels: HashMap<&str, Level> =
        table.keys(["id", "level"]).filter_map(|[id, level]| Some((id, Level::parse(level)?))).collect();
    let parents: HashMap<&str, &str> = table.keys(["id", "parent"]).map(|[id, parent]| (id, parent)).collect();
    let mut once = Once::new();
    let mut regions = Vec::with_capacity(table.len());
    for row in table.rows(problems) {
        let id = row.id("id");
        once.id(row.raw("id"), &row, "region");
        let parent = tables.regions.refer_optional(&row, "parent", "region");
        let level = row.word("level");
        let name = bilingual(&row, "name", "name_fr", true);
        let code = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let pcode =
            formed(&row, "pcode", code, "is no P-code: capital letters and digits were expected, such as \"ML0503\"");
        let point = row.point();
        let alt_names = row.list("alt_names");
        if let Some(round) = cycle(row.raw("id"), &parents) {
            row.wrong("parent", || format!("closes a circle: {round}"));
        } else if let (Some(level), Some(above)) = (level, levels.get(row.raw("parent")))
            && *above >= level
        {
            row.wrong("parent", || format!("is at level {above}, which is not above {level}"));
        }
        if let (false, Some(id), Some(level)) = (row.is_bad(), id, level) {
            regions.push(Region { line: row.line, id, parent, name, level, pcode, point, alt_names });
        }
    }
    regions
}

/// The circle that a region closes by its parent, if it does. Only one row of each circle is told of it: the one
/// whose id comes first.
fn cycle(id: &str, parents: &HashMap<&str, &str>) -> Option<String> {
    let mut round = vec![id];
    let mut at = *parents.get(id)?;
    while at != id {
        // Either an end, or a circle further up.
        if at.is_empty() || at < id || round.contains(&at) {
            return None;
        }
        round.push(at);
        at = parents.get(at)?;
    }
    round.push(id);
    Some(round.join(" in "))
}

pub(super) fn actors(tables: &Tables, problems: &Collector) -> Vec<Actor> {
    let table = tables.table("actors");
    let mut once = Once::new();
    let mut actors = Vec::with_capacity(table.len());
    for row in table.rows(problems) {
        let id = row.id("id");
        once.id(row.raw("id"), &row, "actor");
        let name = bilingual(&row, "name", "name_fr", true);
        let kind = row.word("kind");
        let code = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase());
        let country = formed(&row, "country", code, "is no country: two lower-case letters (ISO 3166-1) were expected");
        let (active_from, active_until) = period(&row, "active_from", "active_until");
        let summary = bilingual(&row, "summary", "summary_fr", false);
        let alt_names = row.list("alt_names");
        if let (false, Some(id), Some(kind)) = (row.is_bad(), id, kind) {
            let line = row.line;
            actors.push(Actor { line, id, name, kind, country, active_from, active_until, summary, alt_names });
        }
    }
    actors
}

pub(super) fn actor_links(tables: &Tables, problems: &Collector) -> Vec<ActorLink> {
    let mut once = Once::new();
    let mut links = Vec::new();
    for row in tables.table("actor_links").rows(problems) {
        let actor = tables.actors.refer(&row, "actor", "actor");
        let relation = row.word("relation");
        let other = tables.actors.refer(&row, "other", "actor");
        let (from, until) = period(&row, "from", "until");
        let passage = tables.passage(&row);
        if !row.raw("actor").is_empty() && row.raw("actor") == row.raw("other") {
            row.wrong("other", || "is the same actor; a tie is between two".to_owned());
        }
        once.row(["actor", "relation", "other", "from", "until", "report", "passage"].map(|c| row.raw(c)), &row);
        if let (false, Some(actor), Some(relation), Some(other), Some((report, passage))) =
            (row.is_bad(), actor, relation, other, passage)
        {
            links.push(ActorLink { actor, relation, other, from, until, report, passage });
        }
    }
    links
}

pub(super) fn retired(tables: &Tables, problems: &Collector) -> Vec<Retired> {
    let mut once = Once::new();
    let mut retired = Vec::new();
    for row in tables.table("retired").rows(problems) {
        let kind = row.word::<RetiredKind>("kind");
        let id = row.raw("id");
        let successor = row.optional("successor");
        let reason = bilingual(&row, "reason", "reason_fr", true);
        if !is_id(id) {
            row.wrong("id", || "is no id".to_owned());
        }
        if let Some(kind) = kind {
            let live = match kind {
                RetiredKind::Event => &tables.events,
                RetiredKind::Actor => &tables.actors,
                RetiredKind::Region => &tables.regions,
                RetiredKind::Report => &tables.reports,
            };
            let what = kind.as_str();
            if live.has(id) {
                row.wrong("id", || {
                    format!("is also {} {what} of this package; a retired id stands for none", super::article(what))
                });
            }
            if successor.is_some() {
                live.refer::<String>(&row, "successor", what);
            }
            once.id((kind, id), &row, "retired row");
            if !row.is_bad() {
                retired.push(Retired { kind, id: id.to_owned(), successor, reason });
            }
        }
    }
    retired
}
