//! ACLED: every style of export, what a row becomes, new exports, and that nothing of it is passed on.

use std::sync::Arc;

use constat::ingest::acled::Acled;
use constat::ingest::rows::{Options, survey};
use constat::ingest::{ImportError, RowsOutcome, import_embedded, import_rows};

use super::kit::{Db, at, constat, stderr, stdout};
use super::rows_kit::{import_text_of, quiet, release, row_of};

/// The columns of today's exports.
pub const HEADER: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";
/// Those of exports until 2022.
const OLD_HEADER: &str = "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3";

const BASE: [(&str, &str); 19] = [
    ("event_date", "18 June 2022"),
    ("time_precision", "1"),
    ("disorder_type", "Political violence"),
    ("event_type", "Violence against civilians"),
    ("sub_event_type", "Attack"),
    ("actor1", "JNIM: Group for Support of Islam and Muslims"),
    ("inter1", "2"),
    ("actor2", "Civilians (Mali)"),
    ("inter2", "7"),
    ("civilian_targeting", "Civilian targeting"),
    ("country", "Mali"),
    ("admin1", "Mopti"),
    ("admin2", "Koro"),
    ("location", "A village"),
    ("latitude", "14.07"),
    ("longitude", "-3.08"),
    ("geo_precision", "1"),
    ("notes", "On 18 June 2022, armed men came to A village and shot at people. Six people died."),
    ("fatalities", "6"),
];

/// A row of a header.
pub fn row_under(header: &str, id: &str, cells: &[(&str, &str)]) -> String {
    let cells: Vec<(&str, &str)> = std::iter::once(("event_id_cnty", id)).chain(cells.iter().copied()).collect();
    row_of(header, &cells, &BASE)
}

/// A row with some of its cells set.
pub fn row(id: &str, cells: &[(&str, &str)]) -> String {
    row_under(HEADER, id, cells)
}

/// A file of rows.
pub fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// Imports it as the `n`th import.
pub async fn import(db: &Db, n: i64, text: impl AsRef<[u8]>) -> Result<RowsOutcome, ImportError> {
    import_text_of::<Acled>(db, n, text, release(&format!("2026-{n}"))).await
}

/// Rows of the kinds that differ in what they become.
/// Four rows of different kinds.
pub fn rows() -> Vec<String> {
    vec![
        row("MLI1", &[("source", "Radio One; Paper Two; Radio One"), ("tags", "crowd size=no report")]),
        row(
            "MLI2",
            &[
                ("event_date", "15 June 2022"),
                ("time_precision", "3"),
                ("geo_precision", "3"),
                ("event_type", "Battles"),
                ("sub_event_type", "Armed clash"),
                ("actor1", "Military Forces of Mali (2021-)"),
                ("assoc_actor_1", "Wagner Group; Police Forces of Mali (2021-)"),
                ("inter1", "State forces"),
                ("actor2", "Unidentified Armed Group (Mali)"),
                ("inter2", "Political militia"),
                ("civilian_targeting", ""),
                ("fatalities", "10"),
                ("notes", "Around mid-June 2022, forces and gunmen clashed.\nSeveral were killed, coded as 10."),
            ],
        ),
        row(
            "MLI3",
            &[
                ("time_precision", "2"),
                ("geo_precision", "2"),
                ("disorder_type", "Demonstrations"),
                ("event_type", "Protests"),
                ("sub_event_type", "Peaceful protest"),
                ("actor1", "Protesters (Mali)"),
                ("inter1", "6"),
                ("actor2", ""),
                ("inter2", ""),
                ("civilian_targeting", ""),
                ("fatalities", "0"),
                ("notes", "People walked through the town."),
            ],
        ),
        row(
            "KEN4",
            &[
                ("event_type", "Explosions/Remote violence"),
                ("sub_event_type", "Remote explosive/landmine/IED"),
                ("actor1", "Unidentified Armed Group (Kenya)"),
                ("inter1", "3"),
                ("actor2", "Military Forces of Kenya (2013-2022)"),
                ("inter2", "1"),
                ("civilian_targeting", ""),
                ("country", "Kenya"),
                ("admin1", "Lamu"),
                ("admin2", "Lamu West"),
                ("admin3", "Hindi"),
                ("fatalities", "3"),
            ],
        ),
    ]
}

