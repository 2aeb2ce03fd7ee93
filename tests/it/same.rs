//! Events that are the same in several datasets: what `constat match` proposes, what a list accepts, and what pages show.

use std::path::PathBuf;

use constat::ingest::ged::Ged;
use constat::ingest::rows::{Options, Watcher, survey};
use constat::ingest::same;
use constat::ingest::{ImportError, SameOutcome, import_embedded, import_rows, import_same_events};
use constat::store::Store;

use super::ged::{file, row};
use super::kit::{Db, Package, at, constat, stderr, stdout};
use super::pages_kit::{Few, Site, attr, strings, within, words};

/// A village of a cercle, an attack there by JNIM, and a second one whose toll nobody gives.
fn curated() -> Few {
    Few::default()
        .row("regions", "ml,,Mali,Mali,country,,,,")
        .row("regions", "ml-mopti,ml,Mopti,Mopti,admin1,,,,")
        .row("regions", "ml-koro,ml-mopti,Koro,Koro,admin2,,14.07,-3.08,")
        .row("actors", "jnim,JNIM,JNIM,jihadist_group,ml,,,,,")
        .row("actors", "dan-na-ambassagou,Dan Na Ambassagou,Dan Na Ambassagou,self_defence_group,ml,,,,,")
        .row("actors", "civilians,Civilians,Civils,community,,,,,,")
        .report("agency")
        .report("paper")
        .row("events", "2022-koro,Attack at Koro,Attaque de Koro,massacre,2022-06-18,,day,ml-koro,14.07,-3.08,place,,")
        .killed("2022-koro", "agency", "40", "40", "government")
        .killed("2022-koro", "paper", "8", "8", "witness")
        .part("2022-koro", "jnim", "perpetrator", "attributed")
        .row("events", "2021-koro,Other attack,Autre attaque,massacre,2021-02-01,,day,ml-koro,14.07,-3.08,place,,")
        .context("2021-koro", "agency", "media")
}

const MATCHING: u64 = 1;

/// One row that is the same as the attack, and others that each miss it by one thing, or by two.
fn rows() -> Vec<String> {
    let day = |day: &'static str| [("date_start", day), ("date_end", day)];
    let fifty = [("best", "300"), ("low", "300"), ("high", "300"), ("deaths_civilians", "300")];
    let soldiers = [("side_a", "Dan na Ambassagou"), ("side_a_new_id", "6500")];
    vec![
        row(MATCHING, &[]),
        row(2, &day("2022-06-19")),
        row(3, &day("2022-06-21")),
        row(4, &[("latitude", "14.79")]),
        row(5, &soldiers),
        row(6, &fifty),
        row(7, &[&soldiers[..], &fifty[..]].concat()),
        row(8, &[&day("2022-06-19")[..], &fifty[..]].concat()),
    ]
}

async fn ged(store: &Store, folder: &std::path::Path, rows: &[String], complete: bool, n: i64) {
    let path = folder.join("ged.csv");
    std::fs::write(&path, file(rows)).unwrap();
    let options = Options { release: Some(format!("2{n}.1")), complete, ..Options::default() };
    let quiet: Watcher = std::sync::Arc::new(|_| {});
    let survey = survey::<Ged>(&path, options, &quiet).unwrap();
    import_rows::<Ged>(store, &std::sync::Arc::new(survey), at(n), &quiet).await.unwrap();
}

fn list(folder: &std::path::Path, rows: &str) -> PathBuf {
    let path = folder.join("same.csv");
    std::fs::write(&path, format!("event,other,note,note_fr\n{rows}")).unwrap();
    path
}

async fn accept(db: &Db, n: i64, rows: &str) -> Result<SameOutcome, ImportError> {
    let list = same::read(&list(db.dir.path(), rows))?;
    import_same_events(&db.store, &list, at(n)).await
}

/// The curated package and the rows.
async fn both() -> Db {
    let db = Db::new().await;
    db.import(&curated().package("curated")).await.unwrap();
    ged(&db.store, db.dir.path(), &rows(), false, 2).await;
    db
}

