//! The README's tour, followed: every command is run and every address visited, and what the README promises of them
//! must be there.

use std::path::Path;
use std::process::Command;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::DateTime;
use constat::ingest::import_embedded;
use constat::store::Store;
use constat::web::{app, state::AppState};
use http_body_util::BodyExt;
use scraper::Html;
use tower::ServiceExt;

use crate::kit::CONSTAT;

const SITE: &str = "http://127.0.0.1:8080";

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The commands of the console blocks, each with the output the README shows.
fn commands(readme: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            match line.strip_prefix("$ ") {
                Some(command) => found.push((command.to_owned(), Vec::new())),
                None => found.last_mut().unwrap().1.push(line.to_owned()),
            }
        }
    }
    found
}

/// Whether an output is as shown; `...` at the end of a line stands for any text, alone on one for any lines.
fn as_shown(shown: &[String], output: &str) -> bool {
    let lines: Vec<&str> = output.lines().collect();
    shown.iter().enumerate().all(|(at, line)| match line.strip_suffix("...") {
        Some(start) => start.is_empty() || lines.get(at).is_some_and(|l| l.starts_with(start)),
        None => lines.get(at) == Some(&line.as_str()),
    })
}

async fn visit(site: &axum::Router, path: &str) -> String {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = site.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn site(folder: &Path) -> axum::Router {
    let store = Store::open(&folder.join("tour.db"), std::time::Duration::from_secs(5)).await.unwrap();
    import_embedded(&store, DateTime::from_timestamp(1_795_000_000, 0).unwrap()).await.unwrap();
    app(AppState::new(store, SITE.parse().unwrap()))
}

#[tokio::test]
async fn every_address_of_the_tour_shows_what_is_promised() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path()).await;
    let readme = readme();
    let mut visited = 0;
    // A step of the tour is a list item: an address, and in bold what a reader will find there.
    for step in readme.split("\n## ").find(|part| part.starts_with("A tour")).unwrap().split("\n").fold(
        Vec::<String>::new(),
        |mut steps, line| {
            match (line.starts_with(|c: char| c.is_ascii_digit()), steps.last_mut()) {
                (true, _) => steps.push(line.to_owned()),
                (false, Some(last)) if line.starts_with("   ") => *last = format!("{last} {}", line.trim()),
                _ => {}
            }
            steps
        },
    ) {
        let address = step.split('<').nth(1).unwrap().split('>').next().unwrap();
        let page = visit(&site, address.strip_prefix(SITE).unwrap()).await;
        let text: String = Html::parse_document(&page).root_element().text().collect::<Vec<_>>().join(" ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let promised: Vec<&str> = step.split("**").skip(1).step_by(2).collect();
        for words in promised {
            assert!(text.contains(words), "{address} does not show {words:?}");
        }
        visited += 1;
    }
    assert!(visited >= 8, "the tour has {visited} steps");
}

#[tokio::test]
async fn every_command_of_the_readme_does_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path()).await;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut run = Vec::new();
    for (command, shown) in commands(&readme()) {
        let output = match command.split(' ').next().unwrap() {
            // These two are how this test came to run.
            "cargo" => String::new(),
            "curl" => visit(&site, command.split('"').nth(1).unwrap().strip_prefix(SITE).unwrap()).await,
            "constat" => {
                let words: Vec<String> =
                    command.split(' ').skip(1).map(|w| w.replace("data/", &format!("{}/", data.display()))).collect();
                let work = folder.path().join("curate");
                std::fs::create_dir_all(&work).unwrap();
                let ran = Command::new(CONSTAT).args(&words).current_dir(&work).output().unwrap();
                assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
                String::from_utf8(ran.stdout).unwrap()
            }
            other => panic!("the README runs {other}, which it does not name as needed"),
        };
        assert!(as_shown(&shown, &output), "{command} printed\n{output}\nand not\n{}", shown.join("\n"));
        run.push(command);
    }
    assert!(run.contains(&"cargo run".to_owned()) && run.contains(&"cargo test".to_owned()), "{run:?}");
    assert!(run.len() >= 7, "{run:?}");
}