#[tokio::test]
async fn a_row_becomes_an_event_with_its_sides_figure_and_sources() {
    let db = Db::new().await;
    import_embedded(&db.store, at(0)).await.unwrap();
    let done = import(&db, 1, file(&rows())).await.unwrap();
    assert_eq!(done.outcome.events.added, 4);
    let events = "SELECT e.id, e.kind, e.start_date, e.end_date, e.date_precision, r.id, e.place_precision FROM event e
                  JOIN region r ON r.pk = e.region WHERE e.row_digest IS NOT NULL ORDER BY e.pk";
    assert_eq!(
        db.rows(events).await,
        [
            "acled-mli1|massacre|2022-06-18||day|ml-koro|place",
            "acled-mli2|armed_clash|2022-06||month|ml-koro|admin1",
            "acled-mli3|protest|2022-06-18||week|ml-koro|admin2",
            "acled-ken4|attack_on_forces|2022-06-18||day|acled-kenya-lamu-lamu-west-hindi|place",
        ]
    );
    let actors = "SELECT e.id, a.id, p.role, p.certainty FROM event_actor p JOIN event e ON e.pk = p.event
                  JOIN actor a ON a.pk = p.actor WHERE e.id IN ('acled-mli1', 'acled-mli2', 'acled-mli3') ORDER BY e.pk, p.seq";
    assert_eq!(
        db.rows(actors).await,
        [
            "acled-mli1|jnim|perpetrator|attributed",
            "acled-mli1|civilians|victim|attributed",
            "acled-mli2|malian-armed-forces|participant|attributed",
            "acled-mli2|wagner-group|participant|attributed",
            "acled-mli2|acled-actor-police-forces-of-mali-2021|participant|attributed",
            "acled-mli2|acled-actor-unidentified-armed-group-mali|participant|attributed",
            "acled-mli3|acled-actor-protesters-mali|participant|attributed",
        ]
    );
    let claims = "SELECT e.id, c.n, r.title, c.topic, c.low, c.about, c.value, c.said_by, c.origin, c.preferred
                  FROM claim c JOIN event e ON e.pk = c.event JOIN passage p ON p.pk = c.passage JOIN report r ON r.pk = p.report
                  WHERE e.id IN ('acled-mli1', 'acled-mli2') ORDER BY e.pk, c.n";
    let found = db.rows(claims).await;
    assert_eq!(
        found[..5],
        [
            "acled-mli1|1|ACLED MLI1|killed|6|0||ACLED|dataset|1",
            "acled-mli1|2|ACLED MLI1|context||0|Violence against civilians: Attack|ACLED|dataset|0",
            "acled-mli1|3|ACLED MLI1|context||0|Tags: crowd size=no report|ACLED|dataset|0",
            "acled-mli1|7|Radio One|context||0|ACLED lists it as a source for this event.|ACLED|dataset|0",
            "acled-mli1|8|Paper Two|context||0|ACLED lists it as a source for this event.|ACLED|dataset|0",
        ]
    );
    // "Several", coded as 10, is about 10; an exact 6 is 6.
    assert!(
        found[5].starts_with("acled-mli2|1|ACLED MLI2|killed|10|1|ACLED’s coders write a round figure"),
        "{found:?}"
    );
    // What the tables say is the document of a first version, its passage with it.
    let mut snapshot = db.store.read().await.unwrap();
    let record = &snapshot.versions("acled-mli2").await.unwrap()[0].record;
    assert_eq!(record.passages.len(), 1);
    assert!(record.passages[0].gist.en.ends_with("clashed.\nSeveral were killed, coded as 10."));
    // Whoever checks the curated data is not shown every row of ACLED.
    let findings = constat::ingest::check::check(snapshot.as_mut()).await.unwrap();
    let of_acled: Vec<_> = findings.iter().filter(|finding| finding.subject.contains("acled")).collect();
    assert!(of_acled.is_empty(), "{of_acled:?}");
}

