//! `constat import ucdp-ged`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::Utc;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::TIME_LIMIT;
use crate::ingest::ged::{self, Options, Progress, Watcher};
use crate::store::Store;

/// What the command takes.
#[derive(Debug, Args)]
pub(super) struct UcdpGed {
    /// The CSV file, or the zip archive it is published in.
    file: PathBuf,
    /// The version of the dataset, such as 25.1, where the file's name does not say it.
    #[arg(long, value_name = "VERSION")]
    release: Option<String>,
    /// The file is the whole dataset: withdraw the events that are not in it.
    #[arg(long)]
    complete: bool,
    /// Leave out rows that are wrong, and write them to FILE.rejects.csv.
    #[arg(long)]
    skip_bad_rows: bool,
}

/// Runs it.
pub(super) async fn import(db: &Path, args: UcdpGed) -> anyhow::Result<()> {
    let UcdpGed { file, release, complete, skip_bad_rows } = args;
    let watch = watcher();
    let options = Options { release, complete, skip_bad_rows };
    let surveying = watch.clone();
    // Before the database is opened: a file that is wrong must not even create one.
    let survey = tokio::task::spawn_blocking(move || ged::survey(&file, options, &surveying)).await??;
    let survey = Arc::new(survey);
    println!("{}: {}, {} rows", survey.path.display(), survey.layout.title, survey.rows);
    if let Some(rejects) = &survey.rejects {
        println!("{} rows are wrong and left out: {}", survey.rejected, rejects.display());
    }
    let store = Store::open(db, TIME_LIMIT).await?;
    let done = crate::ingest::import_ged(&store, &survey, Utc::now(), &watch).await;
    store.close().await;
    let done = done?;
    println!("{}", done.outcome);
    if done.not_in_file > 0 {
        println!("{} events of the dataset are not in this file and stay; --complete withdraws them", done.not_in_file);
    }
    Ok(())
}

/// Shows the progress on a terminal, and nowhere else: a log is not a place for bars.
fn watcher() -> Watcher {
    if !std::io::stderr().is_terminal() {
        return Arc::new(|_| {});
    }
    let bar = Mutex::new(None::<(u8, ProgressBar)>);
    Arc::new(move |progress| {
        let (phase, at, of) = match progress {
            Progress::Validating(at, of) => (0, at, of),
            Progress::Writing(at, of) => (1, at, of),
            Progress::Indexing => (2, 0, 0),
        };
        let mut bar = bar.lock().unwrap_or_else(PoisonError::into_inner);
        if bar.as_ref().is_none_or(|(shown, _)| *shown != phase) {
            if let Some((_, before)) = bar.take() {
                before.finish_and_clear();
            }
            let template = match phase {
                0 => "reading {bar:30} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left",
                1 => "writing {bar:30} {pos}/{len} rows {per_sec}, {eta} left",
                _ => "indexing…",
            };
            let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            *bar = Some((phase, ProgressBar::new(of).with_style(style)));
        }
        if let Some((_, bar)) = bar.as_ref() {
            bar.set_position(at);
        }
    })
}