/// A site on the two datasets with a list.
fn site(accepted: &'static str, withdrawn: bool) -> Site {
    Site::over(tempfile::tempdir().unwrap(), |store| async move {
        let folder = tempfile::tempdir().unwrap();
        let package = curated().package("curated").write(&folder.path().join("package"));
        constat::ingest::import_package(&store, &package, at(1)).await.unwrap();
        ged(&store, folder.path(), &rows(), false, 2).await;
        let list = same::read(&list(folder.path(), accepted)).unwrap();
        import_same_events(&store, &list, at(3)).await.unwrap();
        if withdrawn {
            ged(&store, folder.path(), &rows()[1..], true, 4).await;
        }
    })
}

const PAIR: &str = "2022-koro,ucdp-ged-1,Same day and place.,Même jour et même lieu.\n";

#[tokio::test]
async fn a_match_is_proposed_with_its_reasons_and_near_misses_are_not_or_say_why() {
    let db = both().await;
    let output = constat(&db.path(), &["match"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    let mut read = csv::Reader::from_reader(text.as_bytes());
    let headers = read.headers().unwrap().iter().collect::<Vec<_>>().join(",");
    assert_eq!(headers, "event,other,score,date,distance_km,shared_actors,toll,reasons,accepted");
    let rows: Vec<Vec<String>> = read.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let of = |id: &str| rows.iter().find(|row| row[1] == id);
    let first = of("ucdp-ged-1").unwrap();
    let reasons = "the same day; 0.0 km apart; jnim in both; the tolls overlap (8 to 40 and 4 to 9); kinds alike";
    assert_eq!(
        first[..],
        ["2022-koro", "ucdp-ged-1", "1.00", "2022-06-18", "0.0", "jnim", "8 to 40 / 4 to 9", reasons, ""]
    );
    // Days apart, 80 km off, and what misses by two things, are not proposed at all.
    let found: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(found, ["ucdp-ged-1", "ucdp-ged-2", "ucdp-ged-6", "ucdp-ged-5"]);
    for (id, score, reason) in [
        ("ucdp-ged-2", "0.85", "1 day apart"),
        ("ucdp-ged-5", "0.80", "no group in common"),
        ("ucdp-ged-6", "0.85", "the tolls are far apart (8 to 40 and 300)"),
    ] {
        let row = of(id).unwrap();
        assert_eq!(row[2], score, "{id}");
        assert!(row[7].contains(reason), "{id}: {}", row[7]);
    }
    assert_eq!(stderr(&output), "4 proposed for 1 events, with a score of 0.5 or more; 0 more are accepted already\n");
}

#[tokio::test]
async fn match_takes_a_score_a_dataset_and_a_new_file() {
    let db = both().await;
    accept(&db, 3, PAIR).await.unwrap();
    let out = db.dir.path().join("found.csv");
    let run = |args: &[&str]| constat(&db.path(), &[&["match"], args].concat());
    let to = out.to_str().unwrap();
    let output = run(&["--min-score", "0.85", "--dataset", "ucdp-ged", "--out", to]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), String::new()));
    assert!(stderr(&output).ends_with("; 1 more are accepted already\n"));
    let written = std::fs::read_to_string(&out).unwrap();
    let ids: Vec<&str> = written.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(ids, ["ucdp-ged-2", "ucdp-ged-6"]);

    let again = run(&["--out", to]);
    assert!(!again.status.success() && stderr(&again).contains("found.csv"), "{}", stderr(&again));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), written);
    assert_eq!(
        stderr(&run(&["--dataset", "ucdp-gde"])),
        "there is no dataset \"ucdp-gde\"; did you mean \"ucdp-ged\"?\n"
    );
    assert_eq!(run(&["--min-score", "2"]).status.code(), Some(2));
    assert_eq!(stdout(&run(&["--dataset", "curated"])).lines().count(), 1);
}