#[tokio::test]
async fn every_style_of_export_says_the_same() {
    const SAID: &str = "SELECT e.id, e.kind, e.start_date, e.title, c.low, p.gist, group_concat(a.id || x.role) FROM event e
                        JOIN claim c ON c.event = e.pk AND c.n = 1 JOIN passage p ON p.pk = c.passage
                        JOIN event_actor x ON x.event = e.pk JOIN actor a ON a.pk = x.actor GROUP BY e.pk ORDER BY e.id";
    let notes = [("notes", "Two lines,\nand a \"word\"; no more.")];
    let plain = Db::new().await;
    let text = file(&[row("MLI1", &notes), row("MLI2", &notes)]);
    import(&plain, 1, &text).await.unwrap();
    let expected = plain.rows(SAID).await;
    assert_eq!(expected.len(), 2);

    let dated = |date| {
        let cells = [notes[0], ("event_date", date)];
        file(&[row("MLI1", &cells), row("MLI2", &cells)])
    };
    let words = [notes[0], ("inter1", "Rebel group"), ("inter2", "Civilians")];
    let old = |id| row_under(OLD_HEADER, id, &notes);
    let semicolons = |text: &str| {
        // No cell of these holds a comma outside quotes but between cells.
        let mut quoted = false;
        let swapped = text.chars().map(|c| {
            quoted ^= c == '"';
            if c == ',' && !quoted { ';' } else { c }
        });
        swapped.collect::<String>()
    };
    let (header, of_rows) = text.split_once('\n').unwrap();
    let forms = [
        (format!("\u{feff}{}", text.replace('\n', "\r\n")), "dates as 22 February 2019"),
        (semicolons(&text), "semicolons between cells"),
        (format!("{}\n{of_rows}", header.to_uppercase()), "ACLED of 31 columns"),
        (dated("18-Jun-22"), "dates as 16-Feb-21"),
        (dated("18-June-2022"), "dates as 22 February 2019"),
        (dated("2022-06-18"), "dates as 2022-06-30"),
        (file(&[row("MLI1", &words), row("mli2", &words)]), "commas between cells"),
        (
            format!("{OLD_HEADER}\n{}\n{}\n", old("MLI1"), old("MLI2")),
            "with sub_event_type assoc_actor_1 inter1 admin3 source, without disorder_type civilian_targeting tags",
        ),
        (
            format!("{}\n{}\n{}\n", OLD_HEADER.replace("assoc_actor", "ally_actor"), old("MLI1"), old("MLI2")),
            "assoc_actor_1",
        ),
    ];
    for (form, recognised) in forms {
        let db = Db::new().await;
        let path = db.dir.path().join("export.csv");
        std::fs::write(&path, &form).unwrap();
        let survey = survey::<Acled>(&path, release("1"), &quiet()).unwrap();
        assert!(survey.layout.title.contains(recognised), "{recognised}: {}", survey.layout.title);
        import_rows::<Acled>(&db.store, &Arc::new(survey), at(1), &quiet()).await.unwrap();
        assert_eq!(db.rows(SAID).await, expected, "{recognised}");
    }
}

#[tokio::test]
async fn a_curated_place_and_actor_are_joined_whichever_comes_first() {
    let db = Db::new().await;
    let text = file(&[row("MLI1", &[])]);
    import(&db, 1, &text).await.unwrap();
    const REGION: &str = "SELECT e.version, r.id, a.id FROM event e JOIN region r ON r.pk = e.region
                          JOIN event_actor x ON x.event = e.pk AND x.seq = 1 JOIN actor a ON a.pk = x.actor
                          WHERE e.id = 'acled-mli1'";
    let own = "acled-actor-jnim-group-for-support-of-islam-and-muslims";
    assert_eq!(db.rows(REGION).await, [format!("1|acled-mali-mopti-koro|{own}")]);
    import_embedded(&db.store, at(2)).await.unwrap();
    import(&db, 3, &text).await.unwrap();
    assert_eq!(db.rows(REGION).await, ["2|ml-koro|jnim"]);
    // A locality a curator entered is found in its cercle, and only where ACLED says that it was just there.
    let place = "SELECT r.name, p.name FROM region r JOIN region q ON q.pk = r.parent JOIN region p ON p.pk = q.parent
                 WHERE r.id = 'ml-diallassagou'";
    let found = db.rows(place).await;
    let of = |id, precision| {
        let cells = [("location", "Diallassagou"), ("admin2", "Bankass"), ("geo_precision", precision)];
        row(id, &cells)
    };
    import(&db, 4, file(&[of("MLI7", "1"), of("MLI8", "2")])).await.unwrap();
    let regions = "SELECT r.id FROM event e JOIN region r ON r.pk = e.region WHERE e.id IN ('acled-mli7', 'acled-mli8') ORDER BY e.id";
    assert_eq!(db.rows(regions).await, ["ml-diallassagou", "ml-bankass"], "{found:?}");
}

