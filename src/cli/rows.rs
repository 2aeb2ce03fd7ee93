//! `constat import ucdp-ged` and `constat import acled`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::Utc;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{TIME_LIMIT, say};
use crate::ingest::acled::Acled;
use crate::ingest::ged::Ged;
use crate::ingest::rows::{self, Format, Options, Progress, Watcher};
use crate::store::Store;

/// What both commands take.
#[derive(Debug, Args)]
pub(super) struct RowsFile {
    /// The CSV file, or a zip archive with it.
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

/// What `import acled` takes.
#[derive(Debug, Args)]
pub(super) struct AcledFile {
    #[command(flatten)]
    file: RowsFile,
    /// The licence under which you may pass these data on. Without it they are for reading only: no package of them is
    /// made, and JSON leaves them out.
    #[arg(long, value_name = "NAME", requires = "licence_url")]
    licence: Option<String>,
    /// Where that licence can be read.
    #[arg(long, value_name = "URL", requires = "licence")]
    licence_url: Option<String>,
}

/// Runs `import ucdp-ged`.
pub(super) async fn ged(db: &Path, args: RowsFile) -> anyhow::Result<()> {
    import::<Ged>(db, args, None).await
}

/// Runs `import acled`.
pub(super) async fn acled(db: &Path, args: AcledFile) -> anyhow::Result<()> {
    import::<Acled>(db, args.file, args.licence.zip(args.licence_url)).await
}

async fn import<F: Format>(db: &Path, args: RowsFile, licence: Option<(String, String)>) -> anyhow::Result<()> {
    let RowsFile { file, release, complete, skip_bad_rows } = args;
    let watch = watcher();
    let options = Options { release, complete, skip_bad_rows, licence };
    let surveying = watch.clone();
    // Before the database is opened: a file that is wrong must not even create one.
    let survey = tokio::task::spawn_blocking(move || rows::survey::<F>(&file, options, &surveying)).await??;
    let survey = Arc::new(survey);
    say(&format!("{}: {}, {} rows\n", survey.path.display(), survey.layout.title, survey.rows))?;
    if let Some(rejects) = &survey.rejects {
        say(&format!("{} rows are wrong and left out: {}\n", survey.rejected, rejects.display()))?;
    }
    let store = Store::open(db, TIME_LIMIT).await?;
    let done = crate::ingest::import_rows::<F>(&store, &survey, Utc::now(), &watch).await;
    store.close().await;
    let done = done?;
    say(&format!("{}\n", done.outcome))?;
    if done.not_in_file > 0 {
        let left = done.not_in_file;
        say(&format!("{left} events of the dataset are not in this file and stay; --complete withdraws them\n"))?;
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
            *bar = Some((phase, ProgressBar::new(of).with_style(style(phase))));
        }
        if let Some((_, bar)) = bar.as_ref() {
            bar.set_position(at);
        }
    })
}

/// How a phase is shown: how far it is, how fast, and how long it will take.
fn style(phase: u8) -> ProgressStyle {
    let template = match phase {
        0 => "reading {bar:30} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left",
        1 => "writing {bar:30} {pos}/{len} rows {per_sec}, {eta} left",
        _ => "indexing…",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use std::io;

    use indicatif::{ProgressDrawTarget, TermLike};

    use super::*;

    /// A terminal that keeps what is written to it.
    #[derive(Clone, Debug, Default)]
    struct Screen(Arc<Mutex<String>>);

    impl TermLike for Screen {
        fn width(&self) -> u16 {
            100
        }
        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> io::Result<()> {
            self.write_str(text)
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.0.lock().unwrap().push_str(text);
            Ok(())
        }
        fn clear_line(&self) -> io::Result<()> {
            Ok(())
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What stands on the terminal after so many of so many in so many seconds.
    fn shown(phase: u8, at: u64, of: u64, seconds: u64) -> String {
        let screen = Screen::default();
        let target = ProgressDrawTarget::term_like(Box::new(screen.clone()));
        let bar = ProgressBar::with_draw_target(Some(of), target)
            .with_style(style(phase))
            .with_elapsed(std::time::Duration::from_secs(seconds));
        bar.set_position(at);
        bar.tick();
        let text = screen.0.lock().unwrap().clone();
        bar.finish_and_clear();
        text
    }

    #[test]
    fn the_progress_says_how_far_how_fast_and_how_long() {
        let reading = shown(0, 25 << 20, 100 << 20, 10);
        assert!(reading.contains("25.00 MiB/100.00 MiB"), "{reading}");
        assert!(reading.contains("iB/s,") && reading.contains("s left"), "{reading}");
        let writing = shown(1, 40_000, 176_579, 10);
        assert!(writing.contains("40000/176579 rows"), "{writing}");
        assert!(writing.contains("/s,") && writing.contains("s left"), "{writing}");
        assert!(shown(2, 0, 0, 1).contains("indexing…"));
    }
}
