//! A Data Package of a list: the two tables of `csv`, their description, and what may be done with them. The archive is
//! written as it goes out.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{DateTime, ZipWriter};

use super::csv::{CLAIMS, Column, EVENTS, ORIGIN};
use super::{About, Failed, Rows, csv};
use crate::domain::lang::Lang;
use crate::ingest::files::DESCRIPTOR;
use crate::store::Snapshot;
use crate::view::Ctx;

/// Where the archive is written to, and from where it goes on its way.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What is written next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Head,
    Events { first: bool },
    Claims { first: bool },
    End,
}

/// The archive on its way.
pub(super) struct Package {
    pipe: Pipe,
    archive: Option<ZipWriter<StreamWriter<Pipe>>>,
    step: Step,
}

impl Default for Package {
    fn default() -> Package {
        let pipe = Pipe::default();
        Package { archive: Some(ZipWriter::new_stream(pipe.clone())), pipe, step: Step::Head }
    }
}

impl Package {
    pub(super) async fn next(
        &mut self,
        rows: &mut Rows,
        about: &About,
        snapshot: &mut Snapshot,
        cx: &Ctx<'_>,
    ) -> Result<Option<Vec<u8>>, Failed> {
        let Some(archive) = &mut self.archive else { return Ok(None) };
        // The default time of an entry is that of the format's beginning, not of the clock.
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let mut write = |name: Option<&str>, bytes: &[u8]| -> Result<(), Failed> {
            if let Some(name) = name {
                archive.start_file(name, options)?;
            }
            Ok(archive.write_all(bytes)?)
        };
        self.step = match self.step {
            Step::Head => {
                let mut descriptor = serde_json::to_vec_pretty(&descriptor(cx, about))?;
                descriptor.push(b'\n');
                write(Some(DESCRIPTOR), &descriptor)?;
                write(Some("README.md"), readme(cx, about).as_bytes())?;
                Step::Events { first: true }
            }
            Step::Events { first } => {
                let cards = snapshot.cards(&rows.next()).await?;
                write(first.then_some("events.csv"), &csv::events(cx, about, &cards, first))?;
                if rows.done() { Step::Claims { first: true } } else { Step::Events { first: false } }
            }
            Step::Claims { first } => {
                if first {
                    rows.rewind();
                }
                let events = snapshot.events_at(&rows.next()).await?;
                write(first.then_some("claims.csv"), &csv::claims(cx, about, &events, first))?;
                if rows.done() { Step::End } else { Step::Claims { first: false } }
            }
            Step::End => {
                if let Some(archive) = self.archive.take() {
                    archive.finish()?;
                }
                Step::End
            }
        };
        Ok(Some(self.pipe.take()))
    }
}

fn descriptor(cx: &Ctx, about: &About) -> Value {
    let table = |name: &str, title: &str, columns: &[Column]| {
        let fields: Vec<Value> = columns
            .iter()
            .chain(ORIGIN)
            .map(|(name, kind, en, fr)| json!({ "name": name, "type": kind, "description": cx.lang.pick(en, fr) }))
            .collect();
        json!({
            "name": name, "path": format!("{name}.csv"), "type": "table", "title": title,
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "schema": { "fields": fields, "missingValues": [""] },
        })
    };
    let licences: Vec<Value> = about
        .datasets(cx)
        .map(|d| {
            let mut licence = json!({ "name": licence_name(&d.licence), "title": d.licence });
            if !d.licence_url.is_empty() {
                licence["path"] = json!(d.licence_url);
            }
            licence
        })
        .collect();
    let sources: Vec<Value> = about
        .datasets(cx)
        .map(|d| json!({ "title": d.title.get(cx.lang), "version": d.version, "path": cx.base_url }))
        .collect();
    let (events, claims) = match cx.lang {
        Lang::En => ("Events", "Claims, each with its passage"),
        Lang::Fr => ("Événements", "Affirmations, chacune avec son passage"),
    };
    let mut package = json!({
        "name": about.name, "title": about.description, "homepage": about.url, "created": format!("{}T00:00:00Z", about.day),
        "resources": [table("events", events, EVENTS), table("claims", claims, CLAIMS)],
    });
    // The standard wants at least one of each.
    for (property, list) in [("licenses", licences), ("sources", sources)] {
        if !list.is_empty() {
            package[property] = Value::Array(list);
        }
    }
    package
}

/// A licence's name as the standard wants it: `CC-BY-4.0`.
fn licence_name(licence: &str) -> String {
    let name: String =
        licence.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '-' }).collect();
    name.trim_matches('-').to_owned()
}

fn readme(cx: &Ctx, about: &About) -> String {
    let t = cx.t;
    let mut text = format!("# {}\n\n{}\n\n{}\n", about.description, about.url, t.package_intro);
    for dataset in about.datasets(cx) {
        text.push_str(&format!(
            "\n- {} ({} {}): {} <{}>",
            dataset.title.get(cx.lang),
            dataset.id,
            dataset.version,
            dataset.licence,
            dataset.licence_url
        ));
        if !dataset.redistributable {
            text.push_str(&format!(". {}", t.data_withheld));
        }
    }
    text.push('\n');
    text
}