#[tokio::test]
async fn a_new_export_changes_what_differs_and_withdraws_only_when_told() {
    let db = Db::new().await;
    import(&db, 1, file(&[row("MLI1", &[]), row("MLI2", &[]), row("MLI3", &[])])).await.unwrap();
    let before = db.dump().await;
    let again = import_text_of::<Acled>(
        &db,
        2,
        file(&[row("MLI3", &[]), row("MLI2", &[]), row("MLI1", &[])]),
        release("2026-1"),
    );
    assert!(!again.await.unwrap().outcome.changed);
    assert_eq!(db.dump().await, before);
    // Only the notes differ: that is a new version too, and what the row's report says with it.
    let text = file(&[row("MLI1", &[]), row("MLI2", &[("notes", "Other words. Seven."), ("fatalities", "7")])]);
    let done = import(&db, 3, &text).await.unwrap();
    let e = done.outcome.events;
    assert_eq!((e.added, e.changed, e.unchanged, e.withdrawn, done.not_in_file), (0, 1, 1, 0, 1));
    let versions = db.store.read().await.unwrap().versions("acled-mli2").await.unwrap();
    let gist = |at: usize| &*versions[at].record.passages[0].gist.en;
    assert!(gist(0).starts_with("On 18 June") && gist(1) == "Other words. Seven.");
    let passage =
        "SELECT p.anchor, p.gist FROM passage p JOIN report r ON r.pk = p.report WHERE r.id = 'acled-row-mli2'";
    assert_eq!(db.rows(passage).await, ["Other words. Seven.|Other words. Seven."]);

    let complete = Options { complete: true, ..release("2026-4") };
    let done = import_text_of::<Acled>(&db, 4, &text, complete).await.unwrap();
    assert_eq!(done.outcome.events.withdrawn, 1);
    const RETIRED: &str = "SELECT kind, id FROM retired ORDER BY kind";
    assert_eq!(db.rows(RETIRED).await, ["event|acled-mli3", "report|acled-row-mli3"]);
    let done = import(&db, 5, file(&[row("MLI3", &[])])).await.unwrap();
    assert_eq!(done.outcome.events.restored, 1);
    assert!(db.rows(RETIRED).await.is_empty());
    assert_eq!(db.rows("SELECT live FROM report WHERE id = 'acled-row-mli3'").await, ["1"]);
}

#[tokio::test]
async fn the_command_says_what_it_recognised_and_exports_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (db, path) = (dir.path().join("a.db"), dir.path().join("export.csv"));
    std::fs::write(&path, file(&[row("MLI1", &[])])).unwrap();
    let given = path.to_str().unwrap();
    let output = constat(&db, &["import", "acled", given, "--licence", "X"]);
    assert_eq!(output.status.code(), Some(2), "a licence without its address");
    let output = constat(&db, &["import", "acled", given]);
    let said = stdout(&output);
    assert!(
        said.contains("ACLED of 31 columns, with disorder_type") && said.contains("dates as 22 February 2019, 1 rows"),
        "{output:?}"
    );
    assert!(said.contains("acled to 2022-06-18: events 1 added"), "{said}");
    let out = dir.path().join("out");
    let output = constat(&db, &["export", "package", out.to_str().unwrap()]);
    assert!(!output.status.success() && !out.exists());
    assert!(stderr(&output).contains("may not be passed on (ACLED terms of use"), "{}", stderr(&output));
    let output = constat(&db, &["import", "acled", given, "--licence", "X", "--licence-url", "https://example.org/x"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(constat(&db, &["export", "package", out.to_str().unwrap()]).status.success() && out.exists());
}
