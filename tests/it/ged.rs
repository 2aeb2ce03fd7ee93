//! UCDP GED: layouts, what a row becomes, new releases, and files that are wrong in every way.

use std::path::Path;
use std::sync::Arc;

use constat::ingest::ged::Ged;
use constat::ingest::rows::{Options, survey};
use constat::ingest::{ImportError, RowsOutcome, import_embedded, import_rows};

use super::kit::{Db, at, constat, stderr, stdout};
use super::pages_kit::{self, Site};
use super::rows_kit::{import_text_of, quiet, release, row_of};

pub(super) const HEADER: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";

/// A row with some of its cells set.
pub(super) fn row(id: u64, cells: &[(&str, &str)]) -> String {
    let id = id.to_string();
    let base = [
        ("id", id.as_str()),
        ("type_of_violence", "3"),
        ("conflict_name", "JNIM - Civilians"),
        ("side_a_new_id", "6262"),
        ("side_a", "JNIM"),
        ("side_b_new_id", "1"),
        ("side_b", "Civilians"),
        ("number_of_sources", "-1"),
        ("where_prec", "1"),
        ("where_coordinates", "Koro town"),
        ("adm_1", "Mopti region"),
        ("adm_2", "Koro cercle"),
        ("latitude", "14.07"),
        ("longitude", "-3.08"),
        ("country", "Mali"),
        ("date_prec", "1"),
        ("date_start", "2022-06-18 00:00:00.000"),
        ("date_end", "2022-06-18 00:00:00.000"),
        ("deaths_a", "0"),
        ("deaths_b", "0"),
        ("deaths_civilians", "6"),
        ("deaths_unknown", "0"),
        ("best", "6"),
        ("high", "9"),
        ("low", "4"),
    ];
    row_of(HEADER, cells, &base)
}

/// A file of rows.
pub(super) fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

async fn import_with(db: &Db, n: i64, text: impl AsRef<[u8]>, options: Options) -> Result<RowsOutcome, ImportError> {
    import_text_of::<Ged>(db, n, text, options).await
}

async fn import(db: &Db, n: i64, text: impl AsRef<[u8]>) -> Result<RowsOutcome, ImportError> {
    import_with(db, n, text, release(&format!("2{n}.1"))).await
}

#[tokio::test]
async fn a_row_becomes_an_event_with_its_accounts_and_sources() {
    let db = Db::new().await;
    import_embedded(&db.store, at(0)).await.unwrap();
    let article = r#""Reuters, Bamako,2022-06-20,Many killed; toll unclear";"RFI,2022-06-21,Mali : ""bilan"" lourd""#;
    let rows = [
        row(1, &[("number_of_sources", "2"), ("source_article", article), ("source_original", "police")]),
        row(2, &[("adm_1", "Région de Mopti"), ("adm_2", ""), ("deaths_civilians", "4"), ("best", "4")]),
        row(
            3,
            &[
                ("type_of_violence", "1"),
                ("side_a", "Government of Mali"),
                ("side_a_new_id", "72"),
                ("side_b", "JNIM"),
                ("side_b_new_id", "6262"),
                ("adm_1", "ML05"),
                ("adm_2", ""),
                ("where_prec", "4"),
                ("date_prec", "4"),
                ("date_start", "2022-06-01"),
                ("date_end", "2022-06-30"),
                ("best", "0"),
                ("low", "0"),
                ("high", "3"),
                ("deaths_civilians", ""),
            ],
        ),
        row(
            4,
            &[
                ("country", "Kenya"),
                ("adm_1", "Rift Valley province"),
                ("adm_2", ""),
                ("low", "8"),
                ("where_description", "a village,\nnear \"X\""),
            ],
        ),
    ];
    let done = import(&db, 1, file(&rows)).await.unwrap();
    assert_eq!(done.outcome.events.added, 4);
    let events = "SELECT e.id, e.kind, e.start_date, e.end_date, e.date_precision, r.id, e.place_precision FROM event e
                  JOIN region r ON r.pk = e.region WHERE e.row_digest IS NOT NULL ORDER BY e.pk";
    assert_eq!(
        db.rows(events).await,
        [
            "ucdp-ged-1|massacre|2022-06-18||day|ml-koro|exact",
            "ucdp-ged-2|attack_on_civilians|2022-06-18||day|ml-mopti|exact",
            "ucdp-ged-3|armed_clash|2022-06-01|2022-06-30|month|ml-mopti|admin1",
            "ucdp-ged-4|massacre|2022-06-18||day|ucdp-kenya-rift-valley-province|exact",
        ]
    );
    let actors =
        "SELECT e.id, a.id, p.role FROM event_actor p JOIN event e ON e.pk = p.event JOIN actor a ON a.pk = p.actor
                  WHERE e.row_digest IS NOT NULL AND e.id IN ('ucdp-ged-1', 'ucdp-ged-3') ORDER BY e.pk, p.seq";
    assert_eq!(
        db.rows(actors).await,
        [
            "ucdp-ged-1|jnim|perpetrator",
            "ucdp-ged-1|civilians|victim",
            "ucdp-ged-3|malian-armed-forces|participant",
            "ucdp-ged-3|jnim|participant",
        ]
    );
    let claims = "SELECT c.n, r.publisher, r.published, c.topic, c.part, c.low, c.high, c.said_by, c.origin, c.preferred
                  FROM claim c JOIN event e ON e.pk = c.event JOIN passage p ON p.pk = c.passage JOIN report r ON r.pk = p.report
                  WHERE e.id = 'ucdp-ged-1' ORDER BY c.n";
    assert_eq!(
        db.rows(claims).await,
        [
            "1|Uppsala Conflict Data Program||killed||6|6|UCDP|dataset|1",
            "2|Uppsala Conflict Data Program||killed||4|9|UCDP|dataset|0",
            "5|Uppsala Conflict Data Program||killed|civilians|6|6|UCDP|dataset|0",
            "7|Reuters, Bamako|2022-06-20|context||||police|security_forces|0",
            "8|RFI|2022-06-21|context||||police|security_forces|0",
        ]
    );
    // Low above best cannot stand in one claim; it is kept in words, and flagged.
    let findings = constat::ingest::check::check(db.store.read().await.unwrap().as_mut()).await.unwrap();
    let found = |check| findings.iter().filter(|f| f.check == check).map(|f| f.subject.as_str()).collect::<Vec<_>>();
    use constat::ingest::check::Check;
    assert_eq!(found(Check::EstimatesOutOfOrder), ["ucdp-ged-4"]);
    assert_eq!(found(Check::BestZero), ["ucdp-ged-3"]);
    let mut snapshot = db.store.read().await.unwrap();
    let versions = snapshot.versions("ucdp-ged-1").await.unwrap();
    assert_eq!((versions.len(), versions[0].record.claims.len(), versions[0].record.passages.len()), (1, 5, 3));
}

