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
