//! A dataset as the data package it came in as: CSV files beside `datapackage.json`, on disk or as a zip archive.
//! Only live rows go out, in a stable order, so that two exports can be compared line by line.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::domain::names::nearest;
use crate::ingest::embedded;
use crate::ingest::files::DESCRIPTOR;
use crate::store::StoreError;

mod tables;

/// A file of a package: its path in it, and its contents.
pub type PackageFile = (String, Vec<u8>);

/// Why a package could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to export.
    #[error("the database holds no dataset")]
    Empty,
    /// There are several datasets, and none was named.
    #[error("the database holds several datasets; name one of them: {}", .0.join(", "))]
    Several(Vec<String>),
    /// The one that was named is not there.
    #[error("\"{wanted}\" is no dataset of this database; it holds {}{}", .held.join(", "),
            .suggestion.as_ref().map(|id| format!("; did you mean \"{id}\"?")).unwrap_or_default())]
    Unknown {
        /// What was asked for.
        wanted: String,
        /// What there is.
        held: Vec<String>,
        /// What may have been meant.
        suggestion: Option<String>,
    },
    /// Its licence forbids passing it on.
    #[error(
        "\"{dataset}\" may not be passed on ({licence}): it is for reading here only, and no package is made of it"
    )]
    Withheld {
        /// Which dataset.
        dataset: String,
        /// Under which terms it came.
        licence: String,
    },
    /// The folder to write to has something in it.
    #[error("{0} is not an empty folder; a package is written to a new or an empty one")]
    NotEmpty(PathBuf),
    /// A file could not be written.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The archive could not be made.
    #[error("the archive cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
}

impl From<sqlx::Error> for ExportError {
    fn from(error: sqlx::Error) -> ExportError {
        ExportError::Store(error.into())
    }
}

/// The dataset to export: the one that is named, or the only one.
///
/// # Errors
/// When there is no such dataset, or none is named and there are several.
pub async fn choose(db: &mut SqliteConnection, wanted: Option<&str>) -> Result<String, ExportError> {
    let held = sqlx::query_scalar!("SELECT id FROM dataset ORDER BY id").fetch_all(db).await?;
    match wanted {
        Some(id) if held.iter().any(|held| held == id) => Ok(id.to_owned()),
        _ if held.is_empty() => Err(ExportError::Empty),
        Some(id) => {
            let suggestion = nearest(id, held.iter().map(String::as_str)).map(str::to_owned);
            Err(ExportError::Unknown { wanted: id.to_owned(), held, suggestion })
        }
        None if held.len() == 1 => Ok(held.into_iter().next().unwrap_or_default()),
        None => Err(ExportError::Several(held)),
    }
}

/// The files of a dataset's package. `with_texts`: also the reports' own texts, for whoever holds the right to them.
///
/// # Errors
/// When the dataset's licence forbids passing it on, or the database fails.
pub async fn files(
    db: &mut SqliteConnection,
    dataset: &str,
    with_texts: bool,
) -> Result<Vec<PackageFile>, ExportError> {
    let d = sqlx::query!(
        "SELECT pk, id, title, title_fr, description, description_fr, version, licence, licence_url, imported_at, redistributable
         FROM dataset WHERE id = ?",
        dataset
    )
    .fetch_one(&mut *db)
    .await?;
    if d.redistributable == 0 {
        return Err(ExportError::Withheld { dataset: d.id, licence: d.licence });
    }
    let tables = tables::read(db, d.pk).await?;
    let mut descriptor: Value = serde_json::from_slice(embedded::descriptor())
        .map_err(|error| StoreError::Corrupt(format!("the embedded {DESCRIPTOR}: {error}")))?;
    if descriptor["name"] != d.id.as_str() {
        // Who compiled the dataset that ships with the program, and from what, does not hold for another.
        for property in ["keywords", "contributors", "sources"] {
            descriptor.as_object_mut().and_then(|package| package.remove(property));
        }
        relax(&mut descriptor);
        descriptor["licenses"] = json!([{}]);
        descriptor["licenses"][0]["title"] = json!(d.licence);
    }
    for (property, value) in [
        ("name", &d.id),
        ("title", &d.title),
        ("title_fr", &d.title_fr),
        ("description", &d.description),
        ("description_fr", &d.description_fr),
        ("version", &d.version),
        ("created", &d.imported_at),
    ] {
        descriptor[property] = json!(value);
    }
    descriptor["licenses"][0]["name"] = json!(d.licence);
    descriptor["licenses"][0]["path"] = json!(d.licence_url);
    describe_extensions(&mut descriptor, &tables);
    let mut json = serde_json::to_vec_pretty(&descriptor)
        .map_err(|error| StoreError::Corrupt(format!("{DESCRIPTOR} cannot be written: {error}")))?;
    json.push(b'\n');
    let mut files = vec![(DESCRIPTOR.to_owned(), json)];
    files.extend(tables.into_iter().map(|table| (format!("{}.csv", table.name), table.csv)));
    if with_texts {
        files.extend(tables::texts(db, d.pk).await?);
    }
    Ok(files)
}

