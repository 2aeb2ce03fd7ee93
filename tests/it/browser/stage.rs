//! The processes that all browser tests of a run share: one site, one driver.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use crate::kit::{CONSTAT, constat, stderr};

const CHROMIUM: &str = "/usr/bin/chromium";
const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// A report whose text the site holds; the others have their passages only.
pub const REPORT_WITH_TEXT: &str = "newarab-2022-06-malians-demand-protection";

/// What a test needs to drive a browser.
pub struct Stage {
    /// Where the site is: `http://127.0.0.1:…`, no slash at the end.
    pub site: String,
    /// Where the driver is.
    pub driver: String,
    /// Where *Exit this page* leads.
    pub exit: String,
    /// They end when these do.
    _processes: [Guarded; 2],
}

/// The stage, set on first use; `None`: this machine has no browser, which was said.
pub fn stage() -> Option<&'static Stage> {
    static STAGE: OnceLock<Option<Stage>> = OnceLock::new();
    STAGE.get_or_init(set).as_ref()
}

fn set() -> Option<Stage> {
    let missing: Vec<&str> = [CHROMIUM, CHROMEDRIVER].into_iter().filter(|path| !Path::new(path).exists()).collect();
    if !missing.is_empty() {
        skipped(&format!("there is no {}; `apt-get install chromium chromium-driver`", missing.join(" and no ")));
        return None;
    }
    let folder = tempfile::tempdir().unwrap().keep();
    let (driver, port) = Guarded::start(CHROMEDRIVER, &["--port=0"], &folder, "started successfully on port ");
    let driver_at = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
    // One leaves for another site, and this is the only other one there is.
    let exit = format!("{driver_at}/status");
    let (site, site_process) = site(&exit);
    Some(Stage { site, driver: driver_at, exit, _processes: [site_process, driver] })
}

/// The program as a reader would run it, on a database of its own, with one report's text attached.
fn site(exit: &str) -> (String, Guarded) {
    let folder = tempfile::tempdir().unwrap().keep();
    let db = folder.join("browser.db");
    let serve = ["serve", "--listen", "127.0.0.1:0", "--db", db.to_str().unwrap(), "--exit-url", exit];
    let (process, address) = Guarded::start(CONSTAT, &serve, &folder, "Constat listens on ");
    let text = folder.join("text.txt");
    std::fs::write(&text, text_of(REPORT_WITH_TEXT)).unwrap();
    let done = constat(&db, &["import", "text", REPORT_WITH_TEXT, text.to_str().unwrap()]);
    assert!(done.status.success(), "{}", stderr(&done));
    (address.trim_end_matches('/').to_owned(), process)
}

/// A text with the anchors of a report's passages, each in a paragraph of its own.
fn text_of(report: &str) -> String {
    let passages = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/mali/passages.csv");
    let mut rows = csv::Reader::from_path(passages).unwrap();
    let anchors = rows.records().map(Result::unwrap).filter(|row| &row[0] == report).map(|row| row[2].to_owned());
    let paragraphs: Vec<String> =
        anchors.map(|anchor| format!("A sentence before. Then {anchor}, and more.")).collect();
    assert!(!paragraphs.is_empty(), "{report} has no passages");
    paragraphs.join("\n\nA paragraph that no passage comes from.\n\n")
}

/// Says that something cannot be tested here, past the test runner, which keeps what a passing test prints. Where the
/// project is checked for good, that is an error.
pub fn skipped(why: &str) {
    assert!(env("CI").is_none_or(|ci| ci != "true"), "browser tests cannot run: {why}");
    let _ = writeln!(std::io::stderr(), "browser test skipped: {why}");
}

/// A variable of the environment the tests are run in.
#[expect(clippy::disallowed_methods, reason = "a test has no command line of its own")]
pub fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A process that ends with this one, however this one ends: a shell waits for the end of a pipe that only this process
/// holds open. Browsers that the process started go with it, and so does the folder it worked in.
struct Guarded {
    _process: Child,
    /// Its standard input is the pipe.
    _guard: Child,
}

impl Guarded {
    /// Starts a program and waits until it has said some words; gives back what follows them on the line.
    fn start(program: &str, args: &[&str], folder: &Path, words: &str) -> (Guarded, String) {
        let name = Path::new(program).file_name().unwrap();
        let log = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("log")).unwrap();
        let mut process = Command::new(program)
            .args(args)
            .env("TMPDIR", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .process_group(0)
            .spawn()
            .unwrap();
        // Killed processes are not gone at once, and until then may still write.
        const GUARD: &str = r#"read -r _; kill -s KILL -- "-$1"; for _ in 1 2 3; do sleep 1; rm -rf "$2"; done"#;
        let guard = Command::new("sh")
            .args(["-c", GUARD, "guard", &process.id().to_string()])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        let rest = loop {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "{program} ended without saying {words:?}");
            if let Some((_, rest)) = line.split_once(words) {
                break rest.trim().to_owned();
            }
        };
        // A program whose output nobody takes would stop at some point.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        (Guarded { _process: process, _guard: guard }, rest)
    }
}

/// Where a picture of a failed test goes.
pub fn picture(test: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.png", test.replace("::", "-")))
}
