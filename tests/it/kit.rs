//! What the import tests share: small packages that can be edited, and databases written out as text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use chrono::{DateTime, Utc};
use constat::ingest::{ImportError, Outcome, import_package};
use constat::store::Store;
use sqlx::{Row, ValueRef};

/// The binary under test.
pub const CONSTAT: &str = env!("CARGO_BIN_EXE_constat");

/// The folder of the small packages.
pub fn packages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages")
}

/// The time of the `n`th import of a test.
pub fn at(n: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + n * 60, 0).unwrap()
}

/// A package in memory, by path.
#[derive(Clone)]
pub struct Package(pub BTreeMap<String, Vec<u8>>);

impl Package {
    /// The small valid one.
    pub fn base() -> Package {
        Package::read(&packages().join("base"))
    }

    /// From a folder.
    pub fn read(folder: &Path) -> Package {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(at) = folders.pop() {
            for entry in std::fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, std::fs::read(&path).unwrap());
                }
            }
        }
        Package(files)
    }

    /// With a piece of a file replaced, which must be there.
    pub fn edit(mut self, file: &str, old: &str, new: &str) -> Package {
        let text = String::from_utf8(self.0[file].clone()).unwrap();
        assert!(text.contains(old), "{file} has no {old:?}");
        self.0.insert(file.to_owned(), text.replacen(old, new, 1).into_bytes());
        self
    }

    /// With a file added or replaced.
    pub fn with(mut self, file: &str, text: &str) -> Package {
        self.0.insert(file.to_owned(), text.as_bytes().to_vec());
        self
    }

    /// With another version number, without which a change is not taken for one of the dataset's.
    pub fn version(self, version: &str) -> Package {
        self.edit("datapackage.json", "\"version\": \"1\"", &format!("\"version\": \"{version}\""))
    }

    /// With a lookup of one of its files as text.
    pub fn text(&self, file: &str) -> String {
        String::from_utf8(self.0[file].clone()).unwrap()
    }

    /// Writes it to a folder.
    pub fn write(&self, folder: &Path) -> PathBuf {
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        folder.to_owned()
    }
}

/// A database in a folder of its own, which goes when this does.
pub struct Db {
    /// The folder.
    pub dir: tempfile::TempDir,
    /// The open database.
    pub store: Store,
    imports: std::cell::Cell<i64>,
}

impl Db {
    /// An empty one.
    pub async fn new() -> Db {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("test.db"), Duration::from_secs(30)).await.unwrap();
        Db { dir, store, imports: std::cell::Cell::new(0) }
    }

    /// The database file.
    pub fn path(&self) -> PathBuf {
        self.dir.path().join("test.db")
    }

    /// Imports a package; each import is a minute after the one before.
    pub async fn import(&self, package: &Package) -> Result<Outcome, ImportError> {
        self.imports.set(self.imports.get() + 1);
        let folder = tempfile::tempdir().unwrap();
        import_package(&self.store, &package.write(folder.path()), at(self.imports.get())).await
    }

    /// Every row of every table as text.
    pub async fn dump(&self) -> Vec<String> {
        dump(self.store.read().await.unwrap().as_mut()).await
    }

    /// The rows of a query as text, cells joined with `|`.
    pub async fn rows(&self, sql: &'static str) -> Vec<String> {
        rows(self.store.read().await.unwrap().as_mut(), sql).await
    }
}

/// Every row of every table as text.
pub async fn dump(db: &mut sqlx::SqliteConnection) -> Vec<String> {
    let names = "SELECT name FROM sqlite_schema
                 WHERE type = 'table' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'
                 ORDER BY name";
    let mut lines = Vec::new();
    for name in rows(&mut *db, names).await {
        #[expect(
            clippy::disallowed_methods,
            reason = "the names are the schema's own; a checked query cannot name its table"
        )]
        let sql = sqlx::AssertSqlSafe(format!("SELECT * FROM \"{name}\""));
        let mut of_table = rows(&mut *db, sql).await;
        of_table.sort();
        lines.extend(of_table.into_iter().map(|row| format!("{name}: {row}")));
    }
    lines
}

/// The rows of a query as text. Not a checked query: it takes whatever columns come.
pub async fn rows(db: &mut sqlx::SqliteConnection, sql: impl sqlx::SqlSafeStr) -> Vec<String> {
    let found = sqlx::query(sql).fetch_all(db).await.unwrap();
    let cell = |row: &sqlx::sqlite::SqliteRow, i: usize| {
        if row.try_get_raw(i).unwrap().is_null() {
            return String::new();
        }
        row.try_get::<String, _>(i)
            .or_else(|_| row.try_get::<i64, _>(i).map(|n| n.to_string()))
            .or_else(|_| row.try_get::<f64, _>(i).map(|n| n.to_string()))
            .or_else(|_| row.try_get::<Vec<u8>, _>(i).map(|bytes| format!("{bytes:x?}")))
            .unwrap()
    };
    found.iter().map(|row| (0..row.columns().len()).map(|i| cell(row, i)).collect::<Vec<_>>().join("|")).collect()
}