/// Another dataset may lack summaries and French, which the importer accepts and `constat check` lists.
fn relax(descriptor: &mut Value) {
    let resources = descriptor["resources"].as_array_mut().into_iter().flatten();
    let fields = resources.filter_map(|resource| resource["schema"]["fields"].as_array_mut()).flatten();
    for field in fields {
        let name = field["name"].as_str().unwrap_or_default();
        if name == "summary" || name.ends_with("_fr") {
            field.as_object_mut().and_then(|field| field.remove("constraints"));
        }
    }
}

/// Describes what is not in every package: the numbers of claims, retired ids, and why events were changed.
fn describe_extensions(descriptor: &mut Value, tables: &[tables::Table]) {
    let Some(resources) = descriptor["resources"].as_array_mut() else { return };
    for resource in resources.iter_mut() {
        let path = format!("{}.csv", resource["name"].as_str().unwrap_or_default());
        resource["path"] = json!(path);
        if resource["name"] == "claims"
            && tables.iter().any(|table| table.name == "claims" && table.numbered)
            && let Some(fields) = resource["schema"]["fields"].as_array_mut()
        {
            fields.push(json!({
                "name": "n", "type": "integer", "constraints": { "required": true, "minimum": 1 },
                "description": "The claim's permanent number within its event.",
                "description_fr": "Le numéro permanent de l’affirmation au sein de son évènement.",
            }));
        }
    }
    let text = |name: &str, required: bool| {
        if required {
            json!({ "name": name, "type": "string", "constraints": { "required": true } })
        } else {
            json!({ "name": name, "type": "string" })
        }
    };
    let kinds = json!({ "name": "kind", "type": "string",
                        "constraints": { "required": true, "enum": ["event", "actor", "region", "report"] } });
    let extensions = [
        Extension {
            name: "retired",
            title: ["Retired ids", "Identifiants retirés"],
            description: [
                "Ids that were given out and no longer stand for a row, and why.",
                "Identifiants qui ont servi et ne désignent plus rien, avec la raison.",
            ],
            key: ["kind", "id"],
            fields: vec![
                kinds,
                text("id", true),
                text("successor", false),
                text("reason", true),
                text("reason_fr", false),
            ],
        },
        Extension {
            name: "corrections",
            title: ["Corrections", "Corrections"],
            description: [
                "Why an event was changed by a version of the dataset.",
                "Pourquoi une version du jeu de données a modifié un évènement.",
            ],
            key: ["event", "version"],
            fields: vec![text("event", true), text("version", true), text("why", true), text("why_fr", false)],
        },
    ];
    for extension in extensions {
        if tables.iter().any(|table| table.name == extension.name) {
            let like = resources.first().cloned().unwrap_or_default();
            resources.push(extension.resource(like));
        }
    }
}

/// A table that not every package has.
struct Extension {
    name: &'static str,
    /// English and French.
    title: [&'static str; 2],
    description: [&'static str; 2],
    key: [&'static str; 2],
    fields: Vec<Value>,
}

impl Extension {
    /// Its description, in the form of that of another table.
    fn resource(self, like: Value) -> Value {
        let mut resource = like;
        resource["name"] = json!(self.name);
        resource["path"] = json!(format!("{}.csv", self.name));
        let [title, title_fr] = self.title;
        let [description, description_fr] = self.description;
        resource["title"] = json!(title);
        resource["title_fr"] = json!(title_fr);
        resource["description"] = json!(description);
        resource["description_fr"] = json!(description_fr);
        resource["schema"] = json!({ "fields": self.fields, "missingValues": [""], "primaryKey": self.key });
        resource
    }
}

/// The files as a zip archive; the same files give the same bytes.
///
/// # Errors
/// When the archive cannot be made.
pub fn zip(files: &[PackageFile]) -> Result<Vec<u8>, ExportError> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // The default time of an entry is that of the format's beginning, not of the clock.
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (path, bytes) in files {
        archive.start_file(path.as_str(), options)?;
        archive.write_all(bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Writes the files to a folder that is new or empty. They are written beside it and moved there in one step, so that
/// nobody finds half a package.
///
/// # Errors
/// When the folder is there with something in it, or cannot be written.
pub fn write(files: &[PackageFile], folder: &Path) -> Result<(), ExportError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ExportError::Write { path, source }
    };
    match std::fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        _ => return Err(ExportError::NotEmpty(folder.to_owned())),
    }
    // `.` and `dir/` have no name to put another one beside.
    let folder = &std::path::absolute(folder).map_err(failed(folder))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let parent = folder.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).map_err(failed(parent))?;
    let beside = parent.join(format!(".{name}.{}.part", std::process::id()));
    let written = write_all(files, &beside).and_then(|()| {
        // Onto an empty folder this works on Unix only; elsewhere it has to go first.
        if folder.exists() {
            std::fs::remove_dir(folder).map_err(failed(folder))?;
        }
        std::fs::rename(&beside, folder).map_err(failed(folder))
    });
    if written.is_err() {
        let _ = std::fs::remove_dir_all(&beside);
    }
    written
}

fn write_all(files: &[PackageFile], folder: &Path) -> Result<(), ExportError> {
    for (path, bytes) in files {
        let path = folder.join(path);
        let written =
            std::fs::create_dir_all(path.parent().unwrap_or(folder)).and_then(|()| std::fs::write(&path, bytes));
        written.map_err(|source| ExportError::Write { path, source })?;
    }
    Ok(())
}