#[tokio::test]
async fn a_new_release_changes_what_differs_and_withdraws_only_when_told() {
    let db = Db::new().await;
    import(&db, 1, file(&[row(1, &[]), row(2, &[]), row(3, &[])])).await.unwrap();
    let before = db.dump().await;
    let again = import_with(&db, 2, file(&[row(1, &[]), row(2, &[]), row(3, &[])]), release("21.1")).await.unwrap();
    assert!(!again.outcome.changed);
    assert_eq!(db.dump().await, before);

    let text = file(&[row(1, &[]), row(2, &[("best", "7"), ("deaths_civilians", "7")]), row(9, &[])]);
    let done = import(&db, 3, &text).await.unwrap();
    let e = done.outcome.events;
    assert_eq!((e.added, e.changed, e.withdrawn, e.unchanged, done.not_in_file), (1, 1, 0, 1, 1));
    let mut snapshot = db.store.read().await.unwrap();
    let versions = snapshot.versions("ucdp-ged-2").await.unwrap();
    let best = |at: usize| versions[at].record.claims[0].figure.unwrap().point();
    assert_eq!((best(0), best(1), versions[1].record.claims[0].n), (6, 7, 1));
    drop(snapshot);

    let complete = Options { complete: true, ..release("24.1") };
    let done = import_with(&db, 4, &text, complete).await.unwrap();
    assert_eq!((done.outcome.events.withdrawn, done.not_in_file), (1, 0));
    let versions = db.store.read().await.unwrap().versions("ucdp-ged-3").await.unwrap();
    assert_eq!((versions.len(), &*versions[1].change, versions[1].record.claims.len()), (2, "withdrawn", 3));
    let done = import(&db, 5, file(&[row(3, &[])])).await.unwrap();
    assert_eq!(done.outcome.events.restored, 1);
    assert_eq!(db.rows("SELECT count(*) FROM retired").await, ["0"]);
}

#[tokio::test]
async fn marks_line_ends_tags_and_missing_headers_make_no_difference() {
    let text = file(&[row(1, &[("where_description", "two\nlines")]), row(2, &[])]);
    let (header, rows) = text.split_once('\n').unwrap();
    let tags = HEADER.split(',').map(|name| format!("#x+{name}")).collect::<Vec<_>>().join(",");
    let forms = [
        format!("\u{feff}{}", text.replace('\n', "\r\n")),
        format!("{header}\n{tags}\n{rows}"),
        rows.to_owned(),
        format!("{}\n{rows}", header.to_uppercase()),
    ];
    let plain = Db::new().await;
    import(&plain, 1, &text).await.unwrap();
    const DIGESTS: &str = "SELECT id, row_digest FROM event ORDER BY id";
    for form in forms {
        let db = Db::new().await;
        import(&db, 1, form).await.unwrap();
        assert_eq!(db.rows(DIGESTS).await, plain.rows(DIGESTS).await);
    }
}

