//! A GeoPackage (OGC 12-128r18): an SQLite file with a table of points, which QGIS, GDAL and R open as they are. Such a
//! file is not written from its beginning to its end, so it is made beside the database, and goes out when it is whole.

use std::io::Read;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::TempPath;

use super::csv::{EVENTS, ORIGIN};
use super::{About, Failed, Rows, csv};
use crate::store::Snapshot;
use crate::store::list::Card;
use crate::view::Ctx;

/// How much of the finished file goes out at a time.
const PIECE: usize = 256 * 1024;

enum Step {
    New(PathBuf),
    Filling { db: Box<SqliteConnection>, path: TempPath },
    Sending(std::fs::File),
}

/// The file on its way.
pub(super) struct GeoPackage {
    step: Step,
}

impl GeoPackage {
    pub(super) fn new(folder: &Path) -> GeoPackage {
        GeoPackage { step: Step::New(folder.to_owned()) }
    }

    pub(super) async fn next(
        &mut self,
        rows: &mut Rows,
        about: &About,
        snapshot: &mut Snapshot,
        cx: &Ctx<'_>,
    ) -> Result<Option<Vec<u8>>, Failed> {
        match &mut self.step {
            Step::New(folder) => {
                let path = tempfile::Builder::new().prefix(".export-").suffix(".gpkg").tempfile_in(&*folder)?;
                let path = path.into_temp_path();
                let db = begin(&path, about, cx).await?;
                self.step = Step::Filling { db: Box::new(db), path };
                Ok(Some(Vec::new()))
            }
            Step::Filling { db, path } => {
                let cards = snapshot.cards(&rows.next()).await?;
                fill(db, cx, about, &cards).await?;
                if rows.done() {
                    sqlx::query("COMMIT").execute(&mut **db).await?;
                    let file = std::fs::File::open(&*path)?;
                    // Its name goes now, the file with its last reader.
                    self.step = Step::Sending(file);
                }
                Ok(Some(Vec::new()))
            }
            Step::Sending(file) => {
                let mut piece = Vec::with_capacity(PIECE);
                file.take(PIECE as u64).read_to_end(&mut piece)?;
                Ok((!piece.is_empty()).then_some(piece))
            }
        }
    }
}

/// The tables that the standard wants, and one for the events.
const SCHEMA: &str = "
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude/latitude');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
INSERT INTO gpkg_geometry_columns VALUES ('events', 'geom', 'POINT', 4326, 0, 0);
CREATE TABLE events (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT,
    id TEXT NOT NULL, url TEXT NOT NULL, title TEXT, kind TEXT, kind_name TEXT, start TEXT, \"end\" TEXT, date_precision TEXT,
    region TEXT, place TEXT, latitude DOUBLE, longitude DOUBLE, place_precision TEXT, killed_low INTEGER, killed_high INTEGER,
    killed_open BOOLEAN, killed_preferred INTEGER, accounts TEXT, actors TEXT, actor_names TEXT, roles TEXT, certainties TEXT,
    summary TEXT, version INTEGER, updated TEXT, source TEXT, source_version TEXT, licence TEXT, withheld BOOLEAN,
    filter TEXT, filter_url TEXT, data_of TEXT);
";

async fn begin(path: &Path, about: &About, cx: &Ctx<'_>) -> Result<SqliteConnection, Failed> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        // Nobody needs what is left of it after a crash.
        .journal_mode(SqliteJournalMode::Off)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(false)
        .pragma("cache_size", "-4096")
        // `GPKG`, and version 1.3.
        .pragma("application_id", "1196444487")
        .pragma("user_version", "10300")
        .disable_statement_logging();
    let mut db = SqliteConnection::connect_with(&options).await?;
    sqlx::query(SCHEMA).execute(&mut db).await?;
    let terms: Vec<String> =
        about.datasets(cx).map(|d| format!("{} {} ({})", d.title.get(cx.lang), d.version, d.licence)).collect();
    let last_change = format!("{}T00:00:00.000Z", about.day);
    sqlx::query(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
         VALUES ('events', 'features', ?, ?, ?, 4326)",
    )
    .bind(&about.description)
    .bind(format!("{} – {} – {}", about.url, terms.join("; "), about.day))
    .bind(last_change)
    .execute(&mut db)
    .await?;
    sqlx::query("BEGIN").execute(&mut db).await?;
    Ok(db)
}

/// The rows are those of the table, so that no figure is put down in two places.
async fn fill(db: &mut SqliteConnection, cx: &Ctx<'_>, about: &About, cards: &[Card]) -> Result<(), Failed> {
    const INSERT: &str = "INSERT INTO events (geom, id, url, title, kind, kind_name, start, \"end\", date_precision, region,
        place, latitude, longitude, place_precision, killed_low, killed_high, killed_open, killed_preferred, accounts, actors,
        actor_names, roles, certainties, summary, version, updated, source, source_version, licence, withheld, filter,
        filter_url, data_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    for card in cards {
        let may_go = cx.catalog.withheld(card.dataset).is_none();
        let mut insert = sqlx::query(INSERT).bind(card.point.filter(|_| may_go).map(point));
        for (cell, column) in csv::event_cells(cx, about, card).into_iter().zip(EVENTS.iter().chain(ORIGIN)) {
            let cell = (!cell.is_empty()).then_some(cell);
            insert = match column.1 {
                "integer" => insert.bind(cell.and_then(|cell| cell.parse::<i64>().ok())),
                "number" => insert.bind(cell.and_then(|cell| cell.parse::<f64>().ok())),
                "boolean" => insert.bind(cell.map(|cell| cell == "true")),
                _ => insert.bind(cell),
            };
        }
        insert.execute(&mut *db).await?;
    }
    Ok(())
}

/// A point as the standard writes it: its header (little-endian, no envelope), then WKB.
fn point((latitude, longitude): (f64, f64)) -> Vec<u8> {
    let mut bytes = b"GP\x00\x01".to_vec();
    bytes.extend(4326_i32.to_le_bytes());
    bytes.push(1);
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(longitude.to_le_bytes());
    bytes.extend(latitude.to_le_bytes());
    bytes
}
