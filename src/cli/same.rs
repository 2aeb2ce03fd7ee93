//! `constat match` and `constat import same-events`: which events of different datasets are the same.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::Utc;
use clap::Args;

use super::{TIME_LIMIT, open_existing, say};
use crate::domain::names::nearest;
use crate::ingest::same::{self, proposals};
use crate::ingest::{ImportError, import_same_events};
use crate::store::Store;

/// What `constat match` takes.
#[derive(Debug, Args)]
pub(super) struct Match {
    /// Look in these datasets only (repeat it for several) [default: all but the event's own]
    #[arg(long, value_name = "ID")]
    dataset: Vec<String>,
    /// Leave out pairs with a lower score, from 0 to 1
    #[arg(long, value_name = "SCORE", default_value = "0.5", value_parser = score)]
    min_score: f64,
    /// Write to a new file
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
}

fn score(text: &str) -> Result<f64, String> {
    let score = text.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| "a number from 0 to 1 was expected".to_owned())
}

/// Proposes which events of curated datasets are the same as records of others.
pub(super) async fn propose(db: &Path, args: &Match) -> anyhow::Result<()> {
    let store = open_existing(db).await?;
    let done = proposed(&store, args).await;
    store.close().await;
    let (csv, summary) = done?;
    match &args.out {
        // A file that is there may hold what a curator decided.
        Some(path) => {
            let file = OpenOptions::new().write(true).create_new(true).open(path);
            let written = file.and_then(|mut file| file.write_all(&csv));
            written.with_context(|| format!("cannot write {}", path.display()))?;
        }
        None => say(&String::from_utf8_lossy(&csv))?,
    }
    eprintln!("{summary}");
    Ok(())
}

async fn proposed(store: &Store, args: &Match) -> anyhow::Result<(Vec<u8>, String)> {
    let mut snapshot = store.read().await?;
    let catalog = snapshot.catalog.clone();
    let others: Vec<i64> = match args.dataset.as_slice() {
        [] => catalog.datasets.iter().map(|dataset| dataset.row).collect(),
        wanted => wanted
            .iter()
            .map(|id| catalog.dataset(id).map(|dataset| dataset.row).ok_or_else(|| unknown(id, &catalog)))
            .collect::<Result<_, _>>()?,
    };
    let curated = snapshot.curated_datasets().await?;
    let mut found = snapshot.proposals(&curated, &others, args.min_score).await?;
    let accepted = snapshot.accepted_pairs().await?;
    let all = found.len();
    found.retain(|pair| !accepted.contains(&(pair.event.id.clone(), pair.other.id.clone())));
    let mut events: Vec<&str> = found.iter().map(|pair| pair.event.id.as_str()).collect();
    events.dedup();
    let summary = format!(
        "{} proposed for {} events, with a score of {} or more; {} more are accepted already",
        found.len(),
        events.len(),
        args.min_score,
        all - found.len()
    );
    Ok((proposals::csv(&catalog, &found), summary))
}

fn unknown(id: &str, catalog: &crate::store::catalog::Catalog) -> anyhow::Error {
    let ids: Vec<&str> = catalog.datasets.iter().map(|dataset| dataset.id.as_str()).collect();
    match nearest(id, ids.iter().copied()) {
        Some(near) => anyhow::anyhow!("there is no dataset \"{id}\"; did you mean \"{near}\"?"),
        None => anyhow::anyhow!("there is no dataset \"{id}\"; there are {}", ids.join(", ")),
    }
}

/// Puts a list of accepted pairs in place of the one before.
pub(super) async fn import(db: &Path, file: &Path) -> anyhow::Result<()> {
    // Before the database is opened: a list that is wrong must not even create one.
    let list = same::read(file).map_err(ImportError::from)?;
    let store = Store::open(db, TIME_LIMIT).await?;
    let outcome = import_same_events(&store, &list, Utc::now()).await;
    store.close().await;
    say(&format!("{}\n", outcome?))
}