#[test]
fn the_page_of_a_curated_event_shows_the_other_figures_with_their_dataset() {
    let site = site(PAIR, false);
    for (lang, words_of_link, dataset) in [
        ("", "The same event in UCDP Georeferenced Event Dataset:", "UCDP Georeferenced Event Dataset"),
        (
            "/fr",
            "Le même événement dans « Jeu d’évènements géoréférencés de l’UCDP (GED) » :",
            "Jeu d’évènements géoréférencés de l’UCDP (GED)",
        ),
    ] {
        let page = site.get(&format!("{lang}/events/2022-koro"));
        assert!(page.text(".same").starts_with(words_of_link), "{}", page.text(".same"));
        assert_eq!(page.attr(".same a", "href"), format!("{lang}/events/ucdp-ged-1"));
        // Its own figures first, each once; of the other record the best estimate, the range and the civilians' part.
        let killed = page.one(".topic[data-topic=killed]");
        let others = within(killed, "li[id^=same-]");
        let ids: Vec<String> = others.iter().map(|claim| attr(*claim, "id")).collect();
        assert_eq!(ids, ["same-ucdp-ged-1-1", "same-ucdp-ged-1-2", "same-ucdp-ged-1-5"]);
        assert_eq!(attr(within(others[0], "a")[0], "href"), format!("{lang}/events/ucdp-ged-1#claim-1"));
        assert!(within(killed, ".dataset").into_iter().all(|mark| words(mark) == dataset));
        assert_eq!(within(killed, ".dataset").len(), 3);
        assert_eq!(page.count("[id^=claim-]"), 2);
        // What UCDP prefers is not what the curators prefer.
        assert_eq!(within(killed, ".preferred").len() - within(killed, ".key.preferred").len(), 0);
        // A mark for each claim on the whole toll, those of the other record leading to its page.
        let marks = page.attrs(".toll-chart a", "href");
        assert_eq!(marks.iter().filter(|href| href.starts_with("#claim-")).count(), 2);
        let other = format!("{lang}/events/ucdp-ged-1#claim-");
        assert_eq!(marks.iter().filter(|href| href.starts_with(&other)).count(), 2);
        assert_eq!(page.count(".toll-chart .elsewhere"), 2);

        let back = site.get(&format!("{lang}/events/ucdp-ged-1"));
        assert_eq!(back.attr(".same a", "href"), format!("{lang}/events/2022-koro"));
        assert!(back.count("#claim-1") == 1 && back.count("[id^=same-]") == 0);
    }
    assert_eq!(site.get("/events/2022-koro").text(".same .note"), "Same day and place.");
    assert_eq!(site.get("/fr/events/2022-koro").text(".same .note"), "Même jour et même lieu.");
}

#[test]
fn the_toll_the_filter_and_the_standing_stay_those_of_the_events_own_claims() {
    let (with, without) = (site(PAIR, false), site("", false));
    let toll = |site: &Site| site.get("/events/2022-koro").text(".toll-note");
    assert_eq!(toll(&with), toll(&without));
    let json = with.json("/events/2022-koro.json");
    assert_eq!((&json["killed"]["low"], &json["killed"]["high"]), (&8.into(), &40.into()));
    assert_eq!(json["claims"].as_array().unwrap().len(), 2);
    // The other record says 4 to 9; the event is not found by it.
    assert_eq!(with.ids("killed_max=7&source=curated"), Vec::<String>::new());
    assert_eq!(with.ids("killed_max=8&source=curated"), ["2022-koro"]);
    // Two records, both in the list.
    assert_eq!(
        with.ids("from=2022-06-18&to=2022-06-18&kind=massacre").len(),
        without.ids("from=2022-06-18&to=2022-06-18&kind=massacre").len()
    );

    let same = &json["same_as"][0];
    assert_eq!((&same["id"], &same["dataset"]), (&"ucdp-ged-1".into(), &"ucdp-ged".into()));
    assert_eq!(same["note"], "Same day and place.");
    assert_eq!((&same["claims"][0]["n"], &same["claims"][0]["low"]), (&1.into(), &6.into()));
    assert_eq!(same["claims"][0]["report"]["publisher"], "Uppsala Conflict Data Program");
    let back = with.json("/events/ucdp-ged-1.json");
    assert_eq!(strings(&back["same_as"], "id"), ["2022-koro"]);
    assert_eq!(back["same_as"][0].get("claims"), None);
}

