//! Which generation the database is at, without asking it each time. Whatever is committed shows in the length or the
//! time of the file or of its write-ahead log; while these stand still, so does the generation.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

/// A file's length and when it was last written. None: it is not there.
type File = Option<(u64, SystemTime)>;

/// What the files looked like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    database: File,
    log: File,
}

/// A file may be written twice within one tick of the clock that its time is taken from, and look the same after both.
/// A mark that young is not relied on.
const TICK: Duration = Duration::from_millis(50);

impl Mark {
    fn of(database: &Path, log: &Path) -> Mark {
        let file = |path: &Path| {
            let meta = std::fs::metadata(path).ok()?;
            Some((meta.len(), meta.modified().ok()?))
        };
        Mark { database: file(database), log: file(log) }
    }

    #[expect(clippy::disallowed_methods, reason = "how old a file is, which only the system's clock tells")]
    fn is_settled(&self) -> bool {
        let now = SystemTime::now();
        let old = |file: File| file.is_none_or(|(_, at)| now.duration_since(at).is_ok_and(|age| age > TICK));
        self.database.is_some() && old(self.database) && old(self.log)
    }
}

/// The generation that was last read, and what the files looked like before that.
#[derive(Debug)]
pub(super) struct Watch {
    database: PathBuf,
    log: PathBuf,
    seen: Mutex<Option<(Mark, i64)>>,
}

impl Watch {
    pub(super) fn new(database: &Path) -> Watch {
        // https://www.sqlite.org/walformat.html
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        Watch { database: database.to_owned(), log: log.into(), seen: Mutex::default() }
    }

    /// What the files look like, and the generation if it is known that they have held it since they look so.
    pub(super) fn look(&self) -> (Mark, Option<i64>) {
        let mark = Mark::of(&self.database, &self.log);
        let seen = self.seen.lock().ok().and_then(|seen| *seen);
        (mark, seen.filter(|(then, _)| *then == mark).map(|(_, generation)| generation))
    }

    /// Remembers what was read after the files had looked like `mark`.
    pub(super) fn remember(&self, mark: Mark, generation: i64) {
        if mark.is_settled()
            && let Ok(mut seen) = self.seen.lock()
        {
            *seen = Some((mark, generation));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "files of this test are as old as it needs them")]
    fn written(path: &Path, text: &str, ago: Duration) {
        std::fs::write(path, text).expect("a file");
        let file = std::fs::File::options().write(true).open(path).expect("a file");
        file.set_modified(SystemTime::now() - ago).expect("a time");
    }

    #[test]
    fn a_generation_holds_until_a_file_is_written() {
        let dir = tempfile::tempdir().expect("a folder");
        let (database, log) = (dir.path().join("a.db"), dir.path().join("a.db-wal"));
        let hour = Duration::from_secs(3600);
        written(&database, "one", hour);
        let watch = Watch::new(&database);
        let (mark, known) = watch.look();
        assert_eq!(known, None);
        watch.remember(mark, 7);
        assert_eq!(watch.look().1, Some(7));

        // The log alone, as an import by another process leaves it.
        written(&log, "change", hour);
        assert_eq!(watch.look().1, None);
        watch.remember(watch.look().0, 8);
        assert_eq!(watch.look().1, Some(8));
        // As long, but later.
        written(&log, "CHANGE", hour / 2);
        assert_eq!(watch.look().1, None);
    }

    #[test]
    fn what_was_written_a_moment_ago_is_read_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let database = dir.path().join("a.db");
        written(&database, "one", Duration::ZERO);
        let watch = Watch::new(&database);
        watch.remember(watch.look().0, 7);
        assert_eq!(watch.look().1, None);
    }
}
