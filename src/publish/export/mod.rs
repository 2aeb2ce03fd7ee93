//! A filtered list as a file, whole: not a page of it. Read and written a batch at a time, so that a list of 400,000
//! events takes no more memory than one of a thousand, but for the numbers of its rows.
//!
//! Every file says under which terms its rows are, of which version of which dataset, what was asked for and where it
//! can be asked for again. What may not be passed on stands in it by its address only (`publish::withheld`).

use crate::domain::names::fold;
use crate::links;
use crate::query::EventQuery;
use crate::query::describe::Names;
use crate::store::catalog::Dataset;
use crate::store::{Snapshot, StoreError};
use crate::view::Ctx;

pub mod csv;
pub mod geojson;
mod geopackage;
mod lines;
mod package;

use self::geopackage::GeoPackage;
use self::package::Package;

/// The files there are of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One row for each event.
    Csv,
    /// One row for each claim.
    Claims,
    /// A FeatureCollection.
    GeoJson,
    /// An event's whole document on each line.
    Lines,
    /// A Data Package: both tables, described.
    Package,
    /// A GeoPackage, for geographic information systems.
    GeoPackage,
}

impl Form {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Form; 6] = [Form::Csv, Form::Claims, Form::GeoJson, Form::GeoPackage, Form::Lines, Form::Package];

    /// How its address ends, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Claims => "claims.csv",
            Form::GeoJson => "geojson",
            Form::Lines => "jsonl",
            Form::Package => "zip",
            Form::GeoPackage => "gpkg",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Form::Csv | Form::Claims => "text/csv; charset=utf-8; header=present",
            Form::GeoJson => "application/geo+json",
            Form::Lines => "application/jsonl",
            Form::Package => "application/zip",
            Form::GeoPackage => "application/geopackage+sqlite3",
        }
    }
}

/// Why a file was not finished.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The archive could not be made.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// A file of its own could not be written.
    #[error(transparent)]
    Write(#[from] std::io::Error),
    /// A value could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Failed {
        Failed::Store(error.into())
    }
}

/// What a file says of itself.
pub struct About {
    /// The filter in words.
    pub description: String,
    /// The list, absolute.
    pub url: String,
    /// The day on which the data were as the file has them, ISO 8601.
    pub day: String,
    /// The rows of the datasets its events are of.
    pub datasets: Vec<i64>,
    /// The name of the file without its ending.
    pub name: String,
}

impl About {
    /// Of a query whose events are of some datasets.
    pub fn new(cx: &Ctx, query: &EventQuery, names: &dyn Names, datasets: Vec<i64>) -> About {
        // Not the day of the download: the same address gives the same file as long as the data are the same.
        let day = cx.catalog.changed_at.get(..10).unwrap_or_default().to_owned();
        About {
            description: query.filter.describe(names, cx.lang),
            url: format!("{}{}", cx.base_url, links::filtered(&query.filter, cx.lang)),
            name: file_name(query, &day),
            day,
            datasets,
        }
    }

    /// The datasets.
    pub fn datasets<'a>(&'a self, cx: &Ctx<'a>) -> impl Iterator<Item = &'a Dataset> {
        self.datasets.iter().filter_map(|row| cx.catalog.dataset_at(*row))
    }
}

/// `constat-events-massacre-ml-mopti-2026-11-21`: what a reader finds again among other downloads.
fn file_name(query: &EventQuery, day: &str) -> String {
    const LONGEST: usize = 80;
    let mut name = "constat-events".to_owned();
    for (key, value) in query.filter.pairs() {
        let mut word = String::new();
        // `yes`, `10` say nothing alone.
        let named = if matches!(key, "members" | "killed_min" | "killed_max" | "from" | "to") {
            format!("{key} {value}")
        } else {
            value
        };
        for c in fold(&named).chars() {
            match c {
                'a'..='z' | '0'..='9' => word.push(c),
                _ if word.ends_with('-') || word.is_empty() => {}
                _ => word.push('-'),
            }
        }
        let word = word.trim_end_matches('-');
        if !word.is_empty() && name.len() + word.len() < LONGEST {
            name.push('-');
            name.push_str(word);
        }
    }
    if day.is_empty() { name } else { format!("{name}-{day}") }
}

