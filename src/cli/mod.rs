//! The command line.

#![allow(
    clippy::disallowed_methods,
    reason = "here is where settings and the clock are read, to be passed on as values"
)]

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use chrono::Utc;
use clap::{Args, Parser, Subcommand};

use crate::ingest::check::{self, Check};
use crate::ingest::files::Files;
use crate::ingest::{self, texts};
use crate::publish::package;
use crate::store::Store;

pub mod health;
pub mod logging;
mod rows;
mod same;
pub mod serve;

/// How long a command may read: nobody waits for it but the one who gave it.
const TIME_LIMIT: Duration = Duration::from_secs(3600);

/// Conflict events, with every figure tied to the report passages that say so.
#[derive(Debug, Parser)]
#[command(name = "constat", version, about)]
struct Cli {
    /// The database file.
    #[arg(long, env = "CONSTAT_DB", default_value = "constat.db", global = true, value_name = "FILE")]
    db: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site; this is also what happens without a command.
    Serve(serve::ServeArgs),
    /// Bring in a dataset, or the text of a report.
    #[command(subcommand)]
    Import(Import),
    /// Give back a dataset.
    #[command(subcommand)]
    Export(Export),
    /// List what a curator should look at.
    Check {
        /// List all, however many of a kind there are
        #[arg(long)]
        all: bool,
    },
    /// Propose which events of curated datasets are the same as records of other datasets, as CSV.
    Match(same::Match),
    /// Ask a running site whether it may take traffic: for containers, whose images have no other client.
    #[command(hide = true)]
    Health(health::HealthArgs),
}

/// `serve` as it is without a command: its settings come from the environment.
#[derive(Debug, Parser)]
struct Unasked {
    #[command(flatten)]
    serve: serve::ServeArgs,
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Validate a data package and write what differs from the database, which is created if there is none.
    Package {
        /// A folder or a zip archive with a datapackage.json.
        path: PathBuf,
    },
    /// Bring in UCDP GED as it is published; what differs from the release that is there is written.
    UcdpGed(rows::RowsFile),
    /// Bring in ACLED as you exported it; what differs from what is there is written. Your file stays yours: ACLED's
    /// terms forbid passing it on, so the site shows these events for reading and gives out no files of them.
    Acled(rows::AcledFile),
    /// Accept which events are the same: a CSV with the columns event, other and note, in place of the list before.
    SameEvents {
        /// The file.
        file: PathBuf,
    },
    /// Attach the text of a report: UTF-8, with blank lines between paragraphs.
    Text {
        /// The report's id.
        report: String,
        /// The file with its text.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum Export {
    /// Write a dataset as a data package, with the texts of reports that are attached.
    Package(ExportPackage),
}

#[derive(Debug, Args)]
struct ExportPackage {
    /// The folder to write, new or empty.
    dir: PathBuf,
    /// Which dataset, if the database holds several.
    #[arg(long, value_name = "ID")]
    dataset: Option<String>,
}

/// Runs the command that the program was started with: 0 when it did what was asked, 1 when it could not, 2 when it
/// was not understood.
pub async fn run() -> ExitCode {
    // Ends the program with 2 where the arguments are wrong, with 0 after --help.
    let cli = Cli::parse();
    let done = match cli.command.unwrap_or_else(|| Command::Serve(Unasked::parse_from(["constat"]).serve)) {
        Command::Serve(args) => serve(&cli.db, args).await,
        Command::Import(Import::Package { path }) => import_package(&cli.db, &path).await,
        Command::Import(Import::UcdpGed(args)) => rows::ged(&cli.db, args).await,
        Command::Import(Import::Acled(args)) => rows::acled(&cli.db, args).await,
        Command::Import(Import::SameEvents { file }) => same::import(&cli.db, &file).await,
        Command::Import(Import::Text { report, file }) => import_text(&cli.db, &report, &file).await,
        Command::Export(Export::Package(args)) => export_package(&cli.db, &args).await,
        Command::Check { all } => check(&cli.db, all).await,
        Command::Match(args) => same::propose(&cli.db, &args).await,
        Command::Health(args) => health::health(&args).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain of causes on one line: "cannot open x.db: unable to open database file".
            eprintln!("{}", told(&error));
            ExitCode::FAILURE
        }
    }
}

async fn serve(db: &Path, args: serve::ServeArgs) -> anyhow::Result<()> {
    logging::init()?;
    serve::serve(db, args).await
}

/// An error and its causes in one line, but for those that it has quoted already.
fn told(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

/// Writes what a command was asked for. Whoever reads it may have had enough (`constat check | head`): that is no error.
fn say(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

async fn import_package(db: &Path, path: &Path) -> anyhow::Result<()> {
    // Before the database is opened: a package that is wrong must not even create one.
    let files = Files::open(path).map_err(ingest::ImportError::from)?;
    let dataset = ingest::validate(&files).map_err(ingest::ImportError::from)?;
    let store = Store::open(db, TIME_LIMIT).await?;
    let source = path.display().to_string();
    let outcome = ingest::import_dataset(&store, &dataset, &source, Utc::now()).await;
    store.close().await;
    say(&format!("{}\n", outcome?))
}

async fn import_text(db: &Path, report: &str, file: &Path) -> anyhow::Result<()> {
    let paragraphs = texts::read(file).map_err(ingest::ImportError::from)?;
    let store = open_existing(db).await?;
    let name = file.display().to_string();
    let outcome = ingest::import_text(&store, report, &name, &paragraphs, Utc::now()).await;
    store.close().await;
    say(&format!("{}\n", outcome?))
}

async fn export_package(db: &Path, args: &ExportPackage) -> anyhow::Result<()> {
    let store = open_existing(db).await?;
    let mut snapshot = store.read().await?;
    let dataset = package::choose(snapshot.as_mut(), args.dataset.as_deref()).await?;
    let files = package::files(snapshot.as_mut(), &dataset, true).await?;
    drop(snapshot);
    store.close().await;
    package::write(&files, &args.dir)?;
    say(&format!("{dataset}: {} files written to {}\n", files.len(), args.dir.display()))
}

/// So many findings of a kind are listed, unless all are asked for: of imported rows there may be a hundred thousand.
const FIRST_FINDINGS: usize = 40;

async fn check(db: &Path, all: bool) -> anyhow::Result<()> {
    let store = open_existing(db).await?;
    let findings = check::check(store.read().await?.as_mut()).await?;
    store.close().await;
    let mut text = String::new();
    for check in Check::ALL {
        let found: Vec<_> = findings.iter().filter(|finding| finding.check == check).collect();
        text.push_str(&format!("{}: {}\n", check.title(), found.len()));
        let shown = if all { found.len() } else { FIRST_FINDINGS };
        for finding in found.iter().take(shown) {
            let separator = if finding.detail.is_empty() { "" } else { ": " };
            text.push_str(&format!("  {}{separator}{}\n", finding.subject, finding.detail));
        }
        if found.len() > shown {
            text.push_str(&format!("  and {} more (constat check --all)\n", found.len() - shown));
        }
    }
    say(&text)
}

/// Opens a database that must be there: to create an empty one would only hide a mistyped path.
async fn open_existing(db: &Path) -> anyhow::Result<Store> {
    anyhow::ensure!(
        db.exists(),
        "there is no database {}; `constat serve` or `constat import package` makes one",
        db.display()
    );
    Ok(Store::open(db, TIME_LIMIT).await?)
}