#[test]
fn a_topic_of_which_only_the_other_record_speaks_is_shown_without_a_toll() {
    let site = site("2021-koro,ucdp-ged-1,,\n", false);
    let page = site.get("/events/2021-koro");
    assert_eq!(page.text(".toll-note"), "No report gives a toll for the whole event.");
    assert_eq!(page.count(".topic[data-topic=killed] li[id^=same-]"), 3);
    assert_eq!(page.count(".topic[data-topic=killed] h4 .mark"), 0);
    assert_eq!(site.json("/events/2021-koro.json")["killed"]["high"], serde_json::Value::Null);
}

#[test]
fn what_was_not_accepted_or_was_withdrawn_shows_nothing() {
    for site in [site("", false), site(PAIR, true)] {
        let page = site.get("/events/2022-koro");
        assert_eq!(page.count(".same, .dataset, [id^=same-], .toll-chart .elsewhere, .key.elsewhere"), 0);
        assert_eq!(site.json("/events/2022-koro.json")["same_as"], serde_json::json!([]));
    }
    assert_eq!(site(PAIR, true).any("/events/ucdp-ged-1").status, 410);
}

#[tokio::test]
async fn a_list_says_what_it_changed_and_waits_for_datasets_to_come() {
    let db = Db::new().await;
    db.import(&curated().package("curated")).await.unwrap();
    let generation = "SELECT value FROM generation";
    let rows = format!("{PAIR}2022-koro,acled-mli1,,\n");
    let outcome = accept(&db, 2, &rows).await.unwrap();
    assert_eq!((outcome.pairs, outcome.added, outcome.changed, outcome.removed), (2, 2, 0, 0));
    assert_eq!(
        outcome.to_string(),
        "same events: 2 pairs; 2 added, 0 changed, 0 removed\n\
         1 waits for acled, which has not been imported\n1 waits for ucdp-ged, which has not been imported"
    );
    assert_eq!(db.rows(generation).await, ["2"]);
    let outcome = accept(&db, 3, &rows).await.unwrap();
    assert!(!outcome.is_change() && outcome.to_string().starts_with("same events: nothing changed (2 pairs)"));
    assert_eq!(db.rows(generation).await, ["2"]);

    // The rows come, and a new state of the package: the pair holds.
    ged(&db.store, db.dir.path(), &[row(1, &[])], false, 4).await;
    db.import(&curated().killed("2021-koro", "paper", "3", "3", "un").package("curated").version("2")).await.unwrap();
    let constat::store::events::Found::Live(event) = db.store.read().await.unwrap().event("2022-koro").await.unwrap()
    else {
        panic!("the event is there");
    };
    assert_eq!(event.same.iter().map(|same| same.event.record.id.as_str()).collect::<Vec<_>>(), ["ucdp-ged-1"]);

    let outcome = accept(&db, 6, "2022-koro,ucdp-ged-1,Another note.,\n").await.unwrap();
    assert_eq!((outcome.pairs, outcome.added, outcome.changed, outcome.removed), (1, 0, 1, 1));
    assert!(outcome.waiting.is_empty());
    ged(&db.store, db.dir.path(), &[row(9, &[])], true, 7).await;
    assert_eq!(accept(&db, 8, PAIR).await.unwrap().withdrawn, 1);
}

