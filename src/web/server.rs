//! The listening side: what hyper is told, and how the server ends.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use hyper_util::rt::TokioTimer;

/// How long requests that are under way may take to end once the server has been told to.
const GRACE: Duration = Duration::from_secs(10);

/// How long a client may take to send its headers, and how long a connection is kept open for the next request.
const HEADER_TIME: Duration = Duration::from_secs(20);

/// Browsers send some twenty headers, proxies add ten. hyper answers 431 beyond.
const HEADERS: usize = 64;

/// The address and all headers together; past it hyper answers 431. It holds the longest address and a page of cookies
/// that another site on the same host may have set.
const HEADER_BYTES: usize = 32 * 1024;

/// Serves `app` on the listener until `shutdown` ends and, after it, until the requests under way are answered or the
/// grace is over. `ready` is called once connections are accepted.
///
/// # Errors
/// When the listener cannot be used.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    ready: impl FnOnce(SocketAddr) + Send + 'static,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let handle = Handle::new();
    let mut server = axum_server::from_tcp(listener)?.handle(handle.clone()).http1_only();
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_headers(HEADERS)
        .max_buf_size(HEADER_BYTES);
    let watcher = tokio::spawn(async move {
        if let Some(address) = handle.listening().await {
            ready(address);
        }
        shutdown.await;
        tracing::info!(open = handle.connection_count(), grace = ?GRACE, "shutting down");
        handle.graceful_shutdown(Some(GRACE));
    });
    let served = server.serve(app.into_make_service()).await;
    watcher.abort();
    served
}

/// Ends when the process is told to: Ctrl-C in a terminal, `SIGTERM` from whatever runs it.
///
/// # Panics
/// When the system lets no signal be listened to; the server could then not be stopped but by killing it.
pub async fn told_to_stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.expect("Ctrl-C can be listened to") };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).expect("SIGTERM can be listened to").recv().await;
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
