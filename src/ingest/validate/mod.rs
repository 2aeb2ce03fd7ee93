//! From tables to validated rows. Everything that is wrong is put down; nothing stops at the first problem.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::descriptor;
use super::files::{DESCRIPTOR, Files};
use super::model::Dataset;
use super::problem::{Collector, Problem, Problems};
use super::schema::TABLES;
use super::table::{Row, Table};
use super::texts;

mod claims;
mod documents;
mod events;
mod names;

/// Reads and validates a package.
///
/// # Errors
/// All that is wrong with it.
pub fn package(files: &Files) -> Result<Dataset, Problems> {
    let problems = Collector::default();
    let Some(bytes) = files.read(DESCRIPTOR)? else {
        return Err(Problem::file(DESCRIPTOR, "is missing; a package is a folder or zip archive with this file").into());
    };
    let (meta, paths) = descriptor::read(&bytes, &problems);
    let tables = Tables::read(files, &paths, &problems);
    let regions = names::regions(&tables, &problems);
    let actors = names::actors(&tables, &problems);
    let reports = documents::reports(&tables, &problems);
    let passages = documents::passages(&tables, &problems);
    let events = events::events(&tables, &problems);
    let dataset = Dataset {
        actor_links: names::actor_links(&tables, &problems),
        mentions: documents::mentions(&tables, &problems),
        translations: documents::translations(&tables, &problems),
        retired: names::retired(&tables, &problems),
        corrections: events::corrections(&tables, &problems),
        texts: texts::of_package(files, tables.table("reports"), &problems),
        meta: match meta {
            Some(meta) => meta,
            // Why there is none has been put down.
            None => return problems.finish(()).and_then(|()| Err(Problem::file(DESCRIPTOR, "is unusable").into())),
        },
        regions,
        actors,
        reports,
        passages,
        events,
    };
    problems.finish(dataset)
}

/// The tables of a package, and the ids that its rows may refer to.
struct Tables {
    tables: BTreeMap<&'static str, Table>,
    regions: Ids,
    actors: Ids,
    reports: Ids,
    events: Ids,
    /// The passages of each report.
    passages: HashMap<String, HashSet<String>>,
}

impl Tables {
    fn read(files: &Files, paths: &BTreeMap<&'static str, String>, problems: &Collector) -> Tables {
        let mut tables = BTreeMap::new();
        for spec in TABLES {
            let usual = format!("{}.csv", spec.name);
            let path = paths.get(spec.name).unwrap_or(&usual);
            let named = paths.contains_key(spec.name);
            let table = match files.read(path) {
                Ok(Some(bytes)) if named || !spec.required => Table::read(spec, path, &bytes, problems),
                Ok(None) if named => {
                    problems.add(|| {
                        let expected = format!(
                            "is missing, though {DESCRIPTOR} names it; {} was expected",
                            format_args!("a CSV file with the columns {}", spec.columns.join(", "))
                        );
                        Problem::file(&**path, expected)
                    });
                    Table::unreadable(path)
                }
                Ok(None) if !spec.required => Table::empty(spec),
                // That the descriptor does not name it has been put down.
                Ok(_) => Table::unreadable(path),
                Err(found) => {
                    problems.extend(found);
                    Table::unreadable(path)
                }
            };
            tables.insert(spec.name, table);
        }
        let mut passages: HashMap<String, HashSet<String>> = HashMap::new();
        for [report, id] in tables["passages"].keys(["report", "id"]) {
            passages.entry(report.to_owned()).or_default().insert(id.to_owned());
        }
        let ids = |name: &str| Ids::of(&tables[name]);
        Tables {
            regions: ids("regions"),
            actors: ids("actors"),
            reports: ids("reports"),
            events: ids("events"),
            passages,
            tables,
        }
    }

    fn table(&self, name: &str) -> &Table {
        &self.tables[name]
    }

    /// Reads `report` and `passage` of a row: a passage of the package.
    fn passage<R: std::str::FromStr>(&self, row: &Row<'_>) -> Option<(R, String)> {
        let report = self.reports.refer(row, "report", "report")?;
        let id = row.raw("passage");
        let of_report = self.passages.get(row.raw("report"));
        if self.table("passages").complete && !of_report.is_some_and(|ids| ids.contains(id)) {
            let expected = || format!("is no passage of the report \"{}\"", row.raw("report"));
            row.mistyped("passage", expected, || of_report.into_iter().flatten().map(String::as_str));
            return None;
        }
        Some((report, id.to_owned()))
    }
}

/// The ids of a table, for checking what refers to them.
pub struct Ids {
    set: HashSet<String>,
    complete: bool,
}

impl Ids {
    fn of(table: &Table) -> Ids {
        Ids { set: table.keys(["id"]).map(|[id]| id.to_owned()).collect(), complete: table.complete && table.has("id") }
    }

    /// Whether there is such an id.
    pub fn has(&self, id: &str) -> bool {
        self.set.contains(id)
    }

    /// All ids, in no order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.set.iter().map(String::as_str)
    }

    /// The id in a cell, which must be one of the package; `what` it is of.
    fn refer<T: std::str::FromStr>(&self, row: &Row<'_>, column: &str, what: &str) -> Option<T> {
        let id = row.raw(column);
        if id.is_empty() {
            row.wrong(column, || format!("is empty; the id of {} {what} was expected", article(what)));
            return None;
        }
        if !self.set.contains(id) && self.complete {
            row.mistyped(column, || format!("is no {what} of this package"), || self.all());
            return None;
        }
        // One that is of the table but malformed is put down there.
        let parsed = id.parse().ok();
        if parsed.is_none() && !self.set.contains(id) {
            row.wrong(column, || format!("is no {what} id"));
        }
        parsed
    }

    /// The same where the cell may be empty.
    fn refer_optional<T: std::str::FromStr>(&self, row: &Row<'_>, column: &str, what: &str) -> Option<T> {
        if row.raw(column).is_empty() { None } else { self.refer(row, column, what) }
    }
}

fn article(what: &str) -> &'static str {
    if what.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

/// Puts down rows that say the same as an earlier one; `key` is what may be there once.
struct Once<K>(HashMap<K, u64>);

impl<K: std::hash::Hash + Eq> Once<K> {
    fn new() -> Once<K> {
        Once(HashMap::new())
    }

    /// The line on which the key was seen before.
    fn seen(&mut self, key: K, line: u64) -> Option<u64> {
        match self.0.entry(key) {
            std::collections::hash_map::Entry::Occupied(entry) => Some(*entry.get()),
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(line);
                None
            }
        }
    }

    /// Puts down an id that was given before.
    fn id(&mut self, key: K, row: &Row<'_>, what: &str) {
        if let Some(line) = self.seen(key, row.line) {
            row.wrong("id", || format!("is the id of {} {what} already, on line {line}", article(what)));
        }
    }

    /// Puts down a row that was there before.
    fn row(&mut self, key: K, row: &Row<'_>) {
        if let Some(line) = self.seen(key, row.line) {
            row.wrong_row(|| format!("the row says the same as line {line}"));
        }
    }
}