#[tokio::test]
async fn bad_rows_can_be_left_out_and_are_kept_beside_the_file() {
    let db = Db::new().await;
    let text = file(&[row(1, &[]), row(2, &[("latitude", "91"), ("best", "")]), "short,row".to_owned(), row(3, &[])]);
    let options = Options { skip_bad_rows: true, ..release("1") };
    let done = import_with(&db, 1, text, options).await.unwrap();
    assert_eq!(done.outcome.events.added, 2);
    let rejects = std::fs::read_to_string(db.dir.path().join("rows.csv.rejects.csv")).unwrap();
    assert!(rejects.starts_with("line,problem,id,relid"));
    assert!(rejects.contains("\n3,\"column \"\"latitude\"\": \"\"91\"\" was expected"), "{rejects}");
    assert!(rejects.contains("\n4,\"has 2 cells") && rejects.lines().count() == 3, "{rejects}");
}

#[test]
fn with_the_world_in_it_the_front_door_opens_on_the_world() {
    let site = Site::over(tempfile::tempdir().unwrap(), |store| async move {
        import_embedded(&store, at(1)).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ged.csv");
        let lands = [
            ("Nepal", "28.0", "84.0"),
            ("Peru", "-10.0", "-76.0"),
            ("Sudan", "13.0", "25.0"),
            ("Angola", "-12.0", "17.0"),
        ];
        let row = |(n, (country, latitude, longitude)): (u64, (&str, &str, &str))| {
            row(
                n,
                &[("country", country), ("latitude", latitude), ("longitude", longitude), ("adm_1", ""), ("adm_2", "")],
            )
        };
        std::fs::write(&path, file(&(1..).zip(lands).map(row).collect::<Vec<_>>())).unwrap();
        let survey = survey::<Ged>(&path, release("26.1"), &quiet()).unwrap();
        import_rows::<Ged>(&store, &Arc::new(survey), at(2), &quiet()).await.unwrap();
    });
    let page = site.get("/");
    assert!(page.text(".front-lead").contains(" in 5 countries "), "{}", page.text(".front-lead"));
    assert_eq!(page.texts(".front-grid ul.counts a")[0], "Mali");
    assert!(page.count("svg.map-events a") >= 5);
    let french = site.get("/fr");
    assert!(
        french.text(".front-lead").contains("dans 5 pays")
            && french.texts(".front-grid ul.counts a").contains(&"Pérou".to_owned())
    );
    // Without it, on Mali.
    let mali = pages_kit::site().get("/");
    assert!(mali.text(".front-lead").contains("in Mali since 2012"));
    assert_eq!((mali.count("svg.map-events"), mali.count(".front-map figure > svg")), (0, 1));
}

#[tokio::test]
async fn of_many_findings_the_first_are_listed_unless_all_are_asked_for() {
    let db = Db::new().await;
    let rows: Vec<String> = (1..=50).map(|n| row(n, &[("adm_1", ""), ("adm_2", "")])).collect();
    import(&db, 1, file(&rows)).await.unwrap();
    db.store.close().await;
    let listed = |args: &[&str]| {
        let text = stdout(&constat(&db.path(), args));
        let of_kind = text
            .split("Imported rows without the name of a region")
            .nth(1)
            .unwrap()
            .split("\nImported")
            .next()
            .unwrap();
        (of_kind.matches("ucdp-ged-").count(), of_kind.contains("and 10 more (constat check --all)"))
    };
    assert_eq!(listed(&["check"]), (40, true));
    assert_eq!(listed(&["check", "--all"]), (50, false));
}

#[tokio::test]
async fn the_command_says_what_it_recognised() {
    let dir = tempfile::tempdir().unwrap();
    let (db, path) = (dir.path().join("a.db"), dir.path().join("GEDEvent_v24_0_3.csv"));
    std::fs::write(&path, "nothing").unwrap();
    let output = constat(&db, &["import", "ucdp-ged", path.to_str().unwrap()]);
    assert!(!output.status.success() && !db.exists(), "{}", stderr(&output));
    std::fs::write(&path, file(&[row(1, &[])])).unwrap();
    let output = constat(&db, &["import", "ucdp-ged", path.to_str().unwrap()]);
    assert!(
        stdout(&output).contains("GED of 49 columns, as since 20.1, 1 rows\nucdp-ged 24.0.3: events 1 added"),
        "{output:?}"
    );
}

#[tokio::test]
async fn the_samples_import() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/ucdp");
    if !samples.exists() {
        println!("no samples at {}: nothing tried", samples.display());
        return;
    }
    for (name, rows) in [("ged191-myanmar-bangladesh-original", 3194), ("ged231-central-african-republic", 1848)] {
        let db = Db::new().await;
        let survey = survey::<Ged>(&samples.join(format!("{name}.zip")), Options::default(), &quiet()).unwrap();
        let done = import_rows::<Ged>(&db.store, &Arc::new(survey), at(1), &quiet()).await.unwrap();
        assert_eq!(done.outcome.events.added, rows);
    }
}