/// What each table holds, by ids instead of row numbers and without times: equal for two databases that say the same.
pub async fn said(store: &Store) -> Vec<String> {
    const TABLES: [&str; 15] = [
        "SELECT 'dataset', id, title, title_fr, description, description_fr, licence, licence_url, version, digest
         FROM dataset",
        "SELECT 'retired', t.kind, t.id, d.id, t.successor, t.reason, t.reason_fr FROM retired t
         JOIN dataset d ON d.pk = t.dataset",
        "SELECT 'region', r.id, d.id, p.id, r.name, r.name_fr, r.level, r.pcode, r.latitude, r.longitude, r.alt_names, r.live
         FROM region r JOIN dataset d ON d.pk = r.dataset LEFT JOIN region p ON p.pk = r.parent",
        "SELECT 'actor', a.id, d.id, a.name, a.name_fr, a.kind, a.country, a.active_from, a.active_until, a.summary,
                a.summary_fr, a.alt_names, a.live FROM actor a JOIN dataset d ON d.pk = a.dataset",
        "SELECT 'report', r.id, d.id, r.title, r.publisher, r.author, r.published, r.url, r.language, r.kind, r.agency,
                r.note, r.live FROM report r JOIN dataset d ON d.pk = r.dataset",
        "SELECT 'passage', r.id, p.id, d.id, p.seq, p.anchor, p.gist, p.gist_fr
         FROM passage p JOIN report r ON r.pk = p.report JOIN dataset d ON d.pk = p.dataset",
        "SELECT 'paragraph', r.id, g.n, g.text FROM paragraph g JOIN report r ON r.pk = g.report",
        "SELECT 'place', r.id, p.id, l.paragraph, l.start_at, l.end_at
         FROM passage_place l JOIN passage p ON p.pk = l.passage JOIN report r ON r.pk = p.report",
        "SELECT 'event', e.id, d.id, e.title, e.title_fr, e.kind, e.start_date, e.end_date, e.date_precision, r.id,
                e.latitude, e.longitude, e.place_precision, e.summary, e.summary_fr, e.version, e.live
         FROM event e JOIN dataset d ON d.pk = e.dataset JOIN region r ON r.pk = e.region",
        "SELECT 'event_actor', e.id, a.id, p.role, p.certainty, p.seq
         FROM event_actor p JOIN event e ON e.pk = p.event JOIN actor a ON a.pk = p.actor",
        "SELECT 'claim', e.id, c.n, r.id, p.id, c.topic, c.part, pr.id, pa.id, c.low, c.high, c.about, c.value, vr.id, va.id,
                c.said_by, c.origin, c.stance, c.preferred
         FROM claim c JOIN event e ON e.pk = c.event JOIN passage p ON p.pk = c.passage JOIN report r ON r.pk = p.report
         LEFT JOIN region pr ON pr.pk = c.part_region LEFT JOIN actor pa ON pa.pk = c.part_actor
         LEFT JOIN region vr ON vr.pk = c.value_region LEFT JOIN actor va ON va.pk = c.value_actor",
        "SELECT 'event_link', e.id, l.relation, o.id, r.id, p.id
         FROM event_link l JOIN event e ON e.pk = l.event JOIN event o ON o.pk = l.other
         JOIN passage p ON p.pk = l.passage JOIN report r ON r.pk = p.report",
        "SELECT 'actor_link', a.id, l.relation, o.id, l.from_date, l.until_date, r.id, p.id, d.id
         FROM actor_link l JOIN actor a ON a.pk = l.actor JOIN actor o ON o.pk = l.other
         JOIN passage p ON p.pk = l.passage JOIN report r ON r.pk = p.report JOIN dataset d ON d.pk = l.dataset",
        "SELECT 'mention', r.id, p.id, a.id, g.id, d.id
         FROM mention m JOIN passage p ON p.pk = m.passage JOIN report r ON r.pk = p.report
         JOIN dataset d ON d.pk = m.dataset LEFT JOIN actor a ON a.pk = m.actor LEFT JOIN region g ON g.pk = m.region",
        "SELECT 'translation', d.id, t.text, t.fr FROM translation t JOIN dataset d ON d.pk = t.dataset
         UNION ALL SELECT 'version', e.id, v.version, v.change || ' ' || v.dataset_version || ' ' || v.document
         FROM event_version v JOIN event e ON e.pk = v.event",
    ];
    let mut snapshot = store.read().await.unwrap();
    let mut lines = Vec::new();
    for sql in TABLES {
        lines.extend(rows(snapshot.as_mut(), sql).await);
    }
    lines.sort();
    lines
}

/// Runs the binary on a database.
pub fn constat(db: &Path, args: &[&str]) -> Output {
    Command::new(CONSTAT).arg("--db").arg(db).args(args).output().unwrap()
}

/// What a process said on its error output.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What a process said on its output.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}
