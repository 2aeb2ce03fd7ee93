//! What only shows on a real connection: the limits that hyper holds, the end of the server, `constat health`.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use constat::cli::health::{HealthArgs, health};
use constat::web::cache::{self, CachePolicy};
use constat::web::server::serve;
use constat::web::state::AppState;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::kit::Db;

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

async fn start(app: Router) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let (ready, announced) = oneshot::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let announce = move |address| ready.send(address).expect("the test waits for it");
    let ended = tokio::spawn(serve(listener, app, announce, async { stopped.await.expect("a reason to stop") }));
    Server { address: announced.await.expect("the address"), stop, ended }
}

async fn ask(address: SocketAddr, headers: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let request = format!("GET / HTTP/1.1\r\nhost: test\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.expect("a request sent");
    let mut answer = Vec::new();
    // The server may close before it has read all of a request that is too large.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).expect("text")
}

#[tokio::test]
async fn headers_that_are_too_many_or_too_long_are_refused() {
    let server = start(Router::new().route("/", get(async || "fine"))).await;
    let many = |n: usize| (0..n).map(|i| format!("x-{i}: 1\r\n")).collect::<String>();
    let long = |n: usize| format!("cookie: {}\r\n", "a".repeat(n));
    assert!(ask(server.address, &many(40)).await.starts_with("HTTP/1.1 200"));
    assert!(ask(server.address, &many(80)).await.starts_with("HTTP/1.1 431"));
    assert!(ask(server.address, &long(16 * 1024)).await.starts_with("HTTP/1.1 200"));
    assert!(ask(server.address, &long(64 * 1024)).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn not_modified_says_nothing_of_a_body() {
    let page = async || (CachePolicy::Page { generation: 1 }, "a page");
    let db = Db::new().await;
    let state = AppState::new(db.store.clone(), "http://127.0.0.1".parse().expect("an address"));
    let rendered = from_fn_with_state(state, cache::render);
    let server = start(Router::new().route("/", get(page)).layer(rendered)).await;
    let answer = ask(server.address, "if-none-match: *\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 304"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    // RFC 9110, 8.6: it could only be the length that the page would have.
    assert!(!answer.contains("content-length"), "{answer}");
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_answers_first_what_it_was_asked() {
    let (begun, mut beginnings) = mpsc::channel::<()>(1);
    let (finish, finished) = tokio::sync::watch::channel(false);
    let slow = async move || {
        begun.send(()).await.expect("the test waits for it");
        finished.clone().wait_for(|finished| *finished).await.expect("the test says when");
        "answered"
    };
    let server = start(Router::new().route("/", get(slow))).await;
    let asked = tokio::spawn(async move { ask(server.address, "").await });
    beginnings.recv().await.expect("a request under way");
    server.stop.send(()).expect("a running server");
    // It takes no new connection once it shuts down, and does not end while one is busy.
    while TcpStream::connect(server.address).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(!server.ended.is_finished());
    finish.send(true).expect("a handler that waits");
    assert!(asked.await.expect("an answer").ends_with("answered"));
    server.ended.await.expect("no panic").expect("a clean end");
}

#[tokio::test]
async fn health_says_what_is_wrong() {
    let ready = start(Router::new().route("/readyz", get(async || "ready\n"))).await;
    health(&HealthArgs { listen: ready.address }).await.expect("a healthy server");

    let empty = start(Router::new()).await;
    let error = health(&HealthArgs { listen: empty.address }).await.expect_err("nothing at /readyz");
    assert_eq!(error.to_string(), "HTTP/1.1 404 Not Found");

    let unused = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its address");
    let error = health(&HealthArgs { listen: unused }).await.expect_err("nobody listens");
    assert!(error.to_string().contains("nothing listens on"), "{error}");
}

/// The program itself, killed if the test fails before it ends.
struct Process(std::process::Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

fn serve_command(folder: &std::path::Path, listen: &str) -> std::process::Command {
    let mut command = std::process::Command::new(crate::kit::CONSTAT);
    command.arg("--db").arg(folder.join("constat.db")).args(["serve", "--listen", listen]);
    command.env_remove("CONSTAT_BASE_URL").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[tokio::test]
async fn the_program_says_where_it_listens_and_ends_when_it_is_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = Process(serve_command(folder.path(), "127.0.0.1:0").spawn().expect("the program"));
    let mut said = String::new();
    let mut stdout = BufReader::new(first.0.stdout.take().expect("its output"));
    stdout.read_line(&mut said).expect("a line");
    let address = said.trim_end().strip_prefix("Constat listens on http://").and_then(|rest| rest.strip_suffix('/'));
    let address: SocketAddr = address.expect("an address").parse().expect("an address that parses");
    health(&HealthArgs { listen: address }).await.expect("a ready site");

    // Another one on the same port ends at once and says what to do.
    let second = serve_command(folder.path(), &address.to_string()).output().expect("the program");
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("is taken by another program") && said.contains("--listen 127.0.0.1:"), "{said}");

    let told = std::process::Command::new("kill").args(["-TERM", &first.0.id().to_string()]).status();
    assert!(told.expect("kill").success());
    assert_eq!(first.0.wait().expect("its end").code(), Some(0));
    // Nothing is left beside the database: it was closed.
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("the folder").map(|f| f.expect("a file").file_name()).collect();
    assert_eq!(left, ["constat.db"]);
}