/// How many events the first piece of a file holds: it should be there at once.
const FIRST: usize = 50;

/// How many the others hold: a few hundred kilobytes of text.
const BATCH: usize = 400;

/// The rows of a list, from which batches are taken.
struct Rows {
    rows: Vec<i64>,
    at: usize,
}

impl Rows {
    fn next(&mut self) -> Vec<i64> {
        let size = if self.at == 0 { FIRST } else { BATCH };
        let batch = self.rows[self.at..self.rows.len().min(self.at + size)].to_vec();
        self.at += batch.len();
        batch
    }

    fn done(&self) -> bool {
        self.at == self.rows.len()
    }

    fn rewind(&mut self) {
        self.at = 0;
    }
}

enum Writer {
    Text { begun: bool, ended: bool },
    Package(Box<Package>),
    GeoPackage(Box<GeoPackage>),
}

/// A file on its way out.
pub struct Export {
    form: Form,
    about: About,
    rows: Rows,
    writer: Writer,
}

impl Export {
    /// Of some events, in this order. A file that cannot be written from its beginning to its end is made in `folder`,
    /// and gone when the export is.
    pub fn new(form: Form, rows: Vec<i64>, about: About, folder: &std::path::Path) -> Export {
        let writer = match form {
            Form::Package => Writer::Package(Box::default()),
            Form::GeoPackage => Writer::GeoPackage(Box::new(GeoPackage::new(folder))),
            _ => Writer::Text { begun: false, ended: false },
        };
        Export { form, about, rows: Rows { rows, at: 0 }, writer }
    }

    /// What it says of itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The next bytes, maybe none yet; none at all at the end. `snapshot` must be of the moment from which the rows are.
    ///
    /// # Errors
    /// When the database fails, or something on the way to the file.
    pub async fn next(&mut self, snapshot: &mut Snapshot, cx: &Ctx<'_>) -> Result<Option<Vec<u8>>, Failed> {
        let (about, rows) = (&self.about, &mut self.rows);
        let (begun, ended) = match &mut self.writer {
            Writer::Package(package) => return package.next(rows, about, snapshot, cx).await,
            Writer::GeoPackage(file) => return file.next(rows, about, snapshot, cx).await,
            Writer::Text { ended: true, .. } => return Ok(None),
            Writer::Text { begun, ended } => (begun, ended),
        };
        let first = !std::mem::replace(begun, true);
        let batch = rows.next();
        *ended = rows.done();
        let text = match self.form {
            Form::Claims => csv::claims(cx, about, &snapshot.events_at(&batch).await?, first),
            Form::GeoJson => geojson::piece(cx, about, &snapshot.cards(&batch).await?, first, *ended)?,
            Form::Lines => lines::piece(cx, about, snapshot, &batch).await?,
            Form::Csv | Form::Package | Form::GeoPackage => {
                csv::events(cx, about, &snapshot.cards(&batch).await?, first)
            }
        };
        Ok(Some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::EventFilter;

    #[test]
    fn a_file_is_named_by_what_is_in_it() {
        let filter = EventFilter {
            q: Some("l’armée = \"x\"".into()),
            killed_min: Some(10),
            region: vec!["ml-mopti".parse().unwrap()],
            ..EventFilter::default()
        };
        assert_eq!(
            file_name(&EventQuery::of(filter), "2026-01-02"),
            "constat-events-l-armee-x-ml-mopti-killed-min-10-2026-01-02"
        );
        assert_eq!(file_name(&EventQuery::default(), ""), "constat-events");
    }
}