#[tokio::test]
async fn a_list_that_is_wrong_changes_nothing_and_says_where() {
    let db = both().await;
    accept(&db, 3, PAIR).await.unwrap();
    // Not all of the file: a program that closes it leaves statistics for the planner.
    let kept = "SELECT event_id, other_id, note, source, digest, value FROM same_event, same_event_list, generation";
    let before = db.rows(kept).await;
    for (rows, wrong) in [
        (
            "2022-kor,ucdp-ged-1,,\n",
            "same.csv:2, column \"event\": \"2022-kor\" is no event of the datasets that were imported; did you mean \"2022-koro\"?",
        ),
        (
            "2022-koro,ucdp-ged-11,,\n",
            "same.csv:2, column \"other\": \"ucdp-ged-11\" is no event of the datasets that were imported; did you mean \"ucdp-ged-1\"?",
        ),
        ("2022-koro,2022-koro,,\n", "same.csv:2, column \"other\": \"2022-koro\" is the event itself"),
        ("2022-koro,2021-koro,,\n", "same.csv:2, column \"other\": \"2021-koro\" is of “Dataset curated” as well"),
        (
            "ucdp-ged-1,2022-koro,,\n",
            "same.csv:2, column \"event\": \"ucdp-ged-1\" is a row of “UCDP Georeferenced Event Dataset”",
        ),
        (
            "2022-koro,ucdp-ged-2,,\n2021-koro,ucdp-ged-2,,\n",
            "same.csv:3, column \"other\": \"ucdp-ged-2\" is the same as \"2022-koro\" on line 2",
        ),
        ("2022-koro,ucdp-ged-2\n", "same.csv:2: the row has 2 cells; 4 were expected"),
    ] {
        let output = constat(&db.path(), &["import", "same-events", list(db.dir.path(), rows).to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{rows}");
        assert!(stderr(&output).contains(wrong), "{rows}: {}", stderr(&output));
    }
    let path = db.dir.path().join("same.csv");
    std::fs::write(&path, "event,others,note\n").unwrap();
    let output = constat(&db.path(), &["import", "same-events", path.to_str().unwrap()]);
    assert!(
        stderr(&output).contains("column \"others\": \"others\" is no column of this table"),
        "{}",
        stderr(&output)
    );
    std::fs::write(&path, b"event,other,note\n\xff,b,\n").unwrap();
    let output = constat(&db.path(), &["import", "same-events", path.to_str().unwrap()]);
    assert!(stderr(&output).contains("same.csv:2: is not valid UTF-8"), "{}", stderr(&output));
    let nowhere = db.dir.path().join("none.db");
    let output = constat(&nowhere, &["import", "same-events", path.to_str().unwrap()]);
    assert!(!output.status.success() && !nowhere.exists());
    assert_eq!(db.rows(kept).await, before);
}

#[tokio::test]
async fn the_list_that_ships_comes_with_the_dataset_and_gives_way_to_an_operators() {
    let db = Db::new().await;
    import_embedded(&db.store, at(1)).await.unwrap();
    let shipped = same::embedded().unwrap().pairs.len();
    let count = "SELECT count(*) FROM same_event";
    assert_eq!(db.rows(count).await, [shipped.to_string()]);
    // Rows of it that a file of the operator's does not have only wait.
    ged(&db.store, db.dir.path(), &[row(1, &[])], false, 2).await;
    accept(&db, 3, "").await.unwrap();
    assert_eq!(db.rows(count).await, ["0"]);
    constat::ingest::keep_embedded(&db.store, at(4)).await.unwrap();
    assert_eq!(db.rows(count).await, ["0"]);

    // Every event of it is one of the dataset.
    let events = super::pages_kit::dataset_ids("events.csv");
    for pair in same::embedded().unwrap().pairs {
        assert!(events.iter().any(|id| id == pair.event.as_str()), "{}", pair.event);
    }
}

#[tokio::test]
async fn two_packages_are_compared_once() {
    let db = both().await;
    let second = |text: &str| text.replace("2022-koro", "2022-koro-b").replace("2021-koro", "2021-koro-b");
    let package = curated().package("second");
    let files =
        package.0.iter().map(|(path, bytes)| (path.clone(), second(std::str::from_utf8(bytes).unwrap()).into_bytes()));
    db.import(&Package(files.collect())).await.unwrap();
    let text = stdout(&constat(&db.path(), &["match", "--dataset", "curated", "--dataset", "second"]));
    let pairs: Vec<String> =
        text.lines().skip(1).map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(pairs, ["2022-koro 2022-koro-b"]);
}
